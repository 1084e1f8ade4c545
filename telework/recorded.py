"""Decisions as they lie in the database: codes and numbers only, so that they read in either language later."""

from datetime import date

from policies.core.decision import Decision, Finding, Verdict
from policies.core.facts import Part, Purpose, Request


def pack(decision: Decision) -> dict:
    """A decision as compact JSON; ``unpack`` gives it back."""
    return {
        "day": decision.request.day.isoformat(),
        "part": decision.request.part.value,
        "purpose": decision.request.purpose.value,
        "document": decision.document,
        "findings": [
            [*_main(found), found.name, found.warns] if found.name or found.warns else _main(found)
            for found in decision.findings
        ],
    }


def _main(found: Finding) -> list[object]:
    return [found.rule, found.article, int(found.verdict), found.code, dict(found.data), found.remedy]


def unpack(packed: dict) -> Decision | None:
    """The recorded decision, or None where none was recorded (imported rows)."""
    if not packed or "findings" not in packed:
        return None
    request = Request(date.fromisoformat(packed["day"]), Part(packed["part"]), Purpose(packed["purpose"]))
    findings = tuple(
        Finding(rule, article, Verdict(verdict), code, data, remedy, *named)
        for rule, article, verdict, code, data, remedy, *named in packed["findings"]
    )
    return Decision(request, findings, packed.get("document", ""))
