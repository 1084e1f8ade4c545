"""Clauses that lift others or replace their values: a derogation, a regime of crisis."""

from collections.abc import Mapping
from dataclasses import dataclass

from .decision import Verdict
from .document import Clause, Dated
from .faults import unknown
from .positions import Path
from .rules import BY_KIND, Rule
from .rules.naming import named
from .schema import CHECKS, Reader, Wrong
from .situation import Situation
from .text import both

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Lifted:
    """What a lifting clause does to one rule: nothing of it holds (``params`` None), or other parameters do."""

    params: Mapping[str, object] | None = None


DECLARED = "exceptional_regime"
NOTHING_HOLDS = Lifted()


class Working:
    """A lifting clause at work upon one request, and the rules that it has touched so far."""

    __slots__ = ("clause", "params", "touched")

    def __init__(self, clause: Clause, params: Mapping[str, object]) -> None:
        self.clause = clause
        self.params = params
        self.touched: list[Clause] = []

    def answer(self, s: Situation) -> tuple:
        """The finding that says which rules it lifted, their names (or kinds) and titles, and for which cause.

        Only circumstances declared for many have a cause that is told; what lifts rules for one person tells none."""
        titles = [BY_KIND[clause.kind].title for clause in self.touched]
        data = {
            "lifted": ",".join(dict.fromkeys(clause.name or clause.kind for clause in self.touched)),
            "lifted_fr": ", ".join(dict.fromkeys(title.fr for title in titles)),
            "lifted_en": ", ".join(dict.fromkeys(title.en for title in titles)),
        }
        cause = self._cause(s)
        if not cause:
            return Verdict.ALLOWED, "lifted", data, ""
        return Verdict.ALLOWED, "lifted_for", {**data, **named(s, "cause", [cause])}, ""

    def _cause(self, s: Situation) -> str:
        """The cause under which the circumstances of the day were declared, "" where they bear none."""
        if self.clause.kind != DECLARED:
            return ""
        regimes = (s.facts.regime(code, s.day) for code in self.params.get("causes") or ("",))
        return next((regime.code for regime in regimes if regime is not None), "")


def effect_on(effects: tuple[Working, ...], clause: Clause, value: Dated, memory: dict) -> Lifted | None:
    """What the lifting clauses at work do to a rule: the first that touches it. ``memory``: the agreement's."""
    for working in effects:
        lifted = _remembered(working.params, clause, value, memory)
        if lifted:
            working.touched.append(clause)
            return lifted
    return None


def _remembered(lifter: Mapping[str, object], clause: Clause, value: Dated, memory: dict) -> Lifted | None:
    """The same values stand for a rule each time it is replaced, so that what is counted by them is counted once."""
    replaced = lifter.get("replace") or {}
    own = replaced.get(clause.name) or replaced.get(clause.kind)
    if not own:
        return effect(lifter, clause, value)
    key = "replaced", id(value), id(own)
    if key not in memory:
        # Kept beside what it is known by, so that nothing else comes to be known by that.
        memory[key] = effect(lifter, clause, value), value, own
    return memory[key][0]


def effect(lifter: Mapping[str, object], clause: Clause, value: Dated) -> Lifted | None:
    """What a lifting clause with these parameters does to a rule on that day; None where it leaves it alone.

    Rules are named by their ``name`` or their kind; "all" is every rule but those that say what a telework day is.
    """
    rule = BY_KIND[clause.kind]
    if rule.always or rule.lifts:
        return None
    replaced = lifter.get("replace") or {}
    for name in (clause.name, clause.kind):
        if name and name in replaced and replaced[name].keys() <= rule.params.keys():
            return Lifted(rule.prepare(_in_place(rule, value, replaced[name])))
    lifts = lifter.get("lifts") or ()
    if EVERYTHING in lifts or clause.kind in lifts or (clause.name and clause.name in lifts):
        return NOTHING_HOLDS
    return None


def _in_place(rule: Rule, value: Dated, others: Mapping[str, object]) -> dict[str, object]:
    """The values of a rule with others in their place; where one key excludes another, the new one stands alone."""
    gone = rule.one_of if any(key in others for key in rule.one_of) else ()
    kept = {key: item for key, item in value.own.items() if key not in gone}
    return {**{key: param.default for key, param in rule.params.items()}, **kept, **others}


def report_bad_targets(reader: Reader, clauses: list[tuple[Path, Clause]]) -> None:
    """Faults for rules that a lifting clause names and the document has not, and for values they cannot take.

    The values to replace are read here by the types of the rule they replace."""
    known = {EVERYTHING} | {word for _, c in clauses for word in (c.kind, c.name) if word and _may_be_lifted(c)}
    for path, clause in clauses:
        if not BY_KIND[clause.kind].lifts:
            continue
        for index, value in enumerate(clause.values):
            at = (*path, "values", index)
            for target in value.params.get("lifts") or ():
                if target not in known:
                    reader.fault((*at, "lifts"), unknown(target, known))
            replaced = value.params.get("replace") or {}
            for target in replaced:
                _read_replaced(reader, (*at, "replace", target), replaced, target, clauses)


def _may_be_lifted(clause: Clause) -> bool:
    rule = BY_KIND[clause.kind]
    return not rule.always and not rule.lifts


def _read_replaced(reader: Reader, path: Path, replaced: dict, target: str, clauses) -> None:
    meant = [c for _, c in clauses if target in (c.name, c.kind) and _may_be_lifted(c)]
    if not meant:
        reader.fault(path, unknown(target, [word for _, c in clauses for word in (c.name, c.kind) if word]))
        return
    raw = reader.table(replaced[target], path)
    rules = [BY_KIND[clause.kind] for clause in meant]
    rule = next((rule for rule in rules if raw.keys() <= rule.params.keys()), rules[0])
    found = {}
    for key, value in raw.items():
        if key not in rule.params:
            reader.fault((*path, key), unknown(key, rule.params))
            continue
        try:
            found[key] = CHECKS[rule.params[key].type](value, rule.params[key])
        except Wrong as wrong:
            reader.fault((*path, key), wrong.message)
    replaced[target] = found
    if reader.faults:
        return
    for value in (value for c in meant if c.kind == rule.kind for value in c.values if value.applies):
        try:
            rule.prepare(_in_place(rule, value, found))
        except Wrong as wrong:
            reader.fault(path, both(fr=wrong.message.fr, en=wrong.message.en))
            return
