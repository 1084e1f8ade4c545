"""When to ask: not too late, not too early."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_SEARCHED_DAYS = 31


def _notice(s, p) -> Answer:
    """Asked early enough: n days given on day D end on D + n. A correction needs none."""
    if not s.planning:
        return None
    limit, unit = p["limit"], p["unit"]
    key = ("notice", s.agreement, limit, unit)
    earliest = s.remembered(key, lambda: earliest_day(s.facts, s.agreement, s.today, limit, unit))
    ahead = (s.day - s.today).days
    if s.day >= earliest:
        return ALLOWED, "ok", {"ahead": ahead, "limit": limit, "unit": unit}, ""
    if ahead < 0:
        return None
    first = s.remembered((*key, "first"), lambda: _first_free(s.facts, earliest))
    asked = ("today", "tomorrow")[ahead] if ahead < 2 else s.day.isoformat()
    return REFUSED, "too_soon", {"asked": asked, "limit": limit, "unit": unit, "first": first.isoformat()}, "first"


def earliest_day(facts, agreement, today: date, limit: int, unit: str) -> date:
    """The first day that a notice of ``limit`` days given today leaves open."""
    if agreement.reading("notice_counting").choice == "clear_days" and limit:
        limit += 1
    if unit == "calendar_day":
        return today + timedelta(days=limit)
    is_working = _WORKING[agreement.reading("working_days").choice]
    day, left = today, limit
    while left:
        day += timedelta(days=1)
        left -= is_working(facts.workdays.get(day), day)
    return day


def _is_weekday_to(last: int):
    return lambda workday, day: day.isoweekday() <= last and not (workday is not None and workday.holiday)


def _is_own_day(workday, day: date) -> bool:
    """A day of the person's own pattern; where it is not known yet, Monday to Friday."""
    return workday.due > 0 if workday is not None and workday.planned else day.isoweekday() <= 5


_WORKING = {
    "monday_to_friday": _is_weekday_to(5),
    "monday_to_saturday": _is_weekday_to(6),
    "own_days": _is_own_day,
}


def _first_free(facts, earliest: date) -> date:
    for offset in range(_SEARCHED_DAYS):
        day = earliest + timedelta(days=offset)
        workday = facts.workdays.get(day)
        if workday is not None and workday.available & ~facts.booked.get(day, 0):
            return day
    return earliest


NOTICE = Rule(
    kind="notice",
    title=both(fr="Délai", en="Notice"),
    question=both(fr="Combien de jours à l’avance au moins ?", en="How many days ahead at least?"),
    judge=_notice,
    params={
        "limit": Param("whole", both(fr="le nombre de jours", en="the number of days"), most=366),
        "unit": Param(
            "choice",
            both(fr="jours ouvrés ou calendaires", en="working or calendar days"),
            choices=("working_day", "calendar_day"),
        ),
    },
    readings=("notice_counting", ("working_days", "unit", "working_day")),
    sentences={
        "too_soon": say(
            "Il faut {limit:{unit}} ; {asked:near} est trop proche.",
            "{limit:{unit}} {limit:be} needed; {asked:near} is too soon.",
        ),
        "first": say("Premier jour possible : {first:weekday_date}.", "First possible day: {first:weekday_date}."),
        "ok": say(
            "Demandé {ahead:day} avant, {limit:{unit}} au moins", "Asked {ahead:day} ahead, {limit:{unit}} at least"
        ),
    },
    example=(
        'kind = "notice"\narticle = "3.3.4"\n[[rules.values]]\nfrom = 2022-01-01\nlimit = 2\nunit = "working_day"'
    ),
)


def _horizon(s, p) -> Answer:
    """Asked not too long before. A correction has no horizon."""
    if not s.planning:
        return None
    limit, unit = p["limit"], p["unit"]
    last = s.remembered(("horizon", s.today, limit, unit), lambda: _after(s.today, limit, unit))
    if s.day <= last:
        return ALLOWED, "ok", {"last": last.isoformat(), "limit": limit, "unit": unit}, ""
    opens = _opening(s.day, limit, unit)
    return (
        REFUSED,
        "too_far",
        {"limit": limit, "unit": unit, "last": last.isoformat(), "opens": opens.isoformat()},
        "opens",
    )


def _after(day: date, limit: int, unit: str) -> date:
    return day + (relativedelta(months=limit) if unit == "month" else timedelta(days=limit))


def _opening(day: date, limit: int, unit: str) -> date:
    """The first date from which ``day`` is within reach; month ends are clipped, so a few days may be missing."""
    opens = _after(day, -limit, unit)
    while _after(opens, limit, unit) < day:
        opens += timedelta(days=1)
    return opens


HORIZON = Rule(
    kind="horizon",
    title=both(fr="Horizon", en="Horizon"),
    question=both(fr="Combien de temps à l’avance au plus ?", en="How long ahead at most?"),
    judge=_horizon,
    params={
        "limit": Param("whole", both(fr="la durée", en="the length"), least=1, most=1200),
        "unit": Param("choice", both(fr="mois ou jours", en="months or days"), choices=("month", "calendar_day")),
    },
    sentences={
        "too_far": say(
            "Les jours se demandent {limit:{unit}} à l’avance au plus.",
            "Days may be asked for {limit:{unit}} ahead at most.",
        ),
        "opens": say("Celui-ci s’ouvre le {opens:date}.", "This one opens on {opens:date}."),
        "ok": say("Dans l’horizon de {limit:{unit}}", "Within the horizon of {limit:{unit}}"),
    },
    example=('kind = "horizon"\narticle = "3.3.4"\n[[rules.values]]\nfrom = 2022-01-01\nlimit = 6\nunit = "month"'),
)
