"""Requirements held against the people they count: the numbers of a period, and what a telework day would change."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from policies.coverage.check import Check, Moves, check, moves_by_day, tight
from policies.coverage.presence import stretches
from policies.coverage.rows import Bookings, Roster
from policies.coverage.yearmap import CoverageMap
from policies.facts import Need
from telework.coverage.ground import Ground, ground_of

Halves = tuple[date, int]
MOST_KNOWN = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What telework in some halves of a date would do. ``concerned``: a requirement counts the person in that work."""

    check: Check
    tight: bool = False
    concerned: bool = True


class Count:
    """Some needs counted from ``first`` to ``last`` (local dates on which windows start, both included)."""

    def __init__(self, needs: Sequence[Need], ground: Ground, first: date, last: date):
        self.needs, self.ground, self.first, self.last = tuple(needs), ground, first, last
        rules = [rule for need in needs for rule in need.rules]
        self.need_of = {rule.name: need for need in needs for rule in need.rules}
        self.known: dict[tuple, dict[date, Answer]] = {}
        self.map = CoverageMap(rules, ground.staff, first=first, last=last).fill(ground.stretches())

    def answer(self, person: int, day: date, halves: int, *, without: Halves | None = None) -> Answer | None:
        """The answer for one person (primary key), None where nothing is worked or nobody here counts them.

        ``without`` is telework of theirs to be thought away first.
        """
        if without is None:
            return self.answers(person, [day], halves).get(day)
        with self.without(person, *without):
            return self.answer(person, day, halves)

    def answers(self, person: int, days: Iterable[date], halves: int) -> dict[date, Answer]:
        """The answer for each of several days, each as if it were the only one asked for."""
        return {day: self.judged(moved) for day, moved in self.moves(person, days, halves).items() if moved.rows}

    def remembered(self, person: int, days: Sequence[date], halves: int) -> dict[date, Answer]:
        """``answers``, kept until ``known`` is emptied: for counts that follow the rows (see ``keeping``)."""
        key = person, tuple(days), halves
        if key not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[key] = self.answers(person, days, halves)
        return self.known[key]

    def moves(self, person: int, days: Iterable[date], halves: int) -> dict[date, Moves]:
        """What telework on each of some days would change of the person's own day; days not worked are left out."""
        found, days = {}, list(days)
        for first, last, number in self.ground.numbers.get(person, ()):
            held = [day for day in days if first <= day.toordinal() <= last]
            moved = moves_by_day(self.ground.own(number), self.ground.asked(number, held, halves)) if held else {}
            found |= {date.fromordinal(ordinal): one for ordinal, one in moved.items()}
        return found

    def judged(self, moved: Moves) -> Answer:
        """The answer for moves known already."""
        found = check(self.map, moved)
        return Answer(found, not found.failing and tight(self.map, moved), self._concerns(moved.rows))

    def _concerns(self, rows: Sequence[tuple[int, ...]]) -> bool:
        return any(self.map.counted(rows, need.scope) for need in self.needs)

    def take(self, person: int, day: date, halves: int) -> None:
        """Count telework as granted from now on."""
        number = self.ground.number(person, day)
        if number is not None:
            own, asked = self.ground.own(number), self.ground.asked(number, [day], halves)
            self.replace(number, Roster(own.shifts, own.away, _with(own.bookings, asked), own.on_calls))

    def replace(self, number: int, roster: Roster) -> Roster:
        """Give one person other rows; answers the rows they had."""
        before = self.ground.own(number)
        self.map.change(stretches(before), stretches(roster))
        self.ground.changed[number] = roster
        return before

    def forget(self, person: int) -> None:
        """Count as if somebody (primary key) did nothing at all."""
        for _first, _last, number in self.ground.numbers.get(person, ()):
            own = self.ground.own(number)
            self.replace(number, Roster(*(rows.take(slice(0, 0)) for rows in vars(own).values())))

    @contextmanager
    def without(self, person: int, day: date, halves: int) -> Iterator[None]:
        """A while in which telework in some halves of a date is thought away, where there is any."""
        undone = self._think_away(person, day, halves)
        try:
            yield
        finally:
            self._restore(undone)

    def _think_away(self, person: int, day: date, halves: int) -> tuple[int, Roster] | None:
        number = self.ground.number(person, day)
        if number is None:
            return None
        own, asked = self.ground.own(number), self.ground.asked(number, [day], halves)
        return number, self.replace(number, Roster(own.shifts, own.away, _without(own.bookings, asked), own.on_calls))

    def _restore(self, undone: tuple[int, Roster] | None) -> None:
        if undone:
            self.replace(*undone)


def count_of(needs: Sequence[Need], first: date, last: date) -> Count:
    """The numbers of some needs, from the rows as they are now."""
    return Count(needs, ground_of(needs, first, last), first, last)


def _with(bookings: Bookings, more: Bookings) -> Bookings:
    return Bookings.of([*bookings.rows(), *more.rows()])


def _without(bookings: Bookings, less: Bookings) -> Bookings:
    gone = set(less.rows())
    return Bookings.of([row for row in bookings.rows() if row not in gone])
