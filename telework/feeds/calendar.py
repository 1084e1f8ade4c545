"""The bytes of a calendar. Pure: the same entries give the same octets, and an entry's octets depend on it alone.

Written by hand rather than by icalendar, which stamps events with the present instant, writes clock changes as lists
and needs thirty times as long. Whole office days are dates; everything with hours carries its zone (or UTC).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from .lines import day_value, fold, local_value, one_line, text, utc_value
from .zones import vtimezone

PRODUCT = "-//Cent Jours//Telework calendar 1//EN"
REFRESH = "PT2H"
OPENING = "BEGIN:VEVENT\r\n"
END = "END:VCALENDAR\r\n"

# STATUS, TRANSP and Outlook's word for the time, by privacy level, granted or (True) still pending.
_SHOWN = {
    ("full", False): ("CONFIRMED", "TRANSPARENT", "WORKINGELSEWHERE"),
    ("full", True): ("TENTATIVE", "TRANSPARENT", "WORKINGELSEWHERE"),
    ("busy", False): ("CONFIRMED", "OPAQUE", "BUSY"),
    ("busy", True): ("TENTATIVE", "TRANSPARENT", "FREE"),
}


@dataclass(slots=True)
class Entry:
    """One booking as a calendar shows it.

    ``start`` and ``end`` are dates (end excluded) or aware UTC instants; ``zone`` is where the instants are lived.
    """

    uid: str
    stamp: datetime
    sequence: int
    pending: bool
    start: date | datetime
    end: date | datetime
    zone: str
    summary: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What surrounds the entries; ``year`` is the first whose clock changes matter."""

    name: str
    description: str
    zone: str
    year: int
    privacy: str


def render(calendar: Calendar, entries: Sequence[Entry]) -> bytes:
    """The calendar to subscribe to."""
    events = [event(OPENING, entry, calendar) for entry in entries]
    name = text(one_line(calendar.name))
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-CALDESC:{text(one_line(calendar.description, 500))}",
        f"X-WR-TIMEZONE:{calendar.zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    return "".join([*map(fold, head), *timezones(calendar, entries), *events, END]).encode()


def measure(calendar: Calendar, entry: Entry) -> int:
    """Octets that an entry takes."""
    return len(event(OPENING, entry, calendar).encode())


def timezones(calendar: Calendar, entries: Iterable[Entry]) -> list[str]:
    """Folded lines of every zone used, and of the calendar's own: RFC 5545 wants at least one component."""
    zones = {entry.zone for entry in entries if isinstance(entry.start, datetime)}
    ordered = [calendar.zone, *sorted(zones - {calendar.zone})]
    return [fold(line) for zone in ordered for line in vtimezone(zone, calendar.year)]


def event(opening: str, entry: Entry, calendar: Calendar, *, status: str = "") -> str:
    """A VEVENT after its opening lines, folded; ``status`` when it is not the booking's own."""
    own_status, transparency, busy = _SHOWN[calendar.privacy, entry.pending]
    stamp = utc_value(entry.stamp)
    place = fold(f"LOCATION:{text(entry.place)}") if entry.place else ""
    return (
        f"{opening}UID:{entry.uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"{_span(entry, calendar.year)}{_summary(entry.summary)}{place}"
        f"STATUS:{status or own_status}\r\nTRANSP:{transparency}\r\nX-MICROSOFT-CDO-BUSYSTATUS:{busy}\r\nEND:VEVENT\r\n"
    )


@lru_cache(maxsize=4096)
def _summary(summary: str) -> str:
    return fold(f"SUMMARY:{text(summary)}")


def _span(entry: Entry, year: int) -> str:
    start, end = entry.start, entry.end
    if not isinstance(start, datetime):
        return f"DTSTART;VALUE=DATE:{day_value(start)}\r\nDTEND;VALUE=DATE:{day_value(end)}\r\n"
    local = [_wall_clock(instant, entry.zone) for instant in (start, end)]
    if None in local or not vtimezone(entry.zone, year):
        return f"DTSTART:{utc_value(start.astimezone(UTC))}\r\nDTEND:{utc_value(end.astimezone(UTC))}\r\n"
    return "".join(
        fold(f"{name};TZID={entry.zone}:{value}") for name, value in zip(("DTSTART", "DTEND"), local, strict=True)
    )


def _wall_clock(instant: datetime, zone: str) -> str | None:
    """The local time, or None in the hour shown twice, of which a local time can only name the first."""
    local = instant.astimezone(ZoneInfo(zone))
    return None if local.fold else local_value(local)
