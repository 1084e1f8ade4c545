"""Reads whose SQL is written once a process: on every request Django takes longer to write it than the database to run.

Nothing of an answer is kept, only the statement, so there is nothing to invalidate.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial, wraps
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

from people.rows import raw_rows

LONGEST = 50  # beyond so many keys the database has more to do than Django
STEP = 1000  # apart, so that a read that adds a day to a stand-in does not meet the next one
STAND_INS = {
    int: lambda number: 2**40 + number * STEP,
    date: lambda number: date(4000, 1, 1) + timedelta(days=number * STEP),
    str: lambda number: f"stand-in {number}",
    UUID: lambda number: UUID(int=2**100 + number),
}
Read = Callable[..., QuerySet]


def prepared(read: Read, *, raw: bool = False) -> Callable[..., list]:
    """``list(read(*values))`` by a statement that is kept for each number of values.

    ``read`` takes keys, dates, texts, uids and collections of them, and may only filter by them as they are: one that
    looks at them or changes them is refused when it first runs. It answers a queryset of objects or of
    ``values_list``; ``raw``: tuples as the driver gives them. Long collections and querysets go their usual way.
    """

    @wraps(read)
    def rows(*values) -> list:
        shape = tuple(map(_shape, values))
        if None in shape:
            return raw_rows(read(*values)) if raw else list(read(*values))
        return _statement(read, connections["default"].vendor, shape, raw).rows(values)

    return rows


prepared_raw = partial(prepared, raw=True)


def _shape(value) -> object:
    """What a statement depends on: the type of a value; for a collection, how many it holds of which type."""
    if isinstance(value, str | date | int | UUID):
        return _kind(value)
    if not isinstance(value, Collection) or len(value) > LONGEST:
        return None
    return (len(value), _kind(next(iter(value)))) if value else (0, int)


def _kind(value) -> type:
    return next(kind for kind in STAND_INS if isinstance(value, kind))


def _flat(values: Sequence) -> Iterator:
    for value in values:
        if isinstance(value, str | date | int | UUID):
            yield value
        else:
            yield from value


@lru_cache(maxsize=512)
def _statement(read: Read, vendor: str, shape: tuple, raw: bool) -> "Statement":
    return Statement(read, shape, raw)


class Statement:
    """The SQL of a read, where its values go, and how its rows become what the queryset would have answered."""

    def __init__(self, read: Read, shape: tuple, raw: bool):
        marks, number = [], 0
        for kind in shape:
            count, kind, many = (*kind, True) if isinstance(kind, tuple) else (1, kind, False)
            found = [STAND_INS[kind](number + place) for place in range(count)]
            marks.append(found if many else found[0])
            number += count
        queryset = read(*marks)
        self.db, self.compiler = queryset.db, queryset.query.get_compiler(queryset.db)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
            return
        self._place(params, [_adapted(mark, self.db) for mark in _flat(marks)], read)
        columns = [column for column, *_ in self.compiler.select]
        self.converters = {} if raw else self.compiler.get_converters(columns)
        self.make = {ModelIterable: self._objects, ValuesListIterable: _tuples, FlatValuesListIterable: _firsts}[
            queryset._iterable_class
        ]

    def _place(self, params: Sequence, marks: list, read: Read) -> None:
        known = {mark: number for number, mark in enumerate(marks)}
        self.places = [(known.get(param), param) for param in params]
        if known.keys() - {param for number, param in self.places if number is not None}:
            raise TypeError(f"{read.__module__}.{read.__qualname__} does not filter by its values as they are.")

    def rows(self, values: Sequence) -> list:
        if not self.sql:
            return []
        given = [_adapted(value, self.db) for value in _flat(values)]
        with connections[self.db].cursor() as cursor:
            cursor.execute(self.sql, [param if number is None else given[number] for number, param in self.places])
            found = cursor.fetchall()
        return list(self.make(self.compiler.apply_converters(found, self.converters) if self.converters else found))

    def _objects(self, rows) -> Iterator:
        """Objects with their relations and annotations, as ``ModelIterable`` makes them."""
        compiler = self.compiler
        model, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        start, end = fields[0], fields[-1] + 1
        names = [column.target.attname for column, *_ in compiler.select[start:end]]
        related = get_related_populators(compiler.klass_info, compiler.select, self.db)
        for row in rows:
            found = model.from_db(self.db, names, row[start:end])
            for populator in related:
                populator.populate(row, found)
            for name, place in compiler.annotation_col_map.items():
                setattr(found, name, row[place])
            yield found


def _tuples(rows) -> Iterator[tuple]:
    return map(tuple, rows)


def _firsts(rows) -> Iterator:
    return (row[0] for row in rows)


def _adapted(value, db: str):
    """A value as the driver takes it."""
    connection = connections[db]
    if isinstance(value, date) and not isinstance(value, datetime):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
