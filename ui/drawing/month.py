"""Months drawn as tables: the team's grid of cells, and the company's lines of letters.

A cell is named by a letter for each half of the day (S on site, T remote, P pending, A absent, H public holiday,
``.`` day off, ``-`` not planned yet) and ``*`` on a worked public holiday.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ui import words as speech


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person's line: name, a few words after it, where the name leads, cells, total.

    ``links`` (by cell position) lead somewhere from a cell; ``hours``, if any, holds one text a cell.
    """

    name: str
    cells: Sequence[str]
    total: str
    note: str = ""
    href: str = ""
    links: Mapping[int, str] = field(default_factory=dict)
    hours: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class GridFoot:
    """A line of counts under the grid; ``values`` holds one text a day."""

    name: str
    values: Sequence[str]


def grid(
    *, label: str, days: Sequence[date], today: date, rows: Iterable[GridRow], feet: Iterable[GridFoot], total: str
) -> SafeString:
    """The team's grid; ``total`` heads the last column."""
    weekend = [day.weekday() > 4 for day in days]
    parts = [
        f'<table class="month-grid days-{len(days)}" role="grid" aria-readonly="true" data-grid>'
        f'<caption class="visually-hidden">{escape(label)}</caption><thead>{_head(days, today, total)}</thead><tbody>'
    ]
    parts.extend(_row(row, weekend) for row in rows)
    parts.append("</tbody><tfoot>")
    parts.extend(_foot(foot, weekend) for foot in feet)
    parts.append("</tfoot></table>")
    return mark_safe("".join(parts))


def legend(cells: Iterable[str]) -> SafeString:
    """The cells met, each with its word."""
    items = "".join(f"<li>{_face(cell)} {escape(words(cell, short=True))}</li>" for cell in cells)
    return mark_safe(f'<ul class="month-legend">{items}</ul>')


def words(cell: str, *, short: bool = False) -> str:
    """A cell in words: remote; first half remote, second half on site; never why somebody is absent."""
    first, second = _word(cell[0]), _word(cell[1])
    if first == second:
        said = _("pending request") if cell[0] == "P" and short else first
    elif short:
        said = _("first half remote") if cell[0] == "T" else _("second half remote")
    else:
        said = _("first half %(first)s, second half %(second)s") % {"first": first, "second": second}
    return _("%(state)s, public holiday worked") % {"state": said} if cell.endswith("*") else said


def letters(cells: Sequence[str]) -> str:
    """A line of letters, one a day, telework marked <b>, requests <i>, absences <u>; a small letter is a half-day."""
    table = _letters(get_language() or "en")
    return _RUN.sub(_mark, "".join([table[cell] for cell in cells]))


def _head(days: Sequence[date], today: date, total: str) -> str:
    language = speech.language(get_language())
    person = escape(_("Person"))
    cells = [f'<tr><td class="who"><span class="visually-hidden">{person}</span></td>']
    for day in days:
        css = " ".join(name for name, on in (("we", day.weekday() > 4), ("today", day == today)) if on)
        said = speech.long_day(day, language)
        said = _("%(day)s, today") % {"day": said} if day == today else said
        cells.append(
            f'<th scope="col" class="{css}">'
            f'<span aria-hidden="true">{speech.INITIALS[language][day.weekday()]}</span>'
            f'<b aria-hidden="true">{day.day}</b>'
            f'<span class="visually-hidden">{escape(said)}</span></th>'
        )
    cells.append(f'<th scope="col" class="sum">{escape(total)}</th></tr>' if total else '<td class="sum"></td></tr>')
    return "".join(cells)


def _row(row: GridRow, weekend: Sequence[bool]) -> str:
    name = f'<a href="{escape(row.href)}">{escape(row.name)}</a>' if row.href else f"<b>{escape(row.name)}</b>"
    note = f" <small>{escape(row.note)}</small>" if row.note else ""
    language = get_language() or "en"
    cells = [
        _cell(cell, band, language, row.links.get(position))
        for position, (cell, band) in enumerate(zip(row.cells, weekend, strict=True))
    ]
    if any(row.hours):
        cells = [_with_hours(cell, hours) for cell, hours in zip(cells, row.hours, strict=True)]
    who = f'<th scope="row" class="who">{name}{note}</th>'
    return f'<tr>{who}{"".join(cells)}<td class="sum">{escape(row.total)}</td></tr>'


def _foot(foot: GridFoot, weekend: Sequence[bool]) -> str:
    cells = "".join(
        f'<td class="we">{value}</td>' if band else f"<td>{value}</td>"
        for value, band in zip(foot.values, weekend, strict=True)
    )
    return f'<tr><th scope="row" class="who">{escape(foot.name)}</th>{cells}<td class="sum"></td></tr>'


def _cell(cell: str, weekend: bool, language: str, href: str | None) -> str:
    start, said, face = _drawn(cell, weekend, language)
    return f'{start}<a href="{escape(href)}" {said}>{face}</a></td>' if href else f"{start}{face}</td>"


@lru_cache(maxsize=1024)
def _drawn(cell: str, weekend: bool, language: str) -> tuple[str, str, str]:
    """The beginning of a cell, its words as an attribute, its face. A month is a few kinds of cells, many times."""
    said = f'aria-label="{escape(words(cell))}"'
    return f'<td class="we" {said}>' if weekend else f"<td {said}>", said, _face(cell)


def _with_hours(cell: str, hours: str) -> str:
    return cell.removesuffix("</td>") + f"<small>{escape(hours)}</small></td>" if hours else cell


def _face(cell: str) -> str:
    first, second = cell[0], cell[1]
    mark = f"<sup>{escape(_sign('H'))}</sup>" if cell.endswith("*") else ""
    if first == second:
        return f'<span class="c {_CSS[first]}">{escape(_sign(first))}{mark}</span>'
    halves = "".join(f'<i class="{_CSS[half]}">{escape(_half_sign(half))}</i>' for half in (first, second))
    return f'<span class="c x">{halves}{mark}</span>'


_CSS = {"S": "s", "T": "t", "P": "p", "A": "a", "H": "h", ".": "o", "-": "n"}


def _sign(letter: str) -> str:
    return {
        "S": pgettext("sign of a day on site", "S"),
        "T": pgettext("sign of a day of telework", "T"),
        "P": "?",
        "A": pgettext("sign of a day absent", "A"),
        "H": pgettext("sign of a public holiday", "H"),
        ".": "·",
        "-": "",
    }[letter]


def _half_sign(letter: str) -> str:
    return "" if letter in "S." else _sign(letter)


def _word(letter: str) -> str:
    return {
        "S": _("on site"),
        "T": _("remote"),
        "P": _("pending"),
        "A": _("absent"),
        "H": _("public holiday"),
        ".": _("day off"),
        "-": _("not planned yet"),
    }[letter]


_RUN = re.compile(r"([Tt]+)|(\?+)|([Aa]+)")


def _mark(match: re.Match) -> str:
    tag = "biu"[match.lastindex - 1]
    return f"<{tag}>{match.group()}</{tag}>"


@lru_cache(maxsize=4)
def _letters(language: str) -> dict[str, str]:
    """Every cell → its one letter. What is asked shows before what is granted, telework before absence."""
    table = {}
    for first in "STPAH.-":
        for second in "STPAH.-":
            for star in ("", "*"):
                table[first + second + star] = _letter(first, second)
    return table


def _letter(first: str, second: str) -> str:
    if first == second:
        return _sign(first) or " "
    for letter in "PTAS":
        if letter in (first, second):
            return "?" if letter == "P" else _sign(letter).lower()
    return _sign(".")
