"""How telework is asked for: in which form, for which reasons, at which dates."""

from datetime import date, timedelta

from ..schema import Param
from ..text import both
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .lengths import month_day
from .naming import named

_WRITTEN = ("written", "amendment")
_NEEDS_ANSWER = ("apply", *_WRITTEN)


def _prepare(params: dict) -> dict:
    for window in params["windows"]:
        for key in ("from_day", "to_day"):
            month_day(window[key])
    return params


def _is_open(windows, on: date) -> bool:
    return not windows or any(_within(window, on) for window in windows)


def _within(window, on: date) -> bool:
    first, last, day = month_day(window["from_day"]), month_day(window["to_day"]), (on.month, on.day)
    return first <= day <= last if first <= last else day >= first or day <= last


def _next_open(windows, on: date) -> date:
    return next(day for n in range(367) if _is_open(windows, day := on + timedelta(days=n)))


def _request_form(s, p) -> Answer:
    """Telework under this form needs what the text asks for: a record of it, an open window, an answer."""
    how = p["how"]
    if p["record"] and not s.facts.has(p["record"], s.day):
        label = s.agreement.label(p["record"])
        data = {"how": how, "record_fr": label.fr, "record_en": label.en, "day": s.day.isoformat()}
        return REFUSED, "no_record", data, ""
    if p["reasons"] and s.reason and s.reason not in p["reasons"]:
        return REFUSED, "reason", {"how": how, **_reasons(s, p, s.reason)}, ""
    if p["asked_for"] == "scheme":
        return (ALLOWED, "ok", {"how": how}, "") if p["record"] else None
    if s.planning and not _is_open(p["windows"], s.today):
        return REFUSED, "closed", {"how": how, "opens": _next_open(p["windows"], s.today).isoformat()}, "opens"
    if how in _NEEDS_ANSWER:
        return NEEDS_APPROVAL, "answered", {"how": how}, ""
    return ALLOWED, "notified" if how == "notify" else "ok", {"how": how}, ""


def _reasons(s, p, stated: str) -> dict[str, str]:
    """The reasons admitted and the one stated, as codes and in words."""
    return {**named(s, "reasons", p["reasons"]), **named(s, "reason", [stated])}


def _ask_form(asked, p, s) -> Answer:
    """What a request must be, and whether this one may be made: with that reason, on that day."""
    how, on = p["how"], s.day
    is_open = _is_open(p["windows"], on)
    data = {
        "how": how, "amendment": how == "amendment", "written": how in _WRITTEN, "answer_needed": how in _NEEDS_ANSWER,
        "open": is_open,
        **_reasons(s, p, asked["reason"]),
    }  # fmt: skip
    if p["reasons"] and asked["reason"] not in p["reasons"]:
        return REFUSED, "reason", data, ""
    if not is_open:
        return REFUSED, "closed", {**data, "opens": _next_open(p["windows"], on).isoformat()}, "opens"
    return ALLOWED, "form", data, ""


_WINDOW = {
    "from_day": Param("string", both(fr="premier jour, comme 03-01", en="first day, like 03-01")),
    "to_day": Param("string", both(fr="dernier jour, comme 03-31", en="last day, like 03-31")),
}

REQUEST_FORM = Rule(
    kind="request_form",
    title=both(fr="Forme de la demande", en="Form of the request"),
    question=both(
        fr="Comment le télétravail se demande-t-il, pour quelles raisons et à quelles dates ?",
        en="How is telework asked for, for which reasons and at which dates?",
    ),
    judge=_request_form,
    consult=_ask_form,
    asks={
        "reason": Param("string", both(fr="la raison donnée", en="the reason given"), required=False, default=""),
    },
    params={
        "how": Param(
            "choice",
            both(
                fr="rien, une information, une demande, un écrit, un avenant",
                en="nothing, telling, an application, a writing, an amendment",
            ),
            choices=("none", "notify", "apply", "written", "amendment"),
        ),
        "asked_for": Param(
            "choice",
            both(fr="pour entrer dans le télétravail, ou chaque jour", en="to enter telework, or for each day"),
            required=False,
            default="scheme",
            choices=("scheme", "day"),
        ),
        "record": Param(
            "string",
            both(
                fr="code noté quand la forme est remplie : sans lui, refus",
                en="the code recorded once that is done: refused without it",
            ),
            required=False,
            default="",
        ),
        "reasons": Param(
            "codes", both(fr="les seules raisons admises", en="the only reasons admitted"), required=False, default=()
        ),
        "windows": Param(
            "rows",
            both(fr="les campagnes de l’année", en="the campaigns of the year"),
            required=False,
            default=(),
            fields=_WINDOW,
        ),
    },
    prepare=_prepare,
    several=True,
    tells=("how", "amendment", "written", "answer_needed", "open", "reasons", "reason"),
    sentences={
        "no_record": say("Il manque au {day:date} : {record_fr}.", "On {day:date} this is missing: {record_en}."),
        "closed": say("Ce n’est pas le moment de demander.", "This is not the time to ask."),
        "opens": say("La prochaine campagne s’ouvre le {opens:date}.", "The next campaign opens on {opens:date}."),
        "reason": say(
            "« {reason_fr} » n’est pas une raison admise : {reasons_fr}.",
            "“{reason_en}” is no reason admitted: {reasons_en}.",
        ),
        "answered": say("Cette demande attend une réponse", "This request awaits an answer"),
        "notified": say("Il suffit de prévenir", "Telling is enough"),
        "form": say("Demande recevable", "The request can be made"),
        "ok": say("Forme remplie", "Form complied with"),
    },
    example=(
        'kind = "request_form"\narticle = "3"\nforms = ["ordinary"]\n[[rules.values]]\nfrom = 2024-01-01\n'
        'how = "amendment"\nrecord = "telework_amendment"'
    ),
    asked='ask = { kind = "request_form", on = 2026-03-02 }',
)
