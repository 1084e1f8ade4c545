"""Rows as plain tuples, for reads of thousands of them: no model objects, no conversion of what nobody looks at."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast


def raw_rows(queryset: QuerySet) -> list[tuple]:
    """Rows of a ``values_list`` as the driver gives them, in one query (none when nothing can match)."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def as_text(field: str) -> Cast:
    """A column as the database writes it, so that instants and dates are read only where needed."""
    return Cast(field, TextField())


@lru_cache(maxsize=32768)
def read_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1024)
def read_decimal(text: str) -> Decimal:
    """A number with two decimals; SQLite drops those that are nought."""
    return Decimal(text).quantize(Decimal("0.01"))


def read_instant(text: str) -> datetime:
    """An instant as SQLite (no offset, UTC) or PostgreSQL (offset of the session) writes it; aware, in UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
