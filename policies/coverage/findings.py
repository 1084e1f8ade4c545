"""What coverage says of a request, as a finding beside those of the agreement: rule ``continuity``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policies.core.decision import Decision, Finding, Verdict
from policies.coverage.explain import Whom, help_sentence, sentence
from policies.coverage.requirements import Gap, Minimum
from policies.coverage.windows import printed

RULE = "continuity"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Named:
    """How a requirement is called: its uid, article, name and nouns by language, and its scope in words."""

    uid: str
    article: str
    names: dict[str, str]
    whom: dict[str, Whom]
    scope: dict[str, str]


def broken(gaps: Sequence[Gap], named: Named) -> Finding:
    """The refusal of one requirement: its worst gap in words, all of them in numbers."""
    gaps = joined(gaps)
    worst = worst_of(gaps)
    data = {
        "requirement": named.uid,
        "name": named.names,
        "scope": named.scope,
        **gap_data(worst),
        "gaps": [gap_data(gap) for gap in gaps],
    }
    for lang in LANGUAGES:
        data |= {
            f"said_{lang}": sentence(worst, lang, named.whom[lang]),
            f"help_{lang}": help_sentence(worst, lang, named.whom[lang]),
        }
    return Finding(RULE, named.article, Verdict.REFUSED, f"{RULE}.broken", data, f"{RULE}.help")


def worst_of(gaps: Iterable[Gap]) -> Gap:
    """The gap to tell of: the furthest from holding, the first of these."""
    return min(gaps, key=lambda gap: (_margin(gap), gap.start or 0, gap.day))


def joined(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps of one requirement in the order of time; what goes on with the same numbers past the end of a window is
    one gap, as it is for the people it is told to (Sat 22:00–06:00)."""
    found: list[Gap] = []
    for gap in sorted(gaps, key=lambda one: (one.start or 0, one.day)):
        last = found[-1] if found else None
        if last and gap.start is not None and gap.start == last.end and _numbers(gap) == _numbers(last):
            found[-1] = replace(last, end=gap.end)
        else:
            found.append(gap)
    return found


def _numbers(gap: Gap) -> tuple[int, int, int]:
    return gap.before, gap.value, gap.limit


def kept(article: str, *, tight: bool) -> Finding:
    """Every requirement holds with this day as well; ``tight``: it would not with another one like it."""
    return Finding(RULE, article, Verdict.ALLOWED, f"{RULE}.tight" if tight else f"{RULE}.ok")


def gap_data(gap: Gap) -> dict[str, object]:
    """A gap as JSON-safe numbers; ``start`` and ``end`` carry the offset then, and are None for a whole date."""
    zone = gap.rule.zone
    return {
        "day": gap.day.isoformat(),
        "start": None if gap.start is None else printed(gap.start, zone),
        "end": None if gap.end is None else printed(gap.end, zone),
        "before": gap.before,
        "value": gap.value,
        "limit": gap.limit,
    }


def stands_alone(decision: Decision) -> bool:
    """Whether coverage refuses and nothing else does: then an exception may be asked for, and granted."""
    return bool(decision.failing) and all(found.rule == RULE for found in decision.failing)


def is_exception(decision: Decision) -> bool:
    """Whether coverage stands against it and a manager has, or is left, the last word."""
    return any(found.code in (f"{RULE}.exception", f"{RULE}.granted") for found in decision.findings)


def as_exception(decision: Decision, *, granted: bool = False) -> Decision:
    """The decision in which coverage leaves the last word to a manager, or in which the manager has given it."""
    code, verdict = ("granted", Verdict.ALLOWED) if granted else ("exception", Verdict.NEEDS_APPROVAL)
    findings = tuple(
        replace(found, code=f"{RULE}.{code}", verdict=verdict)
        if found.rule == RULE and found.verdict is Verdict.REFUSED
        else found
        for found in decision.findings
    )
    return replace(decision, findings=findings)


def gaps_told(decision: Decision) -> list[dict[str, object]]:
    """The gaps that a decision carries, in numbers, each with the requirement it belongs to."""
    found = [finding for finding in decision.findings if finding.rule == RULE and "gaps" in finding.data]
    return [{"requirement": one.data["requirement"], **gap} for one in found for gap in one.data["gaps"]]


def _margin(gap: Gap) -> int:
    """How far a gap is from holding; the lower, the worse."""
    return gap.value - gap.limit if isinstance(gap.rule, Minimum) else gap.limit - gap.value
