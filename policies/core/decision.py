"""Every answer is an object: verdict, rule, article, numbers before and after, and what would make it possible."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from .facts import Request


class Verdict(IntEnum):
    """Ordered from best to worst, so that the worst finding is simply ``max``."""

    ALLOWED = 0
    NEEDS_APPROVAL = 1
    REFUSED = 2


# Not frozen, though nobody changes one: a year is greyed by thousands of them, and a frozen one takes twice the time.
@dataclass(slots=True)
class Finding:
    """What one rule says of one request.

    ``code`` names the sentence (``weekly_cap.exceeded``), ``data`` its numbers and dates (JSON-safe: int, str,
    ISO date, decimal as str), ``remedy`` the code of the sentence that tells what would make it possible, or "".
    ``name`` tells the clause apart where several are of one kind; ``warns``: it is only recommended, and not met.
    """

    rule: str
    article: str
    verdict: Verdict
    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    remedy: str = ""
    name: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """All findings on one request; its verdict is the worst of them."""

    request: Request
    findings: tuple[Finding, ...]
    document: str = ""
    free_days: tuple[date, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return max((finding.verdict for finding in self.findings), default=Verdict.ALLOWED)

    @property
    def failing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.REFUSED)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is only recommended, and not met: said, never a refusal."""
        return tuple(finding for finding in self.findings if finding.warns)
