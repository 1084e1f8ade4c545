"""A table as a file holds it: numbered rows of text, before anybody has said what its columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable

MOST_LINES = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 200
Row = tuple[int, list[str]]


@dataclass(slots=True)
class Table:
    """One sheet, or the whole of a CSV file. ``since_1904``: its day numbers count from 1904, as on old Macintoshes."""

    name: str
    rows: list[Row]
    since_1904: bool = False


def check_width(cells: Iterable[str], line: int) -> None:
    """``Unreadable`` for more columns than possible, or a cell that is none."""
    cells = list(cells)
    if len(cells) > MOST_COLUMNS:
        sentence = _("Line %(line)s has %(count)s columns; %(most)s are possible. Check the separator.")
        raise Unreadable(sentence % {"line": line, "count": len(cells), "most": MOST_COLUMNS})
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            sentence = _("Line %(line)s: a cell of %(count)s characters; %(most)s are possible. Check the quotes.")
            raise Unreadable(sentence % {"line": line, "count": len(cell), "most": LONGEST_CELL}, value=cell[:40])
