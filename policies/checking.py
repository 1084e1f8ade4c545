"""What is wrong with a document as it is being written: faults by line, cases that fail, and what would come of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from policies.core.agreement import Agreement, AgreementError, load
from policies.core.cases import Case, load_cases, run_cases
from policies.core.faults import Fault
from policies.core.lint import lint

# So many cases run while one types; all of them run before a version is published.
RUN_WHILE_TYPING = 500
SHOWN = 100


@dataclass(frozen=True, slots=True)
class FaultShown:
    """One fault: in which text, at which line (0 for the whole), under which key, and what to do."""

    where: str
    line: int
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found; ``rules`` and ``cases`` are counted as far as the texts could be read."""

    faults: tuple[FaultShown, ...]
    more: int
    rules: int
    cases: int
    run: int
    passed: int

    @property
    def is_clean(self) -> bool:
        return not self.faults


def checked(text: str, cases: str, name: str, lang: str) -> Checked:
    """Read, complete and run a document; never raises for what is written in it."""
    faults: list[tuple[str, Fault]] = []
    document = _read(load, text, name, "text", faults)
    written = _read(load_cases, cases, name, "cases", faults) or ()
    if document is not None:
        faults += [("text", fault) for fault in lint(document)]
    outcomes = run_cases(document, written[:RUN_WHILE_TYPING]) if document is not None else []
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        faults += [("cases", Fault(outcome.case.line, outcome.case.name, told)) for told in outcome.differences]
    shown = [FaultShown(where, fault.line, fault.key, fault.message.lang(lang)) for where, fault in faults[:SHOWN]]
    return Checked(
        tuple(shown), max(0, len(faults) - SHOWN), len(document.rules) if document else 0, len(written),
        len(outcomes), len(outcomes) - len(failed),
    )  # fmt: skip


def _read(read, words: str, name: str, where: str, faults: list) -> Agreement | Iterable[Case] | None:
    try:
        return read(words, name=name)
    except AgreementError as error:
        faults += [(where, fault) for fault in error.faults]
        return None
