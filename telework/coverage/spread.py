"""The heat of some requirements over a stretch of time: lowest margins by date and hour, and the gaps. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policies.coverage.findings import joined
from policies.coverage.requirements import Gap
from policies.facts import Need
from policies.models import Requirement
from telework.coverage import heat, heats, shortages
from telework.coverage.span import Span


@dataclass(frozen=True, slots=True)
class Shortage:
    """A gap and the requirement that it belongs to."""

    gap: Gap
    need: Need


@dataclass(slots=True)
class Heat:
    """The lowest margins of some requirements over a span, and the gaps in it, by date."""

    span: Span
    lows: dict[date, int]
    by_need: dict[Requirement, dict[date, int]]
    gaps: list[Shortage]
    hours: dict[date, list[int]] = field(default_factory=dict)
    whole: dict[date, int] = field(default_factory=dict)


def read_heat(requirements: Sequence[Requirement], span: Span) -> Heat:
    """Everything a heat map of ``span`` shows: from what is kept of the year, hours from the rows."""
    found = Heat(span, {}, {one: {} for one in requirements}, [])
    for year in range(span.first.year, span.last.year + 1):
        first, last = max(span.first, date(year, 1, 1)), min(span.last, date(year, 12, 31))
        for kept in heats.heats_of(requirements, year):
            _look(found, kept, first, last)
    for days in found.by_need.values():
        for day, low in days.items():
            found.lows[day] = min(found.lows.get(day, heat.NONE), low)
    if span.kind == "week":
        _read_hours(found, requirements)
    found.gaps.sort(key=lambda one: (one.gap.day, one.gap.start or 0))
    return found


def _look(found: Heat, kept: heats.YearHeat, first: date, last: date) -> None:
    lows = heat.by_day(kept.margins(first, last), first)
    found.by_need[kept.need.requirement] |= lows
    if any(low < 0 for low in lows.values()):
        found.gaps += [Shortage(gap, kept.need) for gap in joined(kept.gaps(first, last))]


def _read_hours(found: Heat, requirements: Sequence[Requirement]) -> None:
    """The lowest margins of the hours of a week, and of its dates by the rules about whole dates."""
    first, last = found.span.first, found.span.last
    counted = shortages.counted_around(requirements, first, last)
    for requirement in requirements:
        part = counted.map.of_group(str(requirement.uid))
        for day, hours in heat.lows_of_hours(part, found.span.days, requirement.clock).items():
            found.hours[day] = [min(pair) for pair in zip(found.hours.get(day, hours), hours, strict=True)]
        for day, low in heat.lows_by_date(part, found.span.days).items():
            found.whole[day] = min(found.whole.get(day, heat.NONE), low)
