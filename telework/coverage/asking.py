"""Who could be asked to hold a post: those who could be recalled, those on call, those who are off. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from people import access, selectors
from people.models import Person, Shift
from policies import core
from policies.core.decision import Verdict
from policies.core.document import Agreement
from policies.core.facts import Facts
from policies.coverage.windows import minute_of
from policies.models import RequirementKind
from policies.selectors import timeline_for
from telework.coverage.onday import OnDay, Place, Span
from telework.facts import asked_between, facts_of_many
from telework.models import Booking, State

VIEW = "view_coverage"
MOST_NAMED, MOST_ASKED, MOST_OFF = 60, 5, 500


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody the actor may know of, and the minutes of their posts then."""

    person: Person
    hours: list[Span]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could hold the post.

    ``booking``: the telework from which they could be recalled; ``recall``: the agreement allows it, or ``why`` not.
    """

    person: Person
    place: Place
    booking: Booking | None = None
    recall: bool = False
    why: str = ""
    may_recall: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is where between two minutes: ``counts`` of all, ``known`` of those the actor may know of, some ``named``."""

    named: dict[Place, list[Named]]
    known: dict[Place, int]
    counts: dict[Place, int]
    candidates: list[Candidate]

    @property
    def hidden(self) -> int:
        """How many the actor may not know of."""
        places = (Place.SITE, Place.REMOTE, Place.ON_CALL, Place.ABSENT)
        return sum(self.counts[place] - self.known[place] for place in places)

    def more(self, place: Place) -> int:
        """How many the actor may know of beyond those named."""
        return self.known[place] - len(self.named[place])


def crew_of(day: OnDay, start: int, end: int, *, actor: Person, today: date, lang: str) -> Crew:
    """The people of a requirement between two minutes, and who could come. Constant queries."""
    who = day.who(start, end)
    visible = access.people_for(actor, VIEW)
    seen = set(visible.order_by().values_list("pk", flat=True))
    known = {place: [pk for pk in pks if pk in seen] for place, pks in who.items()}
    away = _on_leave(known[Place.OFF][:MOST_OFF], day.day)
    known[Place.OFF] = [pk for pk in known[Place.OFF][:MOST_OFF] if pk not in away]
    first = {place: pks[:MOST_NAMED] for place, pks in known.items()}
    people = visible.select_related("site", "account").in_bulk([pk for pks in first.values() for pk in pks])
    named = {place: [Named(people[pk], day.hours_of(pk, start, end)) for pk in pks] for place, pks in first.items()}
    for rows in named.values():
        rows.sort(key=lambda one: (one.hours, one.person.last_name, one.person.first_name))
    candidates = _recalls([one.person for one in named[Place.REMOTE]], day.day, actor=actor, today=today, lang=lang)
    if day.need.requirement.kind == RequirementKind.MINIMUM:
        for place in (Place.ON_CALL, Place.OFF):
            candidates += [Candidate(one.person, place) for one in named[place][:MOST_ASKED]]
    return Crew(named, *({place: len(pks) for place, pks in found.items()} for found in (known, who)), candidates)


def breaks_of(people: Sequence[int], first: date, last: date) -> dict[int, tuple[Span, ...]]:
    """The breaks (minutes) inside these people's shifts that start from a date to another, by person. One query."""
    found: dict[int, list[Span]] = {}
    rows = Shift.objects.filter(person__in=people, day__range=(first, last)).exclude(breaks=[]).order_by("start")
    for person, start, breaks in rows.values_list("person_id", "start", "breaks"):
        begin = minute_of(start)
        found.setdefault(person, []).extend((begin + low, begin + high) for low, high in breaks)
    return {person: tuple(spans) for person, spans in found.items()}


def _on_leave(people: Sequence[int], day: date) -> set[int]:
    rows = selectors.absence_rows(people, day, day) if people else ()
    return {person for person, _kind, first, last, *_hours in rows if first <= day <= last}


def _recalls(people: Sequence[Person], day: date, *, actor: Person, today: date, lang: str) -> list[Candidate]:
    """Those who could be called back on site, with what the agreement says of it."""
    held = Booking.objects.filter(person__in=people, day=day, state=State.APPROVED)
    bookings = {booking.person_id: booking for booking in held}
    chosen = [person for person in people if person.pk in bookings][:MOST_ASKED]
    if not chosen:
        return []
    able = set(
        access.people_for(actor, "recall").filter(pk__in=[one.pk for one in chosen]).values_list("pk", flat=True)
    )
    timelines = {entity: timeline_for(entity) for entity in {one.entity_id for one in chosen}}
    asked = asked_between(timelines.values(), min(day, today), day)
    facts = facts_of_many(chosen, today=today, first=min(day, today), last=day, **asked)
    agreements = {entity: timeline.on(day) for entity, timeline in timelines.items()}
    found = []
    for person in chosen:
        possible, why = _recall(facts[person.pk], agreements[person.entity_id], day, today, lang)
        booking = bookings[person.pk]
        found.append(Candidate(person, Place.REMOTE, booking, possible, why, person.pk in able))
    return sorted(found, key=lambda one: not one.recall)


def _recall(facts: Facts, agreement: Agreement | None, day: date, today: date, lang: str) -> tuple[bool, str]:
    """Whether some ground of the agreement allows a recall, and the sentence of the last that does not."""
    clause = agreement.clause("recall_on_site") if agreement else None
    value = clause.on(day) if clause else None
    if value is None or not value.applies or day < today:
        return False, ""
    why = ""
    for ground in value.params["grounds"]:
        try:
            finding = core.recall(facts, agreement, day, ground)
        except core.NoValueInForce as silent:
            return False, str(silent)
        if finding.verdict is not Verdict.REFUSED:
            return True, ""
        why = core.explain.sentence(finding, lang)
    return False, why
