"""What if: people moved in thought on one date. Pure; answers other rows and leaves those given as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from policies.coverage.rows import Bookings, Part, Roster, Shifts, Spans
from telework.coverage.onday import OnDay, Place, Span


@dataclass(frozen=True, slots=True)
class Change:
    """A person (primary key) on site, remote or absent; ``breaks`` of their posts stay breaks wherever they are."""

    person: int
    place: Place
    breaks: tuple[Span, ...] = ()


def moved(day: OnDay, changes: Iterable[Change], about: Span, post: Span | None = None) -> Roster:
    """The rows of a date in which people are elsewhere: on the dates of their posts that meet ``about``, all of them.

    Somebody without such a post is given ``post`` where they are to be on site or remote; None leaves them off.
    """
    roster = day.roster
    for change in changes:
        numbers = [number for _first, _last, number in day.ground.numbers.get(change.person, ())]
        held = _posts(roster.shifts, numbers, about)
        if not len(held) and post and change.place is not Place.ABSENT:
            held = _post(day, change.person, post)
            roster = replace(roster, shifts=_more(roster.shifts, held.rows()))
        roster = _elsewhere(roster, numbers, held, change, about)
    return roster


def _elsewhere(roster: Roster, numbers: Sequence[int], held: Shifts, change: Change, about: Span) -> Roster:
    """A roster in which somebody spends the posts ``held`` elsewhere; what stood there before is thought away."""
    days = {(row[0], row[2]) for row in held.rows()}
    posts = [(row[0], row[3], row[4]) for row in held.rows()]
    bookings = _kept(roster.bookings, [(row[0], row[1]) not in days for row in roster.bookings.rows()])
    met = [not any(row[0] == who and row[1] < end and row[2] > start for who, start, end in posts)
           for row in roster.away.rows()]  # fmt: skip
    away = _kept(roster.away, met)
    if change.place is Place.ABSENT:
        calls = roster.on_calls
        calls = calls.take(~(_of(calls, numbers) & _meets(calls, about)))
        return replace(roster, bookings=bookings, away=_more(away, posts), on_calls=calls)
    breaks = [(who, *pause) for who, start, end in posts for pause in change.breaks if start <= pause[0] < end]
    if change.place is Place.REMOTE:
        bookings = _more(bookings, [(who, day, Part.FULL, 0, 0) for who, day in sorted(days)])
    return replace(roster, bookings=bookings, away=_more(away, breaks))


def _posts(shifts: Shifts, numbers: Sequence[int], about: Span) -> Shifts:
    """Somebody's posts of the dates on which one of theirs meets ``about``: a day is moved as a whole."""
    own = shifts.take(_of(shifts, numbers))
    return own.take(np.isin(own.day, own.day[_meets(own, about)]))


def _post(day: OnDay, person: int, span: Span) -> Shifts:
    """A post for somebody who has none: on the site that the requirement counts."""
    number = day.ground.number(person, day.day)
    site = day.ground.staff.site(day.need.scope.site) if day.need.scope.site else 0
    return Shifts.of([] if number is None else [(number, site, day.day.toordinal(), *span)])


def _of(rows, numbers: Sequence[int]) -> np.ndarray:
    return np.isin(rows.person, numbers)


def _meets(rows, about: Span) -> np.ndarray:
    return (rows.start < about[1]) & (rows.end > about[0])


def _kept(rows: Bookings | Spans, chosen: Sequence[bool]):
    return rows.take(np.array(chosen, dtype=bool))


def _more(rows, added: Iterable[Sequence[int]]):
    return type(rows).of([*rows.rows(), *added])
