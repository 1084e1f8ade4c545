"""An ICS file as lines: one a event, recurring ones unrolled. Attachments and addresses inside are never followed.

The person is the attendee (or organizer) by mail address; where an event names none, its title is taken.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from people.imports.faults import Unreadable
from people.imports.lines import ON_CALL, Line
from people.texts import plain

MOST_EVENTS = 1_000
MOST_OCCURRENCES = 500
Moments = dict[str, list[date | datetime]]
TOO_FINE = ("SECONDLY", "MINUTELY", "HOURLY")


def lines_of_calendar(text: str, zone: str) -> list[Line]:
    """Lines from the events of a calendar; times without a zone are read in ``zone``."""
    from icalendar import Calendar  # here: 5 MiB that a web server seldom needs

    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except Exception as bad:  # whatever a broken calendar makes the library raise
        raise Unreadable(_("This calendar cannot be read. Export it again as .ics.")) from bad
    if not events:
        raise Unreadable(_("The calendar holds no event. Export the dates of the roster."))
    if len(events) > MOST_EVENTS:
        sentence = _("The calendar holds %(count)s events; %(most)s are possible. Export fewer dates.")
        raise Unreadable(sentence % {"count": len(events), "most": MOST_EVENTS})
    changed = _changed(events)
    found = [line for number, event in enumerate(events, start=1) for line in _lines(event, number, zone, changed)]
    if not found:
        raise Unreadable(_("Every event of the calendar is cancelled. Export the dates of the roster."))
    return found


def _changed(events: Iterable) -> Moments:
    """By event (UID) the occurrences that other events of the calendar tell of on their own (RECURRENCE-ID)."""
    found: Moments = {}
    for event in events:
        if held := event.get("RECURRENCE-ID"):
            found.setdefault(str(event.get("UID", "")), []).append(held.dt)
    return found


def _lines(event, number: int, zone: str, changed: Moments) -> Iterator[Line]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    common = {"person": _person(event), "site": _said(event, "LOCATION"), **_post(event)}
    try:
        start, length = _span(event, number)
        told_apart = () if event.get("RECURRENCE-ID") else changed.get(str(event.get("UID", "")), ())
        for first in _occurrences(event, start, number, [*_moments(event, "EXDATE"), *told_apart]):
            yield Line(number, common | _times(first, length, zone))
    except Unreadable:
        raise
    except Exception as bad:  # dates and rules that the libraries cannot hold
        sentence = _("Event %(number)s (“%(title)s”): its dates or its rule cannot be read. Correct or remove it.")
        raise Unreadable(sentence % {"number": number, "title": _said(event, "SUMMARY")[:40]}) from bad


def _said(event, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())[:200]


def _person(event) -> str:
    people = event.get("ATTENDEE") or event.get("ORGANIZER") or ""
    first = people[0] if isinstance(people, list) else people
    address = str(first)
    return address[7:] if address.lower().startswith("mailto:") else _said(event, "SUMMARY")


def _post(event) -> dict[str, str]:
    """The skill that the category names; or that category or title say on-call."""
    category = _category(event)
    on_call = next((name for name in (category, _said(event, "SUMMARY")) if plain(name) in ON_CALL), "")
    return {"kind": on_call} if on_call else {"skill": category}


def _category(event) -> str:
    held = event.get("CATEGORIES")
    held = held[0] if isinstance(held, list) and held else held
    return str(held.cats[0])[:200] if getattr(held, "cats", None) else ""


def _span(event, number: int) -> tuple[date | datetime, timedelta]:
    if event.get("DTSTART") is None:
        raise Unreadable(_("Event %(number)s has no start (DTSTART). Correct or remove it.") % {"number": number})
    start = event.decoded("DTSTART")
    for name in ("DTSTART", "DTEND"):
        zone = event[name].params.get("TZID") if name in event else None
        if zone and getattr(event[name].dt, "tzinfo", None) is None:
            sentence = _("Event %(number)s: the time zone “%(zone)s” is not known. Write one such as Europe/Paris.")
            raise Unreadable(sentence % {"number": number, "zone": str(zone)[:40]})
    if event.get("DTEND") is not None:
        return start, event.decoded("DTEND") - start
    if event.get("DURATION") is not None:
        return start, event.decoded("DURATION")
    return start, timedelta(0) if isinstance(start, datetime) else timedelta(days=1)


def _occurrences(event, start, number: int, gone: Iterable) -> list[date | datetime]:
    """The starts of an event: by its rule or alone, with its added dates, without those ``gone``."""
    whole = not isinstance(start, datetime)
    clock = datetime.combine(start, time()) if whole else start
    more = [_same_kind(moment, clock) for moment in _moments(event, "RDATE")]
    found = dict.fromkeys([*_unrolled(event, clock, number), *more])
    if len(found) > MOST_OCCURRENCES:
        raise _too_many(number)
    left = found.keys() - {_same_kind(moment, clock) for moment in gone}
    kept = [moment for moment in found if moment in left]
    return [moment.date() for moment in kept] if whole else kept


def _unrolled(event, clock: datetime, number: int) -> list[datetime]:
    """The starts that the rule makes. It needs an end, and is followed for five years at most."""
    rule = event.get("RRULE")
    if rule is None:
        return [clock]
    parts = dict(part.split("=", 1) for part in rule.to_ical().decode().upper().split(";") if "=" in part)
    if parts.get("FREQ") in TOO_FINE:
        sentence = _("Event %(number)s repeats within the day (%(rule)s). Write daily or rarer rules.")
        raise Unreadable(sentence % {"number": number, "rule": parts["FREQ"]})
    count = min(int(parts.pop("COUNT", MOST_OCCURRENCES + 1)), MOST_OCCURRENCES + 1)
    if count > MOST_OCCURRENCES and "UNTIL" not in parts:
        raise _too_many(number)
    return list(islice(_rule(parts, clock), count))


def _too_many(number: int) -> Unreadable:
    sentence = _("Event %(number)s repeats more than %(most)s times. Give its rule an end (UNTIL or COUNT).")
    return Unreadable(sentence % {"number": number, "most": MOST_OCCURRENCES})


def _rule(parts: dict[str, str], clock: datetime):
    farthest, until = f"{clock.year + 5}1231T235959", parts.get("UNTIL", "").rstrip("Z")
    until = min(f"{until[:8]}T235959" if clock.tzinfo and until else until or farthest, farthest)
    held = parts | {"UNTIL": until + ("Z" if clock.tzinfo else "")}
    return rrulestr(";".join(f"{name}={value}" for name, value in held.items()), dtstart=clock)


def _same_kind(moment: date | datetime, clock: datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, clock.timetz())


def _moments(event, name: str) -> list[date | datetime]:
    """Dates or instants of EXDATE or RDATE; a period has no start of its own and is an error."""
    held = event.get(name)
    lists = held if isinstance(held, list) else [held] if held else []
    return [one.dt for several in lists for one in several.dts]


def _times(first, length: timedelta, zone: str) -> dict[str, str]:
    if not isinstance(first, datetime):
        last = first + max(length - timedelta(days=1), timedelta(0))
        return {"first_day": first.isoformat(), "last_day": last.isoformat()}
    naive = first.replace(tzinfo=None)
    skipped = first.tzinfo and first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != naive
    if first.tzinfo is None or skipped:  # a time that the clock skips is told as such later, not moved
        first = naive
        return {"start": first.isoformat(), "end": (first + length).isoformat()}
    local = ZoneInfo(zone)
    ends = (naive + length).replace(tzinfo=first.tzinfo)
    return {"start": first.astimezone(local).isoformat(), "end": ends.astimezone(local).isoformat()}
