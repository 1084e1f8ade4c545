"""The numbers of one minute rule, minute by minute: kept, changed in place, and read as gaps."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from policies.coverage.requirements import Gap, Minimum, MinuteRule
from policies.coverage.rows import Staff, State, Stretches
from policies.coverage.windows import window


def counted_states(rule: MinuteRule) -> tuple[tuple[State, ...], tuple[State, ...]]:
    """The states that make a rule's value, and those that make its limit (none where the limit is a number)."""
    if isinstance(rule, Minimum):
        states = (State.ON_SITE, State.REMOTE) if rule.anyone else (State.ON_SITE,)
        return ((*states, State.ON_CALL) if rule.on_call else states), ()
    return (State.REMOTE,), (State.ON_SITE, State.REMOTE)


class MinuteCount:
    """Value and limit of one rule at each minute from its first window's start to its last window's end.

    Windows of one rule never overlap: each ends at the latest where the next date's begins.
    """

    def __init__(self, rule: MinuteRule, days: Sequence[date], staff: Staff):
        self.rule, self.staff = rule, staff
        every = (window(day, rule.start, rule.end, rule.zone) for day in days)
        self.windows = [one for one in every if one.start < one.end]
        self.opens = np.array([one.start for one in self.windows], dtype=np.int64)
        self.closes = np.array([one.end for one in self.windows], dtype=np.int64)
        self.origin = self.windows[0].start if self.windows else 0
        size = self.windows[-1].end - self.origin if self.windows else 0
        self.value_states, self.limit_states = counted_states(rule)
        self.value = np.zeros(size, dtype=np.int64)
        self.limit = np.zeros(size, dtype=np.int64) if self.limit_states else None

    @property
    def moves(self) -> int:
        """What one person who goes from on site to remote adds to the value."""
        return (State.REMOTE in self.value_states) - (State.ON_SITE in self.value_states)

    def fill(self, by_state: dict[State, Stretches]) -> None:
        """Count the stretches in scope afresh (one difference array a state, then its running sum)."""
        tallies = {state: self._tally(by_state[state]) for state in {*self.value_states, *self.limit_states}}
        self.value = sum(tallies[state] for state in self.value_states).cumsum()
        if self.limit_states:
            self.limit = sum(tallies[state] for state in self.limit_states).cumsum()

    def _tally(self, chosen: Stretches) -> np.ndarray:
        size = len(self.value)
        if len(chosen) == 0 or size == 0:
            return np.zeros(size, dtype=np.int64)
        starts = np.bincount(np.clip(chosen.start - self.origin, 0, size), minlength=size + 1)
        ends = np.bincount(np.clip(chosen.end - self.origin, 0, size), minlength=size + 1)
        return (starts - ends)[:-1]

    def change(self, rows: Iterable[tuple[int, ...]], sign: int) -> None:
        """Add (1) or take away (-1) stretches in scope, given as rows."""
        size = len(self.value)
        for _person, _site, _day, start, end, state in rows:
            low, high = max(start - self.origin, 0), min(end - self.origin, size)
            if low < high:
                if state in self.value_states:
                    self.value[low:high] += sign
                if state in self.limit_states:
                    self.limit[low:high] += sign

    def gaps(self) -> Iterator[Gap]:
        """Where the rule does not hold as things are: maximal runs of equal numbers within one window."""
        for one, start, before, limit in self._runs(self.origin, self.origin + len(self.value), added=0):
            yield Gap(self.rule, self.windows[one].day, before, before, limit, *start)

    def broken_by(self, moved: Sequence[tuple[int, ...]], *, people: int = 1) -> Iterator[Gap]:
        """Where the rule would not hold if the person of ``moved`` (stretches in scope, as rows) went remote.

        ``people`` is how many would do the same.
        """
        if not self.moves:
            return
        added = self.moves * people
        for start, end in _joined(moved):
            for one, run, before, limit in self._runs(start, end, added=added):
                yield Gap(self.rule, self.windows[one].day, before, before + added, limit, *run)

    def _runs(self, first: int, last: int, *, added: int):
        """Runs between two minutes whose value plus ``added`` breaks the rule: window number, (start, end), numbers."""
        low, high = max(first - self.origin, 0), min(last - self.origin, len(self.value))
        if low >= high:
            return
        value = self.value[low:high]
        limit = None if self.limit is None else self.limit[low:high]
        if not self.rule.broken(value + added, self.rule.required if limit is None else limit).any():
            return  # most often so, and much cheaper to see than runs are to find
        cuts = np.flatnonzero(value[1:] != value[:-1]) + 1
        if limit is not None:
            cuts = np.concatenate((cuts, np.flatnonzero(limit[1:] != limit[:-1]) + 1))
        edges = np.concatenate((self.opens, self.closes)) - (self.origin + low)
        edges = edges[(edges > 0) & (edges < high - low)]
        starts = np.unique(np.concatenate(([0], cuts, edges)))
        ends = np.append(starts[1:], high - low)
        before = value[starts]
        limits = np.full(len(starts), self.rule.required) if limit is None else limit[starts]
        begins = starts + (self.origin + low)
        number = np.searchsorted(self.opens, begins, "right") - 1
        wrong = (begins < self.closes[number]) & self.rule.broken(before + added, limits)
        columns = (number, begins, ends + (self.origin + low), before, limits)
        for one, begin, end, count, most in zip(*(column[wrong].tolist() for column in columns), strict=True):
            yield one, (begin, end), count, most


def _joined(rows: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Intervals of stretches in time order, those that touch made one."""
    start = end = None
    for low, high in sorted((row[3], row[4]) for row in rows):
        if low == end:
            end = high
            continue
        if end is not None:
            yield start, end
        start, end = low, high
    if end is not None:
        yield start, end
