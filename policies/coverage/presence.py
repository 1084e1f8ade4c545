"""From rows to stretches: from when to when a person is on site, remote or on call.

A year of 5,000 people is cut in one sorted sweep; a single person takes the same way.
"""

from dataclasses import fields

import numpy as np

from policies.coverage.rows import Bookings, Part, Roster, Shifts, Spans, State, Stretches

MINUTE_BITS = 27  # minutes since 1970 up to the year 2225
DAY_BITS = 20  # date ordinals up to the year 2871
TAG_BITS = 4


def covers(shifts: Shifts, bookings: Bookings) -> Spans:
    """What each booking takes of each shift of its person and date; nothing where there is none."""
    key = shifts.person << DAY_BITS | shifts.day
    order = _order(key)
    wanted = bookings.person << DAY_BITS | bookings.day
    low = np.searchsorted(key, wanted, "left", sorter=order)
    found = np.searchsorted(key, wanted, "right", sorter=order) - low
    booking = np.repeat(np.arange(len(bookings)), found)
    nth = np.arange(len(booking)) - np.repeat(np.cumsum(found) - found, found)
    shift = shifts.take(order[low[booking] + nth])
    asked = bookings.take(booking)
    middle = shift.start + (shift.end - shift.start) // 2
    hours = asked.part == Part.HOURS
    start = np.where(asked.part == Part.SECOND_HALF, middle, shift.start)
    end = np.where(asked.part == Part.FIRST_HALF, middle, shift.end)
    start = np.where(hours, np.maximum(start, asked.start), start)
    end = np.where(hours, np.minimum(end, asked.end), end)
    spans = Spans(shift.person, start, end)
    return spans.take(start < end)


def stretches(roster: Roster, *, asked: Bookings | None = None) -> Stretches:
    """Every stretch of ``roster``; what the bookings ``asked`` would take from on site is in State.MOVED."""
    shifts, calls = _by_time(roster.shifts), _by_time(roster.on_calls)
    wanted = covers(shifts, asked) if asked is not None else Spans.of([])
    sets = (shifts, roster.away, covers(shifts, roster.bookings), wanted, calls)
    position, inside, opened = _sweep(sets)
    on_shift, away, remote, moved, on_call = inside
    real = position[1:] > position[:-1]
    worked = np.flatnonzero(real & on_shift & ~away)
    reachable = np.flatnonzero(real & on_call & ~on_shift & ~away)
    state = np.where(remote[worked], State.REMOTE, np.where(moved[worked], State.MOVED, State.ON_SITE))
    return _joined(
        _pieces(position, worked, shifts, opened(0)[worked], shifts.day, state),
        _pieces(position, reachable, calls, opened(4)[reachable], np.zeros_like(calls.start), State.ON_CALL),
    )


def _order(key: np.ndarray) -> np.ndarray:
    """Indices that sort a key; rows from a query mostly are in order already, which is cheaper to see than to sort."""
    return np.arange(len(key)) if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")


def _by_time(rows):
    return rows.take(_order(rows.person << MINUTE_BITS | rows.start))


def _sweep(sets):
    """Cut the line of all people (person, then minute) at every boundary of five sets of intervals.

    Answers the cut positions, for each set whether the piece after a cut is inside it, and a function that tells the
    number of the last interval of a set opened at or before each cut.
    """
    keys = np.concatenate([_boundaries(rows, number) for number, rows in enumerate(sets)])
    keys.sort()
    position, tag = keys >> TAG_BITS, (keys & (1 << TAG_BITS) - 1).astype(np.int8)
    steps = tag[:-1]
    inside = []
    for number, rows in enumerate(sets):
        if len(rows) == 0:
            inside.append(np.zeros(len(steps), dtype=bool))
            continue
        change = (steps == 2 * number + 1).view(np.int8) - (steps == 2 * number).view(np.int8)
        inside.append(np.cumsum(change, dtype=np.int32) > 0)
    return position, inside, lambda number: np.cumsum(steps == 2 * number + 1) - 1


def _boundaries(rows, number: int) -> np.ndarray:
    """Sortable keys of the starts and ends of a set: person, minute, then which boundary of which set."""
    line = rows.person << MINUTE_BITS
    starts, ends = (line | rows.start) << TAG_BITS | 2 * number + 1, (line | rows.end) << TAG_BITS | 2 * number
    return np.concatenate((starts, ends))[np.tile(rows.start < rows.end, 2)]


def _pieces(position, chosen, rows, source, day, state) -> Stretches:
    """The chosen pieces between cuts, each with what the row it is cut from says."""
    minutes = (1 << MINUTE_BITS) - 1
    start, end = position[chosen] & minutes, position[chosen + 1] & minutes
    state = np.broadcast_to(np.asarray(state, dtype=np.int64), start.shape)
    return Stretches(rows.person[source], rows.site[source], day[source], start, end, state)


def _joined(one: Stretches, two: Stretches) -> Stretches:
    if len(two) == 0:
        return one
    columns = [column.name for column in fields(Stretches)]
    return Stretches(*(np.concatenate((getattr(one, name), getattr(two, name))) for name in columns))
