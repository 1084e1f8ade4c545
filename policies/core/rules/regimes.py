"""Exceptional circumstances: what they lift or replace while they last, and what is then due."""

from datetime import date

from ..durations import counted
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .derogations import LIFTED, LIFTS
from .lengths import WORKING, ends, length_param, period_ends
from .naming import named


def _is_declared(s, p) -> bool:
    """Is one of the causes declared for the person's population that day, no longer than the text lets it last?"""
    for code in p["causes"] or ("",):
        found = s.facts.regime(code, s.day)
        if found is not None and (not p["most"] or s.day <= period_ends(s, found.first, p["most"])):
            return True
    return False


def _stated_cause(s, p) -> Answer:
    """Under a form that is for exceptional circumstances, a reason that is stated is one of their causes."""
    if not s.reason or not s.clause.forms:
        return None
    alike = [clause for clause in s.agreement.clauses("exceptional_regime") if clause.forms and clause.covers(s.form)]
    held = [value.params["causes"] for clause in alike if (value := clause.on(s.day)) is not None and value.applies]
    if not all(held) or any(s.reason in causes for causes in held):
        return None
    told = dict.fromkeys(code for causes in held for code in causes)
    return REFUSED, "other_cause", {**named(s, "cause", [s.reason]), **named(s, "causes", told)}, ""


def _ask(asked, p, s) -> Answer:
    """What is due to somebody while exceptional telework lasts from one day to another."""
    cause, first, last = asked["cause"], asked["from"], asked["to"]
    data = {"consent_needed": p["consent"], "reversible": p["reversible"], "duties": ",".join(p["duties"])}
    if cause and p["causes"] and cause not in p["causes"]:
        return REFUSED, "other_cause", {**data, **named(s, "cause", [cause]), **named(s, "causes", p["causes"])}, ""
    data["notice"] = p["notice"]
    if first and p["most"]:
        longest = period_ends(s, first, p["most"])
        data |= {**p["most"].data, "longest": longest.isoformat()}
        if last and last > longest:
            return REFUSED, "too_long", data, ""
    if first:
        for what in ("equipment", "survey"):
            if p[f"{what}_after"]:
                data |= _due(s, what, first, last, p[f"{what}_after"])
    if asked["eligible"] and "equipment_due" in data:
        data["equipment_due"] = False
    if asked["headcount"] is not None and p["duties_from_headcount"] is not None:
        data["duties_due"] = asked["headcount"] >= p["duties_from_headcount"]
    return ALLOWED, "open", data, ""


def _due(s, what: str, first: date, last: date | None, length) -> dict[str, object]:
    """Past a continuous time something is due: from which day, and is it within what is asked?"""
    since = ends(s, first, length)
    return {f"{what}_due": last is None or last >= since, f"{what}_from": since.isoformat()}


EXCEPTIONAL_REGIME = Rule(
    kind="exceptional_regime",
    title=both(fr="Circonstances exceptionnelles", en="Exceptional circumstances"),
    question=both(
        fr="Quelles circonstances lèvent quelles règles, et que devient-il dû ?",
        en="Which circumstances lift which rules, and what is then due?",
    ),
    judge=_stated_cause,
    consult=_ask,
    asks={
        "cause": Param("string", both(fr="la cause", en="the cause"), required=False, default=""),
        "from": Param("date", both(fr="premier jour", en="first day"), required=False),
        "to": Param("date", both(fr="dernier jour", en="last day"), required=False),
        "eligible": Param(
            "flag", both(fr="éligible d’ordinaire", en="eligible ordinarily"), required=False, default=False
        ),
        "headcount": Param("whole", both(fr="effectif", en="head count"), required=False, most=10_000_000),
    },
    lifts=_is_declared,
    params={
        "causes": Param(
            "codes",
            both(fr="les causes admises, toutes sinon", en="the causes admitted, else any"),
            required=False,
            default=(),
        ),
        **LIFTS,
        "consent": Param(
            "flag",
            both(fr="l’accord de la personne reste-t-il nécessaire", en="is the person’s consent still needed"),
            required=False,
            default=False,
        ),
        "reversible": Param(
            "flag", both(fr="reste-t-il réversible", en="is it still reversible"), required=False, default=False
        ),
        "notice": Param(
            "choice",
            both(fr="l’annonce : due, si possible, aucune", en="telling beforehand: due, if possible, none"),
            required=False,
            default="if_possible",
            choices=("due", "if_possible", "none"),
        ),
        "most": length_param(both(fr="durée maximale", en="longest time")),
        "equipment_after": length_param(
            both(
                fr="durée continue après laquelle l’équipement est dû",
                en="continuous time after which equipment is due",
            )
        ),
        "survey_after": length_param(
            both(fr="durée après laquelle un bilan est dû", en="time after which a survey is due")
        ),
        "duties": Param(
            "codes",
            both(
                fr="ce que l’employeur doit alors (works_council_consulted…)",
                en="what the employer then owes (works_council_consulted…)",
            ),
            required=False,
            default=(),
        ),
        "duties_from_headcount": Param(
            "whole",
            both(fr="effectif à partir duquel il le doit", en="head count from which it owes it"),
            required=False,
            most=10_000_000,
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=(
        "consent_needed",
        "reversible",
        "duties",
        "equipment_due",
        "equipment_from",
        "survey_due",
        "survey_from",
        "duties_due",
        "notice",
        "cause",
        "causes",
    ),
    sentences={
        "lifted": LIFTED,
        "lifted_for": say(
            "{cause_fr} ; levé ou remplacé ici : {lifted_fr}", "{cause_en}; lifted or replaced here: {lifted_en}"
        ),
        "open": say("Régime de circonstances exceptionnelles", "Regime of exceptional circumstances"),
        "other_cause": say(
            "« {cause_fr} » n’est pas une cause admise : {causes_fr}.",
            "“{cause_en}” is no cause admitted: {causes_en}.",
        ),
        "too_long": say(
            "Ce régime dure {n:{unit}} au plus : ici jusqu’au {longest:date}.",
            "This regime lasts {n:{unit}} at most: here until {longest:date}.",
        ),
    },
    example=(
        'kind = "exceptional_regime"\narticle = "7"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'causes = ["epidemic", "transport_strike"]\nlifts = ["all"]'
    ),
    asked='ask = { kind = "exceptional_regime", cause = "epidemic", from = 2026-03-02, to = 2026-04-10 }',
)
