"""Days due and left, and gauges of a week and a month."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .answers import Balance, Entitlement, Gauge, Line
from .counts import counts_of, days_of_week, month_of, week_of
from .document import Agreement
from .facts import Facts
from .limits import holding, standing_on
from .proration import CENT, Family, clause_for, due_over, entitlement_at
from .rules.cap import rows_of
from .situation import Situation, contract_on, half_is_whole
from .taken import taken

# The caps of which a balance can be told, the longest period first.
_MAIN = ("year", "half_year", "quarter")


def entitlement(facts: Facts, agreement: Agreement, day: date) -> Entitlement | None:
    """Days due over the agreement's year that holds ``day``, with the sum; None when no such cap is for the person.

    Raises NoValueInForce when the agreement is not in force that day, a value is missing or a reading is open."""
    due = entitlement_at(facts, agreement, day)
    if due is not None:
        return due.entitlement
    main = _main_cap(facts, agreement, day)
    return _entitlement_of(*main) if main else None


def _main_cap(facts: Facts, agreement: Agreement, day: date) -> tuple[Situation, Mapping[str, object]] | None:
    """The cap that stands for a balance where there is no yearly one: for ordinary days if it may be, the longest."""
    found = [(s, p) for s, p in caps_on(facts, agreement, day) if p["per"] in _MAIN and not p["averaged"]]
    return min(
        found,
        key=lambda pair: (pair[0].form != "", bool(pair[1]["on_top_of"]), _MAIN.index(pair[1]["per"])),
        default=None,
    )


def caps_on(facts: Facts, agreement: Agreement, day: date) -> list[tuple[Situation, Mapping[str, object]]]:
    """The general caps that hold for somebody on a day, each with its situation; one of a form, under that form."""
    found = []
    for clause in agreement.clauses("cap"):
        form = "" if clause.covers("") else min(clause.forms)
        p = holding(facts, agreement, clause, day, form)
        if p is not None:
            found.append((standing_on(facts, agreement, clause, day, form), p))
    return found


def _entitlement_of(s: Situation, p: Mapping[str, object]) -> Entitlement | None:
    """What a general cap allows over its window around the day, in its unit."""
    rows = rows_of(s, p)
    if not rows:
        return None
    row = rows[0]
    lines: tuple[Line, ...] = ()
    if p["is_dated"]:
        due = due_over(s.facts, s.agreement, Family("cap", s.name), row.window, s.day)
        lines = due.entitlement.lines if due else ()
    total = _units(row.limit, p)
    more = total - sum((line.days for line in lines), Decimal(0))
    if more or not lines:
        lines = (*lines, Line("carried" if lines else "cap", {"unit": p["unit"]}, more))
    return Entitlement(*row.window, total, s.clause.article, lines, p["unit"], s.name)


def _units(points: object, p: Mapping[str, object]) -> Decimal:
    amount = Fraction(points) / p["scale"]
    return (Decimal(amount.numerator) / amount.denominator).quantize(CENT).normalize() + Decimal(0)


def balance(facts: Facts, agreement: Agreement, day: date) -> Balance | None:
    """What is done, booked, pending and left of the entitlement around ``day``; None without such a cap."""
    facts = taken(facts, agreement)
    due = entitlement_at(facts, agreement, day)
    if due is None:
        main = _main_cap(facts, agreement, day)
        return _balance_of(*main) if main else None
    counts = counts_of(facts, half_is_whole=half_is_whole(agreement))
    weight, pending_halves, today = counts.weight, facts.pending, facts.today
    done = booked = pending = 0
    for held_day, halves in facts.counted.items():
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


def _balance_of(s: Situation, p: Mapping[str, object]) -> Balance | None:
    due = _entitlement_of(s, p)
    if due is None:
        return None
    row = rows_of(s, p)[0]
    tally, held = row.tally, s.facts.booked
    done = pending = 0
    for day in tally.between(*row.window):
        granted = tally.points(day, held[day] & ~s.facts.pending.get(day, 0))
        pending += tally.points(day, held[day]) - granted
        done += granted if day < s.facts.today else 0
    booked = row.used - done - pending
    return Balance(due, *(_units(points, p) for points in (done, booked, pending, row.limit - row.used)))


def _days(halves: int) -> Decimal:
    return Decimal(halves) / 2


def gauges(facts: Facts, agreement: Agreement, day: date) -> tuple[Gauge, ...]:
    """What is held around ``day`` with each cap there: the week and the month first (without a cap where the agreement
    sets none), then every other cap that holds for the person."""
    facts = taken(facts, agreement)
    counts = counts_of(facts, half_is_whole=half_is_whole(agreement))
    week = days_of_week(day)
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    plain = {
        "week": _gauge(facts, agreement, "weekly_cap", day, (week[0], week[-1]), counts.weeks.get(week_of(day), 0)),
        "month": _gauge(facts, agreement, "monthly_cap", day, (first, last), counts.months.get(month_of(day), 0)),
    }
    others = []
    for s, p in caps_on(facts, agreement, day):
        for row in rows_of(s, p)[:1]:
            used, limit = _units(row.used, p), _units(row.limit, p)
            found = Gauge("cap", s.clause.article, *row.window, used, limit, p["per"], p["unit"], s.name)
            if p["per"] in plain and plain[p["per"]].limit is None and p["unit"] == "day" and not p["averaged"]:
                plain[p["per"]] = found
            else:
                others.append(found)
    return (*plain.values(), *others)


def _gauge(facts: Facts, agreement: Agreement, kind: str, day: date, span: tuple[date, date], used: int) -> Gauge:
    clause = clause_for(agreement, kind, contract_on(facts, day), facts.job, day)
    limit = _days(clause.on(day).params["halves"]) if clause else None
    per = "week" if kind == "weekly_cap" else "month"
    return Gauge(kind, clause.article if clause else "", *span, _days(used), limit, per)
