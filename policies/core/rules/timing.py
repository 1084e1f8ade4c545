"""When to ask: not too late, not too early."""

from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

from ..durations import Length
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import notice_ends

_SEARCHED_DAYS = 31
_UNITS = ("working_day", "calendar_day", "hour", "week", "month")


def _notice(s, p) -> Answer:
    """Asked early enough: n days given on day D end on D + n. A correction needs none."""
    if not s.planning:
        return None
    limit, unit = _agreed(s.facts, p), p["unit"]
    if limit is None:
        return ALLOWED, "to_agree", {}, ""
    # A rule may have a reading of its own, so what is remembered is remembered under its answers too.
    given = _given_on(s.today, p, s.request.at if s.request else None)
    key = ("notice", s.agreement, limit, unit, s.name, given)
    earliest = s.remembered(key, lambda: notice_ends(s, given, Length(limit, unit)))
    ahead = (s.day - s.today).days
    if s.day >= earliest:
        return ALLOWED, "ok", {"ahead": ahead, "limit": limit, "unit": unit}, ""
    if ahead < 0:
        return None
    first = s.remembered((*key, "first"), lambda: _first_free(s.facts, earliest))
    asked = ("today", "tomorrow")[ahead] if ahead < 2 else s.day.isoformat()
    data = {"asked": asked, "limit": limit, "unit": unit, "first": first.isoformat()}
    if given > s.today:
        return REFUSED, "too_late", {**data, "before": _told(p["before"])}, "first"
    return REFUSED, "too_soon", data, "first"


def _given_on(today: date, p, at: time | None) -> date:
    """The day from which a notice runs: the next one where it is asked at the hour written or later."""
    is_late = p["before"] is not None and at is not None and at >= p["before"]
    return today + timedelta(days=1) if is_late else today


def _told(hour: time) -> str:
    return f"{hour:%H:%M}"


def _agreed(facts, p) -> int | None:
    """The notice written, else the one agreed with the manager and recorded among the settings."""
    if p["limit"] is not None:
        return p["limit"]
    agreed = facts.settings.get(p["setting"])
    return None if agreed is None else int(agreed)


def _ask_notice(asked, p, s) -> Answer:
    """The first day that a notice given on a day leaves open, and whether the day meant is late enough."""
    limit = _agreed(s.facts, p)
    if limit is None:
        return ALLOWED, "to_agree", {}, ""
    earliest = notice_ends(s, _given_on(asked["given"], p, asked["at"]), Length(limit, p["unit"]))
    meant = asked["day"] or earliest
    data = {"limit": limit, "unit": p["unit"], "earliest": earliest.isoformat(), "valid": meant >= earliest}
    return (ALLOWED, "earliest", data, "") if meant >= earliest else (REFUSED, "earliest", data, "")


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
    consult=_ask_notice,
    asks={
        "given": Param("date", both(fr="le jour de la demande", en="the day of asking")),
        "at": Param("clock", both(fr="l’heure de la demande", en="the hour of asking"), required=False),
        "day": Param("date", both(fr="le jour demandé", en="the day asked for"), required=False),
    },
    params={
        "limit": Param(
            "whole",
            both(fr="le nombre de jours ; sans lui, celui convenu", en="the number of days; else the one agreed"),
            required=False,
            most=366,
        ),
        "unit": Param(
            "choice",
            both(fr="jours ouvrés ou calendaires, heures…", en="working or calendar days, hours…"),
            required=False,
            default="calendar_day",
            choices=_UNITS,
        ),
        "before": Param(
            "clock",
            both(
                fr="demandé avant cette heure ; plus tard, le délai court du lendemain",
                en="asked before this hour; later, the notice runs from the next day",
            ),
            required=False,
        ),
        "setting": Param(
            "string",
            both(fr="le réglage de l’équipe qui le fixe", en="the team’s setting that fixes it"),
            required=False,
            default="notice",
        ),
    },
    readings=(("notice_counting", "is_counted", True), ("working_days", "unit", "working_day")),
    prepare=lambda params: {**params, "is_counted": params["limit"] is not None},
    tells=("valid",),
    sentences={
        "too_soon": say(
            "Il faut {limit:{unit}} ; {asked:near} est trop proche.",
            "{limit:{unit}} {limit:be} needed; {asked:near} is too soon.",
        ),
        "too_late": say(
            "Il faut {limit:{unit}}, et la demande avant {before} ; {asked:near} est trop proche.",
            "{limit:{unit}} {limit:be} needed, and the request before {before}; {asked:near} is too soon.",
        ),
        "first": say("Premier jour possible : {first:weekday_date}.", "First possible day: {first:weekday_date}."),
        "to_agree": say(
            "Le délai est celui convenu avec le responsable", "The notice is the one agreed with the manager"
        ),
        "earliest": say(
            "Avec {limit:{unit}} de délai, premier jour : {earliest:date}",
            "With {limit:{unit}} of notice, first day: {earliest:date}",
        ),
        "ok": say(
            "Demandé {ahead:day} avant, {limit:{unit}} au moins", "Asked {ahead:day} ahead, {limit:{unit}} at least"
        ),
    },
    example=(
        'kind = "notice"\narticle = "3.3.4"\n[[rules.values]]\nfrom = 2022-01-01\nlimit = 2\nunit = "working_day"'
    ),
    asked='ask = { kind = "notice", given = 2026-03-02 }',
)


def _horizon(s, p) -> Answer:
    """Asked not too long before. A correction has no horizon."""
    if not s.planning:
        return None
    limit, unit = p["limit"], p["unit"]
    last = s.remembered(("horizon", s.today, limit, unit), lambda: _after(s.today, limit, unit))
    if s.day <= last:
        return ALLOWED, "ok", {"last": last.isoformat(), "limit": limit, "unit": unit}, ""
    opens = s.remembered(("opening", s.day, limit, unit), lambda: _opening(s.day, limit, unit))
    return (
        REFUSED,
        "too_far",
        {"limit": limit, "unit": unit, "last": last.isoformat(), "opens": opens.isoformat()},
        "opens",
    )


_DAYS = {"calendar_day": 1, "week": 7}


def _after(day: date, limit: int, unit: str) -> date:
    return day + (relativedelta(months=limit) if unit == "month" else timedelta(days=limit * _DAYS[unit]))


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
        "unit": Param(
            "choice",
            both(fr="mois, semaines ou jours", en="months, weeks or days"),
            choices=("month", "week", "calendar_day"),
        ),
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
