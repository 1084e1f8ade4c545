"""What a limit at full time becomes for somebody: by rate, by a scale, by the weekly pattern, and how it is rounded."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from .bands import band_of, limit_at, rate_rows
from .document import Agreement, Clause, Reading
from .facts import ContractFacts, Facts

Read = Callable[[str], Reading]
_STEPS = {"half_day": Fraction(1, 2), "day": Fraction(1)}


def reader_of(agreement: Agreement, clause: Clause | None) -> Read:
    """The readings of a clause: its own, else the document's. Raises NoValueInForce where one is missing or open."""

    def read(name: str) -> Reading:
        own = clause.readings.get(name) if clause is not None else None
        if own is None:
            return agreement.reading(name)
        if own.choice == "open":
            raise agreement.silent(f"readings.{name}", None, own.article or clause.article)
        return own

    return read


def base_of(params: Mapping[str, object], facts: Facts, contract: ContractFacts, day: date) -> Decimal | None:
    """The limit at full time for somebody on a day; None where a scale by bands has a hole."""
    if not params.get("bands"):
        return params["base"]
    band = band_of(params["bands"], facts, contract, day)
    return band.limit if band else None


def at_rate(read: Read, base: Decimal, rate: Decimal, pattern: Decimal | None) -> Fraction | None:
    """What is due of ``base`` for the whole window at a rate, by the reading ``part_time``; None where it says nothing.

    ``pattern``: days worked a week, which two of its answers need."""
    reading = read("part_time")
    choice, params = reading.choice, reading.params
    if choice == "presence_first":
        return Fraction(max(Decimal(0), min(base, pattern - params["on_site"])))
    if choice == "by_pattern":
        return Fraction(base) * min(Fraction(1), Fraction(pattern) / Fraction(params["full"]))
    if choice == "none" or rate >= 100:
        return Fraction(base)
    if choice == "linear":
        return Fraction(base) * Fraction(rate) / 100
    if choice == "bands":
        return limit_at(rate_rows(params["bands"]), rate, base, params["between"])
    rows = rate_rows(tuple({"from": row, "to": row, "limit": days} for row, days in params["scale"]))
    return limit_at(rows, rate, base, params["between"])


def rounded(amount: Fraction, rounding: Reading) -> Fraction:
    """To the step, up, down or to the nearest (a tie goes up), or not at all."""
    return to_step(amount, rounding.choice, rounding.params.get("step", "half_day"))


def to_step(amount: Fraction, direction: str, step: str) -> Fraction:
    if direction in ("none", "exact"):
        return Fraction(amount)
    steps = amount / _STEPS[step]
    whole = ceil(steps) if direction == "up" else floor(steps) if direction == "down" else floor(steps + Fraction(1, 2))
    return whole * _STEPS[step]
