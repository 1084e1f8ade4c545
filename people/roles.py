"""The table of ``roles.toml``, read once and checked: which role may do which operation on whom."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from people.models import MembershipRole, Role

TABLE = Path(__file__).with_name("roles.toml")
EMPLOYEE, MANAGER, DEPUTY = "employee", str(MembershipRole.MANAGER), str(MembershipRole.DEPUTY)
ROLES = (EMPLOYEE, MANAGER, DEPUTY, *Role.values)


class Circle(StrEnum):
    """How far somebody stands from the actor; every person and team is in exactly one circle for each role."""

    OWN = "own"
    OWN_TEAM = "own_team"
    OTHER_TEAM = "other_team"
    OTHER_ENTITY = "other_entity"


Row = Mapping[str, frozenset[Circle]]


@lru_cache(maxsize=1)
def role_table() -> Mapping[str, Row]:
    """Operation → role → circles."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def read_table(text: str) -> dict[str, Row]:
    """Read a table; ``ValueError`` names the operation, the role and the word that is not known."""
    return {operation: _read_row(operation, row) for operation, row in tomllib.loads(text).items()}


def _read_row(operation: str, row: dict) -> Row:
    if not row.get("does"):
        raise ValueError(f'roles.toml: {operation} does not say what it does; add a line does = "…".')
    return {role: _read_circles(operation, role, row[role]) for role in row if role != "does"}


def _read_circles(operation: str, role: str, circles: list[str]) -> frozenset[Circle]:
    if role not in ROLES:
        raise ValueError(f"roles.toml: {operation} names the role {role}; known are {', '.join(ROLES)}.")
    unknown = set(circles) - set(Circle)
    if unknown:
        raise ValueError(f"roles.toml: {operation}, {role}: unknown {sorted(unknown)}; known are {', '.join(Circle)}.")
    return frozenset(map(Circle, circles))


def circles(operation: str, role: str) -> frozenset[Circle]:
    """On whom ``role`` may do ``operation``; ``LookupError`` for an operation that has no row."""
    try:
        return role_table()[operation].get(role, frozenset())
    except KeyError as error:
        raise LookupError(f"No row for “{operation}” in people/roles.toml.") from error
