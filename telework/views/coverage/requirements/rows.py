"""The lines of the form as they were typed, and what a stroke of the brush makes of them.

A stroke says "on these days, from here to there, this number": what stood there before is cut out, the rest stays as
it was. Hours belong to the day on which they begin; minutes are counted from 00:00 of that day and may pass 24:00.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

WEEK = frozenset(range(7))
DAY = 1440
_CLOCK = re.compile(r"(\d{1,2})(?:[:hH.](\d{2})?)?")
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: weekdays (0 = Monday), clock times and a number, all as typed; whole dates have no times."""

    days: frozenset[int] = WEEK
    start: str = ""
    end: str = ""
    number: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.start or self.end or self.number)

    @property
    def span(self) -> tuple[int, int] | None:
        """Its minutes, the end after the start; None where the times cannot be read."""
        return span_of(self.start, self.end)

    @property
    def is_whole(self) -> bool:
        """Whether days, hours and number can all be read."""
        return bool(self.days) and self.span is not None and self.value is not None

    @property
    def value(self) -> float | None:
        """Its number, None where it cannot be read."""
        text = self.number.strip()
        return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Stroke:
    """Days, minutes from ``start`` to ``end``, and the number to stand there; "" clears."""

    days: Collection[int]
    start: int
    end: int
    number: str


def minute_of(text: str) -> int | None:
    """22:00, 22h, 22h30, 7 and 24:00 as minutes of a day; None for what is no time."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    minute = hours * 60 + minutes
    return minute if minutes < 60 and minute <= DAY else None


def span_of(start: str, end: str) -> tuple[int, int] | None:
    """From start to end: an end at or before its start is on the next day, equal times are a full day."""
    first, last = minute_of(start), minute_of(end)
    if first is None or last is None or first == DAY:
        return None
    return first, last if last > first else last + DAY


def clock(minute: int, *, end: bool = False) -> str:
    """A minute as people write it; the midnight at which something ends is 24:00."""
    minute = minute % DAY
    return "24:00" if end and not minute else f"{minute // 60:02}:{minute % 60:02}"


def painted(rows: Sequence[Row], stroke: Stroke, *, repeats: bool) -> list[Row]:
    """The rows after a stroke; those that cannot be read stay as they are.

    ``repeats``: the days follow each other as those of a week do, so what is left of a night after its midnight may
    begin on the next day. Where they do not (holidays, dates) such a rest is let go.
    """
    unread = [row for row in rows if not row.is_whole]
    windows = _Windows(repeats)
    for row in rows:
        if row.is_whole:
            windows.put(row.days, *row.span, row.number.strip())
    days, start, end = stroke.days, stroke.start, min(stroke.end, stroke.start + DAY)
    if start >= DAY:
        days, start, end = ({(day + 1) % 7 for day in days}, start - DAY, end - DAY) if repeats else ((), 0, 0)
    for day in days:
        windows.paint(day, start, end, stroke.number.strip())
    return [*windows.rows(), *unread]


class _Windows:
    """(start, end, number) of each day, overlapping where two lines hold at once."""

    def __init__(self, repeats: bool) -> None:
        self.repeats = repeats
        self.of: dict[int, list[tuple[int, int, str]]] = {day: [] for day in range(7)}

    def put(self, days: Iterable[int], start: int, end: int, number: str) -> None:
        for day in days:
            if (start, end, number) not in self.of[day]:
                self.of[day].append((start, end, number))

    def paint(self, day: int, start: int, end: int, number: str) -> None:
        left = []
        for begin, finish, held in self.of[day]:
            if finish <= start or begin >= end:
                left.append((begin, finish, held))
                continue
            if begin < start:
                left.append((begin, start, held))
            if finish > end:
                self._rest(left, day, (end, finish, held))
        if number:
            left = _joined(left, (start, end, number))
        self.of[day] = left

    def _rest(self, left: list, day: int, rest: tuple[int, int, str]) -> None:
        """What is left after the stroke; past midnight it begins on the next day."""
        start, end, held = rest
        if start < DAY:
            left.append(rest)
        elif self.repeats:
            self.put([(day + 1) % 7], start - DAY, end - DAY, held)

    def rows(self) -> list[Row]:
        """One line for all days with the same hours and number, in the order in which they begin."""
        days: dict[tuple[int, int, str], set[int]] = {}
        for day, windows in self.of.items():
            for window in windows:
                days.setdefault(window, set()).add(day)
        ordered = sorted(days.items(), key=lambda item: (min(item[1]), item[0][0], item[0][1], item[0][2]))
        return [
            Row(frozenset(held), clock(start), clock(end, end=True), number) for (start, end, number), held in ordered
        ]


def _joined(windows: list[tuple[int, int, str]], new: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    """With the new window, grown together with neighbours of the same number as long as a day is not passed."""
    start, end, number = new
    left = []
    for begin, finish, held in windows:
        touches = held == number and (finish == start or begin == end)
        if touches and max(finish, end) - min(begin, start) <= DAY:
            start, end = min(begin, start), max(finish, end)
        else:
            left.append((begin, finish, held))
    return [*left, (start, end, number)]


def whole_days(rows: Iterable[Row], *, strictest=min) -> dict[int, str]:
    """The number of each weekday where hours do not matter: of several on a day, the one that binds."""
    found: dict[int, str] = {}
    for row in rows:
        for day in row.days or WEEK:
            held = Row(number=found[day]).value if day in found else None
            if held is None or (row.value is not None and strictest(row.value, held) == row.value):
                found[day] = row.number
    return found


def by_number(numbers: dict[int, str]) -> list[Row]:
    """Numbers of weekdays as lines, one for all days of the same number."""
    days: dict[str, set[int]] = {}
    for day, number in numbers.items():
        if number.strip():
            days.setdefault(number.strip(), set()).add(day)
    return [Row(frozenset(held), number=number) for number, held in days.items()]


def spread(row: Row) -> Row:
    """The same line on every day, for lines that name no weekday."""
    return replace(row, days=WEEK)
