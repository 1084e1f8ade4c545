"""Long lists, a page at a time."""

from collections.abc import Sequence

from pydantic import Field

from .schemas import Strict


class Paged(Strict):
    """Which page of a list: ``limit`` rows after the first ``offset``."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)

    def of(self, rows: Sequence) -> dict:
        """``count`` is the number of all matches, ``items`` those of the page."""
        return {"count": len(rows), "items": rows[self.offset : self.offset + self.limit]}
