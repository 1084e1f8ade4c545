"""Everything that is kept on a person, in one ZIP: all of it as JSON, each table as CSV, days as a calendar.

It is made in memory and handed over; no copy of it is ever written to a disk.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.models import Person

from .registry import Table, more_files, tables
from .rows import columns_of, plain, rows_of, told

FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
PRODUCT = "Cent Jours"


def archive_of(person: Person, now: datetime) -> bytes:
    """The ZIP, its headings in the language of the moment. One query a table, and those of the other files."""
    packed = io.BytesIO()
    kept = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables():
            rows = list(rows_of(table, person))
            kept[table.name] = _machine(table, rows)
            archive.writestr(_entry(f"{table.name}.csv", now), _sheet(table, rows))
        for name, content in more_files(person):
            archive.writestr(_entry(name, now), content)
        archive.writestr(_entry("my-data.json", now), _packed(_document(person, kept, now)))
    return packed.getvalue()


def document_of(person: Person, now: datetime) -> dict:
    """The same as one object, as the API gives it. One query a table."""
    return _document(person, {table.name: _machine(table, rows_of(table, person)) for table in tables()}, now)


def file_name(person: Person, now: datetime) -> str:
    return f"cent-jours-{person.uid}-{now:%Y-%m-%d}.zip"


def _document(person: Person, kept: dict, now: datetime) -> dict:
    return {
        "product": PRODUCT,
        "made_at": plain(now),
        "person": {"uid": str(person.uid), "name": person.name},
        "tables": kept,
    }


def _machine(table: Table, rows: Iterable[list]) -> dict:
    names = [column.name for column in columns_of(table)]
    return {
        "title": str(table.title),
        "headings": {name: str(words) for name, words in table.told.items()},
        "rows": [dict(zip(names, map(plain, row), strict=True)) for row in rows],
    }


def _sheet(table: Table, rows: Iterable[list]) -> bytes:
    """A sheet that opens in any spreadsheet: marked as UTF-8, with the separator of the language, no cell a formula."""
    columns = columns_of(table)
    sheet = io.StringIO()
    write = csv.writer(sheet, delimiter=";" if get_language() == "fr" else ",")
    write.writerow([str(words) for words in table.told.values()])
    write.writerows([_cell(told(column, value)) for column, value in zip(columns, row, strict=True)] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _packed(document: dict) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def contents() -> Iterator[tuple[str, str]]:
    """What the archive holds, for the page: the name of each file, and what it tells."""
    yield "my-data.json", _("Everything below, for programs")
    for table in tables():
        yield f"{table.name}.csv", str(table.title)
