"""An agreement once read: articles, readings, rules with dated values. Immutable, made to be kept and reused."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .facts import ContractFacts
from .faults import NoValueInForce
from .text import Text

FAR = date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Article:
    """A clause of the signed text. ``source``: how we know it (text, summary, headings)."""

    number: str
    title: Text
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was chosen where the text leaves a choice; ``by`` says whether the text or we chose."""

    name: str
    choice: str
    by: str
    article: str
    why: Text
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Dated:
    """The parameters of a rule from ``first`` to ``last``, both included. ``applies`` is False where it is repealed."""

    first: date
    last: date
    params: Mapping[str, object]
    by: str
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a rule is for; empty sets mean everybody."""

    statuses: frozenset[str] = frozenset()
    except_statuses: frozenset[str] = frozenset()
    jobs: frozenset[str] = frozenset()
    except_jobs: frozenset[str] = frozenset()
    full_time: bool | None = None

    def holds(self, contract: ContractFacts | None, job: str) -> bool:
        """Is somebody with this contract and job meant? Nobody without a contract is."""
        if contract is None:
            return False
        if (self.statuses and contract.status not in self.statuses) or contract.status in self.except_statuses:
            return False
        if (self.jobs and job not in self.jobs) or job in self.except_jobs:
            return False
        return self.full_time is None or self.full_time == (contract.rate >= 100)

    def is_apart_from(self, other: "Population") -> bool:
        """Can nobody belong to both?"""
        return (
            _apart(self.statuses, self.except_statuses, other.statuses, other.except_statuses)
            or _apart(self.jobs, self.except_jobs, other.jobs, other.except_jobs)
            or {self.full_time, other.full_time} == {True, False}
        )


EVERYBODY = Population()


def _apart(ours: frozenset, not_ours: frozenset, theirs: frozenset, not_theirs: frozenset) -> bool:
    if ours and theirs:
        return not ((ours - not_ours) & (theirs - not_theirs))
    return bool((ours and ours <= not_theirs) or (theirs and theirs <= not_ours))


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of the document, with its values over time."""

    kind: str
    article: str
    name: str
    population: Population
    values: tuple[Dated, ...]
    line: int = 0

    def on(self, day: date) -> Dated | None:
        """The value in force on ``day``, None when the document has none."""
        for value in self.values:
            if value.first <= day <= value.last:
                return value
        return None


class Reason(NamedTuple):
    """A ground on which a manager may refuse a day."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """An executable agreement. Equal only to itself, so that caches may key on it."""

    name: str
    title: Text
    parties: tuple[str, ...]
    signed: date | None
    in_force: date
    ends: date
    level: str
    country: str
    scope: Text
    currency: str
    language: str
    articles: Mapping[str, Article]
    readings: Mapping[str, Reading]
    rules: tuple[Clause, ...]
    refusal_reasons: tuple[Reason, ...]
    sources: tuple[Mapping[str, object], ...]
    labels: Mapping[str, Text]
    raw: Mapping[str, object] = field(repr=False)
    text: str = field(repr=False)
    cache: dict = field(default_factory=dict, repr=False)

    def is_in_force(self, day: date) -> bool:
        return self.in_force <= day <= self.ends

    def value(self, kind: str, key: str, *, on: date, contract: ContractFacts | None = None, job: str = "") -> object:
        """A parameter of the rule ``kind`` in force on a day; None when the document has no such rule for that person.

        Raises NoValueInForce where the document has the rule but no value for that day."""
        clause = self.clause(kind, contract=contract, job=job)
        value = self.dated(clause, on) if clause else None
        return value.params.get(key) if value and value.applies else None

    def clause(self, kind: str, *, contract: ContractFacts | None = None, job: str = "") -> Clause | None:
        """The rule of that kind for that person (for everybody when no contract is given)."""
        for clause in self.rules:
            if clause.kind == kind and (clause.population is EVERYBODY or clause.population.holds(contract, job)):
                return clause
        return None

    def dated(self, clause: Clause, day: date) -> Dated:
        value = clause.on(day)
        if value is None or not self.is_in_force(day):
            raise self.silent(clause.kind, day, clause.article)
        return value

    def reading(self, name: str) -> Reading:
        """The reading of that name; NoValueInForce when it is missing or open."""
        reading = self.readings.get(name)
        if reading is None or reading.choice == "open":
            raise self.silent(f"readings.{name}", None, reading.article if reading else "")
        return reading

    def silent(self, what: str, day: date | None, article: str = "") -> NoValueInForce:
        return NoValueInForce(document=str(self.title), article=article, what=what, day=day)

    def label(self, code: str) -> Text:
        """The words for a code of the organisation (a job, a status), the code itself when the document has none."""
        return self.labels.get(code) or Text(code.replace("_", " "))

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which some value of the document changes, in order, the first of them its first day in force."""
        if "changes" not in self.cache:
            days = {self.in_force}
            for clause in self.rules:
                days |= {value.first for value in clause.values}
                days |= {date.fromordinal(value.last.toordinal() + 1) for value in clause.values if value.last < FAR}
            self.cache["changes"] = tuple(sorted(day for day in days if self.is_in_force(day)))
        return self.cache["changes"]

    def span_of(self, day: date) -> int:
        """Number of the stretch of days without change to which ``day`` belongs."""
        return bisect_right(self.changes, day)
