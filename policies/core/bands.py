"""Rows by which a limit depends on the person: rate, head count of the unit, weekly pattern, seniority."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .facts import ContractFacts, Facts
from .population import Population
from .schema import Param, Wrong
from .text import Text, both

_BOUNDS = (
    "unit_least", "unit_most", "rate_from", "rate_to", "rate_above", "rate_below", "days_least", "days_most",
    "months_least", "months_below",
)  # fmt: skip
_FULL = Decimal(100)


def bands_param(about: Text, *, most: int = 10_000) -> Param:
    """Rows of a scale: conditions as in a population, and the limit where they are met."""
    fields = {key: Param("number", Text(key), required=False, most=1_000_000) for key in _BOUNDS}
    return Param("rows", about, required=False, default=(), fields={**fields, "limit": Param("number", most=most)})


class Band(NamedTuple):
    """One row: whom it is for, and the limit there."""

    whom: Population
    limit: Decimal


def read_bands(rows: tuple[Mapping[str, object], ...]) -> tuple[Band, ...]:
    """The rows, none of which may meet another. Raises Wrong."""
    bands = tuple(
        Band(Population(**{key: row[key] for key in _BOUNDS if row[key] is not None}), row["limit"]) for row in rows
    )
    for index, band in enumerate(bands):
        if any(not band.whom.is_apart_from(other.whom) for other in bands[:index]):
            raise Wrong(
                fr=f"La ligne {index + 1} du barème vaut pour des personnes d’une autre ligne : séparez leurs bornes.",
                en=f"Row {index + 1} of the scale holds for people of another row: part their bounds.",
            )
    return bands


def band_of(bands: tuple[Band, ...], facts: Facts, contract: ContractFacts, day: date) -> Band | None:
    """The row that holds for somebody on a day, None where the scale has a hole there."""
    return next((band for band in bands if band.whom.includes(facts, contract, day)), None)


class RateRow(NamedTuple):
    """One row of a scale by rate, both ends included."""

    least: Decimal
    most: Decimal
    limit: Decimal


RATE_ROWS = Param(
    "rows",
    both(
        fr="les lignes { from, to, limit }, en % du temps plein", en="the rows { from, to, limit }, in % of full time"
    ),
    fields={
        "from": Param("number", both(fr="à partir de ce taux", en="from this rate"), most=100),
        "to": Param("number", both(fr="jusqu’à ce taux compris", en="up to this rate"), required=False, most=100),
        "limit": Param("number", both(fr="le plafond", en="the limit"), most=10_000),
    },
)


def rate_rows(rows: tuple[Mapping[str, object], ...]) -> tuple[RateRow, ...]:
    """The rows in order of rate; a row without an end is for that rate only."""
    return tuple(sorted(RateRow(row["from"], row["to"] or row["from"], row["limit"]) for row in rows))


def holes(rows: tuple[RateRow, ...]) -> list[tuple[Decimal, Decimal]]:
    """The rates between two rows, and between the last and full time, of which nothing is said."""
    ends = [*rows, RateRow(_FULL, _FULL, Decimal(0))] if rows and rows[-1].most < _FULL else list(rows)
    return [(low.most, high.least) for low, high in pairwise(ends) if high.least > low.most]


def limit_at(rows: tuple[RateRow, ...], rate: Decimal, base: Decimal, between: str) -> Fraction | None:
    """The limit at a rate; where no row holds, what ``between`` says. None: nothing is said of that rate.

    ``between``: error (None), row_below, row_above (full time above the last row), linear, full_time.
    """
    held = next((row for row in rows if row.least <= rate <= row.most), None)
    if held is not None:
        return Fraction(held.limit)
    if rate >= _FULL or between == "full_time":
        return Fraction(base)
    below = next((row for row in reversed(rows) if row.most < rate), None)
    above = next((row for row in rows if row.least > rate), RateRow(_FULL, _FULL, base))
    if between == "row_above":
        return Fraction(above.limit)
    if between == "row_below" and below:
        return Fraction(below.limit)
    if between == "linear" and below:
        way = Fraction(rate - below.most) / Fraction(above.least - below.most)
        return Fraction(below.limit) + way * Fraction(above.limit - below.limit)
    return None
