"""How long somebody has been there: in the company, the group, the post, the team; by the calendar or as full time."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from ..durations import Length, after, months_between
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import ends, length_param

_PLACES = ("company", "group", "post", "team")
# Traits that tell since when somebody has been in the group, and in the team.
IN_GROUP, IN_TEAM = "in_group", "in_team"


def _prepare(params: dict) -> dict:
    lengths = {place: params[place] for place in _PLACES if params[place]}
    if params["months"] is not None:
        lengths["company"] = Length(params["months"], "month")
    return {**params, "lengths": lengths, "in_working_days": False}


def _seniority(s, p) -> Answer:
    """Telework opens some time after hiring, or after the post was taken; where several are asked for, after them all.

    A period of n months ends the day before the same day n months later."""
    opening = s.remembered(
        ("seniority", s.agreement, s.name, p["months"], *p["lengths"].items()), lambda: _opening(s, p)
    )
    if opening is None:
        return None
    opens, length = opening
    data = {**length.data, "opens": opens.isoformat(), "first_eligible": opens.isoformat()}
    if length.unit == "month":
        data["months"] = length.n
    if s.day >= opens:
        return ALLOWED, "ok", data, ""
    return REFUSED, "too_early", data, "opens"


def _opening(s, p) -> tuple[date, Length] | None:
    """The first day that all the lengths leave open, and the length that opens last."""
    found = []
    for place, length in p["lengths"].items():
        since = _since(s.facts, place)
        if since is not None:
            found.append((_reached(s, p, since, length), length))
    return max(found, key=lambda item: item[0], default=None)


def _since(facts, place: str) -> date | None:
    """Since when somebody is in the company, the group, the post or the team; None where nobody knows."""
    hired = facts.hired or min((contract.start for contract in facts.contracts), default=None)
    if place == "post":
        return facts.in_post_since or hired
    code = {"group": IN_GROUP, "team": IN_TEAM}.get(place)
    known = [trait.first for trait in facts.traits if trait.code == code]
    return min(known, default=hired)


def _reached(s, p, since: date, length: Length) -> date:
    if p["full_time"] and s.reading("seniority_counting").choice == "full_time_equivalent":
        return _full_time_reached(s.facts.contracts, since, length)
    return ends(s, since, length)


def _full_time_reached(contracts, since: date, length: Length) -> date:
    """The day on which the time worked, each month at the rate of its contract, is worth that length at full time.

    Time before the first contract known counts at the rate of that contract; a part of a month by its days."""
    full = after(since, length)
    needed = Fraction(months_between(since, full)) + _part_of_month(since, full)
    begin = since
    ordered = sorted(contracts, key=lambda contract: contract.start)
    for number, contract in enumerate(ordered):
        end = contract.end + timedelta(days=1) if contract.end else date.max
        if number + 1 < len(ordered):
            end = min(end, ordered[number + 1].start)
        begin = max(begin, contract.start) if number else begin
        if end <= begin:
            continue
        rate = Fraction(contract.rate) / 100
        reached = _add_months(begin, needed / rate)
        if reached <= end:
            return reached
        needed -= (months_between(begin, end) + _part_of_month(begin, end)) * rate
        begin = end
    return date.max


def _part_of_month(first: date, last: date) -> Fraction:
    """The days beyond the whole months from one day to another, as a part of the month they lie in."""
    begun = after(first, Length(months_between(first, last), "month"))
    following = after(first, Length(months_between(first, last) + 1, "month"))
    return Fraction((last - begun).days, max((following - begun).days, 1))


def _add_months(day: date, months: Fraction) -> date:
    whole = months.numerator // months.denominator
    begun, following = after(day, Length(whole, "month")), after(day, Length(whole + 1, "month"))
    if following == date.max:
        return date.max
    return begun + timedelta(days=ceil((months - whole) * (following - begun).days))


def _ask(asked, p, s) -> Answer:
    """The first day that seniority leaves open, and whether a day is late enough."""
    opening = _opening(s, p)
    if opening is None:
        return None
    opens, length = opening
    day = asked["day"] or s.day
    data = {**length.data, "opens": opens.isoformat(), "first_eligible": opens.isoformat(), "eligible": day >= opens}
    return (ALLOWED, "ok", data, "") if day >= opens else (REFUSED, "too_early", data, "opens")


SENIORITY = Rule(
    kind="seniority",
    title=both(fr="Ancienneté", en="Seniority"),
    question=both(
        fr="Combien de temps après l’embauche, ou dans le poste ?", en="How long after hiring, or in the post?"
    ),
    judge=_seniority,
    consult=_ask,
    asks={"day": Param("date", both(fr="le jour, aujourd’hui sinon", en="the day, else today"), required=False)},
    params={
        "months": Param("whole", both(fr="mois depuis l’embauche", en="months since hiring"), required=False, most=600),
        "company": length_param(both(fr="durée dans l’entreprise", en="length in the company")),
        "group": length_param(
            both(fr="durée dans le groupe (code in_group)", en="length in the group (trait in_group)")
        ),
        "post": length_param(both(fr="durée dans le poste", en="length in the post")),
        "team": length_param(both(fr="durée dans l’équipe (code in_team)", en="length in the team (trait in_team)")),
        "full_time": Param(
            "flag",
            both(fr="le texte dit « à temps plein »", en="the text says “full time”"),
            required=False,
            default=False,
        ),
    },
    prepare=_prepare,
    readings=(("seniority_counting", "full_time", True),),
    several=True,
    tells=("first_eligible", "months", "eligible"),
    sentences={
        "too_early": say("Il faut {n:{unit}} d’ancienneté.", "{n:{unit}} of seniority {n:be} needed."),
        "opens": say("Premier jour possible : {opens:date}.", "First possible day: {opens:date}."),
        "ok": say("Ancienneté : {n:{unit}} au moins", "Seniority: at least {n:{unit}}"),
    },
    example=('kind = "seniority"\narticle = "2"\n[[rules.values]]\nfrom = 2024-01-01\nmonths = 3'),
    asked='ask = { kind = "seniority", day = 2026-03-02 }',
)
