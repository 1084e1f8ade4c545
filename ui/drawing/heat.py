"""A heat map: margins written in cells, tinted by comfort. SVG for the eye and the keyboard, a table for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, GAP, HEAD, SPACE = 24, 1, 22, 3
HEIGHTS = {"low": 28, "tall": 40, "wide": 28}  # of a cell; coverage.css gives the names beside them the same heights
MOST = 99


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A margin in people: below 0 a gap, 0 tight. ``words`` says all of it; ``href`` opens the day."""

    column: int
    low: int
    words: str
    href: str = ""
    today: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A line with its name and, under it, a note; ``chosen``: it is what the page shows more of."""

    label: str
    note: str
    cells: Sequence[HeatCell]
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; ``band`` is the pale stripe of a weekend; ``words`` its full name."""

    text: str
    words: str
    band: bool = False


def signed(low: int) -> str:
    """A margin as it is written: −1, 0, +2."""
    if low > MOST:
        return f"{MOST}+"
    return f"+{low}" if low > 0 else f"−{-low}" if low < 0 else "0"


def heat_map(*, title: str, heads: Sequence[Head], rows: Sequence[HeatRow], size: str = "low") -> SafeString:
    """Names stand still on the left while the cells scroll sideways in their own box; ``size`` is one of HEIGHTS."""
    tall = HEIGHTS[size]
    height, width = HEAD + len(rows) * (tall + SPACE), len(heads) * (WIDTH + GAP)
    names = "".join(_label(row) for row in rows)
    cells = "".join(_cell(cell, number, tall) for number, row in enumerate(rows) for cell in row.cells)
    return mark_safe(
        f'<div class="heat {size}" data-heat><div class="heat-names" aria-hidden="true">{names}</div>'
        f'<svg class="heat-cells" role="group" aria-label="{escape(title)}" '
        f'width="{width}" height="{height}">{_PATTERN}{_bands(heads, height)}{_heads(heads)}{cells}</svg></div>'
    )


def heat_table(*, caption: str, corner: str, heads: Sequence[Head], rows: Iterable[HeatRow]) -> SafeString:
    """The same numbers as a table."""
    top = "".join(f'<th scope="col">{escape(head.words)}</th>' for head in heads)
    lines = []
    for row in rows:
        by_column = {cell.column: signed(cell.low) for cell in row.cells}
        cells = "".join(f"<td>{by_column.get(column, '')}" for column in range(len(heads)))
        lines.append(f'<tr><th scope="row">{escape(row.label)}</th>{cells}')
    return mark_safe(
        f'<table class="table heat-table"><caption class="visually-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{top}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )


_PATTERN = (
    '<defs><pattern id="heat-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="gap-base" width="6" height="6"/><rect class="gap-line" width="2" height="6"/></pattern></defs>'
)


def _bands(heads: Sequence[Head], height: int) -> str:
    return "".join(
        f'<rect class="band" x="{column * (WIDTH + GAP)}" y="0" width="{WIDTH + GAP}" height="{height}"/>'
        for column, head in enumerate(heads)
        if head.band
    )


def _heads(heads: Sequence[Head]) -> str:
    return "".join(
        f'<text class="head" x="{column * (WIDTH + GAP) + WIDTH // 2}" y="14" aria-hidden="true">{escape(head.text)}'
        "</text>"
        for column, head in enumerate(heads)
    )


def _label(row: HeatRow) -> str:
    note = f"<span>{escape(row.note)}</span>" if row.note else ""
    start = '<p class="chosen">' if row.chosen else "<p>"
    return f"{start}<b>{escape(row.label)}</b>{note}</p>"


def _cell(cell: HeatCell, number: int, tall: int) -> str:
    x, y = cell.column * (WIDTH + GAP), HEAD + number * (tall + SPACE)
    tint = "gap" if cell.low < 0 else "tight" if cell.low == 0 else f"t{min(cell.low, 4)}"
    marks = "".join(f" {name}" for name in ("today", "chosen") if getattr(cell, name))
    foot = (
        f'<rect class="foot" x="{x}" y="{y + tall - 4}" width="{WIDTH}" height="3" rx="1.5"/>' if not cell.low else ""
    )
    inside = (
        f'<rect x="{x + 0.5}" y="{y}" width="{WIDTH - 1}" height="{tall - 1}" rx="4"/>{foot}'
        f'<text x="{x + WIDTH // 2}" y="{y + tall // 2 + 4}">{signed(cell.low)}</text>'
    )
    current = ' aria-current="date"' if cell.chosen else ""
    if not cell.href:
        return f'<g class="{tint}{marks}"><title>{escape(cell.words)}</title>{inside}</g>'
    return (
        f'<a class="{tint}{marks}" href="{escape(cell.href)}" data-stop data-x="{cell.column}" data-y="{number}"'
        f'{current} aria-label="{escape(cell.words)}">{inside}</a>'
    )
