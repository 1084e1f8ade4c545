"""The formula of telework a person chose, when it may change, and the weekdays that were fixed."""

from collections.abc import Mapping
from datetime import date, timedelta

from ..durations import after
from ..facts import FORMULA
from ..schema import WEEKDAYS, Param
from ..situation import Situation
from ..text import both
from ..windows import Period, monday_of, window_of
from .base import ALLOWED, REFUSED, Answer, Rule, say

_PERIODS = ("week", "fortnight", "month", "quarter")
_FIXED = "fixed:"


def _chosen(s: Situation, day: date) -> list[str]:
    """The formulas held on a day, the latest first."""
    held = [t for t in s.facts.traits if t.code.startswith(FORMULA) and t.first <= day <= t.last]
    return [t.code.removeprefix(FORMULA) for t in sorted(held, key=lambda t: t.first, reverse=True)]


def _formula_choice(s: Situation, p: Mapping[str, object]) -> Answer:
    """One of the formulas was chosen; of exclusive ones, one only."""
    chosen = s.remembered((p["key"], s.agreement, s.day), lambda: _chosen(s, s.day))
    data = {"formulas": ", ".join(chosen) or "-", **_labels(s, p["options"]), **_labels(s, chosen, "chosen")}
    if not chosen:
        return REFUSED, "none", data, "choose"
    if other := [code for code in chosen if code not in p["options"]]:
        return REFUSED, "unknown", {**data, "formula": other[0], **_labels(s, other[:1], "wanted")}, "choose"
    if p["exclusive"] and len(set(chosen)) > 1:
        return REFUSED, "two", data, "choose"
    return ALLOWED, "ok", data, ""


def _labels(s: Situation, codes, key: str = "options") -> dict[str, str]:
    labels = [s.agreement.label(code) for code in codes]
    return {f"{key}_fr": ", ".join(t.fr for t in labels), f"{key}_en": ", ".join(t.en for t in labels)}


def _change(asked: Mapping[str, object], p: Mapping[str, object], s: Situation) -> Answer:
    """May the formula change to another one on a day: it is among the options, and the last change is old enough."""
    to, on = asked["to"], asked["on"] or s.day
    data = {**_labels(s, p["options"]), "formula": to or "-", "on": on.isoformat()}
    if to and to not in p["options"]:
        return REFUSED, "unknown", {**data, **_labels(s, [to], "wanted")}, "choose"
    starts = [t.first for t in s.facts.traits if t.code.startswith(FORMULA) and t.first <= on and t.first > date.min]
    last = max(starts, default=None)
    due = after(last, p["change_every"]) if last and p["change_every"] else on
    if p["change_in"]:
        due = _in_months(due, p["change_in"])
    data["due"] = due.isoformat()
    return (ALLOWED, "may_change", data, "") if on >= due and _in_months(on, p["change_in"]) == on else (
        REFUSED, "too_soon", {**data, "due": _in_months(max(due, on), p["change_in"]).isoformat()}, "",
    )  # fmt: skip


def _in_months(day: date, months: tuple[int, ...]) -> date:
    """The first 1st of one of these months from a day on; the day itself where any will do."""
    if not months:
        return day
    first = day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    while first.month not in months:
        first = (first + timedelta(days=32)).replace(day=1)
    return first


def _prepare(params: dict) -> dict:
    return {**params, "key": object(), "change_in": tuple(sorted({row["month"] for row in params["change_in"]}))}


