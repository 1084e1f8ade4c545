"""How long an authorisation lasts, stage by stage, and how it is renewed."""

from datetime import date, timedelta

from ..durations import UNLIMITED, counted
from ..schema import Param
from ..text import NOTHING, both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, month_day, period_ends

_ONE_DAY = timedelta(days=1)


def _ask_length(asked, p, s) -> Answer:
    """How long an authorisation that starts on a day may last, at the stage which it has reached."""
    start, first, end = asked["start"], asked["first_granted"] or asked["start"], asked["end"]
    stage = asked["stage"] or _stage(s, p, first, start)
    length = p["stages"][min(stage, len(p["stages"])) - 1]
    data = {
        "start": start.isoformat(),
        "stage": stage,
        "renewal": p["renewal"],
        "tacit": p["renewal"] == "tacit",
        "review": p["review"],
        "renewable": p["renewal"] != "none",
        "refusal_reasoned": p["refusal_reasoned"],
    }
    if stage > len(p["stages"]) and p["renewal"] == "none":
        return REFUSED, "no_more", {**data, "valid": False}, ""
    if length == UNLIMITED:
        return ALLOWED, "unlimited", {**data, "unlimited": True, "valid": True}, ""
    longest = _by_year_end(period_ends(s, start, length), start, p["year_day"])
    data |= {**length.data, "longest": longest.isoformat(), "unlimited": False}
    if end is None:
        return ALLOWED, "longest", data, ""
    data |= {"end": end.isoformat(), "valid": end <= longest}
    return (ALLOWED, "longest", data, "") if end <= longest else (REFUSED, "too_long", data, "longest")


def _by_year_end(longest: date, start: date, year_day: str) -> date:
    """No later than the next time that day of the year comes, where the text names one."""
    if not year_day:
        return longest
    month, day = month_day(year_day)
    turns = (date(start.year + n, month, day) for n in range(2))
    return min(longest, next(turn for turn in turns if turn >= start))


def _stage(s, p, first: date, start: date) -> int:
    """The stage of an authorisation that starts on ``start`` when the first was granted on ``first``, from 1."""
    stage, begin = 1, first
    if any(s.facts.has(code, first) for code in p["first_waived_for"]):
        stage = 2
    while stage < len(p["stages"]) + 1:
        length = p["stages"][min(stage, len(p["stages"])) - 1]
        if length == UNLIMITED or length.n == 0:
            break
        last = period_ends(s, begin, length)
        if start <= last:
            break
        begin = last + _ONE_DAY
        stage += 1
    return stage


def _prepare_length(params: dict) -> dict:
    if params["year_day"]:
        month_day(params["year_day"])
    return counted(params)


AUTHORISATION_LENGTH = Rule(
    kind="authorisation_length",
    title=both(fr="Durée de l’autorisation", en="Length of the authorisation"),
    question=both(
        fr="Combien de temps dure l’autorisation, et comment se renouvelle-t-elle ?",
        en="How long does the authorisation last, and how is it renewed?",
    ),
    consult=_ask_length,
    asks={
        "start": Param("date", both(fr="le premier jour de cette période", en="the first day of this time")),
        "end": Param("date", both(fr="le dernier jour souhaité", en="the last day wished"), required=False),
        "first_granted": Param(
            "date", both(fr="la toute première autorisation", en="the very first authorisation"), required=False
        ),
        "stage": Param(
            "whole", both(fr="ou l’étape, à partir de 1", en="or the stage, from 1"), required=False, least=1, most=100
        ),
    },
    params={
        "stages": Param(
            "lengths", both(fr="les durées maximales, l’une après l’autre", en="the longest times, one after the other")
        ),
        "renewal": Param(
            "choice",
            both(fr="tacite, par un acte, par un avenant, aucun", en="tacit, by an act, by an amendment, none"),
            choices=("tacit", "act", "amendment", "none"),
        ),
        "year_day": Param(
            "string",
            both(fr="au plus tard ce jour de l’année, comme 12-31", en="by this day of the year, like 12-31"),
            required=False,
            default="",
        ),
        "review": Param("flag", both(fr="un bilan précède", en="a review comes first"), required=False, default=False),
        "refusal_reasoned": Param(
            "flag",
            both(fr="le refus de renouveler est motivé", en="a refusal to renew gives reasons"),
            required=False,
            default=False,
        ),
        "first_waived_for": Param(
            "codes",
            both(fr="codes de ceux qui sautent la première étape", en="codes of those who skip the first stage"),
            required=False,
            default=(),
        ),
        "note": Param("words", both(fr="précision", en="remark"), required=False, default=NOTHING),
    },
    prepare=_prepare_length,
    readings=WORKING,
    several=True,
    tells=("stage", "renewal", "tacit", "review", "renewable", "refusal_reasoned", "unlimited", "valid"),
    sentences={
        "longest": say("Au plus jusqu’au {longest:date} ({n:{unit}}).", "Until {longest:date} at most ({n:{unit}})."),
        "too_long": say(
            "L’autorisation du {start:date} ne peut pas aller jusqu’au {end:date}.",
            "The authorisation of {start:date} cannot last until {end:date}.",
        ),
        "unlimited": say("Sans limite de durée", "Without a limit in time"),
        "no_more": say("L’autorisation ne se renouvelle pas.", "The authorisation is not renewed."),
    },
    example=(
        'kind = "authorisation_length"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'stages = [{ n = 6, unit = "month" }, { n = 3, unit = "year" }, "unlimited"]\nrenewal = "act"'
    ),
    asked='ask = { kind = "authorisation_length", first_granted = 2026-01-01, start = 2026-07-01, end = 2030-06-30 }',
)
