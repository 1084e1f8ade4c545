"""What lifts other rules for some people: a derogation for a time, an exemption on a list."""

from datetime import date
from decimal import Decimal

from ..durations import counted
from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .lengths import WORKING, length_param, period_ends
from .naming import named
from .records import NO, YES

LIFTS = {
    "lifts": Param(
        "codes",
        both(fr="les règles levées : genres, noms, ou all", en="the rules lifted: kinds, names, or all"),
        required=False,
        default=(),
    ),
    "replace": Param(
        "replacements",
        both(fr="ou d’autres valeurs pour elles", en="or other values for them"),
        required=False,
        default={},
    ),
}
LIFTED = say("Levé ou remplacé ici : {lifted_fr}", "Lifted or replaced here: {lifted_en}")


def _is_at_work(s, p) -> bool:
    """Is one of the traits recorded for that day, with the opinion it needs, and not beyond its longest time?"""
    return any(_holds(s, p, code) for code in p["traits"])


def _holds(s, p, code: str) -> bool:
    found = s.facts.trait(code, s.day)
    if found is None or found.opinion in NO or (p["opinion"] and not found.opinion):
        return False
    if not p["most"] or found.first == date.min:
        return True
    return s.day <= period_ends(s, found.first, p["most"])


def _ask_derogation(asked, p, s) -> Answer:
    """May a derogation run from one day to another, and how far at most?"""
    data = {
        "opinion_needed": bool(p["opinion"]), "renewable": p["renewable"], "lifts": ",".join(p["lifts"]),
        "always_accepted": p["always_accepted"],
    }  # fmt: skip
    if p["opinion"]:
        label = s.agreement.label(p["opinion"])
        data |= {"opinion_fr": label.fr, "opinion_en": label.en}
        if asked["opinion"] in NO:
            return REFUSED, "unfavourable", data, ""
        if not asked["opinion"]:
            return NEEDS_APPROVAL, "opinion_missing", data, ""
    first, last = asked["from"], asked["to"]
    if p["most"] and first:
        longest = period_ends(s, first, p["most"])
        data |= {**p["most"].data, "from": first.isoformat(), "longest": longest.isoformat()}
        if last and last > longest:
            return REFUSED, "too_long", {**data, "valid": False}, "renew" if p["renewable"] else ""
    return ALLOWED, "open", {**data, "valid": True}, ""


