"""Days and hours of requests in words, in the language in use."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from policies.core.facts import Part, Workday
from telework.presence import Interval, span_of
from ui import words


def language() -> str:
    return words.language(get_language())


def days_words(days: Sequence[date]) -> str:
    """Days asked together: "Sat 13 June", "Mon 15 and Tue 16 June", "every Thursday, 18 June to 27 August"."""
    lang = language()
    if len(days) == 1:
        return words.short_day(days[0], lang)
    ends = {"first": _day_month(days[0], days[-1]), "last": _day_month(days[-1], days[-1], year=_spans_years(days))}
    steps = {later - earlier for earlier, later in pairwise(days)}
    if len(days) == 2:
        return _("%(first)s and %(last)s") % {
            "first": words.short_day(days[0], lang),
            "last": words.short_day(days[-1], lang),
        }
    ends["weekday"] = words.WEEKDAYS[lang][days[0].weekday()]
    if steps == {timedelta(days=1)}:
        return pgettext("days in a row", "%(first)s to %(last)s") % ends
    if steps == {timedelta(days=7)}:
        return _("every %(weekday)s, %(first)s to %(last)s") % ends
    if steps == {timedelta(days=14)}:
        return _("every second %(weekday)s, %(first)s to %(last)s") % ends
    if len({day.weekday() for day in days}) == 1:
        return _("on a %(weekday)s, %(first)s to %(last)s") % ends
    return _("between %(first)s and %(last)s") % ends


def count_words(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _spans_years(days: Sequence[date]) -> bool:
    return days[0].year != days[-1].year


def _day_month(day: date, last: date, *, year: bool = False) -> str:
    lang = language()
    text = f"{words.day_number(day, lang)} {words.MONTHS[lang][day.month - 1]}"
    return f"{text} {day.year}" if year or day.year != last.year else text


def hours_words(span: Interval | None, zone: str) -> str:
    """ "09:00–17:00" where the clock of ``zone`` is read, or ""."""
    return "–".join(clock(instant, zone) for instant in span) if span else ""


def clock(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def part_words(part: str, workday: Workday, zone: str) -> str:
    """The part of a day with its hours: "night 22:00–06:00", "first half 09:00–13:00", "whole day"."""
    span = span_of(workday, Part(part).halves)
    hours = hours_words(span, zone)
    if part == Part.FULL:
        name = _("night") if span and _is_night(span, zone) else _("day") if hours else _("whole day")
    else:
        name = _("first half") if part == Part.MORNING else _("second half")
    return f"{name} {hours}".strip()


def _is_night(span: Interval, zone: str) -> bool:
    start, end = (instant.astimezone(ZoneInfo(zone)) for instant in span)
    return end.date() > start.date() and (end.hour, end.minute) > (0, 0)
