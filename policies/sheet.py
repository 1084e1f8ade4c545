"""An agreement laid out for readers: each article with its text, the rules applied under it, and its cases."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from people import clock
from policies.core.agreement import load
from policies.core.cases import Outcome, load_cases, run_cases
from policies.core.document import Agreement, Article, Clause, Reading
from policies.core.levels import completed
from policies.core.readings import READINGS
from policies.core.signing import fingerprint
from policies.core.statement import statement, titled, whom
from policies.core.text import Text
from policies.models import AgreementVersion, CaseSignature
from policies.selectors.agreements import above

CASES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule in force: its name, what it says, since when, and before; ``ours``: the text did not settle it.

    ``force`` as the document gives it; ``whom``: the people and forms it is for, "" for everybody."""

    title: str
    says: str
    since: date | None
    before: str
    ours: bool
    force: str = "binding"
    whom: str = ""


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A choice made where the text leaves one; ``choice`` is "" while it is open."""

    asks: str
    choice: str
    why: str
    ours: bool


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case and what became of it; ``signed`` holds the names that still stand under it."""

    name: str
    line: int
    passed: bool
    differences: tuple[str, ...]
    signed: tuple[CaseSignature, ...] = ()
    lapsed: bool = False


@dataclass(slots=True)
class Section:
    """An article; the section without a number holds what belongs to none; ``more`` cases stand in the test book."""

    number: str
    title: str
    text: str
    source: str
    rules: list[RuleShown] = field(default_factory=list)
    readings: list[ReadingShown] = field(default_factory=list)
    cases: list[CaseShown] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole agreement as read on one day."""

    document: Agreement
    sections: tuple[Section, ...]
    rest: Section
    cases: int
    passed: int
    signed: int
    ours: int


def sheet_of(version: AgreementVersion, *, day: date, lang: str) -> Sheet:
    """The sheet of a version as it stands on ``day``. AgreementError when its text or its cases cannot be read."""
    document, outcomes = _run_of(version)
    sections = {number: _section(document, article, lang) for number, article in document.articles.items()}
    rest = Section("", "", "", "")
    for clause in document.rules:
        _home(sections, rest, clause.article).rules.append(_rule(document, clause, day, lang))
    for reading, article in _readings_of(document):
        _home(sections, rest, article).readings.append(_reading(reading, lang))
    shown = cases_shown(version, outcomes, lang)
    for outcome, case in zip(outcomes, shown, strict=True):
        _add(_home(sections, rest, article_of(document, outcome)), case)
    ordered = tuple(sections[number] for number in sorted(sections, key=natural))
    ours = sum(reading.by == "ours" for reading, _article in _readings_of(document))
    return Sheet(
        document, ordered, rest, len(shown), sum(case.passed for case in shown),
        sum(bool(case.signed) for case in shown), ours,
    )  # fmt: skip


def _run_of(version: AgreementVersion) -> tuple[Agreement, Sequence[Outcome]]:
    """A version read under the text above it, and its cases run."""
    upper = above(version.agreement, version.effective_from or clock.now().date())
    return _run(version.text, version.cases, f"{version.agreement.slug} {version.number}", upper)


@lru_cache(maxsize=16)
def _run(text: str, cases: str, name: str, upper: Agreement | None) -> tuple[Agreement, Sequence[Outcome]]:
    """A text read and its cases run, once a process for the texts at hand: neither ever changes under its key."""
    document = load(text, name=name)
    whole = completed(document, upper) if upper and document.base else document
    return document, run_cases(whole, load_cases(cases, name=name))


def outcomes_of(version: AgreementVersion) -> Sequence[Outcome]:
    """Every case of a version run against its text. AgreementError when either cannot be read."""
    return _run_of(version)[1]


def cases_shown(version: AgreementVersion, outcomes: Iterable[Outcome], lang: str) -> list[CaseShown]:
    """Cases with the signatures that still stand: those made under the same case and the same answer. One query."""
    signatures: Mapping[str, list[CaseSignature]] = defaultdict(list)
    for signature in version.signatures.all():
        signatures[signature.case].append(signature)
    return [_case(outcome, signatures.get(outcome.case.name, ()), lang) for outcome in outcomes]


def _case(outcome: Outcome, signatures: Sequence[CaseSignature], lang: str) -> CaseShown:
    standing = fingerprint(outcome) if signatures else ""
    valid = tuple(signature for signature in signatures if signature.fingerprint == standing)
    told = tuple(difference.lang(lang) for difference in outcome.differences)
    return CaseShown(
        outcome.case.name, outcome.case.line, outcome.passed, told, valid, lapsed=bool(signatures) and not valid
    )


def article_of(document: Agreement, outcome: Outcome) -> str:
    """The article a case is about: the one it names, else that of the rule it names, else of what refused it."""
    expect = outcome.case.expect
    if expect["article"]:
        return expect["article"]
    named = expect["rule"] or next(iter(expect["rules"]), "")
    failing = [finding for decision in outcome.decisions for finding in decision.failing]
    refusing = failing[0].article if failing else ""
    clause = next((clause for clause in document.rules if named in (clause.kind, clause.name)), None)
    if clause is not None or refusing:
        return clause.article if clause else refusing
    yearly = document.clause("yearly_cap")
    counted = expect["entitlement"] is not None or expect["left"] is not None
    return yearly.article if yearly and counted else ""


def natural(number: str) -> list[tuple[int, int, str]]:
    """Article numbers in the order of people: 3.2 before 3.10."""
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in re.findall(r"\d+|\D+", number)]


def _add(section: Section, case: CaseShown) -> None:
    """The first cases of an article stand beside it; the rest is counted."""
    if len(section.cases) < CASES_SHOWN:
        section.cases.append(case)
    else:
        section.more += 1


def _readings_of(document: Agreement) -> list[tuple[Reading, str]]:
    """Every reading with its article: those of the document, and those that one rule declares for itself."""
    own = [(held, held.article or clause.article) for clause in document.rules for held in clause.readings.values()]
    return [*((reading, reading.article) for reading in document.readings.values()), *own]


def _home(sections: Mapping[str, Section], rest: Section, article: str) -> Section:
    return sections.get(article, rest)


def _section(document: Agreement, article: Article, lang: str) -> Section:
    return Section(article.number, _words(article.title, lang), _words(article.text, lang), article.source)


def _words(text: Text | str | None, lang: str) -> str:
    return text.lang(lang) if isinstance(text, Text) else str(text or "")


def _rule(document: Agreement, clause: Clause, day: date, lang: str) -> RuleShown:
    value = clause.on(max(day, document.in_force)) or (clause.values[-1] if clause.values else None)
    place = clause.values.index(value) if value else 0
    before = statement(document, clause, clause.values[place - 1], lang) if value and place else ""
    return RuleShown(
        titled(document, clause, lang),
        statement(document, clause, value, lang),
        value.first if value else None,
        before,
        bool(value and value.by == "ours"),
        clause.force,
        whom(document, clause, lang),
    )


def _reading(reading: Reading, lang: str) -> ReadingShown:
    question = READINGS[reading.name]
    choice = question.choices.get(reading.choice)
    return ReadingShown(
        question.asks.lang(lang), choice.about.lang(lang) if choice else "", _words(reading.why, lang),
        reading.by == "ours",
    )  # fmt: skip
