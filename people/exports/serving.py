"""A file on its way: written row by row, with the same memory for ten rows and two million; and kept in the audit."""

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.exports.cells import Value, as_json, as_text, one_line
from people.exports.kinds import Ask, Kind
from people.models import What
from people.reads import record_read

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
AT_ONCE = 500
MOST_XLSX = 200_000
MOST_ROWS = 2_500_000
WIDEST_CELL = 32_767  # what a cell of Excel holds


def exported(kind: Kind, form: str, ask: Ask, *, now: datetime) -> HttpResponseBase:
    """The file of a kind in one of ``FORMATS``; ``BadFact`` for one that would be too large. Kept who took what out.

    Those whose rows are in it read it among who opened their data.
    """
    if form not in FORMATS:
        sentence = _("“%(value)s” is no format. Choose one of: %(known)s.")
        raise BadFact("format", form, sentence % {"value": form[:20], "known": ", ".join(FORMATS)})
    rows = kind.rows(ask)
    most = MOST_XLSX if form == "xlsx" else MOST_ROWS
    if rows.count > most:
        sentence = _("%(count)s rows are too many for this format; %(most)s at most. Take a shorter period, or CSV.")
        raise BadFact("last", ask.last, sentence % {"count": rows.count, "most": most})
    _keep(kind, form, ask, rows, now)
    language = "fr" if (get_language() or "fr").startswith("fr") else "en"
    if form == "xlsx":
        response = FileResponse(_sheet(kind, rows.values), content_type=FORMATS[form])
    else:
        write = _csv if form == "csv" else _json
        response = StreamingHttpResponse(write(kind, rows.values, language), content_type=FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{filename(kind, form, ask)}"'
    return response


def filename(kind: Kind, form: str, ask: Ask) -> str:
    """Kind and days, in ASCII: people-2026-06-03.csv, shifts-2026-06-01-2026-06-30.xlsx."""
    days = f"{ask.first.isoformat()}-{ask.last.isoformat()}" if kind.dated else ask.today.isoformat()
    return f"{kind.code}-{days}.{form}"


@transaction.atomic
def _keep(kind: Kind, form: str, ask: Ask, rows, now: datetime) -> None:
    period = {"first": ask.first.isoformat(), "last": ask.last.isoformat()} if kind.dated else {}
    team = {"team": str(ask.team.uid)} if ask.team else {}
    record(ask.actor, "export.made", ask.actor, now, kind=kind.code, format=form, rows=rows.count, **period, **team)
    record_read(ask.actor, rows.people, What.EXPORT, now)


def _csv(kind: Kind, rows: Iterable[Sequence[Value]], language: str) -> Iterator[bytes]:
    """With a byte order mark, for spreadsheets; semicolons where the comma is the decimal sign."""
    lines: list[str] = []
    table = csv.writer(_Lines(lines), delimiter=";" if language == "fr" else ",")
    yield b"\xef\xbb\xbf"
    table.writerow([str(words) for _code, words in kind.columns])
    for number, row in enumerate(rows, start=1):
        table.writerow([as_text(value, language) for value in row])
        if number % AT_ONCE == 0:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def _json(kind: Kind, rows: Iterable[Sequence[Value]], language: str) -> Iterator[bytes]:
    """One object: the kind, and its rows as objects named by the codes of the columns."""
    codes = [code for code, _words in kind.columns]
    yield f'{{"kind": {json.dumps(kind.code)}, "rows": ['.encode()
    waiting = []
    for number, row in enumerate(rows):
        named = dict(zip(codes, map(as_json, row), strict=True))
        waiting.append((",\n" if number else "\n") + json.dumps(named, ensure_ascii=False))
        if len(waiting) == AT_ONCE:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting.clear()
    yield "".join(waiting).encode("utf-8", "replace")
    yield b"\n]}\n"


def _sheet(kind: Kind, rows: Iterable[Sequence[Value]]):
    """A workbook written to a temporary file row by row, at its beginning again."""
    from openpyxl import Workbook  # here: heavy, and seldom needed by a web process

    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.code[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, str(words)) for _code, words in kind.columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the response)
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, value: Value):
    """Numbers and days as such; a text always as a text, whatever it begins with, as an apostrophe in Excel does."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if value is None or not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    text = one_line(value)[:WIDEST_CELL]
    if text[:1] not in _WATCHED:
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


_WATCHED = frozenset("=+-@#＝＋－＠")


class _Lines:
    """What csv.writer writes to: a list of lines."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
