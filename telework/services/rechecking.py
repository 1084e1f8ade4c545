"""After a roster, an absence or a requirement has changed: what existing telework now meets. Nothing is ever cancelled.

New gaps are listed and told to the coverage planners; each person whose telework stands in one, or on a day that is no
longer worked, is told as well. Calling somebody back stays a decision of its own: ``recall_on_site``.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from notifications import outbox
from people.models import Grant, Person, Role
from policies.coverage.explain import sentence
from policies.coverage.findings import LANGUAGES, gap_data
from policies.coverage.requirements import Gap
from policies.facts import Need
from policies.models import Requirement
from policies.selectors import families_of, requirements_counting
from telework.coverage.shortages import Shortages, new_gaps, remote_in, shortages_of
from telework.facts import workdays_of_many
from telework.models import ACTIVE, Booking

KIND = "coverage.changed"
FARTHEST = timedelta(days=1100)
MOST_TOLD = 40


@dataclass(slots=True)
class Recheck:
    """What a change has done: new gaps, the telework that stands in them, and telework on days not worked any more."""

    gaps: list[tuple[Need, Gap]] = field(default_factory=list)
    meeting: dict[int, list[tuple[Need, Gap]]] = field(default_factory=dict)
    bookings: list[Booking] = field(default_factory=list)
    idle: list[Booking] = field(default_factory=list)

    @property
    def concerned(self) -> list[Booking]:
        """Bookings that stand in a new gap or on a day off, each once, in order."""
        found = {booking.pk: booking for booking in (*self.bookings, *self.idle)}
        return sorted(found.values(), key=lambda booking: (booking.day, booking.pk))


@contextmanager
def rechecked(
    *,
    people: Collection[Person] = (),
    requirements: Collection[int] = (),
    first: date,
    last: date,
    actor: Person,
    now: datetime,
    today: date,
    told: bool = True,
) -> Iterator[Recheck]:
    """Change rosters, absences or requirements (primary keys) inside; the answer is filled when the block ends.

    One transaction: the change, what it does and the messages stand or fall together. A new requirement may be added
    to ``requirements`` inside. ``told`` False looks only, for a preview that is rolled back.
    """
    report = Recheck()
    with transaction.atomic():
        first, last = max(first, today), min(last, today + FARTHEST)
        before = _shortages(people, requirements, first, last)
        yield report
        if first > last:
            return
        after = _shortages(people, requirements, first, last)
        report.gaps = new_gaps(before, after)
        _find_bookings(report, after, today)
        report.idle = _idle(people, first, last)
        if told:
            _tell(report, actor, now)


def _shortages(people: Collection[Person], requirements: Collection[int], first: date, last: date) -> Shortages:
    if first > last:
        return Shortages(None, {})
    held = {each.pk: each for each in requirements_counting(list(people), first, last)} if people else {}
    if requirements:
        known = Requirement.objects.filter(pk__in=requirements)
        held |= {each.pk: each for each in known.select_related("entity", "site", "team__site", "skill")}
    return shortages_of(held.values(), first, last)


def _find_bookings(report: Recheck, after: Shortages, today: date) -> None:
    wanted: dict[tuple[int, date], list[tuple[Need, Gap]]] = {}
    for need, gap in report.gaps[: MOST_TOLD * 10]:
        for key in remote_in(after.count, need, gap):
            wanted.setdefault(key, []).append((need, gap))
    if not wanted:
        return
    people, days = {pk for pk, _day in wanted}, {day for _pk, day in wanted}
    for booking in _active(people).filter(day__in=[day for day in days if day >= today]):
        if met := wanted.get((booking.person_id, booking.day)):
            report.bookings.append(booking)
            report.meeting.setdefault(booking.person_id, []).extend(met)


def _idle(people: Collection[Person], first: date, last: date) -> list[Booking]:
    """Telework of these people on dates that their roster or an absence has taken away."""
    held = list(_active([person.pk for person in people]).filter(day__range=(first, last)))
    if not held:
        return []
    owners = {booking.person_id: booking.person for booking in held}
    workdays = workdays_of_many(owners.values(), held[0].day, held[-1].day)
    found = []
    for booking in held:
        work = workdays[booking.person_id].get(booking.day)
        if work is not None and work.planned and not work.due & ~work.absent:
            found.append(booking)
    return found


def _active(people: Iterable[int]):
    rows = Booking.objects.filter(person__in=list(people), state__in=ACTIVE)
    return rows.select_related("person__site", "person__entity").order_by("day", "pk")


def _tell(report: Recheck, actor: Person, now: datetime) -> None:
    """One message to each planner with all new gaps, one to each person with their own days."""
    batch = uuid4()
    drafts = [
        _draft(planner, batch, actor, report.gaps, report.concerned, own=False)
        for planner in _planners(report)
        if planner != actor.pk
    ]
    for person in {booking.person_id for booking in report.concerned}:
        own = [booking for booking in report.concerned if booking.person_id == person]
        met = list({id(gap): (need, gap) for need, gap in report.meeting.get(person, ())}.values())
        if person != actor.pk:
            drafts.append(_draft(person, batch, actor, met, own, own=True))
    outbox.put_many(drafts, now=now)


def _draft(recipient: int, batch, actor: Person, gaps: Sequence, bookings: Sequence[Booking], *, own: bool):
    data = {
        "actor": str(actor.uid),
        "own": own,
        "count": len(gaps),
        "gaps": [told(need, gap) for need, gap in gaps[:MOST_TOLD]],
        "bookings": [str(booking.uid) for booking in bookings[:MOST_TOLD]],
    }
    return outbox.Draft(recipient, KIND, f"{KIND}:{batch}:{recipient}:{own}", data)


def told(need: Need, gap: Gap) -> dict[str, object]:
    """A gap in numbers and in both languages, JSON-safe; ``date`` is the local date on which its window starts."""
    words = {f"said_{lang}": sentence(gap, lang, need.whom(lang)) for lang in LANGUAGES}
    names = {lang: need.name(lang) for lang in LANGUAGES}
    return {"requirement": str(need.requirement.uid), "name": names, **gap_data(gap), **words}


def _planners(report: Recheck) -> list[int]:
    """Planners of the entities whose requirements no longer hold, and of those with telework on days off."""
    entities = {need.requirement.entity_id for need, _gap in report.gaps}
    entities |= {booking.person.entity_id for booking in report.idle}
    if not entities:
        return []
    above = families_of(entities)[1]
    reach = {pk for entity in entities for pk in above[entity]}
    grants = Grant.objects.filter(role=Role.PLANNER, entity__in=reach)
    return list(grants.order_by("person").values_list("person", flat=True).distinct())
