"""Who is where on one date, hour by hour, as planned. Planned times only: nothing here observes anybody."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from people.models import OnCall, Person
from policies.core.facts import FIRST_HALF, SECOND_HALF, Workday
from telework.boards import bookings_between
from telework.month import ABSENT, NO_BOOKINGS, ON_SITE, REMOTE, Bookings
from telework.presence import span_of
from telework.working import workdays_of_many

ON_CALL = "@"
ONE_DAY, HORIZON = timedelta(days=1), 31  # days ahead in which an absence may end
STATES = (ON_SITE, REMOTE, ABSENT, ON_CALL)


@dataclass(frozen=True, slots=True)
class Bar:
    """A state from one instant to another; ``arrives``: work begins with it, rather than changing its place.

    ``hours`` is False where a day is planned without hours: the bar then spans the date.
    """

    start: datetime
    end: datetime
    state: str
    arrives: bool = False
    hours: bool = True

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Row:
    """A person and the bars that touch the date; ``back``: the next date of work after an absence."""

    person: int
    uid: UUID
    name: str
    job_title: str
    bars: tuple[Bar, ...]
    back: date | None = None

    @property
    def state(self) -> str:
        """Where the row stands: on site for whoever is there for a part of the date."""
        return next(state for state in STATES if any(bar.state == state for bar in self.bars))


@dataclass(frozen=True, slots=True)
class Today:
    """``rows`` in the order of their first hour; ``off``: how many have nothing planned; instants in UTC."""

    day: date
    zone: str
    start: datetime
    end: datetime
    rows: tuple[Row, ...]
    off: int

    def of(self, state: str) -> list[Row]:
        return [row for row in self.rows if row.state == state]

    def count(self, state: str, instant: datetime | None = None) -> int:
        """People in a state at an instant, or for a part of the date."""
        return sum(
            any(bar.state == state and (instant is None or bar.holds(instant)) for bar in row.bars) for row in self.rows
        )

    def handovers(self, after: datetime) -> list[tuple[datetime, int, int]]:
        """(instant, how many arrive on site, how many begin at a distance) after an instant."""
        begun: dict[datetime, list[int]] = {}
        for bar in (bar for row in self.rows for bar in row.bars if bar.arrives and bar.hours):
            if after < bar.start < self.end and bar.state in (ON_SITE, REMOTE):
                begun.setdefault(bar.start, [0, 0])[bar.state == REMOTE] += 1
        return [(instant, *counts) for instant, counts in sorted(begun.items())]


def today_of_people(people: Collection[Person], day: date, zone: str) -> Today:
    """The date of some people (with their site), where the clock of ``zone`` is read. A constant number of queries."""
    start, end = (_midnight(each, zone) for each in (day, day + ONE_DAY))
    pks = [person.pk for person in people]
    work = workdays_of_many(people, day - ONE_DAY, day)
    booked = bookings_between(pks, first=day - ONE_DAY, last=day)
    calls = _calls(pks, start, end)
    rows = []
    for person in people:
        days, held = work.get(person.pk, {}), booked.get(person.pk, NO_BOOKINGS)
        bars = [bar for each in (day - ONE_DAY, day) for bar in _bars(days.get(each), held, day, (start, end))]
        bars = sorted((bar for bar in bars + calls.get(person.pk, []) if _touches(bar, start, end)), key=_order)
        if bars:
            rows.append(Row(person.pk, person.uid, person.name, person.job_title, tuple(bars)))
    rows = _with_return(people, rows, day)
    rows.sort(key=lambda row: (_order(row.bars[0]), row.name))
    return Today(day, zone, start, end, tuple(rows), len(people) - len(rows))


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _order(bar: Bar) -> tuple[datetime, datetime]:
    return bar.start, bar.end


def _touches(bar: Bar, start: datetime, end: datetime) -> bool:
    return bar.start < end and bar.end > start


def _bars(workday: Workday | None, held: Bookings, day: date, window: tuple[datetime, datetime]) -> list[Bar]:
    """The halves of a date's work as bars, joined where alike. A request not answered leaves its person on site."""
    if workday is None or not workday.due:
        return []
    granted = held.booked.get(workday.day, 0) & ~held.pending.get(workday.day, 0)
    states = {
        half: ABSENT if workday.absent & half else REMOTE if granted & half else ON_SITE
        for half in (FIRST_HALF, SECOND_HALF)
        if workday.due & half
    }
    if span_of(workday, workday.due) is None:
        return _without_hours(states, window) if workday.day == day else []
    if len(set(states.values())) == 1:
        states = {workday.due: next(iter(states.values()))}
    begins = workday.start
    spans = ((state, span_of(workday, half)) for half, state in states.items())
    return [Bar(*span, state, arrives=span[0] == begins) for state, span in spans if span]


def _without_hours(states: Mapping[int, str], window: tuple[datetime, datetime]) -> list[Bar]:
    """The date from end to end, cut at its middle for two halves of different states."""
    start, end = window
    if len(set(states.values())) == 1:
        return [Bar(start, end, next(iter(states.values())), hours=False)]
    middle = start + (end - start) / 2
    halves = {FIRST_HALF: (start, middle), SECOND_HALF: (middle, end)}
    return [Bar(*halves[half], state, hours=False) for half, state in states.items()]


def _calls(people: Collection[int], start: datetime, end: datetime) -> dict[int, list[Bar]]:
    found: dict[int, list[Bar]] = {}
    rows = OnCall.objects.filter(person__in=people, start__lt=end, end__gt=start).order_by()
    for person, begin, until in rows.values_list("person_id", "start", "end"):
        found.setdefault(person, []).append(Bar(begin, until, ON_CALL))
    return found


def _with_return(people: Collection[Person], rows: Iterable[Row], day: date) -> list[Row]:
    """Rows, those of the absent with the date on which they are back, where it is planned within a month."""
    rows = list(rows)
    away = {row.person for row in rows if row.state == ABSENT}
    if not away:
        return rows
    ahead = workdays_of_many([one for one in people if one.pk in away], day + ONE_DAY, day + HORIZON * ONE_DAY)
    return [_returning(row, ahead.get(row.person, {})) if row.person in away else row for row in rows]


def _returning(row: Row, ahead: Mapping[date, Workday]) -> Row:
    back = next((each for each, workday in sorted(ahead.items()) if workday.due & ~workday.absent), None)
    return Row(row.person, row.uid, row.name, row.job_title, row.bars, back)
