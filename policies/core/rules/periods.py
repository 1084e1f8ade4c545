"""Beginning and lasting: a start deferred, a period to adapt, an authorisation for a time."""

from datetime import date, timedelta

from ..durations import NO_TIME, UNLIMITED, counted
from ..schema import Param
from ..text import NOTHING, both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param, month_day, notice_ends, period_ends
from .naming import named

_ONE_DAY = timedelta(days=1)


def _ask_deferral(asked, p, s) -> Answer:
    """How late a start may be put off, and whether this one is too late."""
    latest = ends(s, asked["requested"], p["most"])
    start = asked["start"] or (ends(s, asked["requested"], asked["by"]) if asked["by"] else None)
    data = {**p["most"].data, "latest_start": latest.isoformat(), **named(s, "grounds", p["grounds"])}
    if p["grounds"] and asked["ground"] and asked["ground"] not in p["grounds"]:
        return REFUSED, "ground", {**data, "valid": False, **named(s, "ground", [asked["ground"]])}, ""
    if start is None:
        return ALLOWED, "latest", data, ""
    data |= {"start": start.isoformat(), "valid": start <= latest}
    return (ALLOWED, "latest", data, "") if start <= latest else (REFUSED, "too_late", data, "latest")


DEFERRAL = Rule(
    kind="deferral",
    title=both(fr="Report du début", en="Deferral"),
    question=both(fr="De combien le début peut-il être reporté ?", en="By how much may the start be put off?"),
    consult=_ask_deferral,
    asks={
        "requested": Param("date", both(fr="le jour de la demande", en="the day of asking")),
        "start": Param("date", both(fr="le début proposé", en="the start proposed"), required=False),
        "by": length_param(both(fr="ou de combien", en="or by how much")),
        "ground": Param("string", both(fr="le motif", en="the ground"), required=False, default=""),
    },
    params={
        "most": length_param(both(fr="report maximal", en="longest deferral"), required=True),
        "grounds": Param("codes", both(fr="les motifs admis", en="the grounds admitted"), required=False, default=()),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("valid", "grounds", "ground"),
    sentences={
        "latest": say("Début au plus tard le {latest_start:date}.", "Start by {latest_start:date} at the latest."),
        "too_late": say(
            "Le début se reporte de {n:{unit}} au plus ; le {start:date} est trop tard.",
            "The start may be put off by {n:{unit}} at most; {start:date} is too late.",
        ),
        "ground": say(
            "« {ground_fr} » n’est pas un motif admis : {grounds_fr}.",
            "“{ground_en}” is no ground admitted: {grounds_en}.",
        ),
    },
    example='kind = "deferral"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\nmost = { n = 3, unit = "month" }',
    asked='ask = { kind = "deferral", requested = 2026-04-13, start = 2026-08-13 }',
)


def _ask_adaptation(asked, p, s) -> Answer:
    """Until when the period to adapt lasts, and what stopping it on a day gives."""
    start, stopped, by = asked["start"], asked["stopped"], asked["by"]
    last = period_ends(s, start, p["length"])
    data = {**p["length"].data, "adaptation_ends": last.isoformat(), "waived": False}
    if p["waived_for"] and any(s.facts.has(code, start) for code in p["waived_for"]):
        return ALLOWED, "waived", {**data, "waived": True}, ""
    if stopped is None:
        return ALLOWED, "period", data, ""
    notice = p["notice"] or NO_TIME
    if p["shorter_by_agreement"] and asked["agreed_notice"]:
        notice = asked["agreed_notice"]
    end = notice_ends(s, stopped, notice)
    within = start <= stopped <= last
    data |= {
        "within_adaptation": within,
        "ends": end.isoformat(),
        "stopped": stopped.isoformat(),
        "notice_n": notice.n,
        "notice_unit": notice.unit,
    }
    if p["by"] != "either" and by and by != p["by"]:
        return REFUSED, "other_side", {**data, "valid": False}, ""
    if not within:
        return REFUSED, "outside", {**data, "valid": False}, ""
    if end > last and p["notice"] and s.reading("stop_notice").choice == "expires_inside":
        return REFUSED, "notice_beyond", {**data, "valid": False}, ""
    return ALLOWED, "stopped", {**data, "valid": True}, ""


def _prepare_adaptation(params: dict) -> dict:
    return {**counted(params), "has_notice": params["notice"] is not None}


ADAPTATION_PERIOD = Rule(
    kind="adaptation_period",
    title=both(fr="Période d’adaptation", en="Adaptation period"),
    question=both(
        fr="Combien dure l’adaptation, et comment y met-on fin ?",
        en="How long is the adaptation, and how does one stop?",
    ),
    consult=_ask_adaptation,
    asks={
        "start": Param("date", both(fr="le premier jour", en="the first day")),
        "stopped": Param(
            "date", both(fr="le jour où l’on annonce l’arrêt", en="the day on which the end is told"), required=False
        ),
        "by": Param(
            "choice",
            both(fr="qui arrête", en="who stops"),
            required=False,
            default="",
            choices=("employer", "employee"),
        ),
        "agreed_notice": length_param(both(fr="délai plus court convenu", en="shorter notice agreed")),
    },
    params={
        "length": length_param(both(fr="sa durée", en="its length"), required=True),
        "notice": length_param(both(fr="le délai pour arrêter", en="the notice to stop")),
        "by": Param(
            "choice",
            both(fr="qui peut arrêter", en="who may stop"),
            required=False,
            default="either",
            choices=("either", "employer", "employee"),
        ),
        "shorter_by_agreement": Param(
            "flag", both(fr="plus court d’un commun accord", en="shorter if both agree"), required=False, default=False
        ),
        "waived_for": Param(
            "codes",
            both(fr="codes de ceux qui en sont dispensés", en="codes of those who need none"),
            required=False,
            default=(),
        ),
    },
    prepare=_prepare_adaptation,
    readings=(*WORKING, ("stop_notice", "has_notice", True)),
    several=True,
    tells=("waived", "within_adaptation", "notice_n", "notice_unit", "valid"),
    sentences={
        "period": say(
            "Adaptation de {n:{unit}}, jusqu’au {adaptation_ends:date}",
            "{n:{unit}} to adapt, until {adaptation_ends:date}",
        ),
        "waived": say("Dispensé d’adaptation", "No adaptation period needed"),
        "stopped": say(
            "Annoncé le {stopped:date}, le télétravail cesse le {ends:date}",
            "Told on {stopped:date}, telework stops on {ends:date}",
        ),
        "outside": say(
            "L’adaptation s’achève le {adaptation_ends:date} ; l’arrêt du {stopped:date} vient hors d’elle.",
            "The adaptation is over on {adaptation_ends:date}; a stop on {stopped:date} is outside it.",
        ),
        "notice_beyond": say(
            "Le délai finirait le {ends:date}, après l’adaptation ({adaptation_ends:date}).",
            "The notice would end on {ends:date}, after the adaptation ({adaptation_ends:date}).",
        ),
        "other_side": say("L’arrêt ne peut pas venir de ce côté.", "This side cannot stop it."),
    },
    example=(
        'kind = "adaptation_period"\narticle = "4.3"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'length = { n = 3, unit = "month" }\nnotice = { n = 15, unit = "calendar_day" }'
    ),
    asked='ask = { kind = "adaptation_period", start = 2026-01-12, stopped = 2026-03-30, by = "employer" }',
)


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
