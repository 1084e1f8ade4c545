"""Fields of a JSON document, read strictly: a fault is one sentence that names place, field, value and remedy."""

import json
from datetime import date, datetime, time
from fractions import Fraction
from unicodedata import category
from zoneinfo import ZoneInfo

from policies.coverage.windows import FIRST_YEAR, LAST_YEAR, minute_of

LONGEST_SHOWN = 60
MOST_PEOPLE = 10**6
ABSENT = object()


class Fault(ValueError):
    """What is wrong with a document, in one sentence."""


def shown(value) -> str:
    """A value as JSON on one line, cut if long."""
    if value is ABSENT:
        return "nothing"
    try:
        text = json.dumps(value, default=str, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = f"a {type(value).__name__}"
    text = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[: LONGEST_SHOWN + 1])
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


class Fields:
    """The fields of one JSON object at a named place, each read as one kind of value."""

    def __init__(self, data, place: str):
        self.place = place
        if not isinstance(data, dict):
            raise Fault(f"{place}: {shown(data)} is not an object; write {{...}} with its fields.")
        self.data = data

    def fault(self, field: str, why: str) -> Fault:
        """The sentence for a field that will not do."""
        return Fault(f"{self.place}: {field} {shown(self.data.get(field, ABSENT))} {why}.")

    def _needed(self, field: str, kind: str):
        if field not in self.data:
            raise Fault(f"{self.place}: {field} is missing; give {kind}.")
        return self.data[field]

    def text(self, field: str) -> str:
        """A non-empty text."""
        value = self._needed(field, "a text")
        if not isinstance(value, str) or not value:
            raise self.fault(field, "is not a text; write it between quotes")
        if any(category(letter) in ("Cc", "Cs") for letter in value):
            raise self.fault(field, "holds a control character; remove it")
        return value

    def text_or_null(self, field: str) -> str | None:
        """A non-empty text, or None for null, which has to be written."""
        return None if self._needed(field, "a text, or null for any") is None else self.text(field)

    def texts(self, field: str) -> list[str]:
        """A list of non-empty texts."""
        return [Fields({field: item}, self.place).text(field) for item in self.items(field)]

    def items(self, field: str, *, optional: bool = False) -> list:
        """A list; empty where the field is optional and missing."""
        value = self.data.get(field, []) if optional else self._needed(field, "a list")
        if not isinstance(value, list):
            raise self.fault(field, "is not a list; write [...]")
        return value

    def one_of(self, field: str, known) -> str:
        """One of the known words."""
        value = self._needed(field, "one of " + ", ".join(known))
        if not isinstance(value, str) or value not in known:
            raise self.fault(field, "is not known; write one of " + ", ".join(known))
        return value

    def flag(self, field: str) -> bool:
        """True or false; false where missing."""
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(field, "is neither true nor false; write one of them")
        return value

    def count(self, field: str) -> int:
        """A whole number from 0 to a million."""
        value = self._needed(field, "a whole number")
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
            raise self.fault(field, f"is not a whole number from 0 to {MOST_PEOPLE}; write one")
        return value

    def percent(self, field: str) -> Fraction:
        """A number from 0 to 100 with at most three decimals, exactly as written."""
        value = self._needed(field, "a number from 0 to 100")
        number = not isinstance(value, bool) and isinstance(value, int | Fraction)
        if not number or not 0 <= value <= 100 or Fraction(value) * 1000 % 1:
            raise self.fault(field, "is not a number from 0 to 100 with at most three decimals; write one")
        return Fraction(value)

    def day(self, field: str) -> date:
        """A date, YYYY-MM-DD."""
        value = self._needed(field, "a date like 2026-03-29")
        try:
            day = date.fromisoformat(value) if len(value) == len("2026-03-29") else None
        except (TypeError, ValueError):
            day = None
        if day is None:
            raise self.fault(field, "is not a date; write one that exists, like 2026-03-29")
        return self._within(field, day)

    def minute(self, field: str) -> int:
        """Minutes since 1970 of an ISO instant with an offset and no seconds."""
        value = self._needed(field, "an instant like 2026-03-29T06:00+02:00")
        try:
            moment = datetime.fromisoformat(value)
            offset = moment.utcoffset()
        except (TypeError, ValueError):
            moment = offset = None
        if moment is None or "T" not in value:
            raise self.fault(field, "is not an instant; write one that exists, like 2026-03-29T06:00+02:00")
        if offset is None:
            raise self.fault(field, "has no offset; add it, like 2026-03-29T06:00+02:00")
        self._within(field, moment)
        if moment.second or moment.microsecond or offset.total_seconds() % 60:
            raise self.fault(field, "is not on a whole minute; leave out the seconds")
        return minute_of(moment)

    def _within(self, field: str, day):
        if not FIRST_YEAR < day.year < LAST_YEAR:
            raise self.fault(field, f"is outside the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}; choose a date in them")
        return day

    def span(self) -> tuple[int, int]:
        """The minutes of ``start`` and ``end``, which must be later."""
        start, end = self.minute("start"), self.minute("end")
        if end <= start:
            raise self.fault("end", f"is not after start {shown(self.data['start'])}; write a later end")
        return start, end

    def clock(self, field: str) -> time:
        """A local clock time, HH:MM."""
        value = self._needed(field, "a clock time like 22:00")
        try:
            found = time.fromisoformat(value) if len(value) == len("22:00") and value[2] == ":" else None
        except (TypeError, ValueError):
            found = None
        if found is None:
            raise self.fault(field, "is not a clock time; write 00:00 to 23:59")
        return found

    def zone(self, field: str) -> str:
        """The name of a time zone that exists."""
        value = self._needed(field, "a time zone like Europe/Paris")
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, TypeError, OSError, AttributeError):
            raise self.fault(field, "is not a known time zone; write one like Europe/Paris") from None
        return value
