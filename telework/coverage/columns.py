"""Rows of a query as one NumPy table of whole numbers, converted by the database rather than row by row."""

from itertools import chain

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, Func, QuerySet

CHUNK = 5000  # rows at once: one by one costs more, all at once much memory
EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


class Minute(Func):
    """An instant as minutes since 1970 (UTC); seconds round up, see ``policies.coverage.windows.minute_of``."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(strftime('%%%%s', %(expressions)s) + 59) / 60", **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "CEIL(EXTRACT(EPOCH FROM %(expressions)s) / 60)::bigint"
        return self.as_sql(compiler, connection, template=template, **context)


class Ordinal(Func):
    """A date as Python's ordinal."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = f"strftime('%%%%s', %(expressions)s) / 86400 + {EPOCH_ORDINAL}"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = f"((%(expressions)s) - DATE '1970-01-01' + {EPOCH_ORDINAL})"
        return self.as_sql(compiler, connection, template=template, **context)


def table(queryset: QuerySet, width: int) -> np.ndarray:
    """int64 (rows, width) of a ``values_list`` of whole numbers. One query."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return np.zeros((0, width), dtype=np.int64)
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, params)
        chunks = [np.zeros(0, dtype=np.int64)]
        while rows := cursor.fetchmany(CHUNK):
            chunks.append(np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width))
    return np.concatenate(chunks).reshape(-1, width)
