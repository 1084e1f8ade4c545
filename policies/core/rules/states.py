"""States in which nobody works, at home no more than on site; and telework that is suspended."""

from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say


def _no_telework_when(s, p) -> Answer:
    """No telework on a day in one of these states."""
    state = _state(s, p)
    if state is None:
        return ALLOWED, "ok", {}, ""
    return REFUSED, "in_state", _data(s, p, state), _remedy(p)


def _state(s, p) -> str | None:
    """The state that holds that day: the code of an absence or of a day elsewhere, or one recorded of the person."""
    told = s.facts.absence_codes.get(s.day), s.facts.away.get(s.day)
    return next((code for code in p["states"] if code in told or s.facts.has(code, s.day)), None)


def _data(s, p, state: str) -> dict[str, object]:
    label = s.agreement.label(state)
    return {"day": s.day.isoformat(), "state": state, "state_fr": label.fr, "state_en": label.en, "day_is": p["day"]}


def _remedy(p) -> str:
    return p["day"] if p["day"] != "lower_text" else ""


def _ask(asked, p, s) -> Answer:
    """Is a planned telework day cancelled by a state, and is it given back?"""
    state = asked["state"] or _state(s, p) or ""
    cancelled = state in p["states"]
    data = {**_data(s, p, state), "cancelled": cancelled}
    if cancelled and p["day"] != "lower_text":
        data["given_back"] = p["day"] == "given_back"
    return (REFUSED, "in_state", data, _remedy(p)) if cancelled else (ALLOWED, "ok", data, "")


NO_TELEWORK_WHEN = Rule(
    kind="no_telework_when",
    title=both(fr="Arrêt de travail", en="Leave from work"),
    question=both(
        fr="Dans quels états ne travaille-t-on pas du tout, et le jour prévu est-il rendu ?",
        en="In which states is there no work at all, and is the day planned given back?",
    ),
    judge=_no_telework_when,
    consult=_ask,
    asks={"state": Param("string", both(fr="l’état", en="the state"), required=False, default="")},
    params={
        "states": Param("codes", both(fr="les codes des états", en="the codes of the states")),
        "day": Param(
            "choice",
            both(
                fr="le jour prévu : rendu, compté, ou laissé au texte inférieur",
                en="the day planned: given back, counted, or left to the lower text",
            ),
            choices=("given_back", "counted", "lower_text"),
        ),
    },
    several=True,
    tells=("day", "state", "day_is", "cancelled", "given_back"),
    sentences={
        "in_state": say("Pas de télétravail pendant : {state_fr}.", "No telework during: {state_en}."),
        "given_back": say("Le jour prévu revient au compteur.", "The day planned goes back to the counter."),
        "counted": say("Le jour prévu reste compté.", "The day planned stays counted."),
        "ok": say("Aucun arrêt de travail ce jour-là", "No leave from work on that day"),
    },
    example=(
        'kind = "no_telework_when"\narticle = "8"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'states = ["sick_leave", "accident_leave"]\nday = "given_back"'
    ),
    asked='ask = { kind = "no_telework_when", state = "sick_leave" }',
)
