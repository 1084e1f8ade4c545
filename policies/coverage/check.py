"""May this person telework then? The check of one booking, from a kept map or from the rows around it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policies.coverage.presence import stretches
from policies.coverage.requirements import Gap, Minimum, Rule
from policies.coverage.rows import Bookings, Roster, Staff, State
from policies.coverage.windows import EPOCH
from policies.coverage.yearmap import CoverageMap

EPOCH_ORDINAL = EPOCH.toordinal()


class Outcome(StrEnum):
    """What a booking would do to presence, before any agreement is asked."""

    NO_SHIFT = "no_shift"
    NO_EFFECT = "no_effect"
    REFUSED = "refused"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer: minutes that go from on site to remote, and what the booking breaks or worsens."""

    outcome: Outcome
    moved_minutes: int = 0
    failing: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Moves:
    """What a booking does to its person's own day: whether there is a shift, and the stretches that change place."""

    on_shift: bool
    rows: tuple[tuple[int, ...], ...]

    @property
    def minutes(self) -> int:
        return sum(row[4] - row[3] for row in self.rows)


def moves(own: Roster, asked: Bookings) -> Moves:
    """What ``asked`` (one row) would change in the roster ``own`` of its person."""
    return moves_by_day(own, asked)[int(asked.day[0])]


def moves_by_day(own: Roster, asked: Bookings) -> dict[int, Moves]:
    """What each of the bookings ``asked`` of one person would change alone: {date ordinal: moves}, one a date."""
    cut = stretches(own, asked=asked)
    rows = defaultdict(list)
    for row in cut.take(cut.state == State.MOVED).rows():
        rows[row[2]].append(row)
    on_shift = set(own.shifts.day.tolist())
    return {day: Moves(on_shift=day in on_shift, rows=tuple(rows[day])) for day in asked.day.tolist()}


def tight(kept: CoverageMap, moved: Moves) -> bool:
    """True if the booking is allowed and another person's like it would not be any more."""
    return bool(moved.rows) and not _any(kept, moved, people=1) and _any(kept, moved, people=2)


def _any(kept: CoverageMap, moved: Moves, *, people: int) -> bool:
    return next(kept.broken_by(moved.rows, people=people), None) is not None


def check(kept: CoverageMap, moved: Moves) -> Check:
    """The check against a map that holds the windows concerned; a shortage that it leaves as it is never refuses."""
    if not moved.on_shift:
        return Check(Outcome.NO_SHIFT)
    if not moved.rows:
        return Check(Outcome.NO_EFFECT)
    failing = tuple(kept.broken_by(moved.rows))
    return Check(Outcome.REFUSED if failing else Outcome.ALLOWED, moved.minutes, failing)


def check_rows(rules: Sequence[Rule], staff: Staff, roster: Roster, asked: Bookings) -> Check:
    """The check from the rows alone, for the dates around it: ``roster`` holds all that touches them."""
    moved = moves(roster.of_person(int(asked.person[0])), asked)
    if not moved.rows:
        return check(CoverageMap((), staff, first=date.min, last=date.min), moved)
    first, last = _dates_around(moved.rows)
    kept = CoverageMap(_touched(rules, staff, moved.rows), staff, first=first, last=last)
    return check(kept.fill(stretches(roster)), moved)


def _touched(rules: Sequence[Rule], staff: Staff, rows: Sequence[tuple[int, ...]]) -> list[Rule]:
    """The rules that telework of these stretches can change, with the other layers of their groups."""

    def touched(rule: Rule) -> bool:
        if isinstance(rule, Minimum) and rule.anyone:
            return False
        sites = (None, *(row[1] for row in rows))
        site = None if rule.scope.site is None else staff.site(rule.scope.site)
        return site in sites and staff.counts(rows[0][0], rule.scope)

    groups = {rule.group for rule in rules if rule.group and touched(rule)}
    return [rule for rule in rules if rule.group in groups or touched(rule)]


def _dates_around(rows: Sequence[tuple[int, ...]]) -> tuple[date, date]:
    """Local dates, in any zone, of windows and days that may hold these stretches."""
    first = min(min(row[3] // 1440 + EPOCH_ORDINAL for row in rows), min(row[2] for row in rows))
    last = max(max(row[4] // 1440 + EPOCH_ORDINAL for row in rows), max(row[2] for row in rows))
    return date.fromordinal(first) - timedelta(days=2), date.fromordinal(last) + timedelta(days=1)
