"""Dates of a layer as one text: "2026-12-24, 2026-12-31, 2027-07-10 – 2027-07-12", read and written."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from people.imports import Wrong, read_day
from telework.wording import language
from ui import words

MOST = 400
_BETWEEN = re.compile(r"\s*(?:–|—|\.\.|\s-\s|\bto\b|\bau?\b|→)\s*")
_ONE_DAY = timedelta(days=1)


def read_dates(field: str, text: str) -> list[date]:
    """Every date of the text, once each, in order; Wrong for what is none, or for more than a year of them."""
    found: set[date] = set()
    for piece in re.split(r"[,;\n]+", text):
        if piece := piece.strip():
            found |= _days(field, piece)
        if len(found) > MOST:
            raise _too_many(field, text)
    if not found:
        raise Wrong(field, text, _("The dates are missing. Write them as 2026-12-24, 2026-12-31 – 2027-01-02."))
    return sorted(found)


def _days(field: str, piece: str) -> set[date]:
    ends = [read_day(field, end.strip()) for end in _BETWEEN.split(piece)]
    if len(ends) > 2:
        raise Wrong(field, piece, _("“%(value)s” has more than two ends. Write one range a line.") % {
            "value": piece[:60]
        })  # fmt: skip
    first, last = ends[0], ends[-1]
    if last < first:
        raise Wrong(field, piece, _("“%(value)s” ends before it begins. Write the earlier day first.") % {
            "value": piece[:60]
        })  # fmt: skip
    if (last - first).days >= MOST:
        raise _too_many(field, piece)
    return {first + _ONE_DAY * number for number in range((last - first).days + 1)}


def _too_many(field: str, text: str) -> Wrong:
    sentence = _("These are more than %(most)s dates. Write several requirements, or shorter ranges.")
    return Wrong(field, text, sentence % {"most": MOST})


def ranges_of(days: Iterable[date]) -> list[tuple[date, date]]:
    """Dates as first and last days of what follows on without a gap."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] + _ONE_DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def write_dates(days: Iterable[date]) -> str:
    """Dates as they are typed: ranges with a dash, the others by commas."""
    pieces = [f"{first}" if first == last else f"{first} – {last}" for first, last in ranges_of(days)]
    return ", ".join(pieces)


def told_dates(days: Sequence[date], *, most: int = 3) -> str:
    """Dates for people: "24 December 2026, 10–12 July 2027", and how many more."""
    ranges = ranges_of(days)
    told = [_told(first, last, language()) for first, last in ranges[:most]]
    if len(ranges) > most:
        told.append(_("%(count)s more") % {"count": len(ranges) - most})
    return ", ".join(told)


def _told(first: date, last: date, lang: str) -> str:
    """A range without saying twice what its ends share."""
    end = words.plain_day(last, lang)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{words.day_number(first, lang)}–{end}"
    if first.year == last.year:
        return f"{words.day_number(first, lang)} {words.MONTHS[lang][first.month - 1]} – {end}"
    return f"{words.plain_day(first, lang)} – {end}"
