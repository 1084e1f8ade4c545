"""Which days, and which parts of them."""

from ..facts import WHOLE_DAY
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say


def _prepare_weekdays(params: dict) -> dict:
    open_days = params["allowed"] or frozenset(range(1, 8)) - params["forbidden"]
    return {**params, "open": open_days, "open_words": ",".join(map(str, sorted(open_days)))}


def _allowed_weekdays(s, p) -> Answer:
    """Telework on certain weekdays only; a night belongs to the weekday on which it starts."""
    if s.day.isoweekday() in p["open"]:
        return ALLOWED, "ok", {"day": s.day.isoformat()}, ""
    return REFUSED, "closed", {"day": s.day.isoformat(), "open": p["open_words"]}, "open"


ALLOWED_WEEKDAYS = Rule(
    kind="allowed_weekdays",
    title=both(fr="Jours de la semaine", en="Weekdays"),
    question=both(fr="Quels jours de la semaine ?", en="Which days of the week?"),
    judge=_allowed_weekdays,
    params={
        "allowed": Param(
            "weekdays", both(fr="les jours ouverts", en="the open days"), required=False, default=frozenset()
        ),
        "forbidden": Param(
            "weekdays", both(fr="les jours fermés", en="the closed days"), required=False, default=frozenset()
        ),
    },
    one_of=("allowed", "forbidden"),
    prepare=_prepare_weekdays,
    sentences={
        "closed": say("Pas de télétravail le {day:weekday}.", "No telework on a {day:weekday}."),
        "open": say("Jours ouverts : {open:weekdays}.", "Open days: {open:weekdays}."),
        "ok": say("Le {day:weekday} est ouvert au télétravail", "{day:weekday} is open to telework"),
    },
    example=(
        'kind = "allowed_weekdays"\n'
        'article = "4"\n'
        "[[rules.values]]\n"
        "from = 2024-01-01\n"
        'allowed = ["tuesday", "wednesday", "thursday", "friday"]'
    ),
)


def _half_days(s, p) -> Answer:
    """Whole days only, unless the agreement lets them be halved; half a day that is all there is counts as whole."""
    if p["allowed"]:
        return ALLOWED, "ok", {}, ""
    if s.halves == WHOLE_DAY or s.halves == s.available:
        return ALLOWED, "whole", {}, ""
    return REFUSED, "refused", {}, "ask_whole"


HALF_DAYS = Rule(
    kind="half_days",
    title=both(fr="Demi-journées", en="Half-days"),
    question=both(fr="Peut-on télétravailler par demi-journée ?", en="May telework be taken by half-days?"),
    judge=_half_days,
    params={"allowed": Param("flag", both(fr="les demi-journées sont-elles admises", en="are half-days admitted"))},
    sentences={
        "refused": say("Le télétravail se prend par journée entière.", "Telework is taken by whole days."),
        "ask_whole": say("Demandez la journée.", "Ask for the day."),
        "whole": say("Journée entière", "Whole day"),
        "ok": say("Demi-journées admises", "Half-days admitted"),
    },
    example=('kind = "half_days"\narticle = "3.3.3"\n[[rules.values]]\nfrom = 2022-01-01\nallowed = true'),
)
