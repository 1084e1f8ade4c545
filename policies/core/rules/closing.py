"""Days closed to telework: dates, declared circumstances, and the days beside an absence or a public holiday."""

from datetime import date, timedelta

from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_SEARCHED_DAYS = 60
_SIDES = {"before": (1,), "after": (-1,), "both": (1, -1)}


def _maybe(type_: str, fr: str, en: str, **more) -> Param:
    return Param(type_, both(fr=fr, en=en), required=False, **more)


def _closed_days(s, p) -> Answer:
    """Nothing is teleworked on these dates, or while one of these circumstances is declared; else never."""
    data = {"day": s.day.isoformat()}
    cause = next((code for code in p["causes"] if s.facts.regime(code, s.day)), "")
    if cause:
        label = s.agreement.label(cause)
        return REFUSED, "cause", {**data, "cause": cause, "cause_fr": label.fr, "cause_en": label.en}, ""
    if s.day in p["days"] or not (p["days"] or p["causes"]):
        return REFUSED, "closed", data, ""
    return None


CLOSED_DAYS = Rule(
    kind="closed_days",
    title=both(fr="Jours fermés", en="Closed days"),
    question=both(
        fr="Quels jours, saisons ou circonstances ferment le télétravail à tous ?",
        en="Which dates, seasons or circumstances close telework?",
    ),
    judge=_closed_days,
    params={
        "days": _maybe("dates", "ces dates", "these dates", default=()),
        "causes": _maybe(
            "codes",
            "tant qu’une de ces circonstances est déclarée ; sans dates ni causes : tous les jours de when",
            "while one of these circumstances is declared; with neither days nor causes: all days of when",
            default=(),
        ),
    },
    several=True,
    piles_up=True,
    sentences={
        "closed": say("Le {day:weekday_date} est fermé au télétravail.", "{day:weekday_date} is closed to telework."),
        "cause": say(
            "Pas de télétravail le {day:weekday_date} : {cause_fr}.", "No telework on {day:weekday_date}: {cause_en}."
        ),
    },
    tells=("cause",),
    example=(
        'kind = "closed_days"\narticle = "4"\nname = "inventory"\n'
        'when = { seasons = [{ from_day = "12-15", to_day = "12-31" }] }\n'
        "[[rules.values]]\nfrom = 2024-01-01"
    ),
)


def _beside_absence(s, p) -> Answer:
    """The working days next to an absence, or to a public holiday, are on site."""
    for step in p["steps"]:
        other, is_holiday = _next_off(s, step, p)
        if other is None or (is_holiday and p["holidays"] == "bridge" and not _is_off(s, s.day - timedelta(days=step))):
            continue
        data = {"day": s.day.isoformat(), "beside": other.isoformat()}
        return REFUSED, "holiday" if is_holiday else "absence", data, ""
    return ALLOWED, "ok", {}, ""


def _next_off(s, step: int, p) -> tuple[date | None, bool]:
    """The absence or public holiday that is met before any other working day, and whether it is a holiday."""
    workdays = s.facts.workdays
    for distance in range(1, _SEARCHED_DAYS + 1):
        day = s.day + timedelta(days=step * distance)
        workday = workdays.get(day)
        if workday is None or workday.available:
            break
        if workday.holiday and p["holidays"] != "no" and (p["holidays"] != "bridge" or distance == 1):
            return day, True
        if workday.absent:
            is_meant = not p["absences"] or s.facts.absence_codes.get(day) in p["absences"]
            return (day, False) if is_meant and p["by_absence"] else (None, False)
    return None, False


def _is_off(s, day: date) -> bool:
    """A day of rest by the week's pattern: neither worked nor taken as leave."""
    workday = s.facts.workdays.get(day)
    return workday is not None and not workday.due


def _prepare(params: dict) -> dict:
    only_holidays = params["sides"] is None
    if only_holidays and params["holidays"] == "no":
        raise Wrong(
            fr="Rien n’est dit : ajoutez sides (absences) ou holidays.", en="Nothing is said: add sides or holidays."
        )
    steps = _SIDES[params["sides"] or "both"]
    return {**params, "steps": steps, "by_absence": not only_holidays}


BESIDE_ABSENCE = Rule(
    kind="beside_absence",
    title=both(fr="Veille et lendemain d’absence", en="Beside an absence"),
    question=both(
        fr="Télétravaille-t-on la veille ou le lendemain d’un congé, d’un jour férié, un jour de pont ?",
        en="May one telework on the working day before or after leave, a public holiday, or on a bridge day?",
    ),
    judge=_beside_absence,
    params={
        "sides": _maybe(
            "choice", "la veille, le lendemain, les deux (jours travaillés)",
            "the working day before the absence, after it, both", choices=tuple(_SIDES),
        ),
        "absences": _maybe("codes", "ces absences, toutes sinon", "these absences, else any", default=()),
        "holidays": _maybe(
            "choice",
            "beside : aussi à côté d’un jour férié ; bridge : entre un jour férié et un repos seulement",
            "beside: also next to a public holiday; bridge: only between a public holiday and days off",
            default="no", choices=("no", "beside", "bridge"),
        ),
    },
    prepare=_prepare,
    several=True,
    piles_up=True,
    tells=("beside",),
    sentences={
        "absence": say(
            "Le {day:weekday_date} touche à l’absence du {beside:weekday_date} : il se travaille sur site.",
            "{day:weekday_date} is next to the absence of {beside:weekday_date}: it is worked on site.",
        ),
        "holiday": say(
            "Le {day:weekday_date} touche au jour férié du {beside:weekday_date} : il se travaille sur site.",
            "{day:weekday_date} is next to the public holiday of {beside:weekday_date}: it is worked on site.",
        ),
        "ok": say("À côté d’aucune absence", "Next to no absence"),
    },
    example=(
        'kind = "beside_absence"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'sides = "both"\nabsences = ["paid_leave"]'
    ),
)  # fmt: skip
