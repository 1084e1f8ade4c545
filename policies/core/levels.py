"""A text under another: what the upper one fills where the lower is silent, and what it does not admit."""

from collections.abc import Mapping
from dataclasses import replace

from .bounding import BOUND, beyond
from .clauses import read_rules
from .document import Agreement, Clause
from .faults import AgreementError, Fault
from .rules import BY_KIND
from .schema import Reader


def completed(lower: Agreement, upper: Agreement) -> Agreement:
    """The lower text with those rules of the upper one on which it is silent, and its readings where it has none.

    Only binding and default rules come down; each keeps its article, followed by the title of its text."""
    own = {_key(clause) for clause in lower.rules if clause.is_applied}
    order = {kind: place for place, kind in enumerate(BY_KIND)}
    filled = [
        replace(clause, article=_quoted(clause, upper), line=0)
        for clause in upper.rules
        if clause.force in ("binding", "default") and clause.kind != BOUND and _key(clause) not in own
    ]
    rules = sorted([*lower.rules, *filled], key=lambda clause: order[clause.kind])
    readings = {**upper.readings, **lower.readings}
    return replace(lower, rules=tuple(rules), readings=readings, upper=upper, cache={})


def _key(clause: Clause) -> tuple[str, str]:
    return clause.kind, clause.name if BY_KIND[clause.kind].several else ""


def _quoted(clause: Clause, upper: Agreement) -> str:
    return ", ".join(filter(None, [clause.article, str(upper.title)]))


def outside_bounds(lower: Agreement, upper: Agreement) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """The rules of the lower text outside the upper's bounds: those against a binding one, those advised against."""
    found = beyond(upper, tuple(clause for clause in lower.rules if clause.is_applied))
    return (
        tuple(fault for force, fault in found if force == "binding"),
        tuple(fault for force, fault in found if force == "recommended"),
    )


def judged(
    upper: Agreement, tables: list[Mapping[str, object]], *, whole: bool = True
) -> tuple[str, tuple[Fault, ...]]:
    """What the upper text says of rules not yet written in a document: ok, warning or error, with the sentences.

    Each table is a rule: its ``kind`` and the keys of one value. ``whole``: they are all the rules of the text."""
    raw = []
    for table in tables:
        own = {key: table[key] for key in table if key in ("kind", "name", "forms", "population", "when")}
        values = {key: value for key, value in table.items() if key not in own}
        raw.append({"article": "-", **own, "values": [{"from": upper.in_force, **values}]})
    reader = Reader("")
    rules = read_rules(reader, raw, {})
    if reader.faults:
        raise AgreementError(reader.faults)
    found = beyond(upper, rules, whole=whole)
    forces = {force for force, _ in found}
    level = "error" if "binding" in forces else "warning" if "recommended" in forces else "ok"
    return level, tuple(fault for _, fault in found)
