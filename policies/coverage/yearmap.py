"""The map of presence over a period: what every rule counts, kept up to date with each change."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from policies.coverage.daycount import DayCount
from policies.coverage.minutecount import MinuteCount
from policies.coverage.requirements import Gap, MinuteRule, Rule, standing_days
from policies.coverage.rows import Staff, State, Stretches
from policies.coverage.windows import days_between


class CoverageMap:
    """The numbers of all rules for the windows and dates that start from ``first`` to ``last`` (local dates, included).

    ``fill`` counts everybody once; ``change`` then follows a booking, a shift or an absence at the cost of its minutes
    and leaves the same numbers as a new fill.
    """

    def __init__(self, rules: Sequence[Rule], staff: Staff, *, first: date, last: date):
        self.staff = staff
        self.counts: list[MinuteCount | DayCount] = []
        for rule, days in zip(rules, standing_days(rules, days_between(first, last)), strict=True):
            kind = MinuteCount if isinstance(rule, MinuteRule) else DayCount
            self.counts.append(kind(rule, days, staff))

    def fill(self, everybody: Stretches) -> "CoverageMap":
        """Count all stretches afresh; answers the map itself."""
        by_state = {state: everybody.take(everybody.state == state) for state in State}
        scoped: dict = {}
        for count in self.counts:
            scope = count.rule.scope
            if scope not in scoped:
                scoped[scope] = {state: self._in_scope(rows, scope) for state, rows in by_state.items()}
            count.fill(scoped[scope])
        return self

    def _in_scope(self, rows: Stretches, scope) -> Stretches:
        anybody = scope.skill is None and scope.team is None
        chosen = None if anybody else self.staff.mask(scope)[rows.person]
        if scope.site is not None:
            here = rows.site == self.staff.site(scope.site)
            chosen = here if chosen is None else chosen & here
        return rows if chosen is None else rows.take(np.flatnonzero(chosen))

    def of_group(self, group: str) -> "CoverageMap":
        """The part that holds the rules of one group: the same numbers, not a copy of them."""
        part = CoverageMap((), self.staff, first=date.min, last=date.min)
        part.counts = [count for count in self.counts if count.rule.group == group]
        return part

    def change(self, before: Stretches, after: Stretches) -> None:
        """Replace stretches (of one person or more) by others, in every rule that counts them."""
        for rows, sign in ((before.rows(), -1), (after.rows(), 1)):
            for count in self.counts:
                count.change(self.counted(rows, count.rule.scope), sign)

    def counted(self, rows: Sequence[tuple[int, ...]], scope) -> list[tuple[int, ...]]:
        """Those of the rows (of stretches) that a scope counts."""
        site = None if scope.site is None else self.staff.site(scope.site)
        return [row for row in rows if (site is None or row[1] == site) and self.staff.counts(row[0], scope)]

    def gaps(self) -> Iterator[Gap]:
        """Everything that does not hold, in the order of the rules, then of time."""
        for count in self.counts:
            yield from count.gaps()

    def broken_by(self, moved: Sequence[tuple[int, ...]], *, people: int = 1) -> Iterator[Gap]:
        """What would not hold, or hold less, if these stretches (rows of one person) went from on site to remote.

        ``people`` is how many would do the same: with 2 it tells whether the last place would be taken.
        """
        for count in self.counts:
            chosen = self.counted(moved, count.rule.scope)
            if chosen:
                yield from count.broken_by(chosen, people=people)
