"""Everything that is kept on a person, in one ZIP: all of it as JSON, each table as CSV, days as a calendar.

An account that is nobody’s has one, too: without days, with its sessions, keys and what was done about them.

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

from people.exports.cells import harmless
from people.models import Person

from .registry import Owner, Table, more_files, tables_of
from .rows import columns_of, plain, rows_of, told

PRODUCT = "Cent Jours"


def archive_of(owner: Owner, now: datetime) -> bytes:
    """The ZIP, its headings in the language of the moment. One query a table, and those of the other files."""
    packed = io.BytesIO()
    whole = [_text(_document(owner, {}, now)).removesuffix("}}"), "\n"]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(tables_of(owner)):
            sheet, document = _both(table, owner)
            archive.writestr(_entry(f"{table.name}.csv", now), sheet)
            whole += [",\n" if number else "", _text(table.name), ": ", document]
        for name, content in more_files(owner):
            archive.writestr(_entry(name, now), content)
        archive.writestr(_entry("my-data.json", now), "".join([*whole, "}}"]).encode())
    return packed.getvalue()


def document_of(owner: Owner, now: datetime) -> dict:
    """The same as one object, as the API gives it. One query a table."""
    return _document(owner, {table.name: _machine(table, rows_of(table, owner)) for table in tables_of(owner)}, now)


def file_name(owner: Owner, now: datetime) -> str:
    return f"cent-jours-{owner.uid if isinstance(owner, Person) else 'account'}-{now:%Y-%m-%d}.zip"


def _document(owner: Owner, kept: dict, now: datetime) -> dict:
    return {
        "product": PRODUCT,
        "made_at": plain(now),
        "person": _named(owner),
        "tables": kept,
    }


def _named(owner: Owner) -> dict[str, str | None]:
    """An account that is nobody’s has no reference; its address is its name."""
    if isinstance(owner, Person):
        return {"uid": str(owner.uid), "name": owner.name}
    return {"uid": None, "name": owner.email}


def _machine(table: Table, rows: Iterable[list]) -> dict:
    headings = {name: str(words) for name, words in table.told.items()}
    return {"title": str(table.title), "headings": headings, "rows": [_object(table, row) for row in rows]}


def _object(table: Table, row: list) -> dict:
    return dict(zip(table.told, map(plain, row), strict=True))


def _both(table: Table, owner: Owner) -> tuple[bytes, str]:
    """A table as a sheet and as JSON, in one reading that never holds all its rows.

    The sheet opens in any program: marked as UTF-8, with the separator of the language, no cell a formula.
    """
    columns, sheet, objects = columns_of(table), io.StringIO(), []
    write = csv.writer(sheet, delimiter=";" if get_language() == "fr" else ",")
    write.writerow([str(words) for words in table.told.values()])
    for row in rows_of(table, owner):
        write.writerow([_cell(told(column, value)) for column, value in zip(columns, row, strict=True)])
        objects.append(_text(_object(table, row)))
    document = _text(_machine(table, ())).removesuffix("]}")
    return sheet.getvalue().encode("utf-8-sig"), "".join([document, "\n", ",\n".join(objects), "]}"])


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return harmless(value) if isinstance(value, str) else value


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def contents(owner: Owner) -> Iterator[tuple[str, str]]:
    """What the archive holds, for the page: the name of each file, and what it tells."""
    yield "my-data.json", _("Everything below, for programs")
    for table in tables_of(owner):
        yield f"{table.name}.csv", str(table.title)
