"""Long lists, a page at a time."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet
from pydantic import Field

from .schemas import Strict


class Paged(Strict):
    """Which page of a list: ``limit`` rows after the first ``offset``."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)

    def of(self, rows: Sequence) -> dict:
        """``count`` is the number of all matches, ``items`` those of the page."""
        return {"count": len(rows), "items": rows[self.offset : self.offset + self.limit]}

    def shaped(self, rows: QuerySet | Sequence, shape: Callable) -> dict:
        """The same with each row of the page in its shape; a page that holds the end of its list asks no count."""
        page = list(rows[self.offset : self.offset + self.limit])
        ends = len(page) < self.limit and (page or not self.offset)
        count = self.offset + len(page) if ends else rows.count() if isinstance(rows, QuerySet) else len(rows)
        return {"count": count, "items": [shape(row) for row in page]}


class Whole(Paged):
    """Lists that are short for most people: a page is as long as it may be, unless a shorter one is asked for."""

    limit: int = Field(500, ge=1, le=500)
