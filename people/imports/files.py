"""Bytes of a CSV, XLSX or ICS file → lines. Nothing outside the file is ever looked at: no address is fetched."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from people.imports.calendars import lines_of_calendar
from people.imports.faults import Unreadable
from people.imports.lines import LONGEST_CELL, MOST_LINES, Line, lines_of

MOST_BYTES = 1_000_000
MOST_UNPACKED = 30_000_000
MOST_COLUMNS = 60
Row = tuple[int, list[str]]


def read(content: bytes, *, zone: str) -> list[Line]:
    """The lines of a file, its kind told by its first bytes. ``Unreadable`` with the remedy."""
    if len(content) > MOST_BYTES:
        sentence = _("The file has %(size)s bytes; 1 MB is possible. Split it, by month for example.")
        raise Unreadable(sentence % {"size": len(content)})
    if not content.strip():
        raise Unreadable(_("The file is empty. It needs a line of column names, then a line for each entry."))
    if content.startswith(b"PK"):
        return lines_of(list(_sheet_rows(content)))
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(_("This is an old Excel or PDF file. Save it as .xlsx or .csv."))
    text = _text(content)
    if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
        return lines_of_calendar(text, zone)
    return lines_of(list(_csv_rows(text)))


def _text(content: bytes) -> str:
    """Text by its byte order mark, else UTF-8, else the encoding of Windows in Western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[1::2].count(0) * 4 > len(content):
        encodings = ["utf-16-le"]
    elif content[::2].count(0) * 4 > len(content):
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(_("The letters of this file cannot be read. Save it as “CSV UTF-8”."))
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        sentence = _("Line %(line)s: a NUL character, which no text holds. Save the file again as “CSV UTF-8”.")
        raise Unreadable(sentence % {"line": line}, value="NUL")
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    head = text.lstrip("\r\n").partition("\n")[0]
    if head.lower().startswith("sep="):
        text, separator = text.partition("\n")[2], head[4:5]
    else:
        separator = max(";\t,|", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator or ",", strict=True)
    try:
        for number, cells in enumerate(rows):
            if number > MOST_LINES + 1:
                raise Unreadable(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
            _check_width(cells, rows.line_num)
            yield rows.line_num, cells
    except csv.Error as bad:
        if "field limit" in str(bad):
            sentence = _("Line %(line)s: a cell is too long for a roster. Check what the file holds.")
            raise Unreadable(sentence % {"line": rows.line_num}) from bad
        sentence = _("Line %(line)s: a quotation mark is not closed, or stands inside a cell. Double it or remove it.")
        raise Unreadable(sentence % {"line": rows.line_num}) from bad


def _check_width(cells: list[str], line: int) -> None:
    if len(cells) > MOST_COLUMNS:
        sentence = _("Line %(line)s has %(count)s columns; %(most)s are possible. Check the separator.")
        raise Unreadable(sentence % {"line": line, "count": len(cells), "most": MOST_COLUMNS})
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            sentence = _("Line %(line)s: a cell of %(count)s characters; %(most)s are possible. Check the quotes.")
            raise Unreadable(sentence % {"line": line, "count": len(cell), "most": LONGEST_CELL}, value=cell[:40])


def _sheet_rows(content: bytes) -> Iterator[Row]:
    """The first sheet. What it would unpack to is known before anything is unpacked."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > MOST_UNPACKED:
            sentence = _("This sheet unpacks to %(size)s MB; 30 MB are possible. Save only the cells that are needed.")
            raise Unreadable(sentence % {"size": unpacked // 1_000_000})
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            yield from _cells(book.worksheets[0])
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception as bad:  # whatever a broken archive or sheet makes the library raise
        raise Unreadable(_("This Excel file cannot be opened. Save it again as .xlsx, or as .csv.")) from bad


def _cells(sheet) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_LINES + 1:
            raise Unreadable(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
        cells = [_written(cell, number) for cell in row]
        _check_width(cells, number)
        if number == 1 or any(cells):
            yield number, cells


def _written(cell, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        sentence = _("Line %(line)s, column %(column)s: a formula or an error (%(value)s). Paste the values instead.")
        words = {"line": line, "column": cell.column_letter, "value": str(value)[:40]}
        raise Unreadable(sentence % words, value=value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time() and "h" not in str(cell.number_format).lower()
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat() if isinstance(value, date) else value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
