"""A quota of people: so many, or such a share of the head count, may telework."""

from collections.abc import Mapping
from fractions import Fraction

from ..schema import Param
from ..situation import Situation
from ..tally import told
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say


def _collective_quota(s: Situation, p: Mapping[str, object]) -> Answer:
    """One more person is within the quota; those whom it does not count, or counts already, take no place."""
    group = p["group"] or s.name
    known = s.facts.collective.get(group)
    if known is None:
        return None
    counted, headcount = known
    if any(s.facts.has(code, s.day) for code in p["not_counted"]):
        return ALLOWED, "not_counted", {"counted": counted}, ""
    if p["counted_as"] and s.facts.has(p["counted_as"], s.day):
        return ALLOWED, "already", {"counted": counted}, ""
    return _judged(p, counted, headcount)


def _judged(p: Mapping[str, object], counted: int, headcount: int) -> Answer:
    most = Fraction(p["limit"]) if p["limit"] is not None else Fraction(p["percent"]) * headcount / 100
    after = counted + 1
    data = {
        "counted": counted,
        "after": after,
        "headcount": headcount,
        "most": told(Fraction(int(most))),
        "share": told(Fraction(after * 100, headcount)) if headcount else "-",
    }
    return (ALLOWED, "ok", data, "") if after <= most else (REFUSED, "full", data, "")


def _consult(asked: Mapping[str, object], p: Mapping[str, object], s: Situation) -> Answer:
    """Is there a place, with so many teleworkers of whom so many are not counted, in so many people?"""
    if asked["teleworkers"] is None:
        known = s.facts.collective.get(p["group"] or s.name)
        return _judged(p, *known) if known else None
    return _judged(p, asked["teleworkers"] - asked["not_counted"], asked["headcount"])


def _people(fr: str, en: str, default: int | None = None) -> Param:
    return Param("whole", both(fr=fr, en=en), required=False, default=default, most=10_000_000)


COLLECTIVE_QUOTA = Rule(
    kind="collective_quota",
    title=both(fr="Quota collectif", en="Collective quota"),
    question=both(
        fr="Combien de personnes, ou quelle part de l’effectif, peuvent télétravailler ?",
        en="How many people, or what share of the head count, may telework?",
    ),
    judge=_collective_quota,
    consult=_consult,
    asks={
        "teleworkers": _people("les télétravailleurs", "the teleworkers"),
        "not_counted": _people("dont tant ne comptent pas", "of whom so many are not counted", 0),
        "headcount": _people("l’effectif", "the head count", 0),
    },
    params={
        "limit": _people("tant de personnes", "so many people"),
        "percent": Param(
            "number",
            both(fr="ou tant de % de l’effectif", en="or so many % of the head count"),
            required=False,
            most=100,
        ),
        "group": Param(
            "string",
            both(fr="le groupe compté, sinon name", en="the group counted, else name"),
            required=False,
            default="",
        ),
        "not_counted": Param(
            "codes", both(fr="ceux-là ne comptent pas", en="these are not counted"), required=False, default=()
        ),
        "counted_as": Param(
            "string",
            both(fr="le code de ceux qui comptent déjà", en="the code of those counted already"),
            required=False,
            default="",
        ),
    },
    one_of=("limit", "percent"),
    several=True,
    tells=("headcount", "share"),
    sentences={
        "full": say(
            "Le quota est atteint : {counted} personnes comptées, {most} au plus.",
            "The quota is full: {counted} people counted, {most} at most.",
        ),
        "not_counted": say("Hors quota", "Outside the quota"),
        "already": say("Déjà compté dans le quota", "Counted in the quota already"),
        "ok": say("{after} personnes sur {most} au plus", "{after} people of {most} at most"),
    },
    example=(
        'kind = "collective_quota"\nname = "two_days"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'percent = 8\nnot_counted = ["disabled"]'
    ),
    asked='kind = "collective_quota"\nteleworkers = 80\nnot_counted = 5\nheadcount = 1000',
)
