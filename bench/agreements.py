"""The agreements shipped, and the trial ones, each judged upon a loaded year; the slowest of them is found, not named.

The person is one of the document's own cases, the one who meets most of its rules, with 100 more days held.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import NamedTuple

from policies.core import Facts, Request, decide
from policies.core.agreement import load, with_readings
from policies.core.case_facts import asked_days, facts_of
from policies.core.case_reading import Case, load_cases
from policies.core.document import Agreement
from policies.core.faults import NoValueInForce
from policies.core.schema import Wrong

ROOT = Path(__file__).resolve().parent.parent
SHIPPED, TRIAL = ROOT / "policies" / "agreements", ROOT / "tests" / "cases" / "agreements"
_HELD = 100
_PEOPLE = 20  # of a document's cases, about
_SAMPLE = 40  # days between two of the days on which rules met are counted


class Loaded(NamedTuple):
    """An agreement, somebody's year under it, and the requests of that year."""

    agreement: Agreement
    facts: Facts
    requests: tuple[Request, ...]

    def decide_all(self) -> int:
        """Judge the whole year; a silence of the text is an answer too."""
        for request in self.requests:
            _findings(request, self.facts, self.agreement)
        return len(self.requests)

    @property
    def met(self) -> int:
        """How many rules the person meets on some days of the year."""
        return sum(_findings(request, self.facts, self.agreement) for request in self.requests[::_SAMPLE])


def slowest(folders: tuple[Path, ...] = (SHIPPED, TRIAL)) -> Loaded:
    """The agreement of the year that takes longest."""
    return max(all_loaded(folders), key=lambda loaded: _seconds(loaded) / len(loaded.requests))


def all_loaded(folders: tuple[Path, ...] = (SHIPPED, TRIAL)) -> Iterator[Loaded]:
    for folder in folders:
        for path in sorted(folder.glob("*.cases.toml")):
            slug = path.name.removesuffix(".cases.toml")
            agreement = load(path.with_name(f"{slug}.toml").read_text(encoding="utf-8"), name=slug)
            cases = load_cases(path.read_text(encoding="utf-8"))
            some = cases[:: max(1, len(cases) // _PEOPLE)]
            years = [year for case in some if (year := _year(agreement, case)) is not None]
            yield max(years, key=lambda loaded: loaded.met)


def _year(agreement: Agreement, case: Case) -> Loaded | None:
    """The year of one case; None where its facts are impossible, which is then what it shows."""
    given = case.given
    try:
        chosen = with_readings(agreement, given["readings"]) if given["readings"] else agreement
        facts = facts_of(given)
    except (Wrong, NoValueInForce):
        return None
    first = asked_days(given)[0].replace(month=1, day=1)
    days = [first + timedelta(days=offset) for offset in range(365)]
    form = given["request"]["form"] if given["request"] else ""
    return Loaded(chosen, _held(facts, days), tuple(Request(day, form=form) for day in days))


def _held(facts: Facts, days: list[date]) -> Facts:
    """The same person with a hundred days held, every second one worked, a half-day now and then."""
    worked = [day for day in days if (found := facts.workdays.get(day)) is not None and found.available]
    more = {day: 3 if index % 4 else 1 for index, day in enumerate(worked[::2][:_HELD])}
    return replace(facts, booked={**more, **facts.booked})


def _findings(request: Request, facts: Facts, agreement: Agreement) -> int:
    try:
        return len(decide(request, facts, agreement).findings)
    except NoValueInForce:
        return 0


def _seconds(loaded: Loaded) -> float:
    """The better of two runs, once the year is warm."""
    loaded.decide_all()
    found = []
    for _ in range(2):
        start = process_time()
        loaded.decide_all()
        found.append(process_time() - start)
    return min(found)
