"""Rest between posts: what the law asks for (``rest.toml``), and where the posts of one person leave less. Pure.

Hours are elapsed ones: a night of the clock change is as long as it is. Posts of one date are one day's work, whatever
lies between them.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

TABLE = Path(__file__).with_name("rest.toml")
DAILY, WEEKLY = "daily_rest", "weekly_rest"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Minimum:
    """A rest without interruption, the part of it that must lie in the civil week (0: none), and the text."""

    hours: timedelta
    within: timedelta
    reference: str


@dataclass(frozen=True, slots=True)
class Law:
    """What a country asks for."""

    daily: Minimum
    weekly: Minimum


@dataclass(frozen=True, slots=True)
class Post:
    """The work of one local date, from its first minute to its last (aware instants)."""

    day: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Lack:
    """A rest that is too short: ``DAILY`` between two posts, or ``WEEKLY``, the longest of the week from Monday
    ``day`` on. ``start`` and ``end`` are instants; equal when the week holds no rest at all."""

    rule: str
    day: date
    start: datetime
    end: datetime
    minimum: Minimum

    @property
    def rest(self) -> timedelta:
        return self.end - self.start


def law_of(region: str) -> Law | None:
    """The rests of the country of a holiday region such as FR-57; None where no text is known."""
    return _laws().get(region[:2].upper())


@lru_cache(maxsize=1)
def _laws() -> dict[str, Law]:
    found: dict[str, Law] = {}
    for name, row in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        law = Law(_minimum(row["daily"]), _minimum(row["weekly"]))
        found |= dict.fromkeys(row.get("countries", [name]), law)
    return found


def _minimum(row: dict) -> Minimum:
    return Minimum(timedelta(hours=row["hours"]), timedelta(hours=row.get("within", 0)), row["reference"])


def lacks_of(posts: Iterable[Post], law: Law, *, zone: str, first: date, last: date) -> list[Lack]:
    """Too short rests around the dates ``first`` to ``last``, in order; ``posts`` hold ten days on either side."""
    posts = sorted(map(_in_utc, posts), key=lambda post: post.start)
    found = [lack for lack in _daily(posts, law.daily) if first <= lack.day <= last + timedelta(days=1)]
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        found += _weekly(posts, law.weekly, monday, ZoneInfo(zone))
        monday += WEEK
    return found


def _in_utc(post: Post) -> Post:
    """Two instants of one zone would be subtracted by the clock on the wall, an hour wrong in the nights of change."""
    return Post(post.day, post.start.astimezone(UTC), post.end.astimezone(UTC))


def _daily(posts: Sequence[Post], minimum: Minimum) -> Iterable[Lack]:
    for one, two in pairwise(posts):
        if one.end < two.start and one.day != two.day and two.start - one.end < minimum.hours:
            yield Lack(DAILY, two.day, one.end, two.start, minimum)


def _weekly(posts: Sequence[Post], minimum: Minimum, monday: date, zone: ZoneInfo) -> list[Lack]:
    """The week's longest rest where none is long enough; nothing for a week without a post."""
    begin, finish = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (monday, monday + WEEK))
    if not any(post.start < finish and post.end > begin for post in posts):
        return []
    before, after = (begin - minimum.hours, finish + minimum.hours)
    edges = [(before, before), *((post.start, post.end) for post in posts), (after, after)]
    longest = (begin, begin)
    reached = edges[0][1]
    for start, end in edges[1:]:
        inside = min(start, finish) - max(reached, begin)
        if start - reached >= minimum.hours and inside >= minimum.within:
            return []
        if inside > longest[1] - longest[0]:
            longest = (max(reached, begin), min(start, finish))
        reached = max(reached, end)
    return [Lack(WEEKLY, monday, *longest, minimum)]
