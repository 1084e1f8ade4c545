"""What moves from one period, or one person, to another: days carried over, days given and received."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .durations import after
from .limits import Row, holding, limit_over, period_of, standing_on, tally_for
from .situation import Situation
from .windows import Window, next_window, previous_window

GIVEN, RECEIVED = "days_given", "days_received"
_FURTHEST = 120  # periods
_NOTHING = Fraction(0)


class Carried(NamedTuple):
    """What a period receives of the one before, in points, and the last day on which it may be used."""

    points: Fraction = _NOTHING
    until: date = date.max
    known: bool = True  # False where the facts do not reach back to the period before


def with_carried(s: Situation, p: Mapping[str, object], row: Row) -> Row:
    """A row with what is carried into its window, and what was given to or received from colleagues.

    After its last day, only what was used by then of the carried days still counts."""
    exchanged = _exchanged(s, p, row.window)
    carried = carried_into(s, p, row.window)
    points = carried.points
    if points and s.day > carried.until:
        points = min(points, Fraction(tally_for(s, p).over(row.window.first, carried.until)))
    moved = points + exchanged + _ahead(s, p, row.window) - _owed(s, p, row.window)
    return row._replace(limit=max(_NOTHING, row.limit + moved), carried=points, known=carried.known)


def _ahead(s: Situation, p: Mapping[str, object], window: Window) -> Fraction:
    """What may be taken in advance of the period after: no more than that period has left."""
    rule = _clause_for(s, "carry_over")
    period = period_of(s, p) if rule is not None and rule["ahead"] else None
    if period is None:
        return _NOTHING
    following = next_window(period, window)
    held = holding(s.facts, s.agreement, s.clause, following.first, s.form)
    if held is None:
        return _NOTHING
    then = standing_on(s.facts, s.agreement, s.clause, following.first, s.form)
    left = limit_over(then, held, following) * held["scale"] - tally_for(then, held).over(*following)
    return max(_NOTHING, min(left, Fraction(rule["ahead"]) * p["scale"]))


def _owed(s: Situation, p: Mapping[str, object], window: Window, depth: int = 0) -> Fraction:
    """What the period before took in advance of this one."""
    rule = _clause_for(s, "carry_over")
    period = period_of(s, p) if rule is not None and rule["ahead"] and depth <= _FURTHEST else None
    before = previous_window(period, window) if period is not None else None
    if before is None or before.last < s.agreement.in_force or before.first not in s.facts.workdays:
        return _NOTHING
    then = standing_on(s.facts, s.agreement, s.clause, before.last, s.form)
    held = holding(s.facts, s.agreement, s.clause, before.last, s.form) or p
    allowed = limit_over(then, held, before) * held["scale"] + _exchanged(then, held, before)
    allowed += carried_into(then, held, before).points - _owed(then, held, before, depth + 1)
    return max(_NOTHING, tally_for(then, held).over(*before) - allowed)


def carried_into(s: Situation, p: Mapping[str, object], window: Window, depth: int = 0) -> Carried:
    """What the period before leaves to this one, by the clause ``carry_over`` of the cap."""
    rule = _clause_for(s, "carry_over")
    if rule is None or not rule["limit"] or depth > _FURTHEST or p["rolling"] or p["averaged"]:
        return Carried()
    key = "carried", p["key"], s.agreement, id(rule), s.form, window
    return s.remembered(key, lambda: _carried(s, p, rule, window, depth))


def _carried(s: Situation, p: Mapping[str, object], rule: Mapping[str, object], window: Window, depth: int) -> Carried:
    period = period_of(s, p)
    if period is None:
        return Carried()
    before = previous_window(period, window)
    if before.last < s.agreement.in_force:
        return Carried()
    if before.first not in s.facts.workdays:
        return Carried(known=not _was_there(s, before))
    left = _left_of(s, p, before, depth)
    until = after(window.first, rule["within"]) if rule["within"] else window.last
    last = date.fromordinal(until.toordinal() - 1) if rule["within"] else until
    return Carried(min(left, Fraction(rule["limit"]) * p["scale"]), last)


def _was_there(s: Situation, window: Window) -> bool:
    """Was the person under contract at some time of that window?"""
    return any(c.start <= window.last and (c.end is None or c.end >= window.first) for c in s.facts.contracts)


def _left_of(s: Situation, p: Mapping[str, object], window: Window, depth: int) -> Fraction:
    """What was allowed in a past window and not used there; what it had received itself is used first."""
    then = standing_on(s.facts, s.agreement, s.clause, window.last, s.form)
    held = holding(s.facts, s.agreement, s.clause, window.last, s.form) or p
    tally = tally_for(then, held)
    received = carried_into(then, held, window, depth + 1)
    used = tally.over(*window)
    of_received = min(received.points, Fraction(tally.over(window.first, min(received.until, window.last))))
    allowed = limit_over(then, held, window) * held["scale"] + _exchanged(then, held, window)
    allowed -= _owed(then, held, window)
    unused = received.points - of_received if _clause_for(s, "carry_over")["kept"] else _NOTHING
    return max(_NOTHING, allowed - (used - of_received)) + unused


def _exchanged(s: Situation, p: Mapping[str, object], window: Window) -> Fraction:
    """Points received from colleagues less those given to them within the window."""
    if _clause_for(s, "giving_days") is None:
        return _NOTHING
    return (exchanged(s, RECEIVED, window) - exchanged(s, GIVEN, window)) * p["scale"]


def exchanged(s: Situation, code: str, window: Window) -> Fraction:
    """How many are recorded as given, or received, within the window."""
    found = (t.number for t in s.facts.traits if t.code == code and t.number and window.holds(t.first))
    return Fraction(sum(found, 0))


def _clause_for(s: Situation, kind: str) -> Mapping[str, object] | None:
    """The values of the clause of that kind about the cap being looked at."""
    for clause in s.agreement.clauses(kind):
        p = holding(s.facts, s.agreement, clause, s.day, s.form)
        if p is not None and p["cap"] == s.name:
            return p
    return None
