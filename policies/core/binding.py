"""Which rules are judged on a day, with their values; and which of them one person can meet at all.

An agreement is bound once for each stretch of days in which none of its values changes, and what remains of it for a
person once for each stretch of days in which nothing recorded of them does: a day then meets only the rules for it.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from .document import EVERYBODY, FAR, Agreement, Clause, Dated
from .facts import ORDINARY, Facts
from .rules import RULES, Rule
from .rules.foundations import AGREEMENT_IN_FORCE
from .situation import Situation

_JUDGED = tuple(rule for rule in RULES if rule.judge and rule is not AGREEMENT_IN_FORCE)
_LIFTING = tuple(rule for rule in RULES if rule.lifts)
_ONE_DAY = timedelta(days=1)
NO_VALUE = Dated(date.min, FAR, {}, "text")


class Bound(NamedTuple):
    """A rule bound to the clause and the values in force over a stretch of days.

    ``holds`` tells for whom and under which form; None where it holds for everybody."""

    kind: str
    clause: Clause | None
    judge: Callable | None
    params: Mapping[str, object]
    holds: Callable | None
    value: Dated


class Span:
    """What is judged over a stretch of days: the rules, and the clauses that may lift some of them.

    ``has_default``: some rule holds only where a binding one of its kind does not. Equal only to itself."""

    __slots__ = ("has_default", "is_for_all", "lifting", "rules")

    def __init__(self, rules: tuple[Bound, ...], lifting: tuple[Bound, ...]) -> None:
        self.rules = rules
        self.lifting = lifting
        self.has_default = any(held.clause is not None and held.clause.force == "default" for held in rules)
        self.is_for_all = all(held.holds is None for held in (*rules, *lifting))


def span_on(agreement: Agreement, day: date) -> Span:
    """The rules of a day with their values. Raises NoValueInForce where a rule has no value for that day."""
    number = agreement.span_of(day)
    span = agreement.cache.get(number)
    if span is None:
        rules, lifting = tuple(_bind(agreement, day, _JUDGED)), tuple(_bind(agreement, day, _LIFTING))
        span = agreement.cache[number] = Span(rules, lifting)
    return span


def span_for(s: Situation) -> Span:
    """The rules of the day that are for the person under the form asked, as far as days around it tell; those that
    look at the very day (seniority, the week's pattern) are still asked."""
    span = span_on(s.agreement, s.day)
    if span.is_for_all:
        return span
    memory = s.facts._counts
    # A contract belongs to its facts, so that it is told from the others by being itself.
    key = span, s.form, id(s.contract), _stretch(s.facts, s.day)
    own = memory.get(key)
    if own is None:
        own = memory[key] = Span(tuple(_meant(s, span.rules)), tuple(_meant(s, span.lifting)))
    return own


def _meant(s: Situation, rules: tuple[Bound, ...]):
    for bound in rules:
        if bound.holds is None:
            yield bound
            continue
        clause = bound.clause
        if clause.forms and (s.form or ORDINARY) not in clause.forms:
            continue
        if clause.times is not None or clause.population.is_of_the_day:
            if clause.population is EVERYBODY or clause.population.holds(s.contract, s.facts.job):
                yield bound
        elif clause.population is EVERYBODY or clause.population.includes(s.facts, s.contract, s.day):
            yield bound._replace(holds=None)


def _stretch(facts: Facts, day: date) -> int:
    """Number of the stretch of days in which nothing recorded of a person begins or ends."""
    changes = facts._counts.get("changes")
    if changes is None:
        days = {trait.first for trait in facts.traits} | {since for since, _ in facts.unit_sizes}
        days |= {trait.last + _ONE_DAY for trait in facts.traits if trait.last < date.max}
        changes = facts._counts["changes"] = tuple(sorted(days))
    return bisect_right(changes, day) if changes else 0


def _bind(agreement: Agreement, day: date, rules: tuple[Rule, ...]):
    for rule in rules:
        clauses = agreement.clauses(rule.kind)
        if rule.always:
            yield Bound(rule.kind, clauses[0] if clauses else None, rule.judge, {}, None, NO_VALUE)
            continue
        for clause in clauses:
            value = clause.on(day)
            if value is None and not any(other.on(day) for other in _alike(clauses, clause, rule)):
                raise agreement.silent(clause.kind, day, clause.article)
            if value is not None and value.applies:
                is_for_all = clause.population is EVERYBODY and not clause.forms and clause.times is None
                holds = None if is_for_all else clause.holds
                yield Bound(rule.kind, clause, rule.judge, value.params, holds, value)


def _alike(clauses: tuple[Clause, ...], clause: Clause, rule: Rule) -> list[Clause]:
    """The clauses among which one must have a value: those of the kind, or of the same name where several hold."""
    return [other for other in clauses if not rule.several or other.name == clause.name]
