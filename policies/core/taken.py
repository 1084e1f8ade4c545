"""Which booked days count where an absence covers them later: all of them, unless the agreement gives them back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from .document import Agreement
from .facts import Facts

READING = "absent_later"


def gives_absent_days_back(agreement: Agreement) -> bool:
    """Does a booked day that an absence covers stop counting? Not where the agreement is silent on it.

    Raises NoValueInForce where the reading is there and left open."""
    known = agreement.cache.get(READING)
    if known is None:
        is_read = READING in agreement.readings
        known = agreement.cache[READING] = is_read and agreement.reading(READING).choice == "given_back"
    return known


def taken(facts: Facts, agreement: Agreement) -> Facts:
    """The facts with the bookings that this agreement counts; kept with the facts, which never change."""
    if not gives_absent_days_back(agreement):
        return facts
    known = facts._counts.get(READING)
    if known is None:
        kept = replace(facts, booked=_worked(facts, facts.booked), pending=_worked(facts, facts.pending))
        known = facts._counts[READING] = kept._counts[READING] = kept
    return known


def _worked(facts: Facts, held: Mapping[date, int]) -> dict[date, int]:
    """The halves held that no absence takes."""
    found = {}
    for day, halves in held.items():
        workday = facts.workdays.get(day)
        left = halves & ~workday.absent if workday is not None else halves
        if left:
            found[day] = left
    return found
