"""How many days in a year, a month, a week: each cap counts the calendar as it would be with this day."""

from datetime import date, timedelta
from decimal import Decimal

from ..counts import month_of, week_of
from ..proration import entitlement_at
from ..schema import Param
from ..situation import days
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

UNITS = ("day", "half_day")
_LIMIT = Param("days", both(fr="le plafond", en="the cap"), most=366)
_UNIT = Param("choice", both(fr="jours ou demi-journées", en="days or half-days"), choices=UNITS)


def _in_halves(params: dict) -> dict:
    """The cap in half-days, whatever its unit."""
    halves = int(params["limit"] * (2 if params["unit"] == "day" else 1))
    whole = {"halves": halves, "days": days(halves), "base": Decimal(halves) / 2}
    return {**params, **whole, "is_day": params["unit"] == "day"}


def _amount(halves: int, p) -> str:
    """Half-days written in the unit of the cap."""
    return days(halves) if p["is_day"] else str(halves)


def _yearly_cap(s, p) -> Answer:
    """The days due over the agreement's year, by contract; the balance may not fall below nought."""
    if s.contract is None:
        return None
    due = entitlement_at(s.facts, s.agreement, s.day)
    if due is None:
        return None
    taken = s.counts.over(due.first, due.last)
    left = due.halves - taken - s.added
    if left >= 0:
        return ALLOWED, "ok", {"left": days(left), "total": days(due.halves)}, ""
    return REFUSED, _lack(due.halves, taken), _lack_data(s, due, taken), _opening(s, due)


def _lack(total: int, taken: int) -> str:
    if total == 0:
        return "nothing_due"
    return "all_taken" if total == taken and total >= 4 else "too_few"


def _lack_data(s, due, taken: int) -> dict:
    return {
        "total": days(due.halves),
        "taken": days(taken),
        "left": days(max(0, due.halves - taken)),
        "asked": days(s.added),
        "first": due.first.isoformat(),
        "last": due.last.isoformat(),
        "period": due.period,
        "next": due.next.isoformat(),
    }


def _opening(s, due) -> str:
    """Does another year of the same contract follow?"""
    return "opens" if s.contract.end is None or s.contract.end >= due.next else ""


YEARLY_CAP = Rule(
    kind="yearly_cap",
    title=both(fr="Plafond annuel", en="Yearly cap"),
    question=both(fr="Combien de jours par an à temps plein ?", en="How many days a year at full time?"),
    judge=_yearly_cap,
    params={"limit": _LIMIT, "unit": _UNIT},
    prepare=_in_halves,
    readings=("year_start", "part_time", "within_year", "rounding", "half_day_counts"),
    sentences={
        "all_taken": say(
            "Vos {total:day} {period:of_period} sont pris.", "Your {total:day} {period:of_period} are taken."
        ),
        "too_few": say(
            "Vous avez pris {taken:day} sur {total:number} ; ce jour en demande {asked:number}.",
            "You have taken {taken:number} of {total:day}; this one asks for {asked:number}.",
        ),
        "nothing_due": say(
            "Aucun jour n’est dû pour l’année {period:of_period}.", "No day is due for the year {period:of_period}."
        ),
        "opens": say("Les prochains s’ouvrent le {next:date}.", "The next open on {next:date}."),
        "ok": say(
            "Il vous resterait {left:day} sur {total:number}", "You would have {left:day} left of {total:number}"
        ),
    },
    example=('kind = "yearly_cap"\narticle = "3.3.1"\n[[rules.values]]\nfrom = 2022-01-01\nlimit = 100\nunit = "day"'),
)


def _monthly_cap(s, p) -> Answer:
    """A cap over the calendar month of the day."""
    after = s.counts.months.get(month_of(s.day), 0) + s.added
    data = {"month": s.day.isoformat(), "after": _amount(after, p), "limit": _amount(p["halves"], p), "unit": p["unit"]}
    if after <= p["halves"]:
        return ALLOWED, "ok", data, ""
    return REFUSED, "exceeded", {**data, "next": _next_month(s.day).isoformat()}, "opens"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


MONTHLY_CAP = Rule(
    kind="monthly_cap",
    title=both(fr="Plafond mensuel", en="Monthly cap"),
    question=both(fr="Combien de jours par mois civil ?", en="How many days a calendar month?"),
    judge=_monthly_cap,
    params={"limit": _LIMIT, "unit": _UNIT},
    prepare=_in_halves,
    readings=("half_day_counts",),
    sentences={
        "exceeded": say(
            "{month:month_name} : cela ferait {after:{unit}}, {limit:number} au plus.",
            "{month:month_name}: that would make {after:{unit}}, {limit:number} at most.",
        ),
        "opens": say("Le mois suivant s’ouvre le {next:date}.", "The next month opens on {next:date}."),
        "ok": say(
            "{month:month_name} : {after:{unit}} sur {limit:number}",
            "{month:month_name}: {after:{unit}} of {limit:number}",
        ),
    },
    example=('kind = "monthly_cap"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 8\nunit = "day"'),
)


def _weekly_cap(s, p) -> Answer:
    """A cap over the ISO week, Monday to Sunday, also where it crosses a month or a year."""
    monday = week_of(s.day)
    after = s.counts.weeks.get(monday, 0) + s.added
    data = {
        "week": s.day.isocalendar()[1],
        "after": _amount(after, p),
        "limit": _amount(p["halves"], p),
        "unit": p["unit"],
    }
    if after <= p["halves"]:
        return ALLOWED, "ok", data, ""
    return REFUSED, "exceeded", {**data, "next": date.fromordinal(monday + 7).isoformat()}, "opens"


WEEKLY_CAP = Rule(
    kind="weekly_cap",
    title=both(fr="Plafond hebdomadaire", en="Weekly cap"),
    question=both(
        fr="Combien de jours par semaine, du lundi au dimanche ?", en="How many days a week, Monday to Sunday?"
    ),
    judge=_weekly_cap,
    params={"limit": _LIMIT, "unit": _UNIT},
    prepare=_in_halves,
    readings=("half_day_counts",),
    sentences={
        "exceeded": say(
            "Semaine {week} : cela ferait {after:{unit}}, {limit:number} au plus.",
            "Week {week}: that would make {after:{unit}}, {limit:number} at most.",
        ),
        "opens": say(
            "La semaine suivante commence le {next:weekday_date}.", "The next week begins on {next:weekday_date}."
        ),
        "ok": say(
            "Semaine {week} : {after:{unit}} sur {limit:number}", "Week {week}: {after:{unit}} of {limit:number}"
        ),
    },
    example=('kind = "weekly_cap"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 2\nunit = "day"'),
)
