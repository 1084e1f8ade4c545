"""A year of day cells and the balance beside it, drawn as HTML and SVG text.

Templates would take longer than the rest of the page: 365 buttons are joined as strings here, every word escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape  # Django's own marks each word as safe, which nobody reads in a page of 365

from django.utils.safestring import SafeString, mark_safe

from ui import words

SIGNS = {"free": "ring", "tight": "half", "closed": "ban", "impossible": "cross"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day as it is drawn: its state (a class of days.css), the letter if it has one, and all of it in words."""

    day: date
    state: str
    words: str
    sign: str = ""
    today: bool = False
    chosen: bool = False
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month's cells and the count written at its head."""

    first: date
    cells: Sequence[Cell]
    count: str


def year_grid(months: Iterable[Month], *, lang: str, sprite: str) -> SafeString:
    """All months; the style sheet lays them as twelve rows of 37 columns, or as calendars on narrow screens."""
    icons = {state: f'<svg><use href="{sprite}#{name}"/></svg>' for state, name in SIGNS.items()}
    initials = words.INITIALS[lang]
    heads = "".join(f"<span>{initials[column % 7]}</span>" for column in range(37))
    week = "".join(f"<span>{letter}</span>" for letter in initials)
    parts = [f'<div class="year-heads" aria-hidden="true">{heads}</div>']
    for month in months:
        name = words.MONTHS[lang][month.first.month - 1]
        short = words.SHORT_MONTHS[lang][month.first.month - 1]
        number = month.first.month
        parts.append(
            f'<section class="month s{month.first.weekday()}" id="m{number}" aria-label="{name}">'
            f'<h2><span class="full">{name}</span><span class="short">{short}</span>'
            f'<small>{escape(month.count)}</small></h2><div class="week-heads" aria-hidden="true">{week}</div>'
            '<div class="month-days">'
        )
        parts.extend(_cell(cell, icons) for cell in month.cells)
        parts.append("</div></section>")
    return mark_safe("".join(parts))


def _cell(cell: Cell, icons: dict[str, str]) -> str:
    css = cell.state
    if cell.today:
        css += " today"
    extra = ' aria-current="date"' if cell.today else ""
    if cell.chosen:
        css += " chosen"
        extra += ' aria-pressed="true"'
    if cell.holiday:
        css += " worked"
        extra += f' data-holiday="{escape(cell.holiday)}"'
    sign = escape(cell.sign) if cell.sign else icons.get(cell.state, "")
    return (
        f'<button class="day {css}" name="day" value="{cell.day}" id="d{cell.day}"{extra} '
        f'aria-label="{escape(cell.words)}"><b>{cell.day.day}</b><i>{sign}</i></button>'
    )


def balance_cells(
    *, total: Decimal, done: Decimal, booked: Decimal, pending: Decimal, label: str, size: int = 11
) -> SafeString:
    """The days due, ten a row: done full, booked with a dot, pending dashed, a half cell for half a day."""
    halves = ["done"] * int(done * 2) + ["booked"] * int(booked * 2) + ["pending"] * int(pending * 2)
    count = max(-(-int(total * 2) // 2), -(-len(halves) // 2))
    halves += ["left"] * (count * 2 - len(halves))
    rows = max(-(-count // 10), 1)
    parts = [
        f'<svg class="balance-cells" role="img" aria-label="{escape(label)}" viewBox="0 0 {10 * size} {rows * size}" '
        f'width="{10 * size}" height="{rows * size}">'
    ]
    for number in range(count):
        x, y = (number % 10) * size + 1, (number // 10) * size + 1
        parts.append(_balance_cell(x, y, size - 2, halves[2 * number : 2 * number + 2]))
    parts.append("</svg>")
    return mark_safe("".join(parts))


def _balance_cell(x: float, y: float, side: int, halves: Sequence[str]) -> str:
    first, second = halves
    if first == second:
        return _square(x, y, side, side, first)
    half = side / 2
    return _square(x, y, side, side, "left") + "".join(
        _square(x, top, side, half, state) for top, state in ((y, first), (y + half, second)) if state != "left"
    )


def _square(x: float, y: float, width: float, height: float, state: str) -> str:
    css = "done" if state == "booked" else state
    shape = f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>'
    if state in {"left", "pending"}:
        shape = f'<rect class="{css}" x="{x + 0.5}" y="{y + 0.5}" width="{width - 1}" height="{height - 1}" rx="1.5"/>'
    if state == "booked":
        shape += f'<circle class="dot" cx="{x + width / 2}" cy="{y + height / 2}" r="{height / 5 + 0.2:.1f}"/>'
    return shape


def meter(*, used: Decimal, pending: Decimal, limit: Decimal, label: str) -> SafeString:
    """A cap of a few days as a row of small bars: used, asked for, free. Longer caps are only written."""
    if limit > 8:
        return mark_safe("")
    granted = used - pending
    parts = []
    for number in range(int(limit)):
        if granted >= number + 1:
            css = "used"
        elif used >= number + 1:
            css = "pending"
        elif used > number:
            css = "half" if granted > number else "pending"
        else:
            css = ""
        parts.append(f'<span class="{css}"></span>')
    return mark_safe(f'<div class="meter" role="img" aria-label="{escape(label)}">{"".join(parts)}</div>')
