"""From where: which places, how many, in which countries, and how many days abroad."""

from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ..facts import PlaceFacts
from ..schema import Param
from ..text import both
from ..windows import Period, window_of
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import length_param

_ONE_DAY = timedelta(days=1)
_LONGEST_GAP = 60


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


def _abroad(s, p) -> Answer:
    """Days abroad of the year, this one included; the reading says whether days not worked of a stay count."""
    country = s.place.country if s.place is not None else ""
    if country in ("", s.agreement.country):
        return None
    data = {"country": country, "limit": p["limit"], "countries": ", ".join(p["countries"])}
    if p["countries"] and country not in p["countries"]:
        return REFUSED, "country", data, ""
    first, last = _year(s.day, p["per"])
    if p["stay_most"] is not None and (days := _stay(s)) > p["stay_most"]:
        return REFUSED, "long_stay", {"days": days, "stay_most": p["stay_most"], "limit": p["limit"]}, ""
    used = _counted(s, [*s.facts.elsewhere], first, last)
    after = _counted(s, [*s.facts.elsewhere, s.day], first, last)
    return _within(p, used, after - used)


def _stay(s) -> int:
    """Days of the stay that the day asked belongs to: those held abroad without a day worked at home between."""
    stay = {s.day}
    for step in (_ONE_DAY, -_ONE_DAY):
        day = s.day + step
        while day in s.facts.elsewhere or (abs((day - s.day).days) < _LONGEST_GAP and not _works(s, day)):
            stay |= {day} & s.facts.elsewhere.keys()
            day += step
    return _counted(s, stay, min(stay), max(stay))


def _within(p, used: int, asked: int) -> Answer:
    data = {"limit": p["limit"], "used": used + asked, "asked": asked, "remaining": max(0, p["limit"] - used)}
    return (ALLOWED, "ok", data, "") if used + asked <= p["limit"] else (REFUSED, "beyond", data, "")


def _year(day: date, per: str) -> tuple[date, date]:
    if per == "rolling_year":
        return day - relativedelta(years=1) + _ONE_DAY, day
    return tuple(window_of(Period(per), day))


def _counted(s, days: Iterable[date], first: date, last: date) -> int:
    """Days of stays abroad between two dates: those worked, or all from the first to the last day of each stay."""
    days = sorted({day for day in days if first <= day <= last})
    if s.reading("days_abroad").choice == "working_days":
        return len(days)
    total, before = 0, None
    for day in days:
        is_one_stay = before is not None and not any(_works(s, other) for other in _between(before, day))
        total += (day - before).days if is_one_stay else 1
        before = day
    return total


def _between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days))


def _works(s, day: date) -> bool:
    workday = s.facts.workdays.get(day)
    return workday.available > 0 if workday is not None else day.isoweekday() <= 5


def _ask_abroad(asked, p, s) -> Answer:
    """How many days a stay uses, upon those used, and how many are left."""
    days = asked["days"]
    if days is None:
        first, last = asked["first"], asked["last"]
        span = [first + timedelta(days=n) for n in range((last - first).days + 1)] if first and last else []
        worked = s.reading("days_abroad").choice == "working_days"
        days = sum(1 for day in span if not worked or _works(s, day))
    if p["stay_most"] is not None and days > p["stay_most"]:
        return REFUSED, "long_stay", {"days": days, "stay_most": p["stay_most"], "limit": p["limit"]}, ""
    verdict, code, data, remedy = _within(p, asked["used"], days)
    return verdict, code, {**data, "days": days}, remedy


ABROAD = Rule(
    kind="abroad",
    title=both(fr="Jours à l’étranger", en="Days abroad"),
    question=both(fr="Combien de jours par an depuis l’étranger ?", en="How many days a year from abroad?"),
    judge=_abroad,
    consult=_ask_abroad,
    asks={
        "first": Param("date", both(fr="premier jour du séjour", en="first day of the stay"), required=False),
        "last": Param("date", both(fr="dernier jour", en="last day"), required=False),
        "days": Param("whole", both(fr="ou le nombre de jours", en="or the number of days"), required=False, most=366),
        "used": Param("whole", both(fr="jours déjà pris", en="days used before"), required=False, default=0, most=366),
    },
    params={
        "limit": Param("whole", both(fr="jours par an", en="days a year"), most=366),
        "per": Param(
            "choice",
            both(
                fr="par année civile, douze derniers mois, semestre…",
                en="a civil year, the last twelve months, half a year…",
            ),
            required=False,
            default="year",
            choices=("year", "rolling_year", "half_year", "quarter", "month"),
        ),
        "stay_most": Param(
            "whole",
            both(fr="jours au plus d’un séjour", en="days at most of one stay"),
            required=False,
            least=1,
            most=366,
        ),
        "countries": Param(
            "strings",
            both(fr="les pays admis ; tous sinon", en="the countries admitted; else any"),
            required=False,
            default=(),
        ),
    },
    readings=("days_abroad",),
    several=True,
    sentences={
        "beyond": say(
            "{limit:day} par an depuis l’étranger au plus ; il en reste {remaining:number}, {asked:number} demandés.",
            "At most {limit:day} a year from abroad; {remaining:number} left, {asked:number} asked for.",
        ),
        "long_stay": say(
            "Un séjour à l’étranger compte {stay_most:day} au plus ; celui-ci {days:number}.",
            "A stay abroad is {stay_most:day} at most; this one is {days:number}.",
        ),
        "country": say(
            "Ce pays n’est pas admis : {country} ; admis : {countries}.",
            "This country is not admitted: {country}; admitted: {countries}.",
        ),
        "ok": say("{used:number} sur {limit:day} depuis l’étranger", "{used:number} of {limit:day} from abroad"),
    },
    example='kind = "abroad"\narticle = "5"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 30',
    asked='ask = { kind = "abroad", first = 2026-07-06, last = 2026-07-17 }',
)
