"""How telework is asked for, who answers in which order, and who chooses the days."""

from datetime import date, timedelta

from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .lengths import month_day
from .naming import named
from .records import NO, YES

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
    if p["asked_for"] == "scheme":
        return (ALLOWED, "ok", {"how": how}, "") if p["record"] else None
    if s.planning and not _is_open(p["windows"], s.today):
        return REFUSED, "closed", {"how": how, "opens": _next_open(p["windows"], s.today).isoformat()}, "opens"
    if how in _NEEDS_ANSWER:
        return NEEDS_APPROVAL, "answered", {"how": how}, ""
    return ALLOWED, "notified" if how == "notify" else "ok", {"how": how}, ""


def _ask_form(asked, p, s) -> Answer:
    """What a request must be, and whether this one may be made: with that reason, on that day."""
    how, on = p["how"], s.day
    is_open = _is_open(p["windows"], on)
    data = {
        "how": how, "amendment": how == "amendment", "written": how in _WRITTEN, "answer_needed": how in _NEEDS_ANSWER,
        "open": is_open,
        **named(s, "reasons", p["reasons"]), **named(s, "reason", [asked["reason"]]),
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


def _chain(steps, answers) -> Answer:
    """The first step without an answer is the one awaited; only a step that decides can refuse."""
    for step in steps:
        who, answer = step["who"], answers(step["who"])
        if not answer:
            return NEEDS_APPROVAL, "awaited", {"step": who, "role": step["role"]}, ""
        if answer in NO and step["role"] == "decides":
            return REFUSED, "refused", {"step": who, "role": step["role"]}, ""
    return ALLOWED, "ok", {"step": "", "steps": len(steps)}, ""


def _approval_chain(s, p) -> Answer:
    """Steps in their order: some give an opinion, which never binds, some decide."""
    verdict, code, data, remedy = _chain(p["steps"], s.answer_of)
    return verdict, code, _worded(s, data), remedy


def _worded(s, data: dict) -> dict:
    label = s.agreement.label(data["step"]) if data["step"] else None
    return {**data, "step_fr": label.fr, "step_en": label.en} if label else data


def _ask_chain(asked, p, s) -> Answer:
    """At which step a request stands with the answers given so far."""
    given = {answer["who"]: answer["answer"] for answer in asked["answers"]}
    verdict, code, data, remedy = _chain(p["steps"], lambda who: given.get(who, ""))
    return verdict, code, _worded(s, data), remedy


def _prepare_steps(params: dict) -> dict:
    names = [step["who"] for step in params["steps"]]
    if len(set(names)) < len(names):
        raise Wrong(fr="Chaque étape a son code : l’un est écrit deux fois.", en="A step is written twice.")
    if not any(step["role"] == "decides" for step in params["steps"]):
        raise Wrong(
            fr='Une étape au moins décide : role = "decides".', en='At least one step decides: role = "decides".'
        )
    return params


_STEP = {
    "who": Param("string", both(fr="qui répond", en="who answers")),
    "role": Param("choice", both(fr="décide ou donne un avis", en="decides or gives an opinion"),
                  choices=("decides", "opinion")),
}  # fmt: skip
_ANSWER = {
    "who": Param("string", both(fr="qui a répondu", en="who answered")),
    "answer": Param("choice", both(fr="yes ou no", en="yes or no"), choices=(*YES, *NO)),
}

APPROVAL_CHAIN = Rule(
    kind="approval_chain",
    title=both(fr="Circuit d’accord", en="Approval chain"),
    question=both(
        fr="Qui répond, dans quel ordre, et qui décide ?", en="Who answers, in which order, and who decides?"
    ),
    judge=_approval_chain,
    consult=_ask_chain,
    asks={
        "answers": Param(
            "rows",
            both(fr="les réponses déjà données", en="the answers given so far"),
            required=False,
            default=(),
            fields=_ANSWER,
        )
    },
    params={"steps": Param("rows", both(fr="les étapes dans l’ordre", en="the steps in order"), fields=_STEP)},
    prepare=_prepare_steps,
    several=True,
    tells=("step", "steps", "role"),
    sentences={
        "awaited": say("Une réponse est attendue : {step_fr}", "An answer is awaited: {step_en}"),
        "refused": say("Réponse défavorable : {step_fr}.", "Answered no: {step_en}."),
        "ok": say("Toutes les étapes ont répondu", "Every step has answered"),
    },
    example=(
        'kind = "approval_chain"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'steps = [{ who = "manager", role = "opinion" }, { who = "hr", role = "decides" }]'
    ),
    asked='ask = { kind = "approval_chain", answers = [{ who = "manager", answer = "no" }] }',
)


def _days_set_by(s, p) -> Answer:
    """Who places the days; where it is not the person alone, what they ask for is a wish."""
    if p["by"] == "employee" or any(s.answer_of(who) in YES for who in (p["by"], "manager")):
        return ALLOWED, "ok", {"by": p["by"]}, ""
    return NEEDS_APPROVAL, p["by"], {"by": p["by"]}, ""


DAYS_SET_BY = Rule(
    kind="days_set_by",
    title=both(fr="Choix des jours", en="Choice of the days"),
    question=both(fr="Qui choisit les jours ?", en="Who chooses the days?"),
    judge=_days_set_by,
    consult=lambda asked, p, s: (ALLOWED, "ok", {"by": p["by"]}, ""),
    params={
        "by": Param(
            "choice",
            both(
                fr="la personne, le responsable, l’employeur, ensemble",
                en="the person, the manager, the employer, together",
            ),
            choices=("employee", "manager", "employer", "together"),
        )
    },
    several=True,
    sentences={
        "manager": say(
            "Les jours sont fixés par le responsable ; ceci est un souhait", "The manager sets the days; this is a wish"
        ),
        "employer": say(
            "Les jours sont fixés par l’employeur ; ceci est un souhait", "The employer sets the days; this is a wish"
        ),
        "together": say("Les jours se fixent avec le responsable", "The days are set with the manager"),
        "ok": say("Jour choisi selon l’accord", "Day chosen as the agreement says"),
    },
    example='kind = "days_set_by"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\nby = "together"',
    asked='ask = { kind = "days_set_by" }',
)