FORMULA_CHOICE = Rule(
    kind="formula_choice",
    title=both(fr="Formule choisie", en="Formula chosen"),
    question=both(
        fr="Entre quelles formules choisit-on, et quand en change-t-on ?",
        en="Among which formulas does one choose, and when may it change?",
    ),
    judge=_formula_choice,
    consult=_change,
    asks={
        "to": Param("string", both(fr="la formule voulue", en="the formula wanted"), required=False, default=""),
        "on": Param("date", both(fr="le jour du changement", en="the day of the change"), required=False),
    },
    params={
        "options": Param("codes", both(fr="les formules", en="the formulas")),
        "exclusive": Param(
            "flag",
            both(fr="false : elles se combinent", en="false: they may be combined"),
            required=False,
            default=True,
        ),
        "change_every": Param(
            "length", both(fr="le temps entre deux changements", en="the time between two changes"), required=False
        ),
        "change_in": Param(
            "rows",
            both(fr="les mois au 1er desquels on en change", en="the months on the 1st of which it may change"),
            required=False,
            default=(),
            fields={"month": Param("whole", both(fr="le mois", en="the month"), least=1, most=12)},
        ),
    },
    prepare=_prepare,
    tells=("formulas", "formula"),
    sentences={
        "none": say("Aucune formule n’a été choisie.", "No formula has been chosen."),
        "unknown": say(
            "L’accord ne connaît pas cette formule : {wanted_fr}.",
            "The agreement has no such formula: {wanted_en}.",
        ),
        "two": say("Une seule formule à la fois : {chosen_fr}.", "One formula at a time: {chosen_en}."),
        "choose": say("Formules : {options_fr}.", "Formulas: {options_en}."),
        "ok": say("Formule : {chosen_fr}", "Formula: {chosen_en}"),
        "may_change": say("La formule peut changer le {on:date}", "The formula may change on {on:date}"),
        "too_soon": say(
            "La formule ne peut changer qu’à partir du {due:date}.", "The formula may change from {due:date} only."
        ),
    },
    example=(
        'kind = "formula_choice"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'options = ["fixed", "monthly"]\nchange_every = { n = 6, unit = "month" }'
    ),
    asked='kind = "formula_choice"\nto = "monthly"\non = 2026-07-01',
)


def _fixed_days(s: Situation, p: Mapping[str, object]) -> Answer:
    """Telework on the weekdays fixed in advance; one not taken may move within the period, where the text says so.

    The weekdays are the person's codes ``fixed:monday`` …"""
    fixed = s.remembered((p["key"], s.agreement, "days", s.day), lambda: _fixed_on(s, s.day))
    if not fixed:
        return REFUSED, "none_fixed", {}, ""
    words = ",".join(map(str, sorted(fixed)))
    if s.day.isoweekday() in fixed:
        return ALLOWED, "ok", {"weekdays": words}, ""
    data = {"day": s.day.isoformat(), "weekdays": words}
    if p["shift_within"] == "none":
        return REFUSED, "not_fixed", data, ""
    start = date(2001, 1, 1) if "month" in p["shift_within"] else monday_of(s.agreement.in_force)
    window = window_of(Period(p["shift_within"], 1, start), s.day)
    days = [window.first + timedelta(days=offset) for offset in range(window.days)]
    due = sum(1 for day in days if day.isoweekday() in fixed)
    held = sum(1 for day in days if s.facts.booked.get(day) and day != s.day) + 1
    span = {"span": f"{window.first}/{window.last}", "fixed": due, "held": held}
    if held <= due:
        return ALLOWED, "moved", {**data, **span}, ""
    return REFUSED, "none_free", {**data, **span}, "free_one"


def _fixed_on(s: Situation, day: date) -> frozenset[int]:
    return frozenset(n for n, name in enumerate(WEEKDAYS, 1) if s.facts.has(_FIXED + name, day))


FIXED_DAYS = Rule(
    kind="fixed_days",
    title=both(fr="Jours fixés", en="Days fixed"),
    question=both(
        fr="Les jours de la semaine sont-ils fixés d’avance, et un jour non pris peut-il être déplacé ?",
        en="Are the weekdays fixed in advance, and may a day not taken be moved?",
    ),
    judge=_fixed_days,
    params={
        "shift_within": Param(
            "choice",
            both(
                fr="un jour non pris se déplace dans cette période, ou none",
                en="a day not taken moves within this period, or none",
            ),
            required=False,
            default="none",
            choices=("none", *_PERIODS),
        )
    },
    prepare=lambda params: {**params, "key": object()},
    sentences={
        "none_fixed": say("Aucun jour n’a été fixé.", "No day has been fixed."),
        "not_fixed": say("Jours fixés : {weekdays:weekdays}.", "Days fixed: {weekdays:weekdays}."),
        "none_free": say(
            "{span:span} : les {fixed} jours fixés sont pris ailleurs.",
            "{span:span}: the {fixed} days fixed are taken.",
        ),
        "free_one": say("Libérez d’abord un jour fixé.", "Free a fixed day first."),
        "moved": say("{span:span} : jour déplacé, {held} sur {fixed}", "{span:span}: day moved, {held} of {fixed}"),
        "ok": say("Jour fixé : {weekdays:weekdays}", "Day fixed: {weekdays:weekdays}"),
    },
    example='kind = "fixed_days"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nshift_within = "week"',
)
