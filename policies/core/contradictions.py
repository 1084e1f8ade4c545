"""Two clauses that say different things of the same people are reported, never chosen between."""

from .document import Clause
from .positions import Path
from .rules import BY_KIND
from .schema import Reader
from .text import both


def report_contradictions(reader: Reader, clauses: list[tuple[Path, Clause]]) -> None:
    """A fault for each rule that an earlier rule of its kind contradicts."""
    by_kind: dict[str, list[tuple[Path, Clause]]] = {}
    for path, clause in clauses:
        if not clause.is_applied:
            continue
        earlier = by_kind.setdefault(clause.kind, [])
        for other_path, other in earlier:
            if contradicts(clause, other):
                _report(reader, path, clause, (other_path, other))
        earlier.append((path, clause))


def contradicts(one: Clause, two: Clause) -> bool:
    """Could both hold for the same request of the same person, on the same day, with the same force?"""
    rule = BY_KIND[one.kind]
    if rule.piles_up or (rule.several and one.name != two.name):
        return False
    if one.force != two.force or (one.forms and two.forms and one.forms.isdisjoint(two.forms)):
        return False
    if one.times and two.times and one.times.is_apart_from(two.times):
        return False
    return _meet(one, two) and not one.population.is_apart_from(two.population)


def _meet(one: Clause, two: Clause) -> bool:
    """Does some day have a value of both that applies? Clauses without values hold always."""
    if not one.values or not two.values:
        return True
    return any(a.first <= b.last and b.first <= a.last for a in _lasting(one) for b in _lasting(two))


def _lasting(clause: Clause):
    return [value for value in clause.values if value.applies]


def _report(reader: Reader, path: Path, clause: Clause, other: tuple[Path, Clause]) -> None:
    where = f"rules[{other[0][1] + 1}]"
    several = BY_KIND[clause.kind].several
    fr = " Ou donnez à chacune un nom (name) si elles valent ensemble." if several else ""
    en = " Or give each a name if both hold together." if several else ""
    message = both(
        fr=f"« {clause.kind} » contredit {where} (ligne {other[1].line}) : elles visent les mêmes personnes."
        f" Réunissez leurs valeurs datées sous une règle, ou donnez à chacune sa population.{fr}",
        en=f"“{clause.kind}” contradicts {where} (line {other[1].line}): both hold for the same people."
        f" Put their dated values under one rule, or give each its population.{en}",
    )
    reader.fault(path, message)
