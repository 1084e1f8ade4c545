"""A strip of steps: how many people from hour to hour. Positions are percentages, so that the text never shrinks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

HEIGHT, BASE, TOP = 100, 76, 22
HATCH = (
    '<defs><pattern id="strip-missing" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="hatch" width="2.5" height="6"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Step:
    """A level held from ``start`` to ``end``, both in minutes after the strip's beginning."""

    start: int
    end: int
    level: int


def strip(
    *,
    title: str,
    length: int,
    after: Sequence[Step],
    before: Sequence[Step],
    asked: Sequence[tuple[int, int]],
    hours: Sequence[tuple[int, str]],
    midnights: Sequence[int] = (),
    required: Sequence[Step] = (),
    need: str = "{0}",
    ceiling: bool = False,
    shown: Callable[[int], str] = str,
) -> SafeString:
    """Ink line after, dotted line before where it differs, black bar for the time asked. ``length`` in minutes.

    ``required``: a brick line, its number in the words of ``need``, and hatch where fewer are there than that (with
    ``ceiling``: more). ``shown`` writes a level.
    """
    peak = max((step.level for step in (*after, *before, *required)), default=0) or 1
    drawing = _Drawing(length, peak, ceiling, shown)
    parts = [f'<svg class="strip" role="img" width="100%" height="{HEIGHT}"><title>{escape(title)}</title>']
    parts += [drawing.area(step) for step in after if step.level]
    parts += [drawing.vertical("midnight", minute, 6, BASE) for minute in midnights]
    parts += drawing.missing(after, required)
    parts += drawing.required(after, required, need)
    parts += drawing.steps("before", [step for step in before if not _same(step, after)])
    parts += drawing.steps("after", after)
    for step in after:
        if (step.end - step.start) * 100 >= length * 3:
            parts.append(
                drawing.number(step, crowded=bool(before and not _same(step, before)) or drawing.lacks(step, required))
            )
    parts.append(f'<line class="axis" x1="0" x2="100%" y1="{BASE}" y2="{BASE}"/>')
    parts += [drawing.bar(start, end) for start, end in asked]
    parts += [drawing.hour(minute, label) for minute, label in hours]
    parts.append("</svg>")
    return mark_safe("".join(parts))


def _same(step: Step, others: Sequence[Step]) -> bool:
    return any(other.start <= step.start and step.end <= other.end and other.level == step.level for other in others)


class _Drawing:
    """Where minutes and levels lie on the strip."""

    def __init__(self, length: int, peak: int, ceiling: bool, shown: Callable[[int], str]):
        self.length, self.peak, self.ceiling, self.shown = length, peak, ceiling, shown

    def breaks(self, step: Step, need: Step) -> bool:
        return step.level > need.level if self.ceiling else step.level < need.level

    def lacks(self, step: Step, required: Sequence[Step]) -> bool:
        return any(need.start < step.end and step.start < need.end and self.breaks(step, need) for need in required)

    def x(self, minute: int) -> str:
        return f"{minute * 100 / self.length:.2f}%"

    def y(self, level: int) -> float:
        return round(BASE - (BASE - TOP) * level / self.peak, 1)

    def area(self, step: Step) -> str:
        width = f"{(step.end - step.start) * 100 / self.length:.2f}%"
        y = self.y(step.level)
        return f'<rect class="area" x="{self.x(step.start)}" y="{y}" width="{width}" height="{BASE - y:.1f}"/>'

    def missing(self, after: Sequence[Step], required: Sequence[Step]) -> list[str]:
        """Hatch between what there is and what is required."""
        found = [HATCH] if required else []
        for step in after:
            for need in required:
                start, end = max(step.start, need.start), min(step.end, need.end)
                if start < end and self.breaks(step, need):
                    x, width = self.x(start), f"{(end - start) * 100 / self.length:.2f}%"
                    top, bottom = sorted((self.y(need.level), self.y(step.level)))
                    height = bottom - top
                    found.append(f'<rect class="missing" x="{x}" y="{top}" width="{width}" height="{height:.1f}"/>')
        return found

    def required(self, after: Sequence[Step], required: Sequence[Step], words: str) -> list[str]:
        """The line of what is required, named at its end, and where the shortage is if that is another number."""
        if not required:
            return []
        last = required[-1]
        lacking = [
            step for step in required if step.level != last.level and any(self.lacks(one, [step]) for one in after)
        ]
        labels = [self._need(step, words, step.end, above=True) for step in lacking[-1:]]
        above = self.y(last.level) + 16 > BASE
        labels.append(self._need(last, words, self._clear(last, after) if above else last.end, above=above))
        return [*self.steps("need", required), *labels]

    def _clear(self, need: Step, after: Sequence[Step]) -> int:
        """Where words above the line may end: below the last level that stands high over it for long enough."""
        rooms = [(max(step.start, need.start), min(step.end, need.end), self.y(step.level)) for step in after]
        high = [end for start, end, y in rooms if end - start >= self.length // 8 and y <= self.y(need.level) - 30]
        return high[-1] if high else need.end

    def _need(self, step: Step, words: str, end: int, *, above: bool) -> str:
        y = self.y(step.level) + (-6 if above else 14)
        return f'<text class="need" x="{self.x(end)}" y="{y}">{escape(words.format(self.shown(step.level)))}</text>'

    def steps(self, css: str, steps: Sequence[Step]) -> list[str]:
        """Levels, and the risers between neighbours that touch."""
        lines = [
            f'<line class="{css}" x1="{self.x(step.start)}" x2="{self.x(step.end)}" '
            f'y1="{self.y(step.level)}" y2="{self.y(step.level)}"/>'
            for step in steps
        ]
        for left, right in pairwise(steps):
            if left.end == right.start:
                lines.append(self.vertical(css, left.end, self.y(left.level), self.y(right.level)))
        return lines

    def vertical(self, css: str, minute: int, top: float, bottom: float) -> str:
        return f'<line class="{css}" x1="{self.x(minute)}" x2="{self.x(minute)}" y1="{top}" y2="{bottom}"/>'

    def number(self, step: Step, *, crowded: bool) -> str:
        """The level above its line; below it where the dotted line runs close above and there is room."""
        middle, line = (step.start + step.end) // 2, self.y(step.level)
        y = line + 16 if crowded and line + 18 < BASE else line - 6
        return f'<text class="level" x="{self.x(middle)}" y="{y}">{escape(self.shown(step.level))}</text>'

    def bar(self, start: int, end: int) -> str:
        width = f"{(end - start) * 100 / self.length:.2f}%"
        return f'<rect class="asked" x="{self.x(start)}" y="{BASE - 1}" width="{width}" height="4"/>'

    def hour(self, minute: int, label: str) -> str:
        edge = "first" if not minute else "last" if minute >= self.length else "inner"
        return f'<text class="hour {edge}" x="{self.x(minute)}" y="{BASE + 18}">{escape(label)}</text>'
