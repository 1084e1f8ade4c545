"""What was read, as a short text: an edit that comes too late is told instead of writing over somebody's work."""

import hashlib
from collections.abc import Iterable

from django.db.models import Model

from people.errors import Stale

LEFT_OUT = frozenset({"id", "calendar_version"})


def version_of(row: Model, *, also: Iterable[Model] = ()) -> str:
    """A fingerprint of what a row holds, and of rows that are shown and changed with it."""
    held = [[str(getattr(each, name)) for name in _columns(each)] for each in (row, *also)]
    return hashlib.sha256(repr(held).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def check_version(row: Model, version: str, *, also: Iterable[Model] = ()) -> None:
    """``Stale`` when ``version`` is given and the row holds something else by now."""
    present = version_of(row, also=also)
    if version and version != present:
        raise Stale(present)


def _columns(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if field.attname not in LEFT_OUT]
