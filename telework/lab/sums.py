"""Sums of a run, added person by person and kept as plain numbers between two stretches of work. No names, no days."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from policies.core import Entitlement

ALL = "all"
GAIN, LOSE, SAME, OTHER = range(4)  # OTHER: the two cannot be compared, one of them being unlimited or in other units
BEFORE, AFTER = 4, 5
CENT = Decimal("0.01")


@dataclass(slots=True)
class Sums:
    """``groups``: people by change, then days due before and after, of all and by rate and team; ``deltas`` and
    ``totals``: people by change and by days due; ``refused``: bookings and people by month, longer stretch and rule;
    ``paid``: before, after, people for whom it differs. Days in hundredths, money in cents.
    """

    people: int = 0
    groups: dict[str, list[int]] = field(default_factory=dict)
    deltas: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    refused: dict[str, list[int]] = field(default_factory=dict)
    paid: dict[str, list[int]] = field(default_factory=dict)

    def add_entitlement(self, groups: tuple[str, ...], before: Entitlement | None, after: Entitlement | None) -> None:
        """One person, under each group they are in."""
        kind, days = _compared(before, after)
        for name in groups:
            row = self.groups.setdefault(name, [0] * 6)
            row[kind] += 1
            if kind != OTHER:
                row[BEFORE] += _hundredths(days[0])
                row[AFTER] += _hundredths(days[1])
        if kind != OTHER:
            _count(self.deltas, str(_hundredths(days[1]) - _hundredths(days[0])))
        if after is not None:
            _count(self.totals, str(_hundredths(_days(after))))

    def add_refused(self, keys: dict[str, int]) -> None:
        """The bookings of one person refused, by what they are counted under."""
        for key, bookings in keys.items():
            row = self.refused.setdefault(key, [0, 0])
            row[0] += bookings
            row[1] += 1

    def add_paid(self, currency: str, before: Decimal, after: Decimal) -> None:
        """What one person is paid for the days granted."""
        row = self.paid.setdefault(currency, [0, 0, 0])
        row[0] += int(before / CENT)
        row[1] += int(after / CENT)
        row[2] += before != after

    def plain(self) -> dict[str, object]:
        """As JSON holds it; ``Sums(**plain)`` reads it back."""
        return asdict(self)


def stretches_of(day: date) -> tuple[str, ...]:
    """The stretches of the calendar that a day is counted under, the shortest first."""
    return (
        f"month {day.year}-{day.month:02}",
        f"quarter {day.year}-{(day.month + 2) // 3}",
        f"half {day.year}-{1 if day.month < 7 else 2}",
        f"year {day.year}",
    )


def tally() -> dict[str, int]:
    """An empty count of one person's bookings."""
    return defaultdict(int)


def _compared(before: Entitlement | None, after: Entitlement | None) -> tuple[int, tuple[Decimal, Decimal]]:
    if before is None or after is None or _in_days(before) != _in_days(after):
        same = before is None and after is None
        return (SAME, (Decimal(0), Decimal(0))) if same else (OTHER, (Decimal(0), Decimal(0)))
    days = _days(before), _days(after)
    return (SAME if days[0] == days[1] else GAIN if days[1] > days[0] else LOSE), days


def _in_days(due: Entitlement) -> str:
    return "day" if due.unit in ("day", "half_day") else due.unit


def _days(due: Entitlement) -> Decimal:
    return due.total / 2 if due.unit == "half_day" else due.total


def _hundredths(days: Decimal) -> int:
    return int(days * 100)


def _count(counts: dict[str, int], key: str) -> None:
    counts[key] = counts.get(key, 0) + 1
