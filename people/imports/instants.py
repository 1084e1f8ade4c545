"""Dates and times as people write them → exact ones. What the clock skips or shows twice is never guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2150
_FRENCH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](.*))?")
_NO_OFFSET = re.compile(r"[+-]\d\d:?[6-9]\d$")  # more than 59 minutes, which Python takes
_TIME = re.compile(r"(\d{1,2})[:hH](\d{2})?(?::00)?")


class Wrong(ValueError):
    """A field that cannot be used, with its sentence."""

    def __init__(self, field: str, value: str, sentence: str) -> None:
        self.field, self.value, self.sentence = field, value[:80], sentence
        super().__init__(sentence)


def read_day(field: str, text: str) -> date:
    """2026-03-31 or 31/03/2026."""
    if not text:
        raise Wrong(field, text, _("The day is missing. Write it as 2026-03-31."))
    french = _FRENCH.fullmatch(text)
    numbers = [int(part) for part in french.group(3, 2, 1)] if french else _iso_numbers(text)
    if not numbers:
        raise Wrong(field, text, _("“%(value)s” is not a date. Write it as 2026-03-31.") % {"value": text[:40]})
    return _real_day(field, text, *numbers)


def _iso_numbers(text: str) -> list[int]:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    return [int(part) for part in found.groups()] if found else []


def _real_day(field: str, text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(field, text, _("The year %(year)s is out of reach. Check it.") % {"year": year})
    try:
        return date(year, month, day)
    except ValueError as impossible:
        sentence = _("%(value)s does not exist in the calendar. Check the day and the month.")
        raise Wrong(field, text, sentence % {"value": text[:40]}) from impossible


def read_time(field: str, text: str) -> time:
    """07:00, 7h or 7h30; 24:00 is the end of the day, written 00:00 of the next."""
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if (hour, minute) == (24, 0):
        return time()
    if hour > 23 or minute > 59:
        raise Wrong(field, text, _("“%(value)s” is not a time. Write it as 07:30.") % {"value": text[:40]})
    return time(hour, minute)


def is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(text))


def read_instant(field: str, text: str, zone: str) -> datetime:
    """An aware instant (UTC) from a date with its time, with an offset or in the local time of ``zone``."""
    french = _FRENCH.fullmatch(text)
    if french and french[4]:
        naive = datetime.combine(read_day(field, text[: french.start(4) - 1]), read_time(field, french[4]))
        return at(field, text, naive, zone)
    head = re.match(r"\d{4}-\d{1,2}-\d{1,2}", text)
    if head:
        read_day(field, head[0])
    try:
        if _NO_OFFSET.search(text):
            raise ValueError(text)
        found = datetime.fromisoformat(text)
    except ValueError as unreadable:
        sentence = _("“%(value)s” is not a date with its time. Write it as 2026-03-31T07:30.")
        raise Wrong(field, text, sentence % {"value": text[:40]}) from unreadable
    if len(text) <= 10:
        sentence = _("“%(value)s” has no time. Write it as 2026-03-31T07:30, or add a column “date” with times beside.")
        raise Wrong(field, text, sentence % {"value": text[:40]})
    if found.second or found.microsecond:
        raise Wrong(field, text, _("“%(value)s” has seconds. Write whole minutes.") % {"value": text[:40]})
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    return at(field, text, found, zone)


def at(field: str, text: str, naive: datetime, zone: str) -> datetime:
    """The instant of a local time that the clock of ``zone`` shows exactly once."""
    local = naive.replace(tzinfo=ZoneInfo(zone))
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(local.tzinfo).replace(tzinfo=None) != naive:
        sentence = _("%(value)s does not exist in %(zone)s: the clock jumps over it that night. Check the time.")
        raise Wrong(field, text, sentence % {"value": f"{naive:%Y-%m-%d %H:%M}", "zone": zone})
    if first != second:
        sentence = _("%(value)s comes twice in %(zone)s that night. Write its offset: %(one)s or %(other)s.")
        one, other = (moment.astimezone(local.tzinfo).isoformat(timespec="minutes") for moment in (first, second))
        words = {"value": f"{naive:%Y-%m-%d %H:%M}", "zone": zone, "one": one, "other": other}
        raise Wrong(field, text, sentence % words)
    return first


def hours_on(day: date, start: str, end: str, zone: str) -> tuple[datetime, datetime]:
    """The instants of clock times beside a date; an end at or before the start is on the next day."""
    begin, finish = read_time("start", start), read_time("end", end)
    last = day if finish > begin else day + timedelta(days=1)
    return (
        at("start", start, datetime.combine(day, begin), zone),
        at("end", end, datetime.combine(last, finish), zone),
    )


ERRORS = frozenset(("#n/a", "#n/d", "#na", "#ref!", "#ref", "#value!", "#valeur!", "#name?", "#nom?", "#div/0!",
                    "#null!", "#nul!", "#num!", "#nombre!", "#spill!", "#####", "null", "nan", "nat", "none",
                    "n/a"))  # fmt: skip


def check_value(name: str, text: str) -> None:
    """``Wrong`` for what a spreadsheet writes where it has no value, and for what it would compute."""
    if text.startswith("=") or text.casefold() in ERRORS:
        sentence = _("“%(value)s” is a formula, an error or no value. Write the value, or leave the cell empty.")
        raise Wrong(name, text, sentence % {"value": text[:40]})
