"""What a signature under a case stands for: the case as written, and what the engine answered to it."""

import hashlib
import json
from collections.abc import Mapping

from .cases import Outcome
from .decision import Decision, Finding


def fingerprint(outcome: Outcome) -> str:
    """64 hex digits that change when the case is written otherwise, or when its answer becomes another.

    The answer is every verdict with the rules that led to it, their articles and numbers, what a question was answered,
    and the days due. What rules say in passing is left out: a sentence more about a day that stays possible breaks no
    signature. Nor does a key that cases learn later, since only what is written counts."""
    told = {
        "case": outcome.case.written,
        "answers": [_answer(decision) for decision in outcome.decisions],
        "told": [_reason(finding) for finding in outcome.findings] if outcome.case.given.get("ask") else [],
        "due": outcome.due.total if outcome.due else None,
        "passed": outcome.passed,
    }
    return hashlib.sha256(json.dumps(_plain(told), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _answer(decision: Decision) -> list[object]:
    return [decision.request.day, decision.verdict.name, [_reason(finding) for finding in decision.failing]]


def _reason(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.article, finding.code, finding.data


def _plain(value: object) -> object:
    """Values as JSON holds them, in one order whatever order they were made in."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
