"""Beginning: a start deferred, a period to adapt."""

from ..durations import NO_TIME, counted
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param, notice_ends, period_ends
from .naming import named


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
