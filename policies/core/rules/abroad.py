"""How many days from abroad, in which countries, and how long one stay may be."""

from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ..schema import Param
from ..text import both
from ..windows import Period, window_of
from .base import ALLOWED, REFUSED, Answer, Rule, say

_ONE_DAY = timedelta(days=1)
_LONGEST_GAP = 60


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
    used = _counted(s, _held(s), first, last)
    after = _counted(s, [*_held(s), s.day], first, last)
    return _within(p, used, after - used)


def _held(s) -> set[date]:
    """The days held from another country than the agreement's."""
    return {day for day, country in s.facts.elsewhere.items() if country not in ("", s.agreement.country)}


def _stay(s) -> int:
    """Days of the stay that the day asked belongs to: those held abroad without a day worked at home between."""
    stay, held = {s.day}, _held(s)
    for step in (_ONE_DAY, -_ONE_DAY):
        day = s.day + step
        while day in held or (abs((day - s.day).days) < _LONGEST_GAP and not _works(s, day)):
            stay |= {day} & held
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
