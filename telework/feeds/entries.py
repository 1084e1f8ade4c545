"""Bookings → calendar entries: which hours, which words, which UID. A constant number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people import selectors
from people.models import Person, Shift
from policies.core.facts import Part, Workday
from policies.core.localtime import DAY_MINUTES
from policies.core.workdays import ShiftDay
from telework.facts import pattern_of, workdays_of_many
from telework.models import ACTIVE, Booking, Privacy, State
from telework.presence import span_of

from .calendar import Entry

ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    """What a calendar needs of one booking."""

    uid: UUID
    person: int
    day: date
    part: str
    state: str
    sequence: int
    stamp: datetime
    place: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """How the entries of one feed are written.

    ``key`` derives other UIDs than those of the mails, the same ones for the life of the feed; None keeps them.
    ``names`` puts people's names first (team feeds) and leaves their place out.
    """

    privacy: str
    key: bytes | None = None
    names: dict[int, str] | None = None


def booking_rows(people: Collection[int], first: date, last: date) -> list[Row]:
    """Active bookings of people from ``first`` to ``last``, by day. One query."""
    return [
        Row(*values)
        for values in Booking.objects.filter(person__in=people, day__range=(first, last), state__in=ACTIVE)
        .order_by("day", "pk")
        .values_list("uid", "person_id", "day", "part", "state", "sequence", "updated_at", "place__label")
    ]


def entries(rows: Collection[Row], zones: dict[int, str], wording: Wording) -> list[Entry]:
    """Calendar entries of booking rows; ``zones`` tells each person's zone. Hours are read only where they show."""
    hours, titles = _hours(rows), _Titles(wording)
    return [_entry(row, hours.get((row.person, row.day)), zones[row.person], titles) for row in rows]


def entry_of(booking: Booking) -> Entry:
    """The entry of one booking as its person's own full feed shows it, whatever its state."""
    place = booking.place.label if booking.place else None
    row = Row(
        booking.uid, booking.person_id, booking.day, booking.part, booking.state, booking.sequence,
        booking.updated_at, place,
    )  # fmt: skip
    return entries([row], {booking.person_id: booking.person.site.zone}, Wording(Privacy.FULL))[0]


def derived_uid(uid: UUID, key: bytes | None) -> str:
    """The UID of a booking in a feed: its own, or one that tells nothing of it to who does not hold ``key``."""
    if key is None:
        return str(uid)
    digits = blake2b(uid.bytes, key=key, digest_size=16).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class _Titles(dict):
    """The few titles of one feed by (part, state, timed), each translated once."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.wording = wording

    def __missing__(self, key: tuple[str, str, bool]) -> str:
        self[key] = _("Busy") if self.wording.privacy == Privacy.BUSY else _title(*key)
        return self[key]

    def of(self, row: Row, *, timed: bool) -> str:
        title, names = self[row.part, row.state, timed], self.wording.names
        return f"{names[row.person]} · {title}" if names and self.wording.privacy == Privacy.FULL else title


def _entry(row: Row, workday: Workday | None, zone: str, titles: _Titles) -> Entry:
    wording, span = titles.wording, _timed_span(row, workday, zone)
    start, end = span or (row.day, row.day + ONE_DAY)
    return Entry(
        derived_uid(row.uid, wording.key),
        row.stamp,
        row.sequence,
        row.state == State.REQUESTED,
        start,
        end,
        zone,
        titles.of(row, timed=span is not None),
        (row.place or "") if wording.privacy == Privacy.FULL and wording.names is None else "",
    )


def _title(part: str, state: str, timed: bool) -> str:
    title = _("Telework")
    if part != Part.FULL and not timed:
        title = _("Telework, first half") if part == Part.MORNING else _("Telework, second half")
    return _("%(title)s (awaiting an answer)") % {"title": title} if state == State.REQUESTED else title


def _timed_span(row: Row, workday: Workday | None, zone: str) -> tuple[datetime, datetime] | None:
    """The hours of a half-day, a shift or a night; None for a whole office day, and where no hours are known."""
    span = span_of(workday, Part(row.part).halves) if workday else None
    if span is None or row.part != Part.FULL or isinstance(workday, ShiftDay):
        return span
    place = ZoneInfo(zone)
    last_moment = span[1] - timedelta(microseconds=1)
    return None if span[0].astimezone(place).date() == last_moment.astimezone(place).date() else span


def _hours(rows: Collection[Row]) -> dict[tuple[int, date], Workday]:
    """Workdays of booked dates, for people whose hours can show: who holds shifts, half-days or nights."""
    if not rows:
        return {}
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    people = {row.person for row in rows if row.part != Part.FULL}
    people |= _with_shifts_or_nights({row.person for row in rows} - people, first, last)
    if not people:
        return {}
    workdays = workdays_of_many(Person.objects.filter(pk__in=people).select_related("site"), first, last)
    return {(row.person, row.day): workdays[row.person].get(row.day) for row in rows if row.person in workdays}


def _with_shifts_or_nights(people: Collection[int], first: date, last: date) -> set[int]:
    """Those whose whole days may have hours that a calendar shows. Two queries."""
    if not people:
        return set()
    shifts = Shift.objects.filter(person__in=people, day__range=(first, last)).order_by()
    found = set(shifts.values_list("person_id", flat=True).distinct())
    for row in selectors.contract_rows(people):
        pattern = pattern_of(row)
        if pattern and any(slot and slot.end > DAY_MINUTES for slot in pattern.slots):
            found.add(row.person)
    return found
