"""What is wrong with a document as it is being written: faults by line, cases that fail, and what would come of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from policies.core.agreement import Agreement, AgreementError, load
from policies.core.cases import Case, load_cases
from policies.core.checking import check
from policies.core.faults import Fault

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
    """What the check found: faults, and advice; ``rules`` and ``cases`` are counted as far as they could be read."""

    faults: tuple[FaultShown, ...]
    more: int
    advice: tuple[FaultShown, ...]
    rules: int
    cases: int
    run: int
    passed: int

    @property
    def is_clean(self) -> bool:
        return not self.faults


def checked(text: str, cases: str, name: str, lang: str, upper: Agreement | None = None) -> Checked:
    """Read, complete and run a document under the text above it; never raises for what is written in it."""
    faults: list[tuple[str, Fault]] = []
    document = _read(load, text, name, "text", faults)
    written = _read(load_cases, cases, name, "cases", faults) or ()
    run = tuple(written)[:RUN_WHILE_TYPING]
    found = check(document, run, upper if document.base else None) if document is not None else None
    if found is not None:
        faults += [("text", fault) for fault in found.faults]
        faults += [("cases", fault) for fault in found.case_faults]
    advice = [("text", fault) for fault in (*found.warnings, *found.remarks)] if found else []
    failed = len({fault.line for where, fault in faults if where == "cases"})
    return Checked(
        _shown(faults, lang), max(0, len(faults) - SHOWN), _shown(advice, lang),
        len(document.rules) if document else 0, len(written), len(run) if found else 0,
        len(run) - failed if found else 0,
    )  # fmt: skip


def _shown(faults: list[tuple[str, Fault]], lang: str) -> tuple[FaultShown, ...]:
    return tuple(FaultShown(where, fault.line, fault.key, fault.message.lang(lang)) for where, fault in faults[:SHOWN])


def _read(read, words: str, name: str, where: str, faults: list) -> Agreement | Iterable[Case] | None:
    try:
        return read(words, name=name)
    except AgreementError as error:
        faults += [(where, fault) for fault in error.faults]
        return None
