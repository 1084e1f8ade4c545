"""Asking again what was asked before, under other rules: each request upon what those rules accepted before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .agreement import assemble
from .decision import Decision, Finding, Verdict
from .document import Agreement
from .engine import decide
from .facts import Facts, Request
from .faults import NoValueInForce
from .levels import completed

# The roster of that day was not known: no answer, rather than a refusal.
NOT_KNOWN = "day_worked.not_planned"
_YEARS_BEFORE = timedelta(days=3 * 366)
_WHOLE_WEEKS = 364  # so that weeks and fortnights counted from the first day in force stay where they are
_NEVER = date(2999, 12, 30)
_EARLIEST = date(1970, 1, 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was made: on which day, and ``key`` to find it again."""

    request: Request
    on: date
    key: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that the rules refuse; ``finding`` is the first rule that does, None where the text is silent."""

    asked: Asked
    finding: Finding | None


def standing(agreement: Agreement, day: date, since: date) -> Agreement:
    """The agreement with every rule as it stands on ``day``, as if it had held so since before ``since``.

    A rule without a value on that day stays without one, so that its silence is met and told."""
    begin = _begin(agreement.in_force, since)
    raw = {**agreement.raw, "in_force": begin}
    raw.pop("ends", None)
    raw["rules"] = [_as_on(rule, day, begin) for rule in agreement.raw.get("rules", [])]
    other = assemble(raw, agreement.text, agreement.name)
    return completed(other, standing(agreement.upper, day, since)) if agreement.upper else other


def _begin(in_force: date, since: date) -> date:
    """The first day in force, taken back by whole years of 52 weeks until it lies three years before ``since``."""
    wanted = max(since, _EARLIEST + _YEARS_BEFORE) - _YEARS_BEFORE
    steps = max(0, -(-(in_force - wanted).days // _WHOLE_WEEKS))
    return in_force - timedelta(days=steps * _WHOLE_WEEKS)


def _as_on(rule: Mapping[str, object], day: date, begin: date) -> Mapping[str, object]:
    if not rule.get("values"):
        return rule
    begun = [value for value in rule["values"] if value["from"] <= day]
    latest = max(begun, key=lambda value: value["from"], default=None)
    holds = latest is not None and latest.get("until", day) >= day
    kept = {**(latest or rule["values"][0]), "from": begin if holds else _NEVER}
    kept.pop("until", None)
    return {**rule, "values": [kept]}


class Replay:
    """The calendar of one person under some rules, filled request by request. ``facts`` hold what came before."""

    def __init__(self, facts: Facts, agreement: Agreement) -> None:
        self._facts, self._agreement = facts, agreement
        self._booked, self._forms = dict(facts.booked), dict(facts.forms)

    @property
    def facts(self) -> Facts:
        """The person with all that is held so far."""
        return replace(self._facts, booked=dict(self._booked), forms=dict(self._forms))

    def ask(self, asked: Asked) -> Decision:
        """The decision on one request as of the day it was made. Raises NoValueInForce where the text is silent."""
        # The calendar is shared with facts that live no longer than this request: a copy for each would be slow.
        facts = replace(self._facts, today=asked.on, booked=self._booked, forms=self._forms)
        return decide(asked.request, facts, self._agreement)

    def hold(self, request: Request) -> None:
        """Count a request as granted from now on."""
        day = request.day
        self._booked[day] = self._booked.get(day, 0) | request.part.halves
        if request.form:
            self._forms[day] = request.form

    def refusals(self, requests: Iterable[Asked]) -> Iterator[Refused]:
        """What is refused of some requests, in the order given; all others are held."""
        for asked in requests:
            refused, finding = self._refuses(asked)
            if refused:
                yield Refused(asked, finding)
            else:
                self.hold(asked.request)

    def _refuses(self, asked: Asked) -> tuple[bool, Finding | None]:
        try:
            decision = self.ask(asked)
        except NoValueInForce:
            return True, None
        if decision.verdict is not Verdict.REFUSED:
            return False, None
        finding = next((found for found in decision.failing if found.code != NOT_KNOWN), None)
        return finding is not None, finding


def without(facts: Facts, requests: Iterable[Request]) -> Facts:
    """The facts with none of these days held, in one copy."""
    booked, pending, forms = dict(facts.booked), dict(facts.pending), dict(facts.forms)
    for request in requests:
        for held in (booked, pending):
            held[request.day] = held.get(request.day, 0) & ~request.part.halves
            if not held[request.day]:
                del held[request.day]
        forms.pop(request.day, None)
    return replace(facts, booked=booked, pending=pending, forms=forms)
