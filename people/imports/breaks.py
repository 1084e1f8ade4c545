"""Breaks inside a shift as people write them ("10:00-10:15 14:00-14:15") → whole minutes after its start."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.imports.instants import Wrong, at, is_time, read_instant, read_time

FIELD = "breaks"
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)
_DASH = re.compile(r"\s*([-–/])\s*")
_TIMES = re.compile(r"([^-–]+)[-–]([^-–]+)")


def read_breaks(text: str, start: datetime, end: datetime, zone: str) -> list[list[int]]:
    """Pairs of minutes after ``start``, in order, as ``Shift.breaks`` keeps them.

    Clock times are those of ``zone``, on the day on which the shift reaches them; a time that the clock shows twice is
    written with its offset: 2026-10-25T02:30+02:00/2026-10-25T02:45+02:00. ``Wrong`` for a break that is none, that
    lies outside the shift, or that overlaps another.
    """
    pieces = [piece for piece in re.split(r"[;,\s]+", _DASH.sub(r"\1", text.strip())) if piece]
    spans = sorted((_span(piece, start, zone), piece) for piece in pieces)
    for (begin, finish), piece in spans:
        if begin < start or finish > end:
            hours = " – ".join(f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" for moment in (start, end))
            sentence = _("The break %(value)s lies outside the shift (%(hours)s). Correct one of the two.")
            raise Wrong(FIELD, piece, sentence % {"value": piece[:60], "hours": hours})
    for (one, first), (two, second) in pairwise(spans):
        if two[0] < one[1]:
            sentence = _("The breaks %(one)s and %(two)s overlap. Correct one of the two.")
            raise Wrong(FIELD, text, sentence % {"one": first[:60], "two": second[:60]})
    if spans and sum((finish - begin for (begin, finish), _piece in spans), timedelta()) == end - start:
        raise Wrong(FIELD, text, _("The breaks take the whole shift. Correct them, or leave the shift out."))
    return [[(moment - start) // MINUTE for moment in span] for span, _piece in spans]


def _span(piece: str, start: datetime, zone: str) -> tuple[datetime, datetime]:
    found = _TIMES.fullmatch(piece)
    if "/" in piece:
        first, _slash, last = piece.partition("/")
        begin, finish = read_instant(FIELD, first, zone), read_instant(FIELD, last, zone)
    elif found and is_time(found[1]) and is_time(found[2]):
        begin = _at(found[1], start, zone)
        finish = _at(found[2], begin, zone)
    else:
        sentence = _("“%(value)s” is no break. Write 10:00-10:15, and a space between several.")
        raise Wrong(FIELD, piece, sentence % {"value": piece[:40]})
    if finish <= begin:
        sentence = _("The break %(value)s has no length. Write when it begins, then when it ends.")
        raise Wrong(FIELD, piece, sentence % {"value": piece[:60]})
    return begin, finish


def _at(text: str, earliest: datetime, zone: str) -> datetime:
    """The instant at which the clock shows a time, on the local date of ``earliest`` or on the next one."""
    local = earliest.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    naive = datetime.combine(local.date(), read_time(FIELD, text))
    return at(FIELD, text, naive if naive >= local else naive + ONE_DAY, zone)
