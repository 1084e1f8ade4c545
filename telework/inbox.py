"""The manager's inbox: requests made together as one, each rechecked by the engine on today's facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from people.models import Person
from policies.core.facts import Facts, Workday
from policies.selectors import Timeline, timeline_for
from telework.coverage.watching import Watch
from telework.facts import asked_between, facts_of_many
from telework.models import Booking
from telework.services.judging import Judgement, judge_again
from telework.services.steps import Answers, answers_given

OVERDUE, TODAY, THIS_WEEK, LATER = "overdue", "today", "this_week", "later"


@dataclass(frozen=True, slots=True)
class Asked:
    """One day of a request, with what the agreement says of it now. ``is_past``: too late for a plain approval."""

    booking: Booking
    judgement: Judgement
    workday: Workday
    is_past: bool

    @property
    def possible(self) -> bool:
        return self.judgement.accepted and not self.is_past

    @property
    def tight(self) -> bool:
        """Whether coverage is kept with this day, and would not be with another one like it."""
        decision = self.judgement.decision
        return decision is not None and any(found.code == "continuity.tight" for found in decision.findings)

    @property
    def needs_override(self) -> bool:
        """Whether only coverage stands against it, so that a reason may grant it."""
        return self.judgement.only_coverage_refuses and not self.is_past


@dataclass(frozen=True, slots=True)
class Ask:
    """Days that one person asked for together: a single day, a range, a series."""

    person: Person
    days: tuple[Asked, ...]
    today: date

    @property
    def uid(self) -> UUID:
        return self.days[0].booking.uid

    @property
    def possible(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.days if asked.possible)

    @property
    def answer_by(self) -> date | None:
        return min((asked.booking.answer_by for asked in self.days if asked.booking.answer_by), default=None)

    @property
    def urgency(self) -> str:
        by = self.answer_by
        if by is None:
            return LATER
        if by <= self.today:
            return OVERDUE if by < self.today else TODAY
        return THIS_WEEK if by <= self.today + timedelta(days=6 - self.today.weekday()) else LATER

    def holding(self, uid: UUID) -> Asked | None:
        return next((asked for asked in self.days if asked.booking.uid == uid), None)


@dataclass(frozen=True, slots=True)
class Inbox:
    """All requests that wait for one manager, the most pressing first, and the facts they were checked on."""

    asks: tuple[Ask, ...]
    facts: dict[int, Facts] = field(default_factory=dict)

    def by_urgency(self) -> list[tuple[str, list[Ask]]]:
        held = {name: [ask for ask in self.asks if ask.urgency == name] for name in (OVERDUE, TODAY, THIS_WEEK, LATER)}
        return [(name, asks) for name, asks in held.items() if asks]

    @property
    def possible_at_once(self) -> int:
        return sum(len(ask.possible) == len(ask.days) for ask in self.asks)

    def holding(self, uid: UUID) -> Ask | None:
        return next((ask for ask in self.asks if ask.holding(uid)), None)


def checked(bookings: Sequence[Booking], *, today: date) -> Inbox:
    """Waiting bookings, grouped and judged again. Queries do not grow with people or requests."""
    if not bookings:
        return Inbox(())
    by_entity: dict[int, list[Booking]] = {}
    for booking in bookings:
        by_entity.setdefault(booking.person.entity_id, []).append(booking)
    facts: dict[int, Facts] = {}
    asks: list[Ask] = []
    watch = Watch.kept(list({booking.person_id: booking.person for booking in bookings}.values()))
    given = answers_given(bookings)
    for entity, group in by_entity.items():
        timeline = timeline_for(entity)
        facts |= _facts(group, timeline, today)
        asks += [_ask(batch, facts[batch[0].person_id], timeline, watch, today, given) for batch in _batches(group)]
    return Inbox(tuple(sorted(asks, key=_pressing)), facts)


def _facts(bookings: Sequence[Booking], timeline: Timeline, today: date) -> dict[int, Facts]:
    people = {booking.person_id: booking.person for booking in bookings}
    days = [booking.day for booking in bookings]
    first, last = min(days), max(days)
    asked = asked_between([timeline], first, last)
    return facts_of_many(list(people.values()), today=today, first=first, last=last, **asked)


def _batches(bookings: Sequence[Booking]) -> list[list[Booking]]:
    batches: dict[tuple, list[Booking]] = {}
    for booking in bookings:
        batches.setdefault((booking.person_id, booking.requested_at), []).append(booking)
    return list(batches.values())


def _pressing(ask: Ask) -> tuple:
    return ask.answer_by or date.max, ask.days[0].booking.requested_at, ask.days[0].booking.day


def _ask(
    batch: list[Booking], facts: Facts, timeline: Timeline, watch: Watch, today: date, given: Mapping[int, Answers]
) -> Ask:
    batch.sort(key=lambda booking: (booking.day, booking.part))
    days = (_asked(booking, facts, timeline, watch, today, given.get(booking.pk, ())) for booking in batch)
    return Ask(batch[0].person, tuple(days), today)


def _asked(booking: Booking, facts: Facts, timeline: Timeline, watch: Watch, today: date, answers: Answers) -> Asked:
    """Rules that count days before the request (notice, horizon) are judged as of the day it was made."""
    asked_on = booking.requested_at.astimezone(ZoneInfo(booking.person.site.zone)).date()
    judgement = judge_again(booking, facts, asked_on=asked_on, timeline=timeline, watch=watch, answers=answers)
    workday = facts.workdays.get(booking.day) or Workday(booking.day)
    return Asked(booking, judgement, workday, booking.day < today and not booking.correction)
