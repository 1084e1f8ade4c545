"""Rows of a declared table as plain values: for machines (JSON) and for people (CSV, in their language)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from people.models import Person

from .registry import Owner, Table

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A told column: its name in the export, the values that the database is asked for, and its words by code."""

    name: str
    asked: tuple[str, ...]
    words: Mapping | None = None


def rows_of(table: Table, owner: Owner) -> Iterator[list]:
    """The rows of ``owner`` in the order of ``columns_of``, read piece by piece. One query."""
    columns = columns_of(table)
    asked = [way for column in columns for way in column.asked]
    for values in table.rows(owner).values_list(*asked).iterator(chunk_size=AT_ONCE):
        left = iter(values)
        yield [_one([next(left) for _way in column.asked]) for column in columns]


def columns_of(table: Table) -> tuple[Column, ...]:
    """The told columns of a table. A person is told by name, any other row by its name, else by its uid."""
    return tuple(_column(table, way) for way in table.told)


def plain(value):
    """A value as JSON has it: days and instants in ISO 8601, decimal numbers as texts."""
    if isinstance(value, date | datetime | time | Decimal | UUID):
        return DjangoJSONEncoder().default(value)
    return value


def told(column: Column, value) -> object:
    """A value as a cell shows it: choices and yes or no in words."""
    if column.words and value in column.words:
        return str(column.words[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else plain(value)


def _one(values: Sequence) -> object:
    return values[0] if len(values) == 1 else " ".join(filter(None, values))


def _column(table: Table, way: str) -> Column:
    field = _field(table.rows_of, way.split("__"))
    related = field.related_model if field.is_relation else None
    if related is Person:
        return Column(way, (f"{way}__first_name", f"{way}__last_name"))
    if related is not None:
        names = {each.name for each in related._meta.concrete_fields}
        told_by = next(name for name in ("name", "title", "uid", "email", related._meta.pk.name) if name in names)
        return Column(way, (f"{way}__{told_by}",))
    return Column(way, (way,), table.words.get(way) or dict(field.flatchoices) or None)


def _field(model: type[Model], steps: Sequence[str]) -> Field:
    try:
        field = model._meta.get_field(steps[0])
    except FieldDoesNotExist as unknown:
        raise LookupError(f"{model._meta.label} has no column {steps[0]!r}; correct its personal_data.py.") from unknown
    return _field(field.related_model, steps[1:]) if len(steps) > 1 else field
