"""Bytes of a CSV, XLSX or ICS file → lines. Nothing outside the file is ever looked at: no address is fetched."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.exports.cells import harmless
from people.imports.calendars import lines_of_calendar
from people.imports.faults import Unreadable
from people.imports.letters import check_letters, text_of, without_marks
from people.imports.lines import Line, lines_of
from people.imports.sheets import sheets_of
from people.imports.social_numbers import refuse_social_numbers
from people.imports.tables import MOST_LINES, Row, Table, check_width

MOST_BYTES = 1_000_000
MOST_PEOPLE_BYTES = 5_000_000
OLD = (b"\xd0\xcf\x11\xe0", b"%PDF")
_TOLD = re.compile(r"[\r\n]*sep=(.)?[^\r\n]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_TEXT = re.compile(r'="((?:[^"]|"")*)"')
PAGES = ("<html", "<!doctype", "<?xml", "<table")


def read(content: bytes, *, zone: str) -> list[Line]:
    """The lines of a roster, its kind told by its first bytes. ``Unreadable`` with the remedy."""
    _check_bytes(content, MOST_BYTES)
    if content.startswith(b"PK"):
        rows = [row for table in sheets_of(content, every=False) for row in table.rows]
    else:
        text = _text(content)
        if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
            return lines_of_calendar(text, zone)
        rows = list(_csv_rows(text))
    refuse_social_numbers(rows, rows[0][1] if rows else ())
    return lines_of(rows)


def read_tables(content: bytes) -> list[Table]:
    """The tables of a file about people: the sheets of an XLSX file, or the one of a CSV. ``Unreadable`` otherwise."""
    _check_bytes(content, MOST_PEOPLE_BYTES)
    if content.startswith(b"PK"):
        tables = sheets_of(content)
    else:
        text = _text(content)
        if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
            raise Unreadable(_("This is a calendar. Rosters read those; here, a CSV or XLSX file is needed."))
        tables = [Table("", [row for row in _csv_rows(text) if any(cell.strip() for cell in row[1])])]
    if not any(table.rows for table in tables):
        raise Unreadable(_("The file is empty. It needs a line of column names, then a line for each entry."))
    return tables


def _check_bytes(content: bytes, most: int) -> None:
    if len(content) > most:
        raise too_big(len(content), most)
    if not content.strip():
        raise Unreadable(_("The file is empty. It needs a line of column names, then a line for each entry."))
    if content.startswith(OLD):
        sentence = _("This is an old Excel file, one with a password, or a PDF. Save it as .xlsx or .csv, without one.")
        raise Unreadable(sentence)


def too_big(size: int, most: int) -> Unreadable:
    """The sentence for a file of more bytes than possible."""
    sentence = _("The file has %(size)s bytes; %(most)s MB is possible. Split it, by month for example.")
    return Unreadable(sentence % {"size": size, "most": most // 1_000_000})


def _text(content: bytes) -> str:
    text = text_of(content)
    if text.lstrip()[:9].lower().startswith(PAGES):
        raise Unreadable(
            _("This is a web page or XML under the name of a sheet. Open it and save it as .xlsx or .csv.")
        )
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    told = _TOLD.match(text)  # Excel does not count this line
    text, separator = (text[told.end() :], told[1]) if told else (text, _separator(text))
    number, rows = 0, csv.reader(io.StringIO(text, newline=""), delimiter=separator or ",", strict=True)
    try:
        for number, cells in enumerate(rows, start=1):  # as a spreadsheet counts: a cell of two lines is on one
            if number > MOST_LINES + 2:
                raise Unreadable(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
            while cells and not cells[-1].strip():
                cells.pop()
            check_width(cells, number)
            yield number, [_as_meant(cell, number) for cell in cells]
    except csv.Error as bad:
        if "field limit" in str(bad):
            sentence = _("Line %(line)s: a cell is too long for a roster. Check what the file holds.")
            raise Unreadable(sentence % {"line": number + 1}) from bad
        sentence = _("Line %(line)s: a quotation mark is not closed, or stands inside a cell. Double it or remove it.")
        raise Unreadable(sentence % {"line": number + 1}) from bad


def _as_meant(cell: str, line: int) -> str:
    """A cell without what keeps spreadsheets from computing it: ="00123", '00123, and the apostrophe of our files."""
    if found := _TEXT.fullmatch(cell.strip()):
        cell = found[1].replace('""', '"')
    elif cell.startswith("'") and (cell[1:2].isdigit() or harmless(cell[1:]) == cell):
        cell = cell[1:]
    check_letters(cell, line)
    return without_marks(cell)


def _separator(text: str) -> str:
    """What divides most of the first lines into the same number of cells: remarks and decimals hold commas, too."""
    lines = text[:20_000].splitlines()[:20]
    return max(";\t,|", key=lambda mark: _regularity(lines, mark))


def _regularity(lines: list[str], mark: str) -> int:
    """The commonest number of marks outside quotes in a line, times the lines that have it."""
    try:
        counts = Counter(len(cells) - 1 for cells in csv.reader(lines, delimiter=mark))
    except csv.Error:
        return 0
    return max((marks * times for marks, times in counts.items()), default=0)
