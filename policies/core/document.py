"""An agreement once read: articles, readings, rules with dated values. Immutable, made to be kept and reused."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .facts import ORDINARY, ContractFacts, Facts
from .faults import NoValueInForce
from .population import EVERYBODY, Population
from .readings import READINGS
from .text import Text
from .times import Times

__all__ = [
    "APPLIED", "EVERYBODY", "FAR", "FORCES", "Agreement", "Article", "Clause", "Dated", "Population", "Reading",
    "Reason",
]  # fmt: skip

FAR = date(2999, 12, 31)
# Judged, in the order in which they are looked for; what follows is kept and quoted, and judges nobody.
APPLIED = ("binding", "recommended", "default")
FORCES = (*APPLIED, "permitted", "practice", "proposal", "contested", "unconfirmed")


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
    """The parameters of a rule from ``first`` to ``last``, both included. ``applies`` is False where it is repealed.

    ``params`` are prepared for judging, ``own`` as they were written. ``known`` is False where the text has the clause
    but its value was not read: it is kept and quoted, and does not apply.
    """

    first: date
    last: date
    params: Mapping[str, object]
    by: str
    applies: bool = True
    own: Mapping[str, object] = field(default_factory=dict)
    known: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of the document, with its values over time.

    ``force`` says how binding it is, ``ids`` the numbers of the source it renders, ``forms`` the forms of telework it
    is for (empty: every form), ``readings`` those declared for it alone, ``times`` the days on which it holds (None:
    every day).
    """

    kind: str
    article: str
    name: str
    population: Population
    values: tuple[Dated, ...]
    line: int = 0
    force: str = "binding"
    ids: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    times: Times | None = None

    @property
    def is_applied(self) -> bool:
        """Is it judged? What is only permitted, proposed, contested or unconfirmed is kept and quoted, no more."""
        return self.force in APPLIED

    def on(self, day: date) -> Dated | None:
        """The value in force on ``day``, None when the document has none."""
        for value in self.values:
            if value.first <= day <= value.last:
                return value
        return None

    def covers(self, form: str) -> bool:
        """Is it for that form of telework ("" being the ordinary one)?"""
        return not self.forms or (form or ORDINARY) in self.forms

    def holds(self, facts: Facts, contract: ContractFacts | None, day: date, form: str = "") -> bool:
        """Is it for that person, on that day, under that form?"""
        if self.forms and (form or ORDINARY) not in self.forms:
            return False
        if self.times is not None and not self.times.holds(day):
            return False
        return self.population is EVERYBODY or self.population.includes(facts, contract, day)


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
    base: str = ""
    source: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    upper: "Agreement | None" = field(default=None, repr=False)
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
        for clause in self.clauses(kind):
            if clause.population is EVERYBODY or clause.population.holds(contract, job):
                return clause
        return None

    def clauses(self, kind: str) -> tuple[Clause, ...]:
        """The applied rules of that kind, the binding ones first."""
        if "clauses" not in self.cache:
            by_kind: dict[str, list[Clause]] = {}
            for clause in sorted(filter(lambda c: c.is_applied, self.rules), key=lambda c: APPLIED.index(c.force)):
                by_kind.setdefault(clause.kind, []).append(clause)
            self.cache["clauses"] = {name: tuple(found) for name, found in by_kind.items()}
        return self.cache["clauses"].get(kind, ())

    def clauses_named(self, kind: str, name: str) -> tuple[Clause, ...]:
        """The applied rules of that kind and name (any where it is empty), or those only kept where none has it."""
        if not name:
            return self.clauses(kind)
        found = tuple(clause for clause in self.clauses(kind) if clause.name == name)
        return found or tuple(clause for clause in self.rules if (clause.kind, clause.name) == (kind, name))

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
        question = READINGS.get(what.removeprefix("readings."))
        choices = question.choices if question else ()
        return NoValueInForce(document=str(self.title), article=article, what=what, day=day, choices=choices)

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
