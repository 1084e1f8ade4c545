"""A heat map: margins written in cells, tinted by comfort. SVG for the eye and the keyboard, a table for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, GAP, HEAD = 24, 28, 1, 22
ROW = HEIGHT + 3
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
    """A line with its name and, under it, a note."""

    label: str
    note: str
    cells: Sequence[HeatCell]


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


def heat_map(*, title: str, heads: Sequence[Head], rows: Sequence[HeatRow], label_width: int) -> SafeString:
    """Names stand still on the left while the cells scroll sideways in their own box."""
    height, width = HEAD + len(rows) * ROW, len(heads) * (WIDTH + GAP)
    labels = "".join(_label(row, number) for number, row in enumerate(rows))
    cells = "".join(_cell(cell, number) for number, row in enumerate(rows) for cell in row.cells)
    return mark_safe(
        f'<div class="heat" data-heat><svg class="heat-names" aria-hidden="true" width="{label_width}" '
        f'height="{height}">{labels}</svg><svg class="heat-cells" role="group" aria-label="{escape(title)}" '
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


def _label(row: HeatRow, number: int) -> str:
    y = HEAD + number * ROW
    note = f'<text class="note" x="0" y="{y + 26}">{escape(row.note)}</text>' if row.note else ""
    return f'<text class="name" x="0" y="{y + (14 if row.note else 18)}">{escape(row.label)}</text>{note}'


def _cell(cell: HeatCell, number: int) -> str:
    x, y = cell.column * (WIDTH + GAP), HEAD + number * ROW
    tint = "gap" if cell.low < 0 else "tight" if cell.low == 0 else f"t{min(cell.low, 4)}"
    marks = "".join(f" {name}" for name in ("today", "chosen") if getattr(cell, name))
    foot = (
        f'<rect class="foot" x="{x}" y="{y + HEIGHT - 4}" width="{WIDTH}" height="3" rx="1.5"/>' if not cell.low else ""
    )
    inside = (
        f'<rect x="{x + 0.5}" y="{y}" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="4"/>{foot}'
        f'<text x="{x + WIDTH // 2}" y="{y + 18}">{signed(cell.low)}</text>'
    )
    current = ' aria-current="date"' if cell.chosen else ""
    if not cell.href:
        return f'<g class="{tint}{marks}"><title>{escape(cell.words)}</title>{inside}</g>'
    return (
        f'<a class="{tint}{marks}" href="{escape(cell.href)}" data-stop data-x="{cell.column}" data-y="{number}"'
        f'{current} aria-label="{escape(cell.words)}">{inside}</a>'
    )
