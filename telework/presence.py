"""How many are on site from minute to minute around one day, with and without a request. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from policies.core.facts import FIRST_HALF, WHOLE_DAY, Workday

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Level:
    """``count`` people from one instant to another."""

    start: datetime
    end: datetime
    count: int


def span_of(workday: Workday, halves: int) -> Interval | None:
    """The hours of some halves of a day's work, cut at the middle of its elapsed time; None when it has no hours."""
    start, end = workday.start, workday.end
    if not halves or start is None or end is None:
        return None
    if halves == WHOLE_DAY or workday.due != WHOLE_DAY:
        return start, end
    middle = start + (end - start) / 2
    return (start, middle) if halves == FIRST_HALF else (middle, end)


def on_site_spans(workdays: Mapping[date, Workday], remote: Mapping[date, int], days: Iterable[date]) -> list[Interval]:
    """When a person is on site on these days: what is worked and not held by telework."""
    spans = []
    for day in days:
        workday = workdays.get(day)
        if workday is None or not workday.due:
            continue
        halves = workday.available & ~remote.get(day, 0)
        spans.append(span_of(workday, halves))
    return [span for span in spans if span]


def levels(spans: Iterable[Interval], *, start: datetime, end: datetime) -> list[Level]:
    """Counts over a stretch of time, neighbours of equal count joined; zero is told too."""
    changes: dict[datetime, int] = {start: 0, end: 0}
    for begin, until in spans:
        begin, until = max(begin, start), min(until, end)
        if begin < until:
            changes[begin] = changes.get(begin, 0) + 1
            changes[until] = changes.get(until, 0) - 1
    told: list[Level] = []
    count, instants = 0, sorted(changes)
    for begin, until in pairwise(instants):
        count += changes[begin]
        if told and told[-1].count == count:
            told[-1] = Level(told[-1].start, until, count)
        else:
            told.append(Level(begin, until, count))
    return told


def window(day: date, zone: str, asked: Interval | None) -> Interval:
    """From local midnight of the day to the next one, or to two hours after the end of a shift that goes on."""
    place = ZoneInfo(zone)
    start = datetime.combine(day, time(), place).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), place).astimezone(UTC)
    if asked and asked[1] > end:
        end = asked[1].astimezone(UTC) + timedelta(hours=2)
        end = end.replace(minute=0, second=0, microsecond=0)
    return start, end


def minutes_between(start: datetime, instant: datetime) -> int:
    return int((instant - start).total_seconds()) // 60
