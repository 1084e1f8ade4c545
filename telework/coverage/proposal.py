"""What one telework day would make of coverage, minute by minute: with it, without it, and what is required."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from people.models import Person
from policies.coverage.minutecount import MinuteCount
from policies.coverage.requirements import Minimum
from policies.facts import Need
from telework.coverage import keeping
from telework.coverage.counting import Count
from telework.coverage.days import Sight

NOTHING = -1


@dataclass(frozen=True, slots=True)
class Level:
    """``count`` people from one minute (since 1970, UTC) to another."""

    start: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One minimum around one telework day. ``lows``: the fewest in the hours asked for, without and with that day."""

    need: Need
    sight: Sight
    before: tuple[Level, ...]
    after: tuple[Level, ...]
    required: tuple[Level, ...]
    asked: tuple[tuple[int, int], ...]
    lows: tuple[int, int]
    most: int


def proposals_of(person: Person, day: date, halves: int, *, start: int, end: int) -> list[Proposal]:
    """The minimums that telework in some halves of a date concerns, from ``start`` to ``end`` (minutes).

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
        held = _widest(count)
        if answer is None or not answer.concerned or held is None or not held.moves:
            return None
        rows = count.map.counted(moved.rows, count.needs[0].scope)
        before = _values(held, start, end)
    asked = tuple((max(row[3], start), min(row[4], end)) for row in rows if row[3] < end and row[4] > start)
    after, inside, required = before.copy(), np.zeros(len(before), dtype=bool), _required(count, start, end)
    for low, high in asked:
        after[low - start : high - start] -= 1
        inside[low - start : high - start] = True
    inside &= required != NOTHING
    if not inside.any():
        return None
    sight = Sight.CLOSED if answer.check.failing else Sight.TIGHT if answer.tight else Sight.SAFE
    worst = int(np.argmin(np.where(inside, after - required, np.iinfo(np.int64).max)))
    return Proposal(
        count.needs[0],
        sight,
        _levels(before, start),
        _levels(after, start),
        tuple(level for level in _levels(required, start) if level.count != NOTHING),
        asked,
        (int(before[worst]), int(after[worst])),
        int(required[worst]),
    )


def _widest(count: Count) -> MinuteCount | None:
    """Of the slots of a minimum, the one whose numbers reach furthest: all count the same people."""
    minimums = [held for held in count.map.counts if isinstance(held.rule, Minimum)]
    return max(minimums, key=lambda held: len(held.value), default=None)


def _values(held: MinuteCount, start: int, end: int) -> np.ndarray:
    """People counted at each minute; 0 beyond what is counted."""
    values = np.zeros(end - start, dtype=np.int64)
    low, high = max(start, held.origin), min(end, held.origin + len(held.value))
    if low < high:
        values[low - start : high - start] = held.value[low - held.origin : high - held.origin]
    return values


def _required(count: Count, start: int, end: int) -> np.ndarray:
    required = np.full(end - start, NOTHING, dtype=np.int64)
    for held in count.map.counts:
        for one in held.windows if isinstance(held.rule, Minimum) else ():
            low, high = max(one.start, start) - start, min(one.end, end) - start
            if low < high:
                required[low:high] = np.maximum(required[low:high], held.rule.required)
    return required


def _levels(values: np.ndarray, start: int) -> tuple[Level, ...]:
    edges = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return tuple(Level(start + a, start + b, int(values[a])) for a, b in pairwise(edges) if a < b)
