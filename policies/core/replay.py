"""Asking again what was asked before, under other rules: each request upon what those rules accepted before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .agreement import assemble
from .counts import Counts
from .decision import Finding
from .document import Agreement
from .engine import refusal
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
        # Half-days by week and month follow each request. Where some days count nowhere they are counted anew.
        self._follows = not any(regime.off_quota for regime in facts.regimes)
        self._counts: dict[object, Counts] = {}

    @property
    def facts(self) -> Facts:
        """The person with all that is held so far."""
        return replace(self._facts, booked=dict(self._booked), forms=dict(self._forms))

    def hold(self, request: Request) -> None:
        """Count a request as granted from now on."""
        day, before = request.day, self._booked.get(request.day, 0)
        self._booked[day] = before | request.part.halves
        if request.form:
            self._forms[day] = request.form
        for counts in self._counts.values():
            counts.grow(day, before)

    def refusals(self, requests: Iterable[Asked]) -> Iterator[Refused]:
        """What is refused of some requests, in the order given; all others are held."""
        for asked in requests:
            refused = self.refused(asked)
            if refused:
                yield refused
            else:
                self.hold(asked.request)

    def refused(self, asked: Asked) -> Refused | None:
        """The refusal of one request as of the day it was made, None where it is possible."""
        # The calendar is shared with facts that live no longer than this request: a copy for each would be slow.
        facts = replace(self._facts, today=asked.on, booked=self._booked, forms=self._forms)
        facts._counts.update(self._counts)
        try:
            finding = refusal(asked.request, facts, self._agreement)
        except NoValueInForce:
            return Refused(asked, None)
        if self._follows:
            self._counts = {key: value for key, value in facts._counts.items() if isinstance(value, Counts)}
        return Refused(asked, finding) if finding is not None and finding.code != NOT_KNOWN else None


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
