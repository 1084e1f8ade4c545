"""How many people from hour to hour against what is required: steps, a dashed line, hatch for what is missing.

Its width is the page's, which is not known here: words that have room on a desktop only are of the class ``roomy``, and
those that would cover others are left out. All of it stands in the sentences above and the table below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ui.drawing.labels import LETTER, LINE, NARROW, ROOMY, WIDE, Label, placed

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
    parts += drawing.limit_steps()
    parts += drawing.steps("before", _whole(before, "count"), "count")
    parts += drawing.steps("after", _whole(stretches, "count"), "count")
    parts += drawing.labels()
    parts.append(f'<line class="axis" x1="0" x2="100%" y1="{BASE}" y2="{BASE}"/></svg>')
    return mark_safe("".join(parts))


def hours(marks: Sequence[tuple[int, str]], length: int) -> SafeString:
    """The axis under a set of curves; every second mark is for wide pages, the last always shown."""
    texts = "".join(
        f'<text class="hour {_edge(minute, length)}{" " + ROOMY if number % 2 and minute < length else ""}" '
        f'x="{minute * 100 / length:.2f}%" y="14">{escape(label)}</text>'
        for number, (minute, label) in enumerate(marks)
    )
    return mark_safe(f'<svg class="curve-hours" aria-hidden="true" width="100%" height="18">{texts}</svg>')


def _edge(minute: int, length: int) -> str:
    return "first" if not minute else "last" if minute >= length else "inner"


def _whole(stretches: Sequence[Stretch], *names: str) -> list[Stretch]:
    """Neighbours of the same numbers as one."""
    found: list[Stretch] = []
    for one in stretches:
        last = found[-1] if found else None
        if last and last.end == one.start and all(getattr(last, name) == getattr(one, name) for name in names):
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

    def x(self, minute: float) -> str:
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

    def limit_steps(self) -> list[str]:
        """The dashed line of what is required."""
        return self.steps("limit", self._limits(), "limit")

    def _limits(self) -> list[Stretch]:
        return _whole([one for one in self.stretches if one.limit is not None], "limit")

    def labels(self) -> list[str]:
        """Gaps, then what is required, then the numbers of the steps, as far as none covers another."""
        found = (*self._gaps(), *self._limit_words(), *self._counts())
        return [self._text(one, roomy) for one, roomy in placed(found, self.length)]

    def _text(self, one: Label, roomy: bool) -> str:
        return (
            f'<text class="{one.css} {one.anchor}{" " + ROOMY if roomy else ""}" x="{self.x(one.x)}" '
            f'y="{one.y:.1f}">{escape(one.text)}</text>'
        )

    def _gaps(self) -> list[Label]:
        """Under the step that falls short where there is room, else above the line; over it where too many are away."""
        found = []
        for one in _whole([piece for piece in self.stretches if self.broken(piece)], "count", "limit"):
            low = self.y(one.count)
            under = not self.at_most and BASE - low >= LINE + 4
            y = low + LINE + 2 if under else min(low, self.y(one.limit)) - 6
            text = self.words.gap.format(one.count, one.limit)
            minute, anchor = self._middle(one, text)
            found.append(Label("wrong", text, minute, y, self.length, 0, anchor))
        return found

    def _middle(self, one: Stretch, text: str) -> tuple[float, str]:
        """The middle of a stretch, or the edge of the drawing where the text would go over it on a phone."""
        half = len(text) * LETTER / 2 * self.length / NARROW
        middle = (one.start + one.end) / 2
        if middle < half:
            return 0, "start"
        return (self.length, "end") if middle > self.length - half else (middle, "middle")

    def _limit_words(self) -> list[Label]:
        """Each level of what is required, named where it first holds for long; a gap names its own in its numbers."""
        inset = 6 * self.length / WIDE
        kept = [one for one in self.stretches if one.limit is not None and not self.broken(one)]
        found = []
        for level in self._limits():
            pieces = [one for one in _whole(kept, "limit") if _within(one, level)]
            if pieces:
                one = max(pieces, key=lambda piece: piece.end - piece.start)
                y = min(self.y(one.limit) + 14, BASE - 3)
                text = self.words.limit.format(one.limit)
                found.append(Label("limit-words", text, one.start + inset, y, one.end - one.start, 1, "start"))
        return found

    def _counts(self) -> list[Label]:
        fine = [one for one in _whole(self.stretches, "count") if not any(
            self.broken(piece) and _within(piece, one) for piece in self.stretches)]  # fmt: skip
        return [
            Label("level", str(one.count), (one.start + one.end) / 2, self.y(one.count) - 6, one.end - one.start, 2)
            for one in fine
        ]


def _within(piece: Stretch, whole: Stretch) -> bool:
    return whole.start <= piece.start and piece.end <= whole.end
