"""The lines of a layer as a drawing: blocks of numbers on a grid of hours, and the same in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from telework.views.coverage.requirements.drafts import binding
from telework.views.coverage.requirements.rows import DAY, WEEK, Row, clock
from telework.views.coverage.requirements.sheet import WEEKLY, Section, Sheet
from telework.views.coverage.requirements.words import week_words
from telework.wording import language
from ui import words
from ui.drawing.weekgrid import HOURS, Block, Line, Words, week_grid

Window = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """The least and the most that a grid shows, for its tints."""

    least: float
    most: float

    def tint(self, value: float) -> int:
        if not value:
            return 0
        return 2 if self.most <= self.least else 1 + round(3 * (value - self.least) / (self.most - self.least))


def grid_of(sheet: Sheet, section: Section, *, title: str) -> SafeString:
    """The grid of a section: a line a weekday, or one line where its lines tell no weekdays apart."""
    lines = lines_of(section)
    binds = binding(sheet.kind)
    windows = [_windows(section, line if section.by_weekday else None) for line in range(len(lines))]
    extent = _extent(windows)
    blocks = [
        block for line, held in enumerate(windows) for block in _blocks(line, held, binds, extent, sheet.counts_people)
    ]
    if section.key == WEEKLY:
        blocks += [
            ghost
            for line in range(7)
            for ghost in _ghosts(line, windows[line - 1], windows[line], binds, sheet.counts_people)
        ]
    return week_grid(name=section.key, lines=lines, blocks=blocks, step=sheet.step, words=_words(title))


def heads_grid(name: str, spans: Iterable[tuple[int, int, int]], *, label: str, step: int) -> SafeString:
    """Computed heads, (start, end, heads), as one line under the same hours."""
    spans = list(spans)
    extent = _extent([[(start, end, heads) for start, end, heads in spans]])
    blocks = [Block(0, start, end, str(heads), extent.tint(heads)) for start, end, heads in _merged(spans)]
    return week_grid(name=name, lines=[Line(label, label)], blocks=blocks, step=step, words=_words(label), head=False)


def lines_of(section: Section) -> list[Line]:
    """The lines of the grid of a section, with their names."""
    lang = language()
    if section.by_weekday:
        return [
            Line(short, long, day > 4)
            for day, (short, long) in enumerate(zip(words.SHORT_WEEKDAYS[lang], words.WEEKDAYS[lang], strict=True))
        ]
    if section.key.startswith("d"):
        return [Line(_("these dates"), _("these dates"))]
    return [Line(_("holidays"), _("public holidays"))]


def said_rows(sheet: Sheet, section: Section) -> list[str]:
    """Each line in words: "every day, 22:00–06:00: 3"."""
    colon = pgettext("before a value", ":")
    told = []
    for row in section.rows:
        if row.value is None or not row.days or (sheet.by_the_minute and row.span is None):
            continue
        days = [week_words(row.days)] if section.by_weekday else []
        hours = [hours_of(row)] if sheet.by_the_minute else []
        told.append(f"{', '.join([*days, *hours])}{colon} {_text(row.value, sheet.counts_people)}".lstrip(f"{colon} "))
    return told


def hours_of(row: Row) -> str:
    start, end = row.span
    return _("round the clock") if (start, end) == (0, DAY) else f"{clock(start)}–{clock(end, end=True)}"


def _words(title: str) -> Words:
    return Words(title=title, nothing=_("nothing asked"), after=_("the day after"))


def _windows(section: Section, day: int | None) -> list[Window]:
    return [
        (*row.span, row.value)
        for row in section.rows
        if row.is_whole and (day is None or day in (row.days or WEEK))
    ]  # fmt: skip


def _extent(lines: Iterable[Sequence[Window]]) -> Extent:
    numbers = [value for windows in lines for _start, _end, value in windows if value] or [0]
    return Extent(min(numbers), max(numbers))


def _effective(windows: Sequence[Window], binds: Callable) -> list[Window]:
    """Pieces in which the same number binds; windows that overlap hold both."""
    edges = sorted({edge for start, end, _value in windows for edge in (start, end)})
    pieces = []
    for start, end in pairwise(edges):
        held = [value for first, last, value in windows if first <= start and end <= last]
        if held:
            pieces.append((start, end, binds(held)))
    return _merged(pieces)


def _merged(pieces: Iterable[Window]) -> list[Window]:
    found: list[Window] = []
    for start, end, value in pieces:
        if found and found[-1][1] == start and found[-1][2] == value:
            found[-1] = (found[-1][0], end, value)
        else:
            found.append((start, end, value))
    return found


def _blocks(line: int, windows: Sequence[Window], binds, extent: Extent, people: bool) -> Iterable[Block]:
    for start, end, value in _effective(windows, binds):
        yield Block(line, start, min(end, HOURS * 60), _text(value, people), extent.tint(value))


def _ghosts(line: int, before: Sequence[Window], own: Sequence[Window], binds, people: bool) -> Iterable[Block]:
    """What reaches into a morning from the day before, where the morning says nothing of its own."""
    covered = [(start, end) for start, end, _value in own]
    for start, end, value in _effective([(0, end - DAY, value) for _s, end, value in before if end > DAY], binds):
        for first, last in _left(start, end, covered):
            yield Block(line, first, last, _text(value, people), before=True)


def _left(start: int, end: int, covered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces = [(start, end)]
    for first, last in covered:
        pieces = [
            piece
            for begin, finish in pieces
            for piece in ((begin, min(finish, first)), (max(begin, last), finish))
            if piece[0] < piece[1]
        ]
    return pieces


def _text(value: float, people: bool) -> str:
    text = words.number(round(value, 3), language())
    return text if people else f"{text}\u202f%" if language() == "fr" else f"{text}%"
