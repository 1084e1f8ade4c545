"""The demo's bookings held against its requirements while they come about, in the order in which they do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from policies.core.facts import WHOLE_DAY
from policies.coverage.presence import stretches
from policies.coverage.rows import Bookings, Part, Roster, State
from policies.facts import needs_of
from policies.models import Requirement
from telework.coverage.counting import count_of

Row = tuple[int, ...]


class Coverage:
    """All requirements in one count. The rows that telework would move are kept for the people who ask now."""

    def __init__(self, *, first: date, last: date) -> None:
        self.days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
        requirements = Requirement.objects.select_related("site", "team__site").order_by("pk")
        self.count = count_of(needs_of(requirements, first, last), first, last)
        self.moves: dict[tuple[int, int], dict[date, tuple[Row, ...]]] = {}
        self.scopes: dict[int, list] = {}

    def expect(self, people: Sequence[int]) -> None:
        """These people (primary keys) ask next, those before no more: what their whole days would move, at once."""
        numbers = {number: pk for pk in people for _first, _last, number in self.count.ground.numbers.get(pk, ())}
        roster = self.count.ground.roster
        own = Roster(*(rows.take(np.isin(rows.person, list(numbers))) for rows in vars(roster).values()))
        worked = np.unique(np.stack((own.shifts.person, own.shifts.day)), axis=1)
        nothing = np.zeros(worked.shape[1], dtype=np.int64)
        cut = stretches(own, asked=Bookings(*worked, nothing + Part.FULL, nothing, nothing))
        self.moves = {(pk, WHOLE_DAY): {} for pk in people}
        found = defaultdict(list)
        for row in cut.take(cut.state == State.MOVED).rows():
            found[row[0], row[2]].append(row)
        for (number, day), rows in found.items():
            self.moves[numbers[number], WHOLE_DAY][date.fromordinal(day)] = tuple(rows)

    def refuses(self, person: int, day: date, halves: int) -> bool:
        """Whether telework of a person (primary key) would break a requirement, or break it further."""
        moved = self._moved(person, day, halves)
        return any(next(counted.broken_by(rows), None) for counted, rows in moved)

    def take(self, person: int, day: date, halves: int) -> None:
        """Count it as granted from now on."""
        for counted, rows in self._moved(person, day, halves):
            counted.change([(*row[:5], State.ON_SITE) for row in rows], -1)
            counted.change([(*row[:5], State.REMOTE) for row in rows], 1)

    def _moved(self, person: int, day: date, halves: int) -> list[tuple[object, list[Row]]]:
        """(numbers of a rule, rows that would go from on site to remote), where the rule counts some."""
        if (person, halves) not in self.moves:
            found = self.count.moves(person, self.days, halves)
            self.moves[person, halves] = {day: moved.rows for day, moved in found.items()}
        return self._counted(self.moves[person, halves].get(day, ()))

    def _counted(self, rows: tuple[Row, ...]) -> list[tuple[object, list[Row]]]:
        found = []
        for counted, site in self._concerned(rows[0][0]) if rows else ():
            chosen = [row for row in rows if site is None or row[1] == site]
            if chosen:
                found.append((counted, chosen))
        return found

    def _concerned(self, number: int) -> list[tuple[object, int | None]]:
        """(numbers, site) of the rules that count a person, by the number the count gives them."""
        if number not in self.scopes:
            staff = self.count.ground.staff
            self.scopes[number] = [
                (counted, None if counted.rule.scope.site is None else staff.site(counted.rule.scope.site))
                for counted in self.count.map.counts
                if staff.counts(number, counted.rule.scope)
            ]
        return self.scopes[number]
