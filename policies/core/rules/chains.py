"""Who answers a request and in which order, and who chooses the days."""

from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .records import NO, YES


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
