"""Working days: patterns, shifts, absences and public holidays become one ``Workday`` a date.

A shift belongs to the local date of its start and replaces the pattern on it. An absence follows the shift of its date
to the end, past midnight too. Hours off take a half-day only when they cover all of its working time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from .facts import WHOLE_DAY, Hours, Workday
from .localtime import DAY_MINUTES, instant

ONE_DAY = timedelta(days=1)
Interval = tuple[datetime, datetime]
Holidays = Mapping[date, str]


class PatternError(ValueError):
    """A working pattern that cannot be read; the message names the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Working time of one day of a pattern, in minutes after local midnight; ``end`` may lie on the next day."""

    begin: int
    end: int
    halves: int = WHOLE_DAY


@dataclass(frozen=True, slots=True)
class Pattern:
    """Days that repeat from ``anchor`` on (and before it); None is a day off."""

    anchor: date
    slots: tuple[Slot | None, ...]
    works_holidays: bool = False

    def slot(self, day: date) -> Slot | None:
        return self.slots[(day - self.anchor).days % len(self.slots)]


class Term(NamedTuple):
    """The way of working over dates, both included; ``end`` None while open. ``rostered``: only shifts count."""

    start: date
    end: date | None
    pattern: Pattern | None = None
    rostered: bool = False

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class ShiftSpan(NamedTuple):
    """A shift on its local date; ``span`` gives its instants when they are needed."""

    day: date
    span: Callable[[], Interval]


class AbsenceSpan(NamedTuple):
    """Days off, both included, whole or by half; or exact hours when ``hours`` is set."""

    first: date
    last: date
    halves: int = WHOLE_DAY
    hours: Interval | None = None


def read_pattern(anchor: date, days: object, *, works_holidays: bool = False) -> Pattern:
    """Read the list described at ``people.models.WorkPattern``; ``PatternError`` names the faulty entry."""
    if not isinstance(days, list) or not days:
        raise PatternError("A pattern is a list of at least one day.")
    slots = tuple(_read_slot(number, entry) for number, entry in enumerate(days, start=1))
    return Pattern(anchor, slots, works_holidays)


def _read_slot(number: int, entry: object) -> Slot | None:
    if entry is None:
        return None
    if not isinstance(entry, dict):
        raise PatternError(f"Day {number} of the pattern: {entry!r} is neither null nor a start and an end.")
    begin, end = _read_clock(number, entry, "start"), _read_clock(number, entry, "end")
    halves = entry.get("halves", WHOLE_DAY)
    if halves not in (1, 2, 3) or isinstance(halves, bool):
        raise PatternError(f"Day {number} of the pattern: halves is {halves!r}; write 1, 2 or 3.")
    return Slot(begin, end if end > begin else end + DAY_MINUTES, halves)


def _read_clock(number: int, entry: dict, key: str) -> int:
    text = entry.get(key)
    hours, colon, minutes = text.partition(":") if isinstance(text, str) else ("", "", "")
    digits = hours + minutes
    readable = colon and len(hours) == len(minutes) == 2 and digits.isascii() and digits.isdecimal()
    if not readable or int(hours) > 23 or int(minutes) > 59:
        raise PatternError(f"Day {number} of the pattern: {key} is {text!r}; write a time such as 09:00.")
    return int(hours) * 60 + int(minutes)


def workdays(
    terms: Sequence[Term],
    *,
    first: date,
    last: date,
    zone: str,
    shifts: Iterable[ShiftSpan] = (),
    absences: Iterable[AbsenceSpan] = (),
    holidays: Holidays | None = None,
    published: date | None = None,
    known: dict | None = None,
) -> dict[date, Workday]:
    """Every date from ``first`` to ``last`` (both included, ascending) with what it holds.

    Nothing is due on a date outside every term. ``published`` is the last day of the published roster: rostered days
    beyond it are not planned. ``known`` is a memory to pass along for the same dates: those who share patterns and
    holidays as objects share their days.
    """
    holidays = holidays or {}
    off = _days_off(first, last, zone, holidays, known)
    days = dict(off)
    for term in terms:
        begin, end = max(term.start, first), min(term.end or last, last)
        if begin > end:
            continue
        if term.rostered:
            days.update(_between(off, begin, end))
            _mark_unpublished(days, begin, end, published)
        elif term.pattern:
            whole = _pattern_days(term.pattern, first, last, zone, holidays, known)
            days.update(whole if (begin, end) == (first, last) else _between(whole, begin, end))
    _lay_shifts(days, shifts, terms)
    _lay_absences(days, absences, first, last)
    return days


def _remember(known: dict | None, key: tuple, make: Callable[[], dict[date, Workday]], *alive) -> dict[date, Workday]:
    """``make()``, or what it made before. ``alive``: what the key names by identity, kept so that no other takes it."""
    if known is None:
        return make()
    found = known.get(key)
    if found is None:
        found = known[key] = make(), alive
    return found[0]


def _days_off(first: date, last: date, zone: str, holidays: Holidays, known: dict | None) -> dict[date, Workday]:
    def make() -> dict[date, Workday]:
        return {day: Workday(day, holiday=holidays.get(day, "")) for day in _dates(first, last)}

    return _remember(known, (None, zone, id(holidays)), make, holidays)


def _pattern_days(
    pattern: Pattern, first: date, last: date, zone: str, holidays: Holidays, known: dict | None
) -> dict[date, Workday]:
    def make() -> dict[date, Workday]:
        slots, length, offset = pattern.slots, len(pattern.slots), (first - pattern.anchor).days
        days = {}
        for number, day in enumerate(_dates(first, last), start=offset):
            slot, holiday = slots[number % length], holidays.get(day, "")
            if slot is None or (holiday and not pattern.works_holidays):
                days[day] = Workday(day, holiday=holiday)
            else:
                days[day] = Workday(day, slot.halves, holiday=holiday, hours=partial(_slot_hours, day, slot, zone))
        return days

    return _remember(known, (id(pattern), zone, id(holidays)), make, pattern, holidays)


def _slot_hours(day: date, slot: Slot, zone: str) -> Hours:
    start, end = instant(day, slot.begin, zone), instant(day, slot.end, zone)
    return start, end, _minutes(start, end)


def _mark_unpublished(days: dict[date, Workday], begin: date, end: date, published: date | None) -> None:
    if published:
        begin = max(begin, published + ONE_DAY)
    for day in _dates(begin, end):
        days[day] = Workday(day, holiday=days[day].holiday, planned=False)


def _lay_shifts(days: dict[date, Workday], shifts: Iterable[ShiftSpan], terms: Sequence[Term]) -> None:
    by_day: dict[date, list[ShiftSpan]] = {}
    for shift in shifts:
        by_day.setdefault(shift.day, []).append(shift)
    always = len(terms) == 1 and terms[0].covers(next(iter(days))) and terms[0].covers(next(reversed(days)))
    for day, held in by_day.items():
        if day in days and (always or any(term.covers(day) for term in terms)):
            days[day] = ShiftDay(day, days[day].holiday, held)


class ShiftDay(Workday):
    """A day worked by one or several shifts: both halves are due, split where half of the working time is done."""

    __slots__ = ("_shifts",)

    def __init__(self, day: date, holiday: str, shifts: Sequence[ShiftSpan], absent: int = 0) -> None:
        super().__init__(day, WHOLE_DAY, absent, holiday, hours=self._measure)
        self._shifts = shifts

    def intervals(self) -> list[Interval]:
        return _merged(shift.span() for shift in self._shifts)

    def absent_for(self, halves: int) -> "ShiftDay":
        return ShiftDay(self.day, self.holiday, self._shifts, self.absent | halves)

    def _measure(self) -> Hours:
        spans = self.intervals()
        return spans[0][0], spans[-1][1], sum(_minutes(*span) for span in spans)


def _lay_absences(days: dict[date, Workday], absences: Iterable[AbsenceSpan], first: date, last: date) -> None:
    hours_off = []
    for absence in absences:
        if absence.hours:
            hours_off.append(absence)
            continue
        for day in _dates(max(absence.first, first), min(absence.last, last)):
            if days[day].due:
                days[day] = days[day].absent_for(absence.halves)
    for day in sorted({day for absence in hours_off for day in _touched(absence)}):
        if day in days and days[day].due:
            off = [absence.hours for absence in hours_off if day in _touched(absence)]
            days[day] = days[day].absent_for(_halves_covered(days[day], off))


def _touched(absence: AbsenceSpan) -> list[date]:
    """Dates whose work the hours may meet: the work of the evening before runs past midnight."""
    return list(_dates(absence.first - ONE_DAY, absence.last))


def _halves_covered(workday: Workday, off: list[Interval]) -> int:
    work = workday.intervals() if isinstance(workday, ShiftDay) else [(workday.start, workday.end)]
    halves = _split(work) if workday.due == WHOLE_DAY else {workday.due: work}
    return sum(half for half, spans in halves.items() if spans and all(_is_covered(span, off) for span in spans))


def _split(work: list[Interval]) -> dict[int, list[Interval]]:
    """Working time cut in two equal parts by elapsed time."""
    left = sum((end - start for start, end in work), timedelta()) / 2
    first_half, second_half = [], []
    for start, end in work:
        middle = min(end, start + max(left, timedelta()))
        if start < middle:
            first_half.append((start, middle))
        if middle < end:
            second_half.append((middle, end))
        left -= end - start
    return {1: first_half, 2: second_half}


def _merged(spans: Iterable[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_covered(span: Interval, off: list[Interval]) -> bool:
    return any(begin <= span[0] and span[1] <= until for begin, until in _merged(off))


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


def _between(days: Mapping[date, Workday], begin: date, end: date) -> dict[date, Workday]:
    return {day: days[day] for day in _dates(begin, end)}


def _dates(first: date, last: date) -> Iterable[date]:
    start = first.toordinal()
    return map(date.fromordinal, range(start, last.toordinal() + 1))
