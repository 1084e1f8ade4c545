"""No number over fewer than five people, and none that could be subtracted out of those shown. Pure.

A number of people is safe when it is nought or at least five. Rows that hold an unsafe one are told together, with as
many safe rows as it takes for their sum to be safe: what is missing from a total is then never fewer than five people.
Where even that says too little, columns are told together instead.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
# Which of gain, lose, same, not comparable are told together, the finest first.
LEVELS = (((0,), (1,), (2,), (3,)), ((0,), (1,), (2, 3)), ((0, 1), (2, 3)))
STRETCHES = ("month", "quarter", "half", "year")
EDGES = (200, 500, 1000, 2000)  # of a change, in hundredths of a day
Keys = tuple[str, ...]
Counts = Sequence[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One group, or several told together: ``cells`` are people by the columns of the table's level."""

    keys: Keys
    cells: tuple[int, ...]
    before: int
    after: int

    @property
    def people(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows at one level of columns."""

    level: int
    rows: tuple[Row, ...]


def is_safe(people: int) -> bool:
    return people == 0 or people >= LEAST


def level_of(counts: Counts) -> int | None:
    """The finest level at which a total may be shown; None where nothing but the number of people may."""
    return next((number for number in range(len(LEVELS)) if _safe(_folded(counts, number))), None)


def total_of(counts: Counts) -> Table | None:
    """The row of everybody."""
    level = level_of(counts)
    return None if level is None else Table(level, (_row(("all",), counts, level),))


def table_of(groups: Mapping[str, Counts], least_level: int) -> Table | None:
    """The groups that make a total, told at the finest level that still shows half of the people by group."""
    best, shown_by_best = None, 0
    for level in range(least_level, len(LEVELS)):
        table, shown = _table(groups, level)
        if table and shown > shown_by_best:
            best, shown_by_best = table, shown
        if 2 * shown_by_best >= sum(map(_people, groups.values())):
            break
    return best


def _table(groups: Mapping[str, Counts], level: int) -> tuple[Table | None, int]:
    """The table, and how many people stand in a row of their own group."""
    shown = {(key,): counts for key, counts in groups.items() if _safe(_folded(counts, level))}
    hidden = {(key,): counts for key, counts in groups.items() if (key,) not in shown}
    while hidden and not _safe(_folded(_sum(hidden.values()), level)):
        if not shown:
            return None, 0
        smallest = min(shown, key=lambda key: (_people(shown[key]), key))
        hidden[smallest] = shown.pop(smallest)
    rows = [_row(keys, counts, level) for keys, counts in shown.items()]
    alone = sum(row.people for row in rows)
    if hidden:
        rows.append(_row(tuple(sorted(key for keys in hidden for key in keys)), _sum(hidden.values()), level))
    return Table(level, tuple(rows)), alone


def _row(keys: Keys, counts: Counts, level: int) -> Row:
    return Row(keys, _folded(counts, level), counts[4], counts[5])


def _folded(counts: Counts, level: int) -> tuple[int, ...]:
    return tuple(sum(counts[column] for column in columns) for columns in LEVELS[level])


def _safe(cells: Counts) -> bool:
    return all(map(is_safe, cells)) and sum(cells) >= LEAST


def _people(counts: Counts) -> int:
    return sum(counts[:4])


def _sum(rows: Iterable[Counts]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def bins_of(deltas: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """People by change in hundredths of a day, as (from, to, people) in order; losses and gains apart, nought left out.

    Called only where those who gain and those who lose are each nought or at least five."""
    gains = _bins({delta: people for delta, people in deltas.items() if delta > 0})
    losses = _bins({-delta: people for delta, people in deltas.items() if delta < 0})
    return [(-high, -low, people) for low, high, people in reversed(losses)] + gains


def _bins(deltas: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Changes of one direction between fixed edges, neighbours told together until each is of five people."""
    found: list[tuple[int, int, int]] = []
    by_edge: dict[int, dict[int, int]] = {}
    for delta, people in deltas.items():
        by_edge.setdefault(bisect_left(EDGES, delta), {})[delta] = people
    left: dict[int, int] = {}
    for edge in sorted(by_edge):
        left |= by_edge[edge]
        if sum(left.values()) >= LEAST:
            found.append(_bin(left))
            left = {}
    if left and found:
        low, _high, people = found.pop()
        found.append((low, max(left), people + sum(left.values())))
    elif left:
        found.append(_bin(left))
    return _covered(found)


def _bin(deltas: Mapping[int, int]) -> tuple[int, int, int]:
    return min(deltas), max(deltas), sum(deltas.values())


def _covered(bins: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The ends told are edges, not the change of the one person who has the least or the most."""
    edges = (1, *EDGES)
    lows = [max((edge for edge in edges if edge <= low), default=1) for low, _high, _people in bins]
    highs = [min((edge for edge in EDGES if edge >= high), default=0) for _low, high, _people in bins]
    return [(low, high, people) for low, high, (_l, _h, people) in zip(lows, highs, bins, strict=True)]


def median(counts: Mapping[int, int]) -> int | None:
    """The value in the middle; None for fewer than five people."""
    people = sum(counts.values())
    return _at(counts, (people - 1) // 2) if people >= LEAST else None


def spread(counts: Mapping[int, int]) -> tuple[int, int, int] | None:
    """The fifth lowest value, the middle, the fifth highest; None for fewer than ten people."""
    people = sum(counts.values())
    if people < 2 * LEAST:
        return None
    return _at(counts, LEAST - 1), _at(counts, (people - 1) // 2), _at(counts, people - LEAST)


def _at(counts: Mapping[int, int], place: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if place < passed:
            return value
    raise IndexError(place)


def stretches_of(refused: Mapping[str, Counts], wanted: Callable[[str], list[str]]) -> list[tuple[str, int]]:
    """Bookings by month, or by the shortest longer stretch of which none is of one to four people.

    ``wanted`` lists the keys of a kind of stretch in order, those without any booking too."""
    for kind in STRETCHES:
        keys = wanted(kind)
        if all(is_safe(refused.get(key, (0, 0))[1]) for key in keys):
            return [(key, refused.get(key, (0, 0))[0]) for key in keys]
    return []


def rules_of(refused: Mapping[str, Counts]) -> list[tuple[Keys, int, int | None]]:
    """Bookings by rule as (rules, bookings, people), the most first; rules met by fewer than five people together.

    Several told together have at least as many people as the one that has most; how many exactly is not known."""
    shown = {key: counts for key, counts in refused.items() if counts[1] >= LEAST}
    hidden = {key: counts for key, counts in refused.items() if key not in shown}
    if hidden and shown:
        smallest = min(shown, key=lambda key: (shown[key][0], key))
        hidden[smallest] = shown.pop(smallest)
    rows: list[tuple[Keys, int, int | None]] = [((key,), *counts) for key, counts in shown.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    if hidden:
        rows.append((tuple(sorted(hidden)), sum(bookings for bookings, _people in hidden.values()), None))
    return rows
