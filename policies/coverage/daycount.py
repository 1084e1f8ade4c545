"""The numbers of one day rule, date by date: people or minutes remote, and worked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from policies.coverage.requirements import Gap, RemotePeopleOfDay, RemoteShareOfDay
from policies.coverage.rows import Staff, State, Stretches

WORKED = (State.ON_SITE, State.REMOTE)


class DayCount:
    """Minutes remote and worked of each person in scope on each date, over the shifts of that date, and their totals.

    People are counted once a date, whatever the number of their shifts; that is why the minutes of each are kept.
    """

    def __init__(self, rule: RemoteShareOfDay | RemotePeopleOfDay, days: Sequence[date], staff: Staff):
        self.rule, self.staff = rule, staff
        self.by_minutes = isinstance(rule, RemoteShareOfDay) and rule.minutes
        self.share = isinstance(rule, RemoteShareOfDay)
        self.column = {day.toordinal(): number for number, day in enumerate(days)}
        self.days = list(days)
        people = np.flatnonzero(staff.mask(rule.scope))
        self.line = {int(person): number for number, person in enumerate(people)}
        self.remote = np.zeros((len(people), len(days)), dtype=np.int64)
        self.worked = np.zeros_like(self.remote) if self.share else None
        self.value = np.zeros(len(days), dtype=np.int64)
        self.limit = np.zeros(len(days), dtype=np.int64) if self.share else np.full(len(days), rule.limit)

    def fill(self, by_state: dict[State, Stretches]) -> None:
        """Count the stretches in scope afresh."""
        remote = self._minutes(by_state[State.REMOTE])
        self.remote, self.value = remote, self._total(remote)
        if self.share:
            self.worked = remote + self._minutes(by_state[State.ON_SITE])
            self.limit = self._total(self.worked)

    def _minutes(self, chosen: Stretches) -> np.ndarray:
        if len(chosen) == 0 or not self.days:
            return np.zeros_like(self.remote)
        first = self.days[0].toordinal()
        width = self.days[-1].toordinal() - first + 1
        columns = np.full(width + 1, -1)
        columns[[ordinal - first for ordinal in self.column]] = range(len(self.days))
        lines = np.full(len(self.staff.people), -1)
        lines[list(self.line)] = range(len(self.line))
        column = columns[np.clip(chosen.day - first, -1, width)]
        wanted = column >= 0
        place = lines[chosen.person[wanted]] * len(self.days) + column[wanted]
        minutes = (chosen.end - chosen.start)[wanted]
        return np.bincount(place, minutes, self.remote.size).astype(np.int64).reshape(self.remote.shape)

    def _total(self, minutes: np.ndarray) -> np.ndarray:
        return (minutes if self.by_minutes else minutes > 0).sum(axis=0, dtype=np.int64)

    def change(self, rows: Iterable[tuple[int, ...]], sign: int) -> None:
        """Add (1) or take away (-1) stretches in scope, given as rows."""
        for person, _site, day, start, end, state in rows:
            if day not in self.column or state not in WORKED:
                continue
            place = self.line[person], self.column[day]
            if state == State.REMOTE:
                self.value[place[1]] += self._step(self.remote, place, sign * (end - start))
            if self.share:
                self.limit[place[1]] += self._step(self.worked, place, sign * (end - start))

    def _step(self, minutes: np.ndarray, place: tuple[int, int], change: int) -> int:
        """Change the minutes of a person on a date; answers by how much the date's total changes."""
        before = minutes[place]
        minutes[place] = after = before + change
        return change if self.by_minutes else int(after > 0) - int(before > 0)

    def gaps(self) -> Iterator[Gap]:
        """The dates on which the rule does not hold as things are."""
        for number in np.flatnonzero(self.rule.broken(self.value, self.limit)).tolist():
            value = int(self.value[number])
            yield Gap(self.rule, self.days[number], value, value, int(self.limit[number]))

    def broken_by(self, moved: Sequence[tuple[int, ...]], *, people: int = 1) -> Iterator[Gap]:
        """The dates on which the rule would not hold if the person of ``moved`` (stretches in scope) went remote.

        ``people`` is how many would do the same.
        """
        taken: dict[tuple[int, int], int] = defaultdict(int)
        for person, _site, day, start, end, _state in moved:
            if day in self.column:
                taken[self.column[day], self.line[person]] += end - start
        added: dict[int, int] = defaultdict(int)
        for (column, line), minutes in taken.items():
            added[column] += people * (minutes if self.by_minutes else int(self.remote[line, column] == 0))
        for column in sorted(added):
            before, limit = int(self.value[column]), int(self.limit[column])
            if added[column] and self.rule.broken(before + added[column], limit):
                yield Gap(self.rule, self.days[column], before, before + added[column], limit)
