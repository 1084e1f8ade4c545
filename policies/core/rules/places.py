"""From where: which places, how many, and in which countries."""

from collections.abc import Iterable
from datetime import date

from ..facts import PlaceFacts
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import length_param


def _places(s, p) -> Answer:
    """The place chosen, or one of those declared, is of an admitted kind, in an admitted country, and not too many."""
    declared = [place for place in s.facts.places if _is_valid(place, s.day)]
    if s.place is not None:
        return _judged(s, p, s.place, declared)
    answers = [_judged(s, p, place, declared) for place in declared]
    if not answers:
        return (REFUSED, "none", {"day": s.day.isoformat()}, "declare") if p["declared"] else None
    return min(answers, key=lambda answer: answer[0])


def _is_valid(place: PlaceFacts, day: date) -> bool:
    return place.declared_on <= day and (place.until is None or place.until >= day)


def _judged(s, p, place: PlaceFacts, declared: Iterable[PlaceFacts]) -> Answer:
    code = _fault(s, p, place, declared)
    label = s.agreement.label(place.kind)
    data = {
        "place": place.label, "kind": place.kind, "kind_fr": label.fr, "kind_en": label.en,
        "country": place.country or s.agreement.country, "most": p["most"], "territory": ", ".join(p["territory"]),
    }  # fmt: skip
    return (REFUSED, code, data, "agree" if p["agreed"] else "") if code else (ALLOWED, "ok", data, "")


def _fault(s, p, place: PlaceFacts, declared: Iterable[PlaceFacts]) -> str:
    """Why a place will not do, "" where it will."""
    kept = sorted(declared, key=lambda other: other.declared_on)
    if p["declared"] and place not in kept:
        return "undeclared"
    if p["agreed"] and place.agreed:
        return ""
    if p["kinds"] and place.kind not in p["kinds"]:
        return "kind"
    if p["territory"] and (place.country or s.agreement.country) not in p["territory"]:
        return "country"
    if p["most"] is not None and place in kept[p["most"] :]:
        return "too_many"
    return ""


def _ask_places(asked, p, s) -> Answer:
    """May such a place be declared, as one of so many?"""
    place = PlaceFacts(asked["place"], s.day, None, True, None, asked["place_kind"], asked["country"], asked["agreed"])
    if p["most"] is not None and asked["count"] is not None and asked["count"] > p["most"] and not asked["agreed"]:
        return REFUSED, "too_many", {"most": p["most"], "valid": False}, "agree" if p["agreed"] else ""
    verdict, code, data, remedy = _judged(s, {**p, "declared": False}, place, [])
    data |= {"valid": verdict is ALLOWED}
    if p["return_within"]:
        data |= {"return_n": p["return_within"].n, "return_unit": p["return_within"].unit}
    return verdict, code, data, remedy


PLACES = Rule(
    kind="places",
    title=both(fr="Lieux admis", en="Places admitted"),
    question=both(
        fr="Quels lieux, combien, et dans quels pays ?", en="Which places, how many, and in which countries?"
    ),
    judge=_places,
    consult=_ask_places,
    asks={
        "place": Param("string", both(fr="le lieu", en="the place"), required=False, default="-"),
        "place_kind": Param("string", both(fr="son genre", en="its kind"), required=False, default="home"),
        "country": Param("string", both(fr="son pays", en="its country"), required=False, default=""),
        "agreed": Param(
            "flag", both(fr="accepté par l’employeur", en="agreed by the employer"), required=False, default=False
        ),
        "count": Param("whole", both(fr="nombre d’adresses en tout", en="addresses in all"), required=False),
    },
    params={
        "kinds": Param(
            "codes",
            both(fr="home, second_home, coworking… ; tous sinon", en="home, second_home, coworking…; else any"),
            required=False,
            default=(),
        ),
        "territory": Param(
            "strings",
            both(fr="les pays, deux lettres ; tous sinon", en="the countries, two letters; else any"),
            required=False,
            default=(),
        ),
        "most": Param("whole", both(fr="adresses au plus", en="addresses at most"), required=False, least=1, most=100),
        "declared": Param(
            "flag", both(fr="faut-il l’avoir déclaré", en="must it have been declared"), required=False, default=True
        ),
        "agreed": Param(
            "flag",
            both(fr="true : l’employeur peut admettre un autre lieu", en="true: the employer may admit another place"),
            required=False,
            default=False,
        ),
        "return_within": length_param(
            both(fr="délai pour pouvoir venir sur site", en="time within which one must be able to come on site")
        ),
    },
    several=True,
    tells=("kind", "valid", "return_n", "return_unit"),
    sentences={
        "none": say("Aucun lieu n’est déclaré au {day:date}.", "No place is declared on {day:date}."),
        "declare": say("Un lieu est à déclarer d’abord.", "A place is to be declared first."),
        "undeclared": say("Ce lieu n’est pas déclaré : {place}.", "This place is not declared: {place}."),
        "kind": say(
            "L’accord n’admet pas ce genre de lieu : {kind_fr}.",
            "The agreement does not admit this kind of place: {kind_en}.",
        ),
        "country": say(
            "Ce lieu n’est pas dans un pays admis : {country} ; admis : {territory}.",
            "This place is not in a country admitted: {country}; admitted: {territory}.",
        ),
        "too_many": say("Le nombre d’adresses est limité à {most:number}.", "Addresses are limited to {most:number}."),
        "agree": say("L’employeur peut y consentir.", "The employer can agree to it."),
        "ok": say("Lieu admis : {place}", "Place admitted: {place}"),
    },
    example=(
        'kind = "places"\narticle = "5"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'kinds = ["home", "second_home"]\nterritory = ["FR"]\nmost = 2\nagreed = true'
    ),
    asked='ask = { kind = "places", place_kind = "second_home", country = "ES" }',
)
