"""From a request to its decision: every rule in force that day, in the order of the registry."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from .answers import Glance
from .decision import Decision, Finding, Verdict
from .document import EVERYBODY, Agreement, Population
from .facts import Facts, Part, Purpose, Request
from .faults import NoValueInForce
from .rules import RULES
from .rules.foundations import AGREEMENT_IN_FORCE
from .situation import Situation

_NEARBY_DAYS = 60
_JUDGED = tuple(rule for rule in RULES if rule.judge and rule is not AGREEMENT_IN_FORCE)


class _Bound(NamedTuple):
    """A rule bound to the article and the values in force over a stretch of days."""

    kind: str
    article: str
    judge: object
    params: Mapping[str, object]
    population: Population


def decide(request: Request, facts: Facts, agreement: Agreement) -> Decision:
    """Judge one request by every rule of the agreement on that day.

    Raises NoValueInForce when the agreement has a rule but no value or reading for that day."""
    planning = request.purpose is Purpose.PLANNING
    situation = Situation(facts, agreement, request.day, request.part.halves, planning)
    findings = tuple(
        Finding(kind, article, answer[0], f"{kind}.{answer[1]}", answer[2], f"{kind}.{answer[3]}" if answer[3] else "")
        for kind, article, answer in _answers(situation)
    )
    return Decision(request, findings, agreement.title)


def glance(facts: Facts, agreement: Agreement, days: Iterable[date], part: Part) -> dict[date, Glance]:
    """The verdict of planning each of these days and the first rule that refuses it: no sentences, for greying."""
    halves = part.halves
    return {day: _glance(Situation(facts, agreement, day, halves, True)) for day in days}


_POSSIBLE = Glance(Verdict.ALLOWED)
_ASKED = Glance(Verdict.NEEDS_APPROVAL)


def _glance(situation: Situation) -> Glance:
    result = _POSSIBLE
    kind = ""
    try:
        for kind, _, answer in _answers(situation):
            if answer[0] is Verdict.REFUSED:
                return Glance(Verdict.REFUSED, kind, f"{kind}.{answer[1]}")
            if answer[0] is Verdict.NEEDS_APPROVAL:
                result = _ASKED
    except NoValueInForce as silence:
        return Glance(Verdict.REFUSED, silence.what, "agreement.silent")
    return result


def _answers(situation: Situation):
    """Kind, article and answer of each rule that has something to say."""
    agreement = situation.agreement
    in_force = AGREEMENT_IN_FORCE.judge(situation, {})
    if in_force[0] is Verdict.REFUSED:
        yield AGREEMENT_IN_FORCE.kind, _article_of(agreement, AGREEMENT_IN_FORCE.kind), in_force
        return
    facts = situation.facts
    for kind, article, judge, params, population in _bound_rules(agreement, situation.day):
        if population is EVERYBODY or population.holds(situation.contract, facts.job):
            answer = judge(situation, params)
            if answer is not None:
                yield kind, article, answer


def _bound_rules(agreement: Agreement, day: date) -> tuple[_Bound, ...]:
    """The rules of a day with their values; bound once for each stretch of days without change."""
    span = agreement.span_of(day)
    bound = agreement.cache.get(span)
    if bound is None:
        bound = agreement.cache[span] = tuple(_bind(agreement, day))
    return bound


def _bind(agreement: Agreement, day: date):
    for rule in _JUDGED:
        clauses = [clause for clause in agreement.rules if clause.kind == rule.kind]
        if rule.always:
            yield _Bound(rule.kind, clauses[0].article if clauses else "", rule.judge, {}, EVERYBODY)
            continue
        for clause in clauses:
            value = clause.on(day)
            if value is None and not any(other.on(day) for other in clauses):
                raise agreement.silent(clause.kind, day, clause.article)
            if value is not None and value.applies:
                yield _Bound(rule.kind, clause.article, rule.judge, value.params, clause.population)


def _article_of(agreement: Agreement, kind: str) -> str:
    clause = agreement.clause(kind)
    return clause.article if clause else ""


def free_days_near(facts: Facts, agreement: Agreement, day: date, part: Part, count: int = 3) -> tuple[date, ...]:
    """Up to ``count`` days that planning would not refuse, nearest to ``day`` first (at equal distance the later),
    given in the order of the calendar; at most 60 days away."""
    found: list[date] = []
    for distance in range(1, _NEARBY_DAYS + 1):
        for step in (distance, -distance):
            other = _moved(day, step)
            if other is None or other < facts.today or len(found) >= count:
                continue
            if _glance(Situation(facts, agreement, other, part.halves, True)).verdict is not Verdict.REFUSED:
                found.append(other)
        if len(found) >= count:
            break
    return tuple(sorted(found))


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
