"""How high a cap is for somebody: over which window it counts the day, and how much it allows there."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from .document import Agreement, Clause
from .facts import Facts
from .population import days_a_week
from .proration import Family, due_over
from .rates import at_rate, base_of, rounded, to_step
from .situation import Situation, contract_on
from .tally import Tally, tally_of
from .windows import WEEKS, Period, Window, monday_of, rolling, weeks_in, window_of

ALWAYS = Window(date(1970, 1, 1), date(2199, 12, 31))
_HIRED = "hired"
_FULL_WEEK = 10  # half-days
_WEEK = 7


class Row(NamedTuple):
    """One window that holds the day: what is allowed there and held already, in points of the unit."""

    window: Window
    limit: Fraction | int
    used: int
    tally: Tally | None = None
    carried: Fraction = Fraction(0)
    known: bool = True  # False where what is carried into the window is not known
    told: Mapping[str, object] = MappingProxyType({})


def standing_on(facts: Facts, agreement: Agreement, clause: Clause, day: date, form: str = "") -> Situation:
    """The situation of a person on another day, as that clause sees it."""
    situation = Situation(facts, agreement, day, 0, True)
    situation.clause, situation.form = clause, form
    return situation


def holding(facts: Facts, agreement: Agreement, clause: Clause, day: date, form: str = "") -> Mapping | None:
    """The values of a clause for that person on that day, None where it is not for them."""
    if not agreement.is_in_force(day) or not clause.holds(facts, contract_on(facts, day), day, form):
        return None
    value = clause.on(day)
    return value.params if value is not None and value.applies else None


def tally_for(s: Situation, p: Mapping[str, object]) -> Tally:
    """The bookings that a cap counts: of the forms it is for, a half-day as the reading says."""
    whole = p["unit"] == "day" and s.reading("half_day_counts").choice == "whole"
    return tally_of(s.facts, p["unit"], whole=whole, forms=p["counting"] or s.clause.forms, times=s.clause.times)


def period_of(s: Situation, p: Mapping[str, object]) -> Period | None:
    """The periods over which a cap counts; None where it counts over the dates of a trait, or over all time."""
    if p["averaged"]:
        return _measured(s, p)
    if p["starts_with"]:
        start = _first_of(s, p["starts_with"])
        return Period(p["per"], p["every"], monday_of(start) if p["per"] in WEEKS else start) if start else None
    return _dated_period(s, p)


def _dated_period(s: Situation, p: Mapping[str, object]) -> Period | None:
    if p["period"] is None:
        return None
    if p["follows_year"]:
        reading = s.reading("year_start")
        return Period("year", p["every"], date(2001, reading.params.get("month", 1), 1))
    if p["starts"] is None and p["per"] in ("week", "fortnight"):
        return Period(p["per"], p["every"], monday_of(s.agreement.in_force))
    return p["period"]


def _measured(s: Situation, p: Mapping[str, object]) -> Period:
    """Over what an average is measured."""
    reading = s.reading("measured_over")
    start = monday_of(p["starts"] or s.agreement.in_force)
    if reading.choice == "each_week":
        return Period("week")
    if reading.choice in ("weeks", "rolling_weeks"):
        return Period("week", reading.params["n"], start)
    return Period(reading.choice)


def _first_of(s: Situation, code: str) -> date | None:
    if code == _HIRED:
        return s.facts.hired
    trait = s.facts.trait(code, s.day)
    return trait.first if trait else None


def windows_for(s: Situation, p: Mapping[str, object], tally: Tally) -> tuple[Window, ...]:
    """The windows that hold the day: one, or every rolling one that may be the fullest. Empty: the cap does not hold.

    A rolling window matters when it ends on the day or on a day held after it."""
    if p["per"] == "mission":
        trait = s.facts.trait(p["during"], s.day)
        return (Window(max(trait.first, ALWAYS.first), min(trait.last, ALWAYS.last)),) if trait else ()
    if p["per"] == "always":
        return (ALWAYS,)
    period = period_of(s, p)
    if period is None:
        return ()
    if not is_rolling(s, p):
        return (_within_month(s, p, window_of(period, s.day)),)
    reach = s.day + timedelta(days=period.days or period.months * 31)
    ends = [s.day, *(day for day in tally.between(s.day + timedelta(days=1), reach))]
    return tuple(window for end in ends if (window := rolling(period, end)).holds(s.day))


def _within_month(s: Situation, p: Mapping[str, object], window: Window) -> Window:
    """The week; where the text cuts one that runs over two months, the part of it in the month of the day."""
    if window.days != _WEEK or p["averaged"] or window.first.month == window.last.month:
        return window
    reading = s.optional_reading("week_over_months")
    if reading is None or reading.choice != "cut_at_month":
        return window
    month = window_of(Period("month"), s.day)
    return Window(max(window.first, month.first), min(window.last, month.last))


def is_rolling(s: Situation, p: Mapping[str, object]) -> bool:
    return p["rolling"] or (p["averaged"] and s.reading("measured_over").choice == "rolling_weeks")


def limit_over(s: Situation, p: Mapping[str, object], window: Window) -> Fraction:
    """What a cap allows over a window, in its unit. Raises NoValueInForce where the text has nothing for somebody."""
    if p["prorated"] and p["per"] not in ("week", "fortnight") and not p["averaged"]:
        due = due_over(s.facts, s.agreement, Family("cap", s.name), window, s.day)
        amount = due.amount if due else Fraction(0)
    else:
        amount = _at_once(s, p)
    if p["averaged"]:
        amount = to_days(s, amount * periods_in(s, p, window))
    own = _own_number(s, p)
    return amount if own is None else min(amount, own)


def _at_once(s: Situation, p: Mapping[str, object]) -> Fraction:
    """The limit of a whole period at the rate of the day."""
    if s.contract is None:
        return Fraction(0)
    on = s.day
    if p["by_headcount"] and s.reading("headcount_on").choice == "first_of_month":
        on = on.replace(day=1)
    base = base_of(p, s.facts, s.contract, on)
    if base is None:
        raise s.agreement.silent(f"{s.clause.kind} {s.name}".strip() + ".bands", s.day, s.clause.article)
    if not p["prorated"]:
        return Fraction(base)
    pattern = days_a_week(s.facts, s.contract, s.day)
    amount = at_rate(s.reading, base, s.contract.rate, pattern)
    if amount is None:
        reading = s.reading("part_time")
        what = f"readings.part_time.{reading.choice}, {s.contract.rate} %"
        raise s.agreement.silent(what, s.day, reading.article or s.clause.article)
    return rounded(amount, s.reading("rounding"))


def _own_number(s: Situation, p: Mapping[str, object]) -> Fraction | None:
    """What was agreed with the person, or fixed for the team, within the limit."""
    numbers = []
    if p["agreed"] and (trait := s.facts.trait(p["agreed"], s.day)) and trait.number is not None:
        numbers.append(Fraction(trait.number))
    if p["chosen"] and (chosen := s.facts.settings.get(p["chosen"])) is not None:
        numbers.append(Fraction(chosen))
    return min(numbers, default=None)


def to_days(s: Situation, amount: Fraction) -> Fraction:
    """What an average makes over its window, to the whole day where the reading rounds it."""
    return to_step(amount, s.reading("measured_over").params.get("rounded", "exact"), "day")


def periods_in(s: Situation, p: Mapping[str, object], window: Window) -> Fraction:
    """How many periods of the cap an averaged window counts: weeks, unless the cap is by months."""
    return s.remembered((p["key"], s.agreement, "periods", window), lambda: _periods(s, p, window))


def _periods(s: Situation, p: Mapping[str, object], window: Window) -> Fraction:
    period = period_of(s, p)
    if p["period"].months:
        return Fraction(period.months or 1, p["period"].months)
    counted = s.reading("measured_over").params.get("weeks", "by_days")
    empty = s.reading("empty_weeks").choice
    if empty == "by_days_worked" and period.weeks != 1:
        worked = sum(_available(s.facts, window.first, offset) for offset in range(window.days))
        return Fraction(worked, _FULL_WEEK * p["period"].weeks)
    weeks = weeks_in(window, counted=counted, months=period.months)
    if empty == "left_out" and period.weeks != 1:
        weeks -= _weeks_off(s.facts, window, counted)
    return max(Fraction(0), weeks) / p["period"].weeks


def _weeks_off(facts: Facts, window: Window, counted: str) -> Fraction:
    """What the weeks of a window weigh in which nothing is worked."""
    off, monday = Fraction(0), monday_of(window.first)
    while monday <= window.last:
        week = Window(monday, monday + timedelta(days=6))
        if not any(_available(facts, monday, offset) for offset in range(7)):
            part = Window(max(week.first, window.first), min(week.last, window.last))
            whole = counted in ("convention", "begun")
            off += Fraction(part.first == monday) if whole else weeks_in(part, counted=counted)
        monday += timedelta(days=7)
    return off


def _available(facts: Facts, first: date, offset: int) -> int:
    workday = facts.workdays.get(first + timedelta(days=offset))
    return workday.available.bit_count() if workday is not None else 0
