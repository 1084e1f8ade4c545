"""What is kept on a person: what it is (tables), how it is handed over (archive), how long it stays (retention)."""

from . import accounts, people
from .keeping import KEPT

TABLES = (*people.TABLES, *accounts.TABLES)
IMPERSONAL = people.IMPERSONAL | accounts.IMPERSONAL

__all__ = ["IMPERSONAL", "KEPT", "TABLES"]
