"""A date from midnight to midnight: bars on a line, the hours above it, and the line of now. SVG in percent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

LETTER = 0.72  # percent of a wide page that a letter takes
ROOM = 0.9  # percent left before a label


@dataclass(frozen=True, slots=True)
class DayBar:
    """From ``start`` to ``end``, as parts of the date; ``label`` stands inside where it has room, else ``letter``."""

    start: float
    end: float
    css: str
    letter: str
    label: str = ""


def bars(found: Iterable[DayBar]) -> SafeString:
    """One line of bars; the words beside it say the same."""
    parts = ['<svg class="daybars" aria-hidden="true" focusable="false">']
    for bar in found:
        x, width = max(bar.start, 0) * 100, (min(bar.end, 1) - max(bar.start, 0)) * 100
        parts.append(f'<rect class="{bar.css}" x="{x:.2f}%" width="{width:.2f}%" y="4" height="18" rx="4"/>')
        text = next((each for each in (bar.label, bar.letter) if each and _fits(each, width)), "")
        if text:
            parts.append(f'<text class="{bar.css}" x="{x + ROOM:.2f}%" y="17">{escape(text)}</text>')
    return mark_safe("".join(parts) + "</svg>")


def _fits(text: str, width: float) -> bool:
    return len(text) * LETTER + 2 * ROOM <= width


def hours(marks: Sequence[tuple[float, str]], now: tuple[float, str] | None) -> SafeString:
    """The hours above the lines, those that the hour of now would cover left out."""
    parts = ['<svg class="dayhours" aria-hidden="true" focusable="false">']
    for place, words in marks:
        if now and abs(place - now[0]) < 0.04:
            continue
        anchor = "start" if place == 0 else "end" if place == 1 else "middle"
        parts.append(f'<text x="{place * 100:.2f}%" y="12" text-anchor="{anchor}">{escape(words)}</text>')
    return mark_safe("".join(parts) + "</svg>")


def now_line(now: tuple[float, str]) -> SafeString:
    """The instant looked at, over all lines, with its hour at the head."""
    place = min(max(now[0], 0.03), 0.97) * 100
    return mark_safe(
        '<svg class="daynow" aria-hidden="true" focusable="false">'
        f'<line x1="{now[0] * 100:.2f}%" x2="{now[0] * 100:.2f}%" y1="18" y2="100%"/>'
        f'<svg x="{place:.2f}%" overflow="visible"><rect x="-24" y="0" width="48" height="18" rx="9"/>'
        f'<text x="0" y="13" text-anchor="middle">{escape(now[1])}</text></svg></svg>'
    )
