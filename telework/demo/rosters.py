"""Round-the-clock work from the published rosters: one line of a roster is one person's rotation, repeated."""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from policies.core.localtime import DAY_MINUTES, instant

FOLDER = Path(__file__).with_name("data") / "rosters"
ROSTERS = ("cq09", "inrc2_n021w4_H0_5-4-1-2", "cq02", "inrc1_sprint01")
FULL_TIME_SHIFTS_A_DAY = 5 / 7
REST = timedelta(hours=11)
HEAD = "HeadNurse"


@dataclass(frozen=True, slots=True)
class Post:
    """A post by the wall clock: minutes after midnight of its date, and whether it is a supervisor's."""

    begin: int
    end: int
    supervises: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One person's rotation: the post of each day of a cycle that begins on ``weekday`` (0 is Monday)."""

    weekday: int
    posts: tuple[Post | None, ...]

    @property
    def worked(self) -> int:
        return sum(post is not None for post in self.posts)


@lru_cache
def lines_of(roster: str) -> tuple[Line, ...]:
    """The lines of a roster, the busiest first."""
    meta = json.loads((FOLDER / f"{roster}.meta.json").read_text(encoding="utf-8"))
    first = date.fromisoformat(meta["first_day"])
    posts: dict[str, dict[int, Post]] = {}
    with (FOLDER / f"{roster}.roster.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            start, end = datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])
            post = Post(_minutes(start), _minutes(end), row.get("skill") == HEAD)
            if post.end <= post.begin:
                post = Post(post.begin, post.end + DAY_MINUTES, post.supervises)
            posts.setdefault(row["person"], {})[(start.date() - first).days] = post
    length = -(-max(day + 1 for line in posts.values() for day in line) // 7) * 7
    lines = (Line(first.weekday(), tuple(line.get(day) for day in range(length))) for line in posts.values())
    return tuple(sorted(lines, key=lambda line: -line.worked))


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def shifts_of(
    line: Line, *, rate: int, first: date, last: date, zone: str, shift_by: int, rng: Random
) -> list[tuple[date, datetime, datetime, bool]]:
    """(day, start, end, supervises) from ``first`` to ``last``.

    ``shift_by`` whole weeks turn the line. At ``rate`` percent only that share of a full time's shifts is kept, and
    the eleven hours of rest between two shifts always are.
    """
    anchor = first - timedelta(days=(first.weekday() - line.weekday) % 7 + 7 * shift_by)
    length = len(line.posts)
    keep = min(1.0, rate / 100 * FULL_TIME_SHIFTS_A_DAY * length / line.worked)
    shifts, rested = [], None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        post = line.posts[(day - anchor).days % length]
        if post is None or (keep < 1 and rng.random() > keep):
            continue
        start, end = instant(day, post.begin, zone), instant(day, post.end, zone)
        if rested is None or start >= rested:
            shifts.append((day, start, end, post.supervises))
            rested = end + REST
    return shifts
