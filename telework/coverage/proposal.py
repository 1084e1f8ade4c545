"""What one telework day would make of coverage: with it, without it, and what is required or admitted at most.

Minimums and shares at once are told minute by minute; what is counted over a whole date is one level for that date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from people.models import Person
from policies.coverage.daycount import DayCount
from policies.coverage.minutecount import MinuteCount
from policies.coverage.requirements import Minimum, RemotePeopleOfDay
from policies.facts import Need
from telework.coverage import keeping
from telework.coverage.counting import Count
from telework.coverage.days import Sight

NOTHING = -1
HOUR = 60
Rows = list[tuple[int, ...]]
Asked = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """``count`` people from one minute (since 1970, UTC) to another."""

    start: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One requirement around one telework day.

    ``lows``: where it is nearest to failing in the hours asked for, the number without and with that day; ``most``:
    the number it is held against there. ``ceiling``: these are people remote, of whom no more are admitted; otherwise
    people counted, of whom no fewer. ``minutes``: numbers are minutes of work. ``whole_day``: counted over the date.
    """

    need: Need
    sight: Sight
    before: tuple[Level, ...]
    after: tuple[Level, ...]
    required: tuple[Level, ...]
    asked: Asked
    lows: tuple[int, int]
    most: int
    day: date
    ceiling: bool = False
    minutes: bool = False
    whole_day: bool = False

    @property
    def margin(self) -> Fraction:
        """What is left over in people (minutes: in hours); negative where it would not hold."""
        left = self.most - self.lows[1] if self.ceiling else self.lows[1] - self.most
        return Fraction(left, HOUR) if self.minutes else Fraction(left)


def proposals_of(person: Person, day: date, halves: int, *, start: int, end: int) -> list[Proposal]:
    """The requirements that telework in some halves of a date concerns, from ``start`` to ``end`` (minutes).

    Telework of theirs that already holds these halves is thought away first.
    """
    with keeping.LOCK:
        counts = keeping.kept_counts([person], day, day)
        found = (_proposal(count, person.pk, day, halves, start, end) for count in counts)
        return [proposal for proposal in found if proposal]


def _proposal(count: Count, person: int, day: date, halves: int, start: int, end: int) -> Proposal | None:
    with count.without(person, day, halves):
        answer = count.answer(person, day, halves)
        moved = count.moves(person, [day], halves).get(day)
        if answer is None or not answer.concerned:
            return None
        rows = count.map.counted(moved.rows, count.needs[0].scope)
        asked = tuple((max(row[3], start), min(row[4], end)) for row in rows if row[3] < end and row[4] > start)
        sight = Sight.CLOSED if answer.check.failing else Sight.TIGHT if answer.tight else Sight.SAFE
        draw = _over_the_date if any(isinstance(held, DayCount) for held in count.map.counts) else _by_the_minute
        return draw(count, sight, rows, asked, day, start, end)


def _by_the_minute(count: Count, sight: Sight, rows: Rows, asked: Asked, day: date, start: int, end: int):
    held = max(count.map.counts, key=lambda one: len(one.value), default=None)
    if held is None or not held.moves:
        return None
    before = _values(held, held.value, start, end)
    after, inside, required = before.copy(), np.zeros(len(before), dtype=bool), _required(count, start, end)
    for low, high in asked:
        after[low - start : high - start] += held.moves
        inside[low - start : high - start] = True
    inside &= required != NOTHING
    if not inside.any():
        return None
    margin = (after - required) * -held.moves
    worst = int(np.argmin(np.where(inside, margin, np.iinfo(np.int64).max)))
    return Proposal(
        count.needs[0],
        sight,
        _levels(before, start),
        _levels(after, start),
        tuple(level for level in _levels(required, start) if level.count != NOTHING),
        asked,
        (int(before[worst]), int(after[worst])),
        int(required[worst]),
        day,
        ceiling=held.moves > 0,
    )


def _values(held: MinuteCount, counted: np.ndarray, start: int, end: int) -> np.ndarray:
    """What is counted at each minute; 0 beyond."""
    values = np.zeros(end - start, dtype=np.int64)
    low, high = max(start, held.origin), min(end, held.origin + len(counted))
    if low < high:
        values[low - start : high - start] = counted[low - held.origin : high - held.origin]
    return values


def _required(count: Count, start: int, end: int) -> np.ndarray:
    """What each minute is held against: the strictest of the slots that stand then."""
    required = np.full(end - start, NOTHING, dtype=np.int64)
    for held in count.map.counts:
        numbers, strictest = _numbers(held, start, end)
        for one in held.windows:
            low, high = max(one.start, start) - start, min(one.end, end) - start
            if low < high:
                known, new = required[low:high], numbers[low:high]
                required[low:high] = np.where(known == NOTHING, new, strictest(known, new))
    return required


def _numbers(held: MinuteCount, start: int, end: int):
    """The number of a slot at each minute, and which of two is the stricter."""
    if isinstance(held.rule, Minimum):
        return np.full(end - start, held.rule.required, dtype=np.int64), np.maximum
    return _admitted(_values(held, held.limit, start, end), held.rule.percent), np.minimum


def _admitted(of, percent: Fraction):
    """How many of ``of`` may be remote, whole people or minutes."""
    return of * percent.numerator // (100 * percent.denominator)


def _over_the_date(count: Count, sight: Sight, rows: Rows, asked: Asked, day: date, start: int, end: int):
    found = [one for held in count.map.counts for one in _of_date(held, rows, day)]
    if not found:
        return None
    before, after, most, minutes = min(found, key=lambda one: one[2] - one[1])
    levels = ((Level(start, end, number),) for number in (before, after, most))
    return Proposal(
        count.needs[0], sight, *levels, asked, (before, after), most, day, ceiling=True, minutes=minutes, whole_day=True
    )


def _of_date(held: DayCount, rows: Rows, day: date) -> Iterator[tuple[int, int, int, bool]]:
    """Without and with the day, and what is admitted, where the slot stands on the date; whether in minutes."""
    column = held.column.get(day.toordinal())
    mine = [row for row in rows if row[2] == day.toordinal()]
    if column is None or not mine:
        return
    if held.by_minutes:
        added = sum(row[4] - row[3] for row in mine)
    else:
        added = len({row[0] for row in mine if held.remote[held.line[row[0]], column] == 0})
    before, limit = int(held.value[column]), int(held.limit[column])
    most = limit if isinstance(held.rule, RemotePeopleOfDay) else _admitted(limit, held.rule.percent)
    yield before, before + added, most, held.by_minutes


def _levels(values: np.ndarray, start: int) -> tuple[Level, ...]:
    edges = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return tuple(Level(start + a, start + b, int(values[a])) for a, b in pairwise(edges) if a < b)
