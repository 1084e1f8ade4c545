"""Days due and left, gauges of a week and a month, and what the days are paid."""

from datetime import date, timedelta
from decimal import Decimal

from .answers import Allowance, Balance, Entitlement, Gauge, Line
from .counts import counts_of, days_of_week, month_of, week_of
from .document import Agreement
from .facts import Facts
from .proration import clause_for, entitlement_at
from .situation import contract_on, half_is_whole


def entitlement(facts: Facts, agreement: Agreement, day: date) -> Entitlement | None:
    """Days due over the agreement's year that holds ``day``, with the sum; None when the agreement has no yearly cap.

    Raises NoValueInForce when the agreement is not in force that day, a value is missing or a reading is open."""
    due = entitlement_at(facts, agreement, day)
    return due.entitlement if due else None


def balance(facts: Facts, agreement: Agreement, day: date) -> Balance | None:
    """What is done, booked, pending and left of the entitlement around ``day``, in days; None without a yearly cap."""
    due = entitlement_at(facts, agreement, day)
    if due is None:
        return None
    counts = counts_of(facts, half_is_whole=half_is_whole(agreement))
    weight, pending_halves, today = counts.weight, facts.pending, facts.today
    done = booked = pending = 0
    for held_day, halves in facts.booked.items():
        if not due.first <= held_day <= due.last:
            continue
        granted = weight[halves & ~pending_halves.get(held_day, 0)]
        pending += weight[halves] - granted
        if held_day < today:
            done += granted
        else:
            booked += granted
    left = due.halves - done - booked - pending
    return Balance(due.entitlement, _days(done), _days(booked), _days(pending), _days(left))


def _days(halves: int) -> Decimal:
    return Decimal(halves) / 2


def gauges(facts: Facts, agreement: Agreement, day: date) -> tuple[Gauge, ...]:
    """Days held in the week and in the month of ``day``, each with its cap (None where the agreement sets none)."""
    counts = counts_of(facts, half_is_whole=half_is_whole(agreement))
    week = days_of_week(day)
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (
        _gauge(facts, agreement, "weekly_cap", day, (week[0], week[-1]), counts.weeks.get(week_of(day), 0)),
        _gauge(facts, agreement, "monthly_cap", day, (first, last), counts.months.get(month_of(day), 0)),
    )


def _gauge(facts: Facts, agreement: Agreement, kind: str, day: date, span: tuple[date, date], used: int) -> Gauge:
    clause = clause_for(agreement, kind, contract_on(facts, day), facts.job, day)
    limit = _days(clause.on(day).params["halves"]) if clause else None
    return Gauge(kind, clause.article if clause else "", *span, _days(used), limit)


def allowance(facts: Facts, agreement: Agreement, first: date, last: date) -> Allowance | None:
    """What the granted days from ``first`` to ``last`` are paid; None when the agreement pays nothing then.

    Each day is paid at the rate of that day, a half-day by half."""
    kind = "allowance_per_day"
    paid: dict[Decimal, int] = {}
    for day, halves in sorted(facts.booked.items()):
        granted = halves & ~facts.pending.get(day, 0)
        clause = (
            granted and first <= day <= last and clause_for(agreement, kind, contract_on(facts, day), facts.job, day)
        )
        if clause:
            rate = clause.on(day).params["amount"]
            paid[rate] = paid.get(rate, 0) + granted.bit_count()
    on_last = clause_for(agreement, kind, contract_on(facts, last), facts.job, last)
    if on_last is None and not paid:
        return None
    rate = on_last.on(last).params["amount"] if on_last else next(reversed(paid))
    lines = tuple(
        Line("rate", {"rate": str(rate), "amount": str(rate * halves / 2)}, _days(halves))
        for rate, halves in paid.items()
    )
    amount = sum((rate * halves / 2 for rate, halves in paid.items()), Decimal(0)).quantize(Decimal("0.01"))
    return Allowance(
        _days(sum(paid.values())), rate, amount, on_last.article if on_last else "", agreement.currency, lines
    )
