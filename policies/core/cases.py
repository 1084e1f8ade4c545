"""Cases: what HR signs. A person, a calendar, a request or a question, and what the agreement is to answer."""

from .agreement import Agreement
from .case_reading import Case, Outcome, load_cases
from .case_run import run_case
from .faults import Fault

__all__ = ["Case", "Outcome", "faults_of", "load_cases", "run_case", "run_cases"]


def run_cases(agreement: Agreement, cases: tuple[Case, ...]) -> list[Outcome]:
    """Run every case against the agreement."""
    return [run_case(agreement, case) for case in cases]


def faults_of(outcomes: list[Outcome]) -> list[Fault]:
    """The differences of failed cases, as faults of their document."""
    return [Fault(outcome.case.line, outcome.case.name, text) for outcome in outcomes for text in outcome.differences]
