"""The sheets of an XLSX file as rows of text. What it would unpack to is known before anything is unpacked."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from people.imports.archives import weigh
from people.imports.faults import Unreadable
from people.imports.letters import check_letters, without_marks
from people.imports.tables import MOST_LINES, Row, Table, check_width

MOST_SHEETS = 12
LAST_ROW = 1_048_576
MOST_CELLS = 500_000  # in all sheets


def sheets_of(content: bytes, *, every: bool = True) -> list[Table]:
    """The visible sheets that hold something; only the first with ``every`` False. ``Unreadable`` with the remedy."""
    try:
        weigh(content)
        return list(_tables(content, every=every))
    except Unreadable:
        raise
    except Exception as bad:  # whatever a broken archive or sheet makes the libraries raise
        raise Unreadable(_("This Excel file cannot be opened. Save it again as .xlsx, or as .csv.")) from bad


def _tables(content: bytes, *, every: bool) -> Iterator[Table]:
    from openpyxl import load_workbook  # here: heavy, and seldom needed by a web server

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        counted = [0]
        for sheet in shown if every else shown[:1]:
            sheet.reset_dimensions()  # what a file announces about its size is not believed
            rows = list(_cells(sheet, counted))
            if rows or not every:
                yield Table(str(sheet.title)[:60], rows, since_1904=book.epoch.year == 1904)
    finally:
        book.close()


def _cells(sheet, counted: list[int]) -> Iterator[Row]:
    """Formulas and errors are passed on as they are written, for whoever reads the column to refuse."""
    held = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW:
            raise Unreadable(_("The sheet names a line after the last one that Excel has. Save it again as .xlsx."))
        counted[0] += max(sum(cell.value is not None for cell in row), len(row) // 3)  # an empty one costs, too
        if counted[0] > MOST_CELLS:
            sentence = _("The file has more than %(most)s cells. Save only the columns needed, or split it.")
            raise Unreadable(sentence % {"most": MOST_CELLS})
        if not row or not any(cell.value is not None for cell in row):
            continue
        cells = [_written(cell, number) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        held += 1
        if held > MOST_LINES + 25:
            raise Unreadable(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
        check_width(cells, number)
        yield number, cells


def _written(cell, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return str(value) if isinstance(value, str) else "="  # an array formula is an object
    if isinstance(value, str):
        check_letters(value, line)
        return without_marks(value).replace("\0", "")
    return _number_or_date(value, str(cell.number_format).lower())


def _number_or_date(value, shape: str) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        at_midnight = value.time() == time() and "h" not in shape
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat() if isinstance(value, date) else value.isoformat(timespec="minutes")
    if isinstance(value, (int, float)) and "%" in shape:
        return f"{round(value * 100, 6):g} %"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
