"""What the days granted are paid, day by day at the rate of that day, within the ceilings of their month and year."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from .answers import Allowance, Line
from .document import Agreement, Clause
from .facts import Facts
from .situation import contract_on
from .taken import taken
from .windows import Period, window_of

_KINDS = ("allowance_per_day", "allowance")
_HALVES_PAID = {"half": 1, "whole": 2, "none": 0}
_CENT = Decimal("0.01")


def allowance(facts: Facts, agreement: Agreement, first: date, last: date) -> Allowance | None:
    """What the granted days from ``first`` to ``last`` are paid; None when the agreement pays no days then.

    Each day is paid at the rate of that day, a half-day by half unless the clause says otherwise."""
    facts = taken(facts, agreement)
    paid: dict[Decimal, int] = {}
    amount, told = Decimal(0), None
    for clause in _paying(agreement):
        total, of_days = _paid(facts, agreement, clause, first, last)
        amount += total
        for rate, halves in of_days.items():
            paid[rate] = paid.get(rate, 0) + halves
        told = told or (clause if _rate(facts, agreement, clause, last) else None)
    if told is None and not paid:
        return None
    rate = _rate(facts, agreement, told, last) if told else next(reversed(paid))
    lines = tuple(
        Line("rate", {"rate": str(each), "amount": str(each * halves / 2)}, Decimal(halves) / 2)
        for each, halves in paid.items()
    )
    days = Decimal(sum(paid.values())) / 2
    return Allowance(days, rate, amount.quantize(_CENT), told.article if told else "", agreement.currency, lines)


def _paying(agreement: Agreement) -> Iterator[Clause]:
    for kind in _KINDS:
        yield from agreement.clauses(kind)


def _params(facts: Facts, agreement: Agreement, clause: Clause, day: date) -> Mapping[str, object] | None:
    """The parameters that pay that person that day; None where nothing is paid by the day."""
    if not agreement.is_in_force(day) or not clause.holds(
        facts, contract_on(facts, day), day, facts.forms.get(day, "")
    ):
        return None
    value = clause.on(day)
    pays_days = value is not None and value.applies and value.params.get("unit", "day") in ("day", "half_day")
    return value.params if pays_days and value.params["amount"] is not None else None


def _rate(facts: Facts, agreement: Agreement, clause: Clause, day: date) -> Decimal | None:
    """What a whole day is paid on that day."""
    p = _params(facts, agreement, clause, day)
    return _per_day(p, facts, day) if p else None


def _per_day(p: Mapping[str, object], facts: Facts, day: date) -> Decimal:
    amount = p["amount"] * (2 if p.get("unit") == "half_day" else 1)
    contract = contract_on(facts, day)
    return (amount * contract.rate / 100).quantize(_CENT) if p.get("by_rate") and contract else amount


def _paid(
    facts: Facts, agreement: Agreement, clause: Clause, first: date, last: date
) -> tuple[Decimal, dict[Decimal, int]]:
    """The sum of a clause, and its half-days by rate. Ceilings count what their month and year were paid before."""
    paid: dict[Decimal, int] = {}
    total, of_month, of_year = Decimal(0), {}, {}
    begin = window_of(Period("year"), first).first
    for day in sorted(day for day in facts.booked if begin <= day <= last):
        p = _params(facts, agreement, clause, day)
        halves = _halves(facts, day, p) if p else 0
        if not halves:
            continue
        rate = _per_day(p, facts, day)
        month, year = (day.year, day.month), day.year
        left = [rate * halves / 2]
        left += [] if p.get("month_most") is None else [p["month_most"] - of_month.get(month, 0)]
        left += [] if p.get("year_most") is None else [p["year_most"] - of_year.get(year, 0)]
        sum_of_day = max(min(left), Decimal(0))
        of_month[month] = of_month.get(month, 0) + sum_of_day
        of_year[year] = of_year.get(year, 0) + sum_of_day
        if first <= day:
            total += sum_of_day
            paid[rate] = paid.get(rate, 0) + halves
    return total, paid


def _halves(facts: Facts, day: date, p: Mapping[str, object]) -> int:
    """Half-days paid that day: those granted, a lone half as the clause counts it."""
    granted = (facts.booked[day] & ~facts.pending.get(day, 0)).bit_count()
    since = p.get("since")
    if since is not None and day < since:
        return 0
    return _HALVES_PAID[p.get("half_day", "half")] if granted == 1 else granted
