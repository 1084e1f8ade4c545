"""From a request to its decision: every rule in force that day, in the order of the registry."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from .answers import Glance
from .binding import NO_VALUE, Bound, span_for, span_on
from .decision import Decision, Finding, Verdict
from .document import Agreement, Clause
from .facts import Facts, Part, Purpose, Request
from .faults import NoValueInForce
from .lifting import Working, effect_on
from .own_effects import own_effects
from .rules import BY_KIND
from .rules.foundations import AGREEMENT_IN_FORCE
from .situation import Situation

_NEARBY_DAYS = 60


def decide(request: Request, facts: Facts, agreement: Agreement) -> Decision:
    """Judge one request by every rule of the agreement on that day.

    Raises NoValueInForce when the agreement has a rule but no value or reading for that day."""
    planning = request.purpose is Purpose.PLANNING
    situation = Situation(facts, agreement, request.day, request.part.halves, planning, request)
    findings = [_finding(kind, clause, answer) for kind, clause, answer in _answers(situation)]
    return Decision(request, tuple(findings), agreement.title)


def refusal(request: Request, facts: Facts, agreement: Agreement) -> Finding | None:
    """The first rule that refuses a request, as ``decide`` finds it, without what all the others say.

    Raises NoValueInForce where a rule before it has no value or reading for that day."""
    planning = request.purpose is Purpose.PLANNING
    situation = Situation(facts, agreement, request.day, request.part.halves, planning, request)
    for kind, clause, answer in _answers(situation):
        if answer[0] is Verdict.REFUSED and (clause is None or clause.force != "recommended"):
            return _finding(kind, clause, answer)
    return None


def consult(
    kind: str,
    asked: Mapping[str, object],
    facts: Facts,
    agreement: Agreement,
    *,
    name: str = "",
    form: str = "",
    day: date | None = None,
) -> Finding:
    """What a clause answers to a question put outside any request: a date due, an amount, a bound.

    ``day`` is the day whose values are asked (today where none). A clause kept without effect (contested, unconfirmed…)
    answers only when it is named, and its answer says its force. Raises NoValueInForce when no clause of that kind
    (and name) holds for the person then, or none has an answer. What ``asked`` leaves out has its usual value."""
    on = day or facts.today
    asked = {key: param.default for key, param in BY_KIND[kind].asks.items()} | dict(asked)
    situation = Situation(facts, agreement, on, 0, True, Request(on, form=form))
    if not agreement.is_in_force(on):
        raise agreement.silent(kind, on)
    effects = _effects(situation, span_on(agreement, on).lifting)
    article = ""
    for clause in agreement.clauses_named(kind, name):
        meant = form or _form_of(clause, name)
        if not clause.holds(facts, situation.contract, on, meant):
            continue
        situation.form = meant
        article = clause.article
        value = agreement.dated(clause, on) if clause.values else NO_VALUE
        lifted = effect_on(effects, clause, value, agreement.cache)
        if not value.applies or (lifted and lifted.params is None):
            continue
        situation.clause = clause
        answer = BY_KIND[kind].consult(asked, lifted.params if lifted else value.params, situation)
        if answer is not None:
            return _finding(kind, clause, answer if clause.is_applied else _with_force(answer, clause.force))
    raise agreement.silent(f"{kind} {name}".strip(), on, article)


def _form_of(clause: Clause, name: str) -> str:
    """The form that a question means when it says none and names a clause: the one which that clause is for."""
    return min(clause.forms) if name and not clause.covers("") else ""


def _with_force(answer: tuple, force: str) -> tuple:
    verdict, code, data, remedy = answer
    return verdict, code, {**data, "force": force}, remedy


def _finding(kind: str, clause: Clause | None, answer: tuple) -> Finding:
    """An answer under its clause. What is only recommended never refuses and holds nobody up: it warns."""
    verdict, code, data, remedy = answer
    said = f"{kind}.{remedy}" if remedy else ""
    if clause is None:
        return Finding(kind, "", verdict, f"{kind}.{code}", data, said)
    warns = verdict is not Verdict.ALLOWED and clause.force == "recommended"
    return Finding(
        kind, clause.article, Verdict.ALLOWED if warns else verdict, f"{kind}.{code}", data, said, clause.name, warns
    )


def glance(facts: Facts, agreement: Agreement, days: Iterable[date], part: Part) -> dict[date, Glance]:
    """The verdict of planning each of these days and the first rule that refuses it: no sentences, for greying."""
    halves = part.halves
    return {day: _glance(Situation(facts, agreement, day, halves, True, is_glance=True)) for day in days}


_POSSIBLE = Glance(Verdict.ALLOWED)
_ASKED = Glance(Verdict.NEEDS_APPROVAL)


def _glance(situation: Situation) -> Glance:
    result = _POSSIBLE
    try:
        for kind, clause, answer in _answers(situation):
            if answer[0] is Verdict.ALLOWED or (clause is not None and clause.force == "recommended"):
                continue
            if answer[0] is Verdict.REFUSED:
                return Glance(Verdict.REFUSED, kind, f"{kind}.{answer[1]}")
            result = _ASKED
    except NoValueInForce as silence:
        return Glance(Verdict.REFUSED, silence.what, "agreement.silent")
    return result


def _answers(situation: Situation):
    """Kind, clause and answer of each rule that has something to say."""
    agreement = situation.agreement
    in_force = AGREEMENT_IN_FORCE.judge(situation, {})
    if in_force[0] is Verdict.REFUSED:
        return ((AGREEMENT_IN_FORCE.kind, next(iter(agreement.clauses(AGREEMENT_IN_FORCE.kind)), None), in_force),)
    span = span_for(situation)
    effects = _effects(situation, span.lifting)
    if not effects and not span.has_default:
        return _plain_answers(situation, span.rules)
    return _weighed_answers(situation, span.rules, effects)


def _plain_answers(situation: Situation, rules: tuple[Bound, ...]):
    facts, contract, day, form = situation.facts, situation.contract, situation.day, situation.form
    for kind, clause, judge, params, holds, _ in rules:
        if holds is None or holds(facts, contract, day, form):
            situation.clause = clause
            answer = judge(situation, params)
            if answer is not None:
                yield kind, clause, answer


def _weighed_answers(situation: Situation, rules: tuple[Bound, ...], effects: tuple[Working, ...]):
    """The same where clauses lift others, or some hold only by default: each rule is weighed against these."""
    facts, contract, day, form = situation.facts, situation.contract, situation.day, situation.form
    settled = set()
    for kind, clause, judge, params, holds, value in rules:
        if holds is not None and not holds(facts, contract, day, form):
            continue
        if clause is not None:
            key = kind, clause.name if BY_KIND[kind].several else ""
            if clause.force == "default" and key in settled:
                continue
            settled.add(key)
            lifted = effect_on(effects, clause, value, situation.agreement.cache) if effects else None
            if lifted:
                if lifted.params is None:
                    continue
                params = lifted.params
        situation.clause = clause
        answer = judge(situation, params)
        if answer is not None:
            yield kind, clause, answer
    for working in effects:
        if working.touched:
            yield working.clause.kind, working.clause, working.answer(situation)


def _effects(situation: Situation, lifting: tuple[Bound, ...]) -> tuple[Working, ...]:
    """The lifting clauses at work for this request."""
    facts, contract, day, form = situation.facts, situation.contract, situation.day, situation.form
    at_work = []
    for bound in lifting:
        situation.clause = bound.clause
        is_meant = bound.holds is None or bound.holds(facts, contract, day, form)
        if is_meant and BY_KIND[bound.kind].lifts(situation, bound.params):
            at_work.append(Working(bound.clause, bound.params))
    if facts.regimes or facts.effects:
        at_work.extend(own_effects(situation))
    return tuple(at_work)


def free_days_near(facts: Facts, agreement: Agreement, day: date, part: Part, count: int = 3) -> tuple[date, ...]:
    """Up to ``count`` days that planning would not refuse, nearest to ``day`` first (at equal distance the later),
    given in the order of the calendar; at most 60 days away."""
    found: list[date] = []
    for distance in range(1, _NEARBY_DAYS + 1):
        for step in (distance, -distance):
            other = _moved(day, step)
            if other is None or other < facts.today or len(found) >= count:
                continue
            asked = Situation(facts, agreement, other, part.halves, True, is_glance=True)
            if _glance(asked).verdict is not Verdict.REFUSED:
                found.append(other)
        if len(found) >= count:
            break
    return tuple(sorted(found))


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
