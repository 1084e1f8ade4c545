"""Days that move: from one period to the next, and from one person to a colleague."""

from collections.abc import Mapping
from fractions import Fraction

from ..carrying import GIVEN, RECEIVED, carried_into, exchanged
from ..limits import holding, windows_for
from ..limits import tally_for as _tally
from ..schema import Param
from ..situation import Situation
from ..tally import told
from ..text import both
from ..windows import Period, Window, window_of
from .base import ALLOWED, REFUSED, Answer, Rule, say

_CAP = Param("string", both(fr="le plafond (name) visé", en="the cap (name) meant"), required=False, default="")


def _about(s: Situation, name: str) -> tuple[Mapping[str, object], Window] | None:
    """The cap of that name for the person that day, and its window; the situation is turned to that clause."""
    for clause in s.agreement.clauses("cap"):
        if clause.name == name and (p := holding(s.facts, s.agreement, clause, s.day, s.form)) is not None:
            s.clause = clause
            windows = windows_for(s, p, _tally(s, p))
            return (p, windows[0]) if windows else None
    return None


def _carry_over(s: Situation, p: Mapping[str, object]) -> Answer:
    """What the period before left to the one of the day."""
    return s.remembered((p["key"], s.agreement, s.day, s.form), lambda: _carried(s, p))


def _carried(s: Situation, p: Mapping[str, object]) -> Answer:
    own = s.clause
    found = _about(s, p["cap"])
    if found is None:
        s.clause = own
        return None
    cap, window = found
    carried = carried_into(s, cap, window)
    s.clause = own
    data = {
        "carried": told(carried.points, cap["scale"]),
        "unit": cap["unit"],
        "span": f"{window.first}/{window.last}",
        "until": min(carried.until, window.last).isoformat(),
        "most": str(p["limit"]),
    }
    return ALLOWED, "carried" if carried.points else "none", data, ""


CARRY_OVER = Rule(
    kind="carry_over",
    title=both(fr="Report", en="Carry-over"),
    question=both(
        fr="Ce qui n’est pas pris dans une période passe-t-il à la suivante, combien, jusqu’à quand ? Et d’avance ?",
        en="Does what is not taken in a period pass to the next, how much, until when? May days be taken in advance?",
    ),
    judge=_carry_over,
    params={
        "cap": _CAP,
        "limit": Param("number", both(fr="au plus tant d’unités, 0 : aucun", en="at most so many units, 0: none")),
        "kept": Param(
            "flag",
            both(
                fr="true : ce qui fut reporté et n’est pas pris passe encore à la suivante, dans cette limite",
                en="true: what was carried over and not taken passes on again, within the same limit",
            ),
            required=False,
            default=False,
        ),
        "ahead": Param(
            "number",
            both(
                fr="tant d’unités peuvent être prises d’avance sur la période suivante, qui en est réduite",
                en="so many units may be taken in advance of the next period, which is lowered by them",
            ),
            required=False,
            default=0,
        ),
        "within": Param(
            "length",
            both(
                fr="à prendre dans ce temps, sinon dans toute la période",
                en="to be taken within this time, else within the whole period",
            ),
            required=False,
        ),
    },
    prepare=lambda params: {**params, "key": object()},
    several=True,
    tells=('most',),
    sentences={
        "carried": say(
            "{span:span} : {carried:{unit}} de la période d’avant, jusqu’au {until:date}",
            "{span:span}: {carried:{unit}} from the period before, until {until:date}",
        ),
        "none": say("{span:span} : rien de reporté", "{span:span}: nothing carried over"),
    },
    example=(
        'kind = "carry_over"\nname = "carry"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\ncap = "monthly"\n'
        'limit = 2\nwithin = { n = 1, unit = "month" }'
    ),
)  # fmt: skip


def _giving_days(s: Situation, p: Mapping[str, object]) -> Answer:
    """What was given in the period of the cap (else in the civil year) stays within what may be given."""
    return s.remembered((p["key"], s.agreement, s.day, s.form), lambda: _given(s, p, Fraction(0)))


def _given(s: Situation, p: Mapping[str, object], more: Fraction) -> Answer:
    own = s.clause
    found = _about(s, p["cap"])
    s.clause = own
    cap, window = found or ({"unit": "day"}, window_of(Period("year"), s.day))
    given, received = exchanged(s, GIVEN, window) + more, exchanged(s, RECEIVED, window)
    data = {
        "given": told(given),
        "received": told(received),
        "limit": str(p["limit"]),
        "unit": cap["unit"],
        "span": f"{window.first}/{window.last}",
    }
    if given > p["limit"]:
        return REFUSED, "too_many", data, ""
    return ALLOWED, "ok", data, ""


GIVING_DAYS = Rule(
    kind="giving_days",
    title=both(fr="Don de jours", en="Giving days"),
    question=both(
        fr="Combien de jours peut-on donner à un collègue par période ?",
        en="How many days may be given to a colleague each period?",
    ),
    judge=_giving_days,
    consult=lambda asked, p, s: _given(s, p, Fraction(asked["give"] or 0)),
    asks={"give": Param("number", both(fr="les jours à donner", en="the days to give"), required=False)},
    params={
        "cap": _CAP,
        "limit": Param("number", both(fr="au plus tant d’unités par période", en="at most so many units a period")),
    },
    prepare=lambda params: {**params, "key": object()},
    several=True,
    sentences={
        "too_many": say(
            "{span:span} : {given:{unit}} donnés, {limit:number} au plus.",
            "{span:span}: {given:{unit}} given, {limit:number} at most.",
        ),
        "ok": say(
            "{span:span} : {given:number} donnés, {received:number} reçus",
            "{span:span}: {given:number} given, {received:number} received",
        ),
    },
    example=(
        'kind = "giving_days"\nname = "gifts"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'cap = "yearly"\nlimit = 5'
    ),
    asked='kind = "giving_days"\ngive = 2',
)
