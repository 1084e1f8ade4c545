"""Recurring wishes: RFC 5545 RRULE on dates, read strictly and unrolled within bounds, so that no rule can hang us."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from telework.errors import BadWish

MOST_OCCURRENCES = 400
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BOUNDS = {
    "INTERVAL": (1, 1000),
    "COUNT": (1, MOST_OCCURRENCES),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
_LISTS = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(T[0-9]{6}Z?)?")
# The Gregorian calendar repeats every 400 years, weekdays included. Rules are unrolled as near to the year 9999 as
# that allows, because dateutil gives up there: a rule that never falls on a day (30 February) ends at once.
_CYCLE = 400
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that was read: its normal text (without UNTIL), and its last day or None."""

    text: str
    until: date | None
    counted: bool

    @property
    def is_endless(self) -> bool:
        return self.until is None and not self.counted

    def __str__(self) -> str:
        return f"{self.text};UNTIL={self.until:%Y%m%d}" if self.until else self.text

    def days(self, first: date, last: date) -> list[date]:
        """The days of the rule from ``first`` (its DTSTART) to ``last``, both included; at most 401."""
        last = min(last, self.until) if self.until else last
        years = (_LAST_YEAR - first.year) // _CYCLE * _CYCLE
        try:
            rule = rrulestr(self.text, dtstart=_moved(datetime(first.year, first.month, first.day), years))
        except (ValueError, TypeError, AttributeError, IndexError) as fault:
            raise _unreadable(self.text) from fault
        found = []
        for moment in rule:
            day = _moved(moment, -years).date()
            if day > last or len(found) > MOST_OCCURRENCES:
                break
            found.append(day)
        return found


def read_rule(text: str) -> Recurrence:
    """Read one RRULE; ``BadWish`` names the part that cannot be used. Only days are repeated, never hours."""
    text = str(text).strip().upper().removeprefix("RRULE:").rstrip(";")
    if not text or len(text) > 400:
        raise _unreadable(text)
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        key, separator, value = piece.partition("=")
        if not separator or not value or key in parts:
            raise _unreadable(piece)
        parts[key] = _checked(key, value)
    if "FREQ" not in parts:
        raise BadWish("rrule", text, _("The rule has no FREQ. Begin it with FREQ=WEEKLY, for example."))
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search("[0-9]", parts.get("BYDAY", "")):
        raise BadWish("rrule", text, _("A numbered weekday such as 1MO needs FREQ=MONTHLY or FREQ=YEARLY."))
    if "UNTIL" in parts and "COUNT" in parts:
        raise BadWish("rrule", text, _("The rule has both UNTIL and COUNT. Keep one of them."))
    until = _read_until(parts.pop("UNTIL")) if "UNTIL" in parts else None
    return Recurrence(";".join(f"{key}={value}" for key, value in parts.items()), until, "COUNT" in parts)


def _checked(key: str, value: str) -> str:
    if key == "FREQ":
        if value not in _FREQUENCIES:
            remedy = _("FREQ=%(value)s cannot be used: days are repeated. Use DAILY, WEEKLY, MONTHLY or YEARLY.")
            raise BadWish("rrule", f"FREQ={value}", remedy % {"value": value[:40]})
    elif key == "BYDAY":
        if not all(_is_weekday(item) for item in value.split(",")):
            remedy = _("BYDAY takes MO, TU, WE, TH, FR, SA, SU, separated by commas; 1MO is a month’s first Monday.")
            raise BadWish("rrule", f"BYDAY={value}", remedy)
    elif key == "WKST":
        if value not in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
            raise _unreadable(f"WKST={value}")
    elif key in _BOUNDS:
        _check_numbers(key, value)
    elif key != "UNTIL":
        remedy = _("“%(key)s” cannot be used here. Known are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH.")
        raise BadWish("rrule", f"{key}={value}", remedy % {"key": key[:40]})
    return value


def _is_weekday(item: str) -> bool:
    found = _WEEKDAY.fullmatch(item)
    return found is not None and (not found[1] or 1 <= abs(int(found[1])) <= 53)


def _check_numbers(key: str, value: str) -> None:
    least, most = _BOUNDS[key]
    items = value.split(",") if key in _LISTS else [value]
    for item in items:
        is_number = re.fullmatch(r"[+-]?[0-9]{1,12}", item) is not None
        if not is_number or not least <= int(item) <= most or int(item) == 0:
            remedy = _("%(key)s=%(value)s cannot be used. Give a whole number from %(least)s to %(most)s.")
            numbers = {"key": key, "value": item[:40], "least": least, "most": most}
            raise BadWish("rrule", f"{key}={item}", remedy % numbers)


def _read_until(value: str) -> date:
    found = _UNTIL.fullmatch(value)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except (TypeError, ValueError) as fault:
        remedy = _("UNTIL=%(value)s is not a date. Write it as 20261231.") % {"value": value[:40]}
        raise BadWish("rrule", f"UNTIL={value}", remedy) from fault


def _moved(moment: datetime, years: int) -> datetime:
    return moment.replace(year=moment.year + years)


def _unreadable(text: str) -> BadWish:
    remedy = _("“%(rule)s” is not a rule of repetition. Example: FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231.")
    return BadWish("rrule", text, remedy % {"rule": text[:80]})


def last_reachable(today: date) -> date:
    """The last day that a rule is unrolled to; the agreement's own horizon is nearer."""
    return today + timedelta(days=800)
