"""Everything that is said of an agreement and its cases before it may be published."""

from dataclasses import dataclass

from .agreement import Agreement
from .bounding import BOUND
from .cases import Case, faults_of, run_cases
from .faults import Fault
from .law import breaches, remarks
from .levels import completed, outside_bounds
from .lint import lint, unknown_values
from .lint_counting import gaps
from .mapping import strangers, unmapped


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults of the document and of its cases, advice not followed, remarks of the law."""

    faults: tuple[Fault, ...]
    case_faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    remarks: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        return not self.faults and not self.case_faults


def check(agreement: Agreement, cases: tuple[Case, ...], upper: Agreement | None = None) -> Checked:
    """Lint a text, run its cases, and hold it against the text above it and the law of its country."""
    against, advised = outside_bounds(agreement, upper) if upper else ((), ())
    whole = completed(agreement, upper) if upper else agreement
    faults = (*lint(whole), *against, *breaches(agreement), *unmapped(agreement, cases))
    of_cases = (*strangers(agreement, cases), *faults_of(run_cases(whole, cases)))
    is_for_others = agreement.level == "law" or any(clause.kind == BOUND for clause in agreement.rules)
    advised = (*advised, *unknown_values(agreement), *gaps(agreement))
    return Checked(faults, of_cases, advised, () if is_for_others else remarks(whole))
