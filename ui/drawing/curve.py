"""How many people from hour to hour against what is required: steps, a dashed line, hatch for what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

HEIGHT, BASE, TOP = 120, 100, 24


@dataclass(frozen=True, slots=True)
class Stretch:
    """``count`` people from ``start`` to ``end`` (minutes after the beginning); ``limit``: required, or None."""

    start: int
    end: int
    count: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """``limit`` is "need {0}", ``gap`` is "{0} of {1}"."""

    title: str
    limit: str
    gap: str


def curve(
    stretches: Sequence[Stretch],
    *,
    words: Words,
    before: Sequence[Stretch] = (),
    at_most: bool = False,
    midnights: Sequence[int] = (),
) -> SafeString:
    """``at_most``: the limit is not to be exceeded. ``before`` is dotted, where a *what if* changes the numbers."""
    drawing = _Curve(stretches, before, words, at_most)
    parts = [
        f'<svg class="curve" role="img" width="100%" height="{HEIGHT - 14}"><title>{escape(words.title)}</title>',
        '<defs><pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="gap-line" width="2.5" height="6"/></pattern></defs>',
    ]
    parts += [drawing.gap(one) for one in stretches if drawing.broken(one)]
    parts += [drawing.box("area", one, drawing.y(one.count), BASE) for one in stretches if one.count]
    parts += [drawing.missing(one) for one in stretches if drawing.broken(one)]
    parts += [drawing.vertical("midnight", minute, 8, BASE) for minute in midnights]
    parts += drawing.limits()
    parts += drawing.steps("before", _whole(before, "count"), "count")
    parts += drawing.steps("after", _whole(stretches, "count"), "count")
    parts += drawing.numbers()
    parts.append(f'<line class="axis" x1="0" x2="100%" y1="{BASE}" y2="{BASE}"/></svg>')
    return mark_safe("".join(parts))


def hours(marks: Sequence[tuple[int, str]], length: int) -> SafeString:
    """The axis under a set of curves."""
    texts = "".join(
        f'<text class="hour {_edge(minute, length)}" x="{minute * 100 / length:.2f}%" y="14">{escape(label)}</text>'
        for minute, label in marks
    )
    return mark_safe(f'<svg class="curve-hours" aria-hidden="true" width="100%" height="18">{texts}</svg>')


def _edge(minute: int, length: int) -> str:
    return "first" if not minute else "last" if minute >= length else "inner"


def _whole(stretches: Sequence[Stretch], name: str) -> list[Stretch]:
    """Neighbours of the same number as one."""
    found: list[Stretch] = []
    for one in stretches:
        last = found[-1] if found else None
        if last and last.end == one.start and getattr(last, name) == getattr(one, name):
            found[-1] = Stretch(last.start, one.end, last.count, last.limit)
        else:
            found.append(one)
    return found


class _Curve:
    """Where minutes and people lie."""

    def __init__(self, stretches: Sequence[Stretch], before: Sequence[Stretch], words: Words, at_most: bool):
        self.stretches, self.words, self.at_most = stretches, words, at_most
        self.length = stretches[-1].end if stretches else 1
        self.peak = max([1, *(max(one.count, one.limit or 0) for one in (*stretches, *before))])

    def x(self, minute: int) -> str:
        return f"{minute * 100 / self.length:.2f}%"

    def y(self, count: int) -> float:
        return round(BASE - (BASE - TOP) * count / self.peak, 1)

    def broken(self, one: Stretch) -> bool:
        if one.limit is None:
            return False
        return one.count > one.limit if self.at_most else one.count < one.limit

    def box(self, css: str, one: Stretch, top: float, bottom: float) -> str:
        width = f"{(one.end - one.start) * 100 / self.length:.2f}%"
        return f'<rect class="{css}" x="{self.x(one.start)}" y="{top}" width="{width}" height="{bottom - top:.1f}"/>'

    def gap(self, one: Stretch) -> str:
        return self.box("shade", one, 4, BASE)

    def missing(self, one: Stretch) -> str:
        top, bottom = sorted((self.y(one.count), self.y(one.limit)))
        return self.box("missing", one, top, bottom)

    def vertical(self, css: str, minute: int, top: float, bottom: float) -> str:
        return f'<line class="{css}" x1="{self.x(minute)}" x2="{self.x(minute)}" y1="{top}" y2="{bottom}"/>'

    def steps(self, css: str, stretches: Sequence[Stretch], name: str) -> list[str]:
        lines = [
            f'<line class="{css}" x1="{self.x(one.start)}" x2="{self.x(one.end)}" '
            f'y1="{self.y(getattr(one, name))}" y2="{self.y(getattr(one, name))}"/>'
            for one in stretches
        ]
        for left, right in pairwise(stretches):
            if left.end == right.start:
                lines.append(self.vertical(css, left.end, self.y(getattr(left, name)), self.y(getattr(right, name))))
        return lines

    def limits(self) -> list[str]:
        """The dashed line of what is required, each level named where it begins."""
        held = _whole([one for one in self.stretches if one.limit is not None], "limit")
        named = [self._limit(one) for one in held if (one.end - one.start) * 100 >= self.length * 9]
        return self.steps("limit", held, "limit") + named

    def _limit(self, one: Stretch) -> str:
        """The words stand at the end where a gap stands at the beginning."""
        late = any(self.broken(piece) and piece.start - one.start < self.length // 8 for piece in self.stretches
                   if one.start <= piece.start < one.end)  # fmt: skip
        minute, shift, css = (one.end, -6, "limit-words last") if late else (one.start, 6, "limit-words")
        y = min(self.y(one.limit) + 14, BASE - 3)
        text = escape(self.words.limit.format(one.limit))
        return f'<text class="{css}" x="{self.x(minute)}" dx="{shift}" y="{y}">{text}</text>'

    def numbers(self) -> list[str]:
        parts = []
        for one in _whole(self.stretches, "count"):
            wrong = next((piece for piece in self.stretches if self.broken(piece) and _within(piece, one)), None)
            if wrong:
                parts.append(self._number("wrong", wrong, self.words.gap.format(wrong.count, wrong.limit), 15))
            elif (one.end - one.start) * 100 >= self.length * 3:
                parts.append(self._number("level", one, str(one.count), -6))
        return parts

    def _number(self, css: str, one: Stretch, text: str, lift: int) -> str:
        x, y = self.x((one.start + one.end) // 2), min(self.y(one.count) + lift, BASE - 3)
        return f'<text class="{css}" x="{x}" y="{y:.1f}">{escape(text)}</text>'


def _within(piece: Stretch, whole: Stretch) -> bool:
    return whole.start <= piece.start and piece.end <= whole.end
