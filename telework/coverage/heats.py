"""The heat of requirements over a civil year: from what is kept where nothing changed since, else counted afresh.

A page reads stamps and rows; only requirements whose stamp differs are counted, so that it tells what is so and is
quick all the same. Few of them follow the changes of their people (see ``keeping``); many are counted together, in
groups so that memory stays small.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from policies.coverage.requirements import Gap
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need, needs_of
from policies.models import Requirement
from telework.coverage import heat, keeping
from telework.coverage.counting import count_of
from telework.coverage.stamps import Stamps
from telework.models import KeptHeat

FEW = 4  # groups of people changed at once that are followed rather than counted afresh
TOGETHER = 1200  # people counted at once
MOST_HELD = 1000

_held: "OrderedDict[str, Lows]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Lows:
    """``margins``: int32, the lowest margin of each date of the year (``heat.NONE`` where there is none).

    ``gaps``: (number of the rule, ordinal of the date, before, value, limit, start, end).
    """

    margins: np.ndarray
    gaps: tuple[tuple, ...]


@dataclass(frozen=True, slots=True)
class YearHeat:
    """The heat of one requirement in a civil year."""

    need: Need
    year: int
    lows: Lows

    def margins(self, first: date, last: date) -> np.ndarray:
        """The lowest margin of each date of a span within the year."""
        begin = date(self.year, 1, 1).toordinal()
        return self.lows.margins[first.toordinal() - begin : last.toordinal() - begin + 1]

    def gaps(self, first: date, last: date) -> list[Gap]:
        """The gaps whose window starts, or whose date is, within a span."""
        low, high = first.toordinal(), last.toordinal()
        return [
            Gap(self.need.rules[number], date.fromordinal(day), before, value, limit, start, end)
            for number, day, before, value, limit, start, end in self.lows.gaps
            if low <= day <= high
        ]


def heats_of(requirements: Sequence[Requirement], year: int) -> list[YearHeat]:
    """The heat of each requirement, as of now. Nine queries where nothing has changed since it was kept."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    needs = needs_of(requirements, first, last)
    return [YearHeat(need, year, lows) for need, lows in zip(needs, _read(needs, year), strict=True)]


def worst_on(
    requirements: Sequence[Requirement], day: date, most: int, *, at: Requirement | None = None
) -> list[Requirement]:
    """At most so many: ``at``, then those with the lowest margins of windows that start on a date or the day before."""
    if len(requirements) <= most:
        return list(requirements)
    first = max(day - timedelta(days=1), date(day.year, 1, 1))
    low = {one.need.requirement: int(one.margins(first, day).min()) for one in heats_of(requirements, day.year)}
    return sorted(requirements, key=lambda one: (one != at, low[one]))[:most]


def keep_heats(requirements: Sequence[Requirement], year: int) -> int:
    """Write down the heat of every requirement whose row is missing or no longer true; how many there were."""
    needs = needs_of(requirements, date(year, 1, 1), date(year, 12, 31))
    stamps = Stamps(requirements, year)
    known = dict(KeptHeat.objects.filter(year=year, requirement__in=requirements).values_list("requirement", "stamp"))
    missing = [need for need in needs if known.get(need.requirement.pk) != stamps.stamps[need.requirement.pk]]
    for need, lows in _counted(missing, stamps):
        values = {"lows": lows.margins.tobytes(), "gaps": lows.gaps, "stamp": stamps.stamps[need.requirement.pk]}
        KeptHeat.objects.update_or_create(requirement=need.requirement, year=year, defaults=values)
    return len(missing)


def _read(needs: Sequence[Need], year: int) -> list[Lows]:
    stamps = Stamps([need.requirement for need in needs], year)
    wanted = {need.requirement.pk: stamps.stamps[need.requirement.pk] for need in needs}
    found = {stamp: _held[stamp] for stamp in wanted.values() if stamp in _held}
    absent = [pk for pk, stamp in wanted.items() if stamp not in found]
    for row in KeptHeat.objects.filter(year=year, requirement__in=absent) if absent else ():
        if row.stamp == wanted[row.requirement_id]:
            found[row.stamp] = Lows(np.frombuffer(row.lows, dtype="<i4"), tuple(map(tuple, row.gaps)))
    stale = [need for need in needs if wanted[need.requirement.pk] not in found]
    alike = _alike(stale, stamps)
    for need, lows in _followed(alike, year) if len(alike) <= FEW else _counted(stale, stamps):
        found[wanted[need.requirement.pk]] = lows
    _remember(found)
    return [found[wanted[need.requirement.pk]] for need in needs]


def _remember(found: dict[str, Lows]) -> None:
    """Keep in the process what was read last."""
    with keeping.LOCK:
        for stamp, lows in found.items():
            _held[stamp] = lows
            _held.move_to_end(stamp)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)


def _alike(needs: Sequence[Need], stamps: Stamps) -> list[list[Need]]:
    """Needs by the people they count: those of the posts of one trade at several sites count the same."""
    found: dict[bytes, list[Need]] = {}
    for need in needs:
        found.setdefault(stamps.chosen[need.requirement.pk].tobytes(), []).append(need)
    return list(found.values())


def _followed(alike: Sequence[Sequence[Need]], year: int) -> Iterator[tuple[Need, Lows]]:
    """Heat from the counts that the process keeps and brings up to date person by person."""
    with keeping.LOCK:
        for needs in alike:
            counted = keeping.kept_together([need.requirement for need in needs], year).map
            for need in needs:
                yield need, _lows(need, counted.of_group(str(need.requirement.uid)), year)


def _counted(needs: Sequence[Need], stamps: Stamps) -> Iterator[tuple[Need, Lows]]:
    """Heat from the rows, some requirements at a time."""
    first, last = date(stamps.year, 1, 1), date(stamps.year, 12, 31)
    for group in _groups(needs, stamps):
        counted = count_of(group, first, last).map
        for need in group:
            yield need, _lows(need, counted.of_group(str(need.requirement.uid)), stamps.year)


def _groups(needs: Sequence[Need], stamps: Stamps) -> Iterator[list[Need]]:
    group: list[Need] = []
    people: set[int] = set()
    for alike in _alike(needs, stamps):
        counted = set(stamps.chosen[alike[0].requirement.pk].tolist())
        if group and len(people | counted) > TOGETHER:
            yield group
            group, people = [], set()
        group += alike
        people |= counted
    if group:
        yield group


def _lows(need: Need, counted: CoverageMap, year: int) -> Lows:
    margins = heat.lows_of_days(counted, date(year, 1, 1), date(year, 12, 31))
    numbers = {rule.name: number for number, rule in enumerate(need.rules)}
    gaps = tuple(
        (numbers[gap.rule.name], gap.day.toordinal(), gap.before, gap.value, gap.limit, gap.start, gap.end)
        for gap in counted.gaps()
    )
    return Lows(margins.astype("<i4"), gaps)


def forget() -> None:
    """Drop what the process remembers."""
    with keeping.LOCK:
        _held.clear()
