"""The law's thresholds, and what is reported to whom."""

from decimal import ROUND_HALF_UP, Decimal

from ..durations import counted
from ..schema import Param
from ..text import NOTHING, both
from .base import ALLOWED, Answer, Rule, say
from .lengths import WORKING, ends, length_param
from .naming import named

_CENT = Decimal("0.01")


def _ask_threshold(asked, p, s) -> Answer:
    """The share of working time at a distance over the window, and whether the law's duties begin with it."""
    remote, total = asked["remote"], asked["total"]
    if not total:
        return ALLOWED, "no_time", {"applies": False}, ""
    share = remote * 100 / total
    applies = share > p["percent"] if p["strictly"] else share >= p["percent"]
    data = {
        "share_pct": str(share.quantize(_CENT, ROUND_HALF_UP)), "percent": str(p["percent"]), "applies": applies,
        "law_applies": applies, "law_fr": p["law"].fr, "law_en": p["law"].en, **p["over"].data,
        "prorated": p["prorated"],
    }  # fmt: skip
    return ALLOWED, "applies" if applies else "below", data, ""


LEGAL_THRESHOLD = Rule(
    kind="legal_threshold",
    title=both(fr="Seuil légal", en="Threshold of the law"),
    question=both(
        fr="À partir de quelle part du temps la loi impose-t-elle ses obligations ?",
        en="From which share of the time do the law’s duties begin?",
    ),
    consult=_ask_threshold,
    asks={
        "remote": Param("number", both(fr="temps à distance", en="time remote"), most=1_000_000),
        "total": Param(
            "number", both(fr="temps de travail, même unité", en="working time, in the same unit"), most=1_000_000
        ),
    },
    params={
        "percent": Param("number", both(fr="la part, en %", en="the share, in %"), most=100),
        "strictly": Param(
            "flag",
            both(fr="true : plus que cette part", en="true: more than this share"),
            required=False,
            default=False,
        ),
        "over": length_param(both(fr="la durée regardée", en="the time looked at"), required=True),
        "prorated": Param(
            "flag",
            both(fr="réduite pour un contrat plus court", en="reduced for a shorter contract"),
            required=False,
            default=False,
        ),
        "law": Param("words", both(fr="la loi", en="the law"), required=False, default=NOTHING),
    },
    prepare=counted,
    several=True,
    tells=("applies", "law_applies", "n", "unit", "prorated"),
    sentences={
        "applies": say(
            "{share_pct:percentage} à distance : les obligations de la loi valent",
            "{share_pct:percentage} remote: the duties of the law apply",
        ),
        "below": say(
            "{share_pct:percentage} à distance, sous le seuil de {percent:percentage}",
            "{share_pct:percentage} remote, below the threshold of {percent:percentage}",
        ),
        "no_time": say("Aucun temps de travail sur cette durée", "No working time over that time"),
    },
    example=(
        'kind = "legal_threshold"\narticle = "1"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'percent = 30\nover = { n = 3, unit = "month" }\nprorated = true'
    ),
    asked='ask = { kind = "legal_threshold", remote = 19, total = 65 }',
)


def _ask_report(asked, p, s) -> Answer:
    """Is a report due for this head count, by when, and what does it hold?"""
    due = p["from_headcount"] is None or (asked["headcount"] or 0) >= p["from_headcount"]
    data: dict[str, object] = {"due": due, **named(s, "contents", p["contents"]), "headcount": asked["headcount"]}
    data |= {row["code"]: str(row["number"]) for row in asked["numbers"] if row["code"] in p["contents"]}
    if asked["last"]:
        data["next"] = ends(s, asked["last"], p["every"]).isoformat()
    return ALLOWED, "due" if due else "not_due", data, ""


_NUMBER = {
    "code": Param("string", both(fr="ce qui est compté", en="what is counted")),
    "number": Param("number", both(fr="le nombre", en="the number"), most=10_000_000),
}

REPORT = Rule(
    kind="report",
    title=both(fr="Bilan", en="Report"),
    question=both(fr="Qui reçoit quel bilan, à quel rythme ?", en="Who is given which report, how often?"),
    consult=_ask_report,
    asks={
        "headcount": Param("whole", both(fr="l’effectif", en="the head count"), required=False, most=10_000_000),
        "numbers": Param(
            "rows", both(fr="ce qui a été compté", en="what was counted"), required=False, default=(), fields=_NUMBER
        ),
        "last": Param("date", both(fr="le dernier bilan", en="the last report"), required=False),
    },
    params={
        "to": Param("words", both(fr="à qui", en="to whom")),
        "contents": Param("codes", both(fr="ce qu’il contient", en="what it holds")),
        "every": length_param(both(fr="le rythme", en="the rhythm"), required=True),
        "from_headcount": Param(
            "whole",
            both(fr="dû à partir de cet effectif", en="due from this head count"),
            required=False,
            most=10_000_000,
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("due", "headcount", "next", "contents"),
    sentences={
        "due": say("Bilan dû : {contents_fr}", "A report is due: {contents_en}"),
        "not_due": say("Aucun bilan dû pour cet effectif", "No report is due for this head count"),
    },
    example=(
        'kind = "report"\narticle = "5"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'to = { fr = "le CSE", en = "the works council" }\ncontents = ["requests", "refusals"]\n'
        'every = { n = 1, unit = "year" }\nfrom_headcount = 50'
    ),
    asked='ask = { kind = "report", headcount = 120, numbers = [{ code = "requests", number = 41 }] }',
)
