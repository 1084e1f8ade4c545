"""A week as a grid of hours: numbers in blocks, cells over them to walk and to paint. A line goes on past midnight."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

HEIGHT, GAP, HEAD, HOURS = 32, 3, 22, 36
ROW, DAY = HEIGHT + GAP, 1440
WIDTHS = {60: 25, 30: 16, 15: 14}  # pixels of a cell, by its minutes
STEPS = tuple(WIDTHS)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid, as it is written beside it and as it is said."""

    label: str
    words: str
    band: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A number from ``start`` to ``end``, minutes after 00:00 of its line. ``before``: it belongs to the line above.

    ``tint`` is 1 to 4, darker for more; 0 is a number of none.
    """

    line: int
    start: int
    end: int
    text: str
    tint: int = 1
    before: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """``title`` names the grid, ``nothing`` a cell without a number, ``after`` the hours past midnight."""

    title: str
    nothing: str
    after: str


def week_grid(
    *, name: str, lines: Sequence[Line], blocks: Sequence[Block], step: int, words: Words, head: bool = True
) -> SafeString:
    """``name`` keeps the cells of several grids apart; ``step`` is the minutes of a cell, one of STEPS.

    Without ``head`` it goes on under another grid, whose hours stand above it.
    """
    drawing = _Grid(name, step, words, HEAD if head else 0)
    height, width = drawing.y(len(lines)), drawing.x(HOURS * 60)
    labels = "".join(
        f'<text x="0" y="{drawing.y(number) + 21}">{escape(line.label)}</text>' for number, line in enumerate(lines)
    )
    cells = "".join(drawing.row(line, number, blocks) for number, line in enumerate(lines))
    return mark_safe(
        f'<div class="week" data-week="{escape(name)}" data-step="{step}"><svg class="week-names" aria-hidden="true" '
        f'width="80" height="{height}">{labels}</svg><svg class="week-cells" role="grid" aria-multiselectable="true" '
        f'aria-label="{escape(words.title)}" width="{width}" height="{height}">'
        f"{drawing.ground(lines, height)}{''.join(drawing.block(block) for block in blocks)}{cells}</svg></div>"
    )


class _Grid:
    """Where minutes and lines lie."""

    def __init__(self, name: str, step: int, words: Words, top: int) -> None:
        self.name, self.step, self.words, self.top = escape(name), step, words, top
        self.cell = WIDTHS[step]

    def x(self, minute: int) -> float:
        return round(minute * self.cell / self.step, 1)

    def y(self, line: int) -> int:
        return self.top + line * ROW

    def ground(self, lines: Sequence[Line], height: int) -> str:
        """Empty cells, the hours above them, and the midnight after which it is the next day."""
        rows = "".join(
            f'<rect class="free{" band" if line.band else ""}" x="{self.x(start)}" y="{self.y(number)}" '
            f'width="{self.x(length) - 1}" height="{HEIGHT}" rx="4"/>'
            for number, line in enumerate(lines)
            for start, length in ((0, DAY), (DAY, (HOURS - 24) * 60))
        )
        ticks = "".join(
            f'<line class="tick" x1="{self.x(hour * 60)}" x2="{self.x(hour * 60)}" y1="{self.top}" '
            f'y2="{height - GAP}"/>'
            for hour in range(1, HOURS)
            if hour != 24
        )
        heads = "".join(
            f'<text class="head{" after" if hour > 23 else ""}" x="{self.x(hour * 60) + 1}" y="14" aria-hidden="true">'
            f"{hour % 24:02}</text>"
            for hour in range(HOURS if self.top else 0)
        )
        midnight = (
            f'<line class="midnight" x1="{self.x(DAY)}" x2="{self.x(DAY)}" y1="{4 if self.top else 0}" y2="{height}"/>'
        )
        return rows + ticks + heads + midnight

    def block(self, block: Block) -> str:
        x, end = self.x(block.start), self.x(min(block.end, HOURS * 60))
        css = "ghost" if block.before else f"own n{block.tint}"
        y, middle = self.y(block.line), round((x + end) / 2, 1)
        text = (
            f'<text x="{middle}" y="{y + 21}">{escape(block.text)}</text>' if end - x >= 2 + 7 * len(block.text) else ""
        )
        return (
            f'<g class="{css}" aria-hidden="true"><rect x="{x + 0.5}" y="{y + 0.5}" width="{max(end - x - 2, 1):.1f}" '
            f'height="{HEIGHT - 1}" rx="4"/>{text}</g>'
        )

    def row(self, line: Line, number: int, blocks: Sequence[Block]) -> str:
        held = [block for block in blocks if block.line == number]
        cells = "".join(self._cell(line, number, minute, held) for minute in range(0, HOURS * 60, self.step))
        return f'<g role="row" aria-label="{escape(line.words)}">{cells}</g>'

    def _cell(self, line: Line, number: int, minute: int, blocks: Sequence[Block]) -> str:
        texts = [block.text for block in blocks if block.start < minute + self.step and minute < block.end]
        clock = f"{minute % DAY // 60:02}:{minute % 60:02}"
        when = f"{line.words}, {self.words.after}" if minute >= DAY else line.words
        said = escape(f"{when}, {clock}, {' / '.join(texts) or self.words.nothing}")
        return (
            f'<rect class="cell" role="gridcell" tabindex="-1" id="cell-{self.name}-{number}-{minute}" data-stop '
            f'data-line="{number}" data-minute="{minute}" x="{self.x(minute)}" y="{self.y(number)}" '
            f'width="{self.cell}" height="{HEIGHT}" aria-label="{said}"/>'
        )
