"""After a roster, an absence, a contract or a requirement has changed: what existing telework now meets.

New gaps are listed and told to the coverage planners. Telework that a rule of the agreement newly stands against (a
day that is no longer worked, a contract that ends, a cap passed) is told to planners and to those who answer for the
person. Each person concerned is told as well. Nothing is ever cancelled: calling somebody back stays a decision of its
own, see ``recall_on_site``.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from notifications import outbox
from people.models import Grant, Person, Role
from policies.core import explain
from policies.core.voice import THEM, YOU
from policies.coverage.explain import sentence
from policies.coverage.findings import LANGUAGES, gap_data
from policies.coverage.requirements import Gap
from policies.facts import Need
from policies.models import Requirement
from policies.selectors import families_of, requirements_counting
from telework.coverage.shortages import Shortages, new_gaps, remote_in, shortages_of
from telework.models import ACTIVE, Booking
from telework.selectors import answerers_of

from .resting import Short, rests_kept
from .rulings import Ruled, rulings

KIND = "coverage.changed"
PLANNED = frozenset({"day_worked"})
OWN, PLANS, ANSWERS = "own", "plans", "answers"  # why somebody is told
FARTHEST = timedelta(days=1100)
MOST_TOLD = 40


@dataclass(slots=True)
class Recheck:
    """What a change has done: new gaps, the telework in them, and what rules newly have against telework."""

    gaps: list[tuple[Need, Gap]] = field(default_factory=list)
    meeting: dict[int, list[tuple[Need, Gap]]] = field(default_factory=dict)
    bookings: list[Booking] = field(default_factory=list)
    ruled: list[Ruled] = field(default_factory=list)
    rests: list[Short] = field(default_factory=list)

    @property
    def idle(self) -> list[Booking]:
        """Telework on days that are no longer worked as they were."""
        return [one.booking for one in self.ruled if one.finding.rule == "day_worked"]

    @property
    def concerned(self) -> list[Booking]:
        """Bookings that stand in a new gap or against a rule, each once, in order."""
        found = {booking.pk: booking for booking in (*self.bookings, *(one.booking for one in self.ruled))}
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
    posts: bool = False,
) -> Iterator[Recheck]:
    """Change rosters, absences, contracts or requirements (primary keys) inside; the answer is filled at the end.

    One transaction: the change, what it does and the messages stand or fall together. A new requirement may be added
    to ``requirements`` inside. ``told`` False looks only, for a preview that is rolled back. ``posts``: posts
    change, so that the rest between them is looked at as well.
    """
    report = Recheck()
    with transaction.atomic():
        first, last = max(first, today), min(last, today + FARTHEST)
        held = _held(people, requirements, first, last)
        before = shortages_of(held.values(), first, last)
        ruled = rulings(people, first, last, today=today)
        with rests_kept(people if posts and first <= last else (), first, last) as report.rests:
            yield report
        if first > last:
            return
        now_held = _held(people, requirements, first, last)
        newcomers = [each for pk, each in now_held.items() if pk not in held and pk not in requirements]
        before = _before_they_came(people, newcomers, before, first, last)
        after = shortages_of((held | now_held).values(), first, last)
        report.gaps = new_gaps(before, after)
        _find_bookings(report, after, today)
        known = {one.key for one in ruled}
        report.ruled = [one for one in rulings(people, first, last, today=today) if one.key not in known]
        if told:
            _tell(report, actor, now, today)


def _held(people: Collection[Person], requirements: Collection[int], first: date, last: date) -> dict[int, Requirement]:
    """The requirements to look at, by primary key: those named, and those that count one of the people."""
    if first > last:
        return {}
    held = {each.pk: each for each in requirements_counting(list(people), first, last)} if people else {}
    if requirements:
        known = Requirement.objects.filter(pk__in=requirements)
        held |= {each.pk: each for each in known.select_related("entity", "site", "team__site", "skill")}
    return held


def _before_they_came(
    people: Collection[Person], newcomers: Sequence[Requirement], before: Shortages, first: date, last: date
) -> Shortages:
    """Shortages before, completed by requirements that count one of the people only now (another site, team, skill).

    What they lacked before is what they lack without these people: none of them was counted.
    """
    if not newcomers:
        return before
    without = shortages_of(newcomers, first, last, without=[person.pk for person in people])
    return Shortages(before.count, before.gaps | without.gaps)


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


def _active(people: Iterable[int]):
    rows = Booking.objects.filter(person__in=list(people), state__in=ACTIVE)
    return rows.select_related("person__site", "person__entity").order_by("day", "pk")


def _tell(report: Recheck, actor: Person, now: datetime, today: date) -> None:
    """One message to each planner with all that is new, to those who answer with what rules have against telework of
    their people, and to each person with their own days."""
    batch = uuid4()
    planners = _planners(report)
    drafts = [
        _draft(planner, batch, actor, PLANS, report.gaps, report.concerned, report.ruled)
        for planner in planners
        if planner != actor.pk
    ]
    for answerer, ruled in _by_answerer(report, today).items():
        if answerer not in planners and answerer != actor.pk:
            drafts.append(_draft(answerer, batch, actor, ANSWERS, (), [one.booking for one in ruled], ruled))
    for person in {booking.person_id for booking in report.concerned}:
        own = [booking for booking in report.concerned if booking.person_id == person]
        ruled = [one for one in report.ruled if one.booking.person_id == person]
        met = list({id(gap): (need, gap) for need, gap in report.meeting.get(person, ())}.values())
        if person != actor.pk:
            drafts.append(_draft(person, batch, actor, OWN, met, own, ruled))
    outbox.put_many(drafts, now=now)


def _by_answerer(report: Recheck, today: date) -> dict[int, list[Ruled]]:
    """What rules have against telework, by those (primary keys) who answer for its person."""
    found: dict[int, list[Ruled]] = {}
    people = {one.booking.person_id: one.booking.person for one in report.ruled}
    for pk, person in people.items():
        for answerer in answerers_of(person, today):
            found.setdefault(answerer, []).extend(one for one in report.ruled if one.booking.person_id == pk)
    return found


def _draft(recipient: int, batch, actor: Person, role: str, gaps: Sequence, bookings: Sequence, ruled: Sequence[Ruled]):
    data = {
        "actor": str(actor.uid),
        "role": role,
        "count": len(gaps),
        "gaps": [told(need, gap) for need, gap in gaps[:MOST_TOLD]],
        "bookings": list(dict.fromkeys(str(booking.uid) for booking in bookings))[:MOST_TOLD],
        "ruled": [_ruled(one, role) for one in ruled[:MOST_TOLD]],
    }
    return outbox.Draft(recipient, KIND, f"{KIND}:{batch}:{recipient}:{role}", data)


def _ruled(one: Ruled, role: str) -> dict[str, str]:
    """What a rule has against a booking, in both languages."""
    said = {f"said_{lang}": said_of(one, role, lang) for lang in LANGUAGES}
    return {"booking": str(one.booking.uid), "rule": one.finding.rule, "article": one.finding.article, **said}


def said_of(one: Ruled, role: str, lang: str) -> str:
    """What a rule has against a booking. Planners read what is planned and the name of other rules, never balances."""
    if role == PLANS and one.finding.rule not in PLANNED:
        return explain.title(one.finding, lang)
    return explain.sentence(one.finding, lang, voice=YOU if role == OWN else THEM)


def told(need: Need, gap: Gap) -> dict[str, object]:
    """A gap in numbers and in both languages, JSON-safe; ``date`` is the local date on which its window starts."""
    words = {f"said_{lang}": sentence(gap, lang, need.whom(lang)) for lang in LANGUAGES}
    names = {lang: need.name(lang) for lang in LANGUAGES}
    return {"requirement": str(need.requirement.uid), "name": names, **gap_data(gap), **words}


def _planners(report: Recheck) -> list[int]:
    """Planners of the entities whose requirements no longer hold, and of people whose telework a rule is against."""
    entities = {need.requirement.entity_id for need, _gap in report.gaps}
    entities |= {one.booking.person.entity_id for one in report.ruled}
    if not entities:
        return []
    above = families_of(entities)[1]
    reach = {pk for entity in entities for pk in above[entity]}
    grants = Grant.objects.filter(role=Role.PLANNER, entity__in=reach)
    return list(grants.order_by("person").values_list("person", flat=True).distinct())
