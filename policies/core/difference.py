"""Two agreements side by side: what both say alike, what one narrows or widens, what only one of them says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .document import Agreement, Clause, Dated
from .rules import BY_KIND, RULES


class Change(StrEnum):
    """What became of a rule on the way from the first document (the base, the older) to the second."""

    SAME = "same"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Side:
    """A rule as one of the two documents has it on the day compared."""

    clause: Clause
    value: Dated | None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in both documents; a side is None where that document does not have it."""

    kind: str
    name: str
    first: Side | None
    second: Side | None
    change: Change


# Where a smaller number leaves people fewer days, or less time to choose them; elsewhere it is a larger one that does.
_LESS_IS_NARROWER = frozenset({"horizon", "consecutive_days", "allowance_per_day", "allowance", "abroad", "carry_over"})
_MORE_IS_NARROWER = frozenset({"notice", "seniority", "minimum_on_site", "minimum_team_on_site", "minimum_rate"})


_AMOUNTS = frozenset({"limit", "months", "amount", "most", "least", "percent"})


def compare(first: Agreement, second: Agreement, on: tuple[date, date]) -> tuple[Row, ...]:
    """Every rule of two documents, in the order of the registry, each with its values on its day of ``on``."""
    ours, theirs = _sides(first, on[0]), _sides(second, on[1])
    order = {rule.kind: place for place, rule in enumerate(RULES)}
    keys = sorted({**ours, **theirs}, key=lambda key: (order[key[0]], key[1], *map(str, key[2:])))
    return tuple(_row(key, ours.get(key), theirs.get(key)) for key in keys)


def readings_apart(first: Agreement, second: Agreement) -> tuple[tuple[str, str, str], ...]:
    """The readings on which two documents differ, as (name, choice of the first, of the second); "" where none."""
    names = dict.fromkeys([*first.readings, *second.readings])
    pairs = [(name, _choice(first, name), _choice(second, name)) for name in names]
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _choice(agreement: Agreement, name: str) -> str:
    return agreement.readings[name].choice if name in agreement.readings else ""


def _sides(agreement: Agreement, day: date) -> dict[tuple, Side]:
    day = max(day, agreement.in_force)
    return {_identity(clause): Side(clause, clause.on(day)) for clause in agreement.rules}


def _identity(clause: Clause) -> tuple:
    """What tells a rule from the others of its document: for whom, under which forms and on which days it holds."""
    return clause.kind, clause.name, clause.population, tuple(sorted(clause.forms)), clause.times


def _row(key: tuple, first: Side | None, second: Side | None) -> Row:
    return Row(key[0], key[1], first, second, _change(key[0], first, second))


def _change(kind: str, first: Side | None, second: Side | None) -> Change:
    if first is None or second is None:
        return Change.ADDED if first is None else Change.REMOVED
    before, after = _given(kind, first), _given(kind, second)
    if before == after:
        return Change.SAME
    apart = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return _direction(kind, apart[0], before, after) if len(apart) == 1 else Change.CHANGED


def _given(kind: str, side: Side) -> Mapping[str, object]:
    """What the document writes under the rule, without what the engine makes of it."""
    if side.value is None or not side.value.applies:
        return {}
    return {key: side.value.params.get(key) for key in BY_KIND[kind].params}


def _direction(kind: str, key: str, before: Mapping[str, object], after: Mapping[str, object]) -> Change:
    """Narrowed or widened, where one number tells it."""
    old, new = before.get(key), after.get(key)
    numbers = all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in (old, new))
    if not numbers or key not in _AMOUNTS:
        return Change.CHANGED
    if kind in _LESS_IS_NARROWER or kind.endswith("cap") or key == "most":
        return Change.NARROWED if new < old else Change.WIDENED
    if kind in _MORE_IS_NARROWER or key == "least":
        return Change.NARROWED if new > old else Change.WIDENED
    return Change.CHANGED
