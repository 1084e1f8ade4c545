"""Planning in rounds: the days of a coming month, quarter or week are placed before a date."""

from datetime import date, timedelta

from ..schema import Param
from ..text import both
from ..windows import UNITS, Period, next_window, window_of
from .base import ALLOWED, REFUSED, Answer, Rule, say

_ONE_DAY = timedelta(days=1)


def _begin(day: date, p) -> date:
    """The first day of the period that holds ``day``."""
    return window_of(p["period"], day).first


def _closing(begin: date, p) -> date:
    """The last day on which the period that begins then may be placed."""
    if p["days_before"] is not None:
        return begin - timedelta(days=p["days_before"])
    before = begin - _ONE_DAY
    return before.replace(day=min(p["on_day"], before.day))


def _planning_round(s, p) -> Answer:
    """The period of the day is placed before its round closes. A correction is outside any round."""
    if not s.planning:
        return None
    closes = _closing(_begin(s.day, p), p)
    data = {"day": s.day.isoformat(), "closes": closes.isoformat()}
    if s.today <= closes:
        return ALLOWED, "ok", data, ""
    window = window_of(p["period"], s.today)
    while _closing(window.first, p) < s.today:
        window = next_window(p["period"], window)
    begin = window.first
    return REFUSED, "closed", {**data, "opens": begin.isoformat()}, "opens"


def _ask(asked, p, s) -> Answer:
    """The last day on which the period of a day may be placed."""
    closes = _closing(_begin(asked["day"], p), p)
    return ALLOWED, "ok", {"day": asked["day"].isoformat(), "closes": closes.isoformat()}, ""


def _prepare(params: dict) -> dict:
    start = [params["starts"]] if params["starts"] else []
    return {**params, "period": Period(params["per"], params["every"], *start)}


PLANNING_ROUND = Rule(
    kind="planning_round",
    title=both(fr="Campagne de planning", en="Planning round"),
    question=both(
        fr="Jusqu’à quand les jours d’un mois à venir se placent-ils ?",
        en="Until when are the days of a coming month placed?",
    ),
    judge=_planning_round,
    consult=_ask,
    asks={"day": Param("date", both(fr="un jour de la période", en="a day of the period"))},
    params={
        "per": Param(
            "choice",
            both(fr="la période placée d’un coup", en="the period placed at once"),
            choices=UNITS,
        ),
        "every": Param(
            "whole",
            both(fr="tant de périodes à la fois", en="so many periods at a time"),
            required=False,
            default=1,
            least=1,
            most=52,
        ),
        "starts": Param(
            "date", both(fr="le jour où commencent les périodes", en="the day periods start on"), required=False
        ),
        "on_day": Param(
            "whole",
            both(fr="le jour du mois précédent, inclus", en="the day of the month before, included"),
            required=False,
            least=1,
            most=31,
        ),
        "days_before": Param(
            "whole",
            both(fr="ou tant de jours avant la période", en="or so many days before the period"),
            required=False,
            most=366,
        ),
    },
    prepare=_prepare,
    one_of=("on_day", "days_before"),
    sentences={
        "closed": say(
            "Les jours de cette période se plaçaient jusqu’au {closes:date}.",
            "The days of that period were to be placed by {closes:date}.",
        ),
        "opens": say(
            "La prochaine période ouverte commence le {opens:date}.", "The next open period begins on {opens:date}."
        ),
        "ok": say("À placer jusqu’au {closes:date}", "To be placed by {closes:date}"),
    },
    example=('kind = "planning_round"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nper = "month"\non_day = 20'),
    asked='ask = { kind = "planning_round", day = 2026-04-07 }',
)
