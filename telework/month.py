"""A month as a table: one short code a person and day, and what these codes add up to. Pure: no rows, no clock.

A code has a letter for each half of the day, first half first, and ends with ``*`` on a worked public holiday:
``SS`` on site, ``TS`` remote then on site, ``AT`` absent then remote, ``S.`` works the first half only.
For a shift the halves are its own; the whole shift stays on the local date of its start.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from policies.core.facts import FIRST_HALF, SECOND_HALF, Workday

ON_SITE, REMOTE, PENDING, ABSENT, HOLIDAY, OFF, UNPLANNED = "STPAH.-"
FREE = OFF + OFF


@dataclass(frozen=True, slots=True)
class Counts:
    """Half-days on site, remote and absent. A request not answered yet leaves its person on site."""

    on_site: int = 0
    remote: int = 0
    absent: int = 0
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Bookings:
    """The halves of a person's days held by bookings, and the part of these that awaits an answer."""

    booked: Mapping[date, int]
    pending: Mapping[date, int]


NO_BOOKINGS = Bookings({}, {})


def days_from(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=offset) for offset in range(count))


def line(
    workdays: Mapping[date, Workday], bookings: Bookings, days: Iterable[date], member: tuple[date, date | None] = ()
) -> tuple[str, ...]:
    """The codes of one person over ``days``; days outside the dates of ``member`` are left free."""
    booked, pending, known = bookings.booked.get, bookings.pending.get, workdays.get
    codes = []
    for day in days:
        workday = known(day)
        if workday is None:
            codes.append(FREE)
            continue
        codes.append(
            _code(
                workday.due,
                workday.absent,
                booked(day, 0),
                pending(day, 0),
                bool(workday.holiday),
                workday.planned,
            )
        )
    return _within(codes, days, member) if member else tuple(codes)


def counts_of(codes: Iterable[str]) -> Counts:
    """What codes add up to, in half-days."""
    on_site = remote = absent = pending = 0
    for code, times in Counter(codes).items():
        add_site, add_remote, add_absent, add_pending = _weight(code)
        on_site += times * add_site
        remote += times * add_remote
        absent += times * add_absent
        pending += times * add_pending
    return Counts(on_site, remote, absent, pending)


def counts_by_day(lines: Sequence[tuple[str, ...]], days: int) -> list[Counts]:
    """The counts of each day over all lines."""
    return [counts_of(column) for column in zip(*lines, strict=True)] if lines else [Counts()] * days


def _within(codes: list[str], days: Iterable[date], member: tuple[date, date | None]) -> tuple[str, ...]:
    first, last = member
    return tuple(
        code if first <= day and (last is None or day <= last) else FREE for code, day in zip(codes, days, strict=True)
    )


@lru_cache(maxsize=1024)
def _code(due: int, absent: int, booked: int, pending: int, holiday: bool, planned: bool) -> str:
    """Absence before booking, day off before both: what is not worked cannot be telework."""
    if not due:
        return HOLIDAY * 2 if holiday else FREE if planned else UNPLANNED * 2
    letters = "".join(
        OFF
        if not due & half
        else ABSENT
        if absent & half
        else PENDING
        if pending & half
        else REMOTE
        if booked & half
        else ON_SITE
        for half in (FIRST_HALF, SECOND_HALF)
    )
    return letters + "*" if holiday else letters


@lru_cache(maxsize=256)
def _weight(code: str) -> tuple[int, int, int, int]:
    waiting = code.count(PENDING)
    return code.count(ON_SITE) + waiting, code.count(REMOTE), code.count(ABSENT), waiting