DEROGATION = Rule(
    kind="derogation",
    title=both(fr="Dérogation", en="Derogation"),
    question=both(
        fr="Pour qui les règles sont-elles levées, lesquelles, combien de temps et sur quel avis ?",
        en="For whom are rules lifted, which ones, for how long and on whose opinion?",
    ),
    consult=_ask_derogation,
    asks={
        "from": Param("date", both(fr="premier jour", en="first day"), required=False),
        "to": Param("date", both(fr="dernier jour souhaité", en="last day wished"), required=False),
        "opinion": Param("string", both(fr="l’avis rendu", en="the opinion given"), required=False, default=""),
    },
    lifts=_is_at_work,
    params={
        "traits": Param("codes", both(fr="codes des personnes visées", en="codes of the people meant")),
        **LIFTS,
        "most": length_param(both(fr="durée maximale", en="longest time")),
        "renewable": Param("flag", both(fr="renouvelable", en="renewable"), required=False, default=False),
        "opinion": Param(
            "string",
            both(fr="code de qui doit donner son avis", en="code of whose opinion is needed"),
            required=False,
            default="",
        ),
        "always_accepted": Param(
            "flag",
            both(fr="true : leur demande ne peut être refusée", en="true: their request cannot be refused"),
            required=False,
            default=False,
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("opinion_needed", "renewable", "lifts", "always_accepted", "from", "valid"),
    sentences={
        "lifted": LIFTED,
        "open": say("Dérogation possible", "A derogation is possible"),
        "opinion_missing": say("Un avis est attendu : {opinion_fr}.", "An opinion is awaited: {opinion_en}."),
        "unfavourable": say(
            "L’avis rendu est défavorable : {opinion_fr}.", "The opinion is unfavourable: {opinion_en}."
        ),
        "too_long": say(
            "Une dérogation dure {n:{unit}} au plus : ici jusqu’au {longest:date}.",
            "A derogation lasts {n:{unit}} at most: here until {longest:date}.",
        ),
        "renew": say("Elle peut être renouvelée ensuite.", "It can be renewed afterwards."),
    },
    example=(
        'kind = "derogation"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\ntraits = ["medical"]\n'
        'lifts = ["all"]\nmost = { n = 6, unit = "month" }\nrenewable = true\nopinion = "occupational_health"'
    ),
    asked='ask = { kind = "derogation", from = 2026-01-15, to = 2026-07-31, opinion = "yes" }',
)


_ITEM = {
    "code": Param("string", both(fr="le code de la situation", en="the code of the circumstance")),
    "least": Param("number", both(fr="au moins ce nombre noté", en="at least this number recorded"), required=False,
                   most=1_000_000),
    "below": Param("number", both(fr="moins que ce nombre noté", en="less than this number recorded"), required=False,
                   most=1_000_000),
    "hired_before": Param("date", both(fr="embauche avant ce jour", en="hired before this day"), required=False),
    "authorised_by": Param("string", both(fr="autorisé par", en="authorised by"), required=False, default=""),
}  # fmt: skip


def _prepare_items(params: dict) -> dict:
    if len({item["code"] for item in params["items"]}) < len(params["items"]):
        raise Wrong(fr="Chaque situation a son code : l’un est écrit deux fois.", en="One code is written twice.")
    return params


def _is_exempt(s, p) -> bool:
    """Does the person meet one circumstance of the list that day?"""
    for item in p["items"]:
        found = s.facts.trait(item["code"], s.day)
        if found is None or found.opinion in NO:
            continue
        if _meets(item, found.number, s.facts.hired, found.opinion):
            return True
    return False


def _meets(item, number: Decimal | None, hired: date | None, authorised_by: str) -> bool:
    if item["least"] is not None and (number is None or number < item["least"]):
        return False
    if item["below"] is not None and (number is None or number >= item["below"]):
        return False
    if item["hired_before"] and (hired is None or hired >= item["hired_before"]):
        return False
    return not item["authorised_by"] or authorised_by in (*YES, item["authorised_by"])


def _ask_exemption(asked, p, s) -> Answer:
    """Does this circumstance exempt, and what does it lack otherwise?"""
    item = next((item for item in p["items"] if item["code"] == asked["code"]), None)
    listed = named(s, "listed", [item["code"] for item in p["items"]]) | named(s, "code", [asked["code"]])
    if item is None:
        return REFUSED, "not_listed", {"exempt": False, **listed}, ""
    exempt = _meets(item, asked["number"], asked["hired"] or s.facts.hired, asked["authorised_by"])
    data = {"exempt": exempt, **listed, "needs": item["authorised_by"]}
    if item["least"] is not None:
        data["least"] = str(item["least"])
    return (ALLOWED, "exempt", data, "") if data["exempt"] else (REFUSED, "not_met", data, "")


EXEMPTION = Rule(
    kind="exemption",
    title=both(fr="Exemption", en="Exemption"),
    question=both(
        fr="Quelles situations dispensent de quelles règles ?", en="Which circumstances exempt from which rules?"
    ),
    consult=_ask_exemption,
    asks={
        "code": Param("string", both(fr="la situation", en="the circumstance")),
        "number": Param("number", both(fr="le nombre (km…)", en="the number (km…)"), required=False, most=1_000_000),
        "hired": Param("date", both(fr="jour d’embauche", en="day of hiring"), required=False),
        "authorised_by": Param("string", both(fr="autorisé par", en="authorised by"), required=False, default=""),
    },
    lifts=_is_exempt,
    params={
        "items": Param("rows", both(fr="les situations", en="the circumstances"), fields=_ITEM),
        **LIFTS,
    },
    prepare=_prepare_items,
    several=True,
    tells=("exempt", "needs", "least", "code", "listed"),
    sentences={
        "lifted": LIFTED,
        "exempt": say("Situation qui dispense : {code_fr}", "Circumstance that exempts: {code_en}"),
        "not_met": say(
            "Les conditions de « {code_fr} » ne sont pas remplies.", "The conditions of “{code_en}” are not met."
        ),
        "not_listed": say(
            "« {code_fr} » n’est pas une situation prévue : {listed_fr}.",
            "“{code_en}” is no circumstance provided for: {listed_en}.",
        ),
    },
    example=(
        'kind = "exemption"\narticle = "6"\n[[rules.values]]\nfrom = 2024-01-01\nlifts = ["all"]\n'
        'items = [{ code = "distance_km", least = 125, authorised_by = "director" }]'
    ),
    asked='ask = { kind = "exemption", code = "distance_km", number = 130, authorised_by = "director" }',
)
