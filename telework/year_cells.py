"""The days of a year made ready for drawing: one state, one sign, and all of it in words.

Order of precedence: absence, day off or holiday not worked, booking, impossible, closed, tight, free.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policies.core import explain
from policies.core.decision import Finding, Verdict
from ui import words as speech
from ui.drawing import month as month_drawing
from ui.drawing.year import Cell, Month

from .coverage.days import Sight
from .year import OPEN_CODES, Year, month_bounds
from .year_balance import granted_in


def months_of(year: Year, *, lang: str, chosen: Iterable[date] = ()) -> list[Month]:
    """Twelve months of cells, each with its days of telework at the head."""
    chosen = frozenset(chosen)
    months: list[list[Cell]] = [[] for _month in range(12)]
    for day in year.days:
        months[day.month - 1].append(_cell(year, day, lang, day in chosen))
    return [Month(cells[0].day, cells, month_count(year, cells[0].day, lang)) for cells in months]


def month_count(year: Year, day: date, lang: str) -> str:
    """Like "5,5 j": the telework days of a month, granted or done; a dash for none."""
    remote = granted_in(year, *month_bounds(day))
    unit = pgettext("days, short", "d")
    return f"{speech.number(remote, lang)} {unit}" if remote else "–"


def _cell(year: Year, day: date, lang: str, chosen: bool) -> Cell:
    code = year.codes[day]
    css, sign, words = state_in(year, day, lang)
    holiday = pgettext("sign of a public holiday", "H") if code.endswith("*") else ""
    name = year.facts.workdays[day].holiday if day in year.facts.workdays else ""
    hours = year.hours(day) if year.by_shifts else ""
    said = ", ".join(filter(None, (speech.long_day(day, lang), hours, words))) + (f" ({name})" if name else "")
    if day == year.today:
        said += ", " + _("today")
    return Cell(day, css, said, sign, today=day == year.today, chosen=chosen, holiday=holiday)


def state_in(year: Year, day: date, lang: str) -> tuple[str, str, str]:
    """(style, sign, words) of a day of a year, coverage included."""
    refused = year.refused(day)
    reason = (refused.rule, refused.code) if refused else None
    found = state_of(year.codes[day], day >= year.today and day in year.glances, reason, lang)
    sight = year.sights.get(day)
    if sight is None or found[0] != "free" or sight.sight is Sight.SAFE:
        return found
    if sight.sight is Sight.TIGHT:
        return "tight", "", _("tight")
    return "closed", "", _("closed: %(why)s") % {"why": sight.sentence(lang).rstrip(".")}


@lru_cache(maxsize=2048)
def state_of(code: str, asking: bool, refused: tuple[str, str] | None, lang: str) -> tuple[str, str, str]:
    """(style, sign, words) of a day. ``asking``: it is to come and the agreement was asked; ``refused``: rule, code."""
    first, second = code[0], code[1]
    absent, telework = pgettext("sign of a day absent", "A"), pgettext("sign of a day of telework", "T")
    if code == "AA" or code in {"AA*", "A.", ".A"}:
        return "absent", absent, pgettext("person", "absent")
    if code == "HH":
        return "holiday", pgettext("sign of a public holiday", "H"), _("public holiday")
    if code == "..":
        return "off", "", _("day off")
    if code == "--":
        return "off", "", _("not planned yet")
    if "T" in code or "P" in code:
        return _booked(first, second, telework, code)
    if "A" in code:
        half = "first" if first == "A" else "second"
        return f"absent half {half}", absent, month_drawing.words(code)
    if refused:
        return "impossible", "", _("not possible: %(rule)s") % {"rule": rule_title(refused, lang)}
    return ("free", "", _("free")) if asking and code in OPEN_CODES else ("site", "", _("on site"))


def _booked(first: str, second: str, sign: str, code: str) -> tuple[str, str, str]:
    if first == second:
        return ("pending", "?", _("pending")) if first == "P" else ("telework", sign, _("telework"))
    words = month_drawing.words(code)
    if "P" in (first, second) and "T" in (first, second):
        return "half " + ("first" if first == "T" else "second"), "?", words
    half = "first" if first in "TP" else "second"
    return (f"pending half {half}", "?", words) if "P" in (first, second) else (f"half {half}", "½", words)


def rule_title(refused: tuple[str, str], lang: str) -> str:
    """The short title of the rule that refuses."""
    rule, code = refused
    return explain.title(Finding(rule, "", Verdict.REFUSED, code), lang)
