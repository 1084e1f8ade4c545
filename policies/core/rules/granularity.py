"""The smallest piece of a day that may be teleworked, and the days that everybody spends on site."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from ..facts import WHOLE_DAY
from ..schema import Param, Wrong
from ..situation import Situation
from ..tally import told
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_OCCURRENCES = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _granularity(s: Situation, p: Mapping[str, object]) -> Answer:
    """Whole days, half-days, or hours by steps; half a day that is all there is counts as whole."""
    hours = s.request.hours if s.request is not None else None
    if p["least"] == "day":
        is_whole = hours is None and (s.halves == WHOLE_DAY or s.halves == s.available)
        return (ALLOWED, "ok_day", {}, "") if is_whole else (REFUSED, "whole_days", {}, "ask_day")
    if hours is None:
        return ALLOWED, "ok_half", {}, ""
    if p["least"] == "half_day":
        return REFUSED, "no_hours", {}, "ask_half"
    asked, step, fewest = Fraction(hours), Fraction(p["step"] or 1), Fraction(p["fewest"] or 0)
    data = {"hours": told(asked), "step": told(step), "fewest": told(fewest)}
    if asked < fewest:
        return REFUSED, "too_short", data, ""
    if asked % step:
        return REFUSED, "off_step", data, ""
    return ALLOWED, "ok_hours", data, ""


GRANULARITY = Rule(
    kind="granularity",
    title=both(fr="Plus petite durée", en="Smallest piece"),
    question=both(
        fr="Télétravaille-t-on par jours entiers, par demi-journées ou par heures ?",
        en="Is telework taken by whole days, by half-days or by hours?",
    ),
    judge=_granularity,
    params={
        "least": Param(
            "choice",
            both(fr="la plus petite unité", en="the smallest unit"),
            choices=("day", "half_day", "hour"),
        ),
        "step": Param(
            "number", both(fr="le pas en heures, 1 sinon", en="the step in hours, else 1"), required=False, most=24
        ),
        "fewest": Param(
            "number", both(fr="au moins tant d’heures", en="at least so many hours"), required=False, most=24
        ),
    },
    several=True,
    sentences={
        "whole_days": say("Le télétravail se prend par jour entier.", "Telework is taken by whole days."),
        "ask_day": say("Demandez la journée.", "Ask for the day."),
        "no_hours": say("Le télétravail se prend par demi-journée.", "Telework is taken by half-days."),
        "ask_half": say("Demandez une demi-journée.", "Ask for half a day."),
        "too_short": say(
            "{hours:hour} demandée, {fewest:hour} au moins.", "{hours:hour} asked, {fewest:hour} at least."
        ),
        "off_step": say("{hours:hour} : par pas de {step:hour}.", "{hours:hour}: by steps of {step:hour}."),
        "ok_day": say("Jour entier", "Whole day"),
        "ok_half": say("Demi-journées admises", "Half-days admitted"),
        "ok_hours": say("{hours:hour}, par pas de {step:hour}", "{hours:hour}, by steps of {step:hour}"),
    },
    example='kind = "granularity"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nleast = "day"',
)


def _anchor_days(s: Situation, p: Mapping[str, object]) -> Answer:
    """Days on which everybody concerned is on site: a weekday, of each week or of some weeks of the month."""
    weekdays = p["weekdays"]
    if p["chosen"]:
        number = s.facts.settings.get(p["chosen"])
        if number is None:
            return None
        weekdays = frozenset({int(number)})
    if s.day.isoweekday() not in weekdays or not _is_its_week(s, p):
        return ALLOWED, "ok", {"weekdays": ",".join(map(str, sorted(weekdays)))}, ""
    return REFUSED, "anchored", {"day": s.day.isoformat()}, "other"


def _is_its_week(s: Situation, p: Mapping[str, object]) -> bool:
    if p["of_month"] == "last":
        return (s.day + timedelta(days=7)).month != s.day.month
    if p["of_month"] != "every":
        return (s.day.day - 1) // 7 + 1 == _OCCURRENCES[p["of_month"]]
    monday = s.day.toordinal() - s.day.weekday()
    start = p["starts"] or s.agreement.in_force
    return (monday - (start.toordinal() - start.weekday())) // 7 % p["every_weeks"] == 0


def _prepare(params: dict) -> dict:
    if not params["weekdays"] and not params["chosen"]:
        raise Wrong(fr="Écrivez weekdays, ou chosen.", en="Write weekdays, or chosen.")
    return params


ANCHOR_DAYS = Rule(
    kind="anchor_days",
    title=both(fr="Jours d’équipe", en="Anchor days"),
    question=both(
        fr="Quels jours l’équipe passe-t-elle sur site ensemble ?",
        en="Which days does the team spend on site together?",
    ),
    judge=_anchor_days,
    params={
        "weekdays": Param(
            "weekdays", both(fr="ces jours de la semaine", en="these weekdays"), required=False, default=frozenset()
        ),
        "chosen": Param(
            "string",
            both(
                fr="ou le réglage d’équipe (1 : lundi … 7 : dimanche)",
                en="or the team’s setting (1: Monday … 7: Sunday)",
            ),
            required=False,
            default="",
        ),
        "of_month": Param(
            "choice",
            both(fr="lesquels du mois, every : tous", en="which of the month, every: all"),
            required=False,
            default="every",
            choices=("every", *_OCCURRENCES, "last"),
        ),
        "every_weeks": Param(
            "whole",
            both(fr="une semaine sur tant", en="one week out of so many"),
            required=False,
            default=1,
            least=1,
            most=52,
        ),
        "starts": Param("date", both(fr="une semaine qui en est", en="a week that is one of them"), required=False),
    },
    prepare=_prepare,
    several=True,
    sentences={
        "anchored": say(
            "Le {day:weekday_date} se passe sur site avec l’équipe.",
            "{day:weekday_date} is spent on site with the team.",
        ),
        "other": say("Choisissez un autre jour.", "Choose another day."),
        "ok": say("Jours d’équipe : {weekdays:weekdays}", "Anchor days: {weekdays:weekdays}"),
    },
    example='kind = "anchor_days"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nweekdays = ["tuesday"]',
)
