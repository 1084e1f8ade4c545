"""Rows by the hundred thousand into the database, without what ``bulk_create`` does for each of them."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from operator import attrgetter

from django.db import connection, models

PLAIN = (models.CharField, models.TextField, models.BooleanField, models.ForeignKey, models.PositiveIntegerField)
KILOBYTES = 150_000
SMALL = (models.PositiveSmallIntegerField, models.PositiveBigIntegerField)


def write(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, whose fields all hold values; their primary keys stay unknown.

    SQLite takes one prepared statement; other databases are written to by ``bulk_create``.
    """
    if not rows:
        return
    if connection.vendor != "sqlite":
        type(rows[0]).objects.bulk_create(rows, batch_size=2000)
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    table, names = rows[0]._meta.db_table, ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    values = [map(_adapter(field), map(attrgetter(field.attname), rows)) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(statement, zip(*values, strict=True))


@contextmanager
def much_memory() -> Iterator[None]:
    """A while in which SQLite holds whole indexes in memory: rows with random names touch every page of them."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{KILOBYTES}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _adapter(field: models.Field) -> Callable:
    """From a value in Python to what SQLite stores of it."""
    if type(field) in PLAIN + SMALL:
        return _same
    known = {models.UUIDField: _hex, models.DateField: _day, models.DateTimeField: _instant}
    if type(field) is models.JSONField:
        return partial(json.dumps, cls=field.encoder)
    return known.get(type(field)) or partial(field.get_db_prep_save, connection=connection)


def _same(value):
    return value


def _hex(value) -> str:
    return value.hex


def _day(value: date | None) -> str | None:
    return value and value.isoformat()


def _instant(value: datetime | None) -> str | None:
    return value and str(value.astimezone(UTC).replace(tzinfo=None))
