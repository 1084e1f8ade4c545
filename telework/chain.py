"""Whose turn it is in an agreement's chain of approval, as its decision tells."""

from policies.core.decision import Decision, Verdict

# Codes of steps that those who lead a team answer; every other step (hr, director, committee …) is answered by HR.
OF_MANAGERS = frozenset({"", "manager", "line_manager", "supervisor", "n_plus_1", "n1"})
LONGEST = 60


def awaited(decision: Decision | None) -> str:
    """The code of the step whose answer a decision awaits: of the chain first, then of a cap; "" where none."""
    waiting = [found for found in decision.findings if found.verdict is Verdict.NEEDS_APPROVAL] if decision else []
    chain = (str(found.data["step"]) for found in waiting if found.code == "approval_chain.awaited")
    caps = (str(found.data.get("needs", "")) for found in waiting if found.code == "cap.asked")
    return next((step for step in (*chain, *caps) if step), "")[:LONGEST]
