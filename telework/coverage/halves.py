"""Half-days in minutes: what a booking or an absence of some halves of a date takes of the work of that date. Pure."""

from collections.abc import Sequence

from policies.core.facts import FIRST_HALF, WHOLE_DAY
from policies.coverage.rows import Part

Span = tuple[int, int]
Row = tuple[int, int, int, int, int]  # person, day, part, start, end: see policies.coverage.rows.Bookings


def booking_rows(person: int, day: int, work: Sequence[Span], *, due: int, halves: int) -> list[Row]:
    """Rows of ``Bookings`` for some halves of a date; ``work`` is its work in minutes, by time, ``due`` its halves."""
    taken = halves & due
    if taken == due:
        return [(person, day, Part.FULL, 0, 0)]
    if not taken:
        return []
    if len(work) == 1:
        return [(person, day, Part.FIRST_HALF if taken == FIRST_HALF else Part.SECOND_HALF, 0, 0)]
    return [(person, day, Part.HOURS, start, end) for start, end in spans_of(work, due=due, halves=taken)]


def spans_of(work: Sequence[Span], *, due: int, halves: int) -> list[Span]:
    """The minutes of ``work`` that these halves hold; the halves of a whole day meet where half of its work is done."""
    taken = halves & due
    if taken == due or not taken:
        return list(work) if taken else []
    left = sum(end - start for start, end in work) // 2
    found = []
    for start, end in work:
        middle = min(end, start + max(left, 0))
        half = (start, middle) if taken == FIRST_HALF else (middle, end)
        left -= end - start
        if half[0] < half[1]:
            found.append(half)
    return found


def due_of(parts: dict[tuple[int, int], int], person: int, day: int) -> int:
    """The halves due on a date; a date not named in ``parts`` is due as a whole."""
    return parts.get((person, day), WHOLE_DAY)
