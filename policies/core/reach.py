"""How far around a day the clauses of an agreement look, so that the facts gathered hold what they count."""

from collections.abc import Mapping

from .agreement import Agreement
from .document import Clause

_MONTH, _WEEK = 31, 7
_WINDOWED = ("cap", "share", "minimum_on_site")


def reach_of(agreement: Agreement) -> int:
    """Days before a day that some clause may look at, beyond the agreement's year; 0 where none does."""
    if "reach" not in agreement.cache:
        spans = [
            _span(agreement, clause, v.params) for clause in _counting(agreement) for v in clause.values if v.applies
        ]
        agreement.cache["reach"] = max(spans, default=0)
    return agreement.cache["reach"]


def _counting(agreement: Agreement) -> list[Clause]:
    return [clause for kind in _WINDOWED for clause in agreement.clauses(kind)]


def _span(agreement: Agreement, clause: Clause, p: Mapping[str, object]) -> int:
    """The length of a window that is not a civil one; twice that of a period whose rest is carried over."""
    period = p["period"]
    if period is None:
        return 0
    length = period.months * _MONTH + period.days
    if p["averaged"]:
        reading = clause.readings.get("measured_over") or agreement.readings.get("measured_over")
        weeks = reading.params.get("n", 0) if reading is not None else 0
        return weeks * _WEEK
    if any(c.kind == "carry_over" and v.params.get("cap") == clause.name for c in agreement.rules for v in c.values):
        return 2 * length
    is_civil = period.months and period.months <= 12 and not (p.get("rolling") or p["starts"] or p["starts_with"])
    return 0 if is_civil or (period.weeks == 1 and not p["starts"]) else length
