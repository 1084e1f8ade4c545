"""A case of the test book from somebody and a day, or from what is typed: its TOML, and what the draft answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from people.models import Person
from policies.core import Facts, NoValueInForce, decide
from policies.core.agreement import Agreement, AgreementError, load, parse
from policies.core.case_writer import Table, case_of, coarse, expectation, written
from policies.core.cases import Outcome, load_cases, run_case
from policies.core.facts import Request
from policies.models import AgreementVersion
from policies.services.documents import name_of
from telework.facts import asked_between, facts_about
from telework.lab.gathering import Always

AROUND = timedelta(days=35)
LONGEST_TEXT = 60_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case as it would be added; ``exact`` is False where its language cannot hold all that the answer depends on."""

    text: str
    outcome: Outcome
    exact: bool = True


def from_person(version: AgreementVersion, person: Person, request: Request, *, name: str, today: date) -> Proposed:
    """The facts of somebody on ``today`` without anything that names them, and what the draft answers to a request.

    Dates long past are told by their year, and days out of the plain week as far as five weeks around the day; all of
    them exactly where the answer depends on more. AgreementError for a text that cannot be read."""
    agreement = load(version.text, name=name_of(version))
    first, last = sorted((request.day, today))
    facts = facts_about(person, today=today, first=first, last=last, **asked_between([Always(agreement)], first, last))
    expected = _expected(request, facts, agreement)
    near, whole = (request.day - AROUND, request.day + AROUND), (date.min, date.max)
    for told, within in product((coarse(facts, request.day), facts), (near, whole)):
        proposed = _proposed(version, agreement, case_of(name, request, told, within=within) | {"expect": expected})
        if proposed.outcome.passed:
            return proposed
    return Proposed(proposed.text, proposed.outcome, exact=False)


def _expected(request: Request, facts: Facts, agreement: Agreement) -> Table:
    try:
        return expectation(decide(request, facts, agreement))
    except NoValueInForce:
        return {"silent": True}


def from_hand(version: AgreementVersion, table: Mapping[str, object]) -> Proposed:
    """A case as typed; what is expected is filled with what the draft answers where nothing is typed.

    AgreementError for what cannot be read."""
    agreement = load(version.text, name=name_of(version))
    if table.get("expect"):
        return _proposed(version, agreement, table)
    asked = _proposed(version, agreement, {**table, "expect": {"verdict": "possible"}})
    decisions = asked.outcome.decisions
    expected = expectation(decisions[-1]) if decisions else {"silent": True}
    return _proposed(version, agreement, {**table, "expect": expected})


def _proposed(version: AgreementVersion, agreement: Agreement, table: Mapping[str, object]) -> Proposed:
    text = written(table)
    return Proposed(text, run_case(agreement, read_one(version, text)))


def read_one(version: AgreementVersion, text: str):
    """The one case that a text holds, under the defaults of the version’s cases. AgreementError where it is not one."""
    cases = load_cases(appended(version.cases, text), name=name_of(version))
    return cases[-1]


def appended(cases: str, text: str) -> str:
    """The cases of a version with one more at their end; nothing else of them changes, comments included."""
    parse(text, longest=LONGEST_TEXT)
    return f"{cases.rstrip()}\n\n{text.strip()}\n".lstrip()


def holds_one(text: str) -> bool:
    """Is there a case in a text that TOML can read?"""
    return bool(parse(text, longest=LONGEST_TEXT).get("cases"))


def free_name(version: AgreementVersion, wanted: str) -> str:
    """A name that no case of the version has yet."""
    try:
        taken = {case.name for case in load_cases(version.cases, name=name_of(version))}
    except AgreementError:
        return wanted
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted} ({number})", number + 1
    return name
