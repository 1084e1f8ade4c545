"""Who answers a request."""

from ..counts import week_of
from ..schema import Param
from ..text import both
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .records import NO, YES


def _manager_approval(s, p) -> Answer:
    """The manager answers each day, or only those beyond so many in a week; an answer given already settles it."""
    free = p["free_days_per_week"]
    if free is None:
        return _answered(s, (NEEDS_APPROVAL, "asked", {}, ""))
    after = s.counts.weeks.get(week_of(s.day), 0) + s.added
    data = {"free": str(free), "week": s.day.isocalendar()[1]}
    return _answered(s, (NEEDS_APPROVAL, "beyond", data, "")) if after > free * 2 else (ALLOWED, "ok", data, "")


def _answered(s, awaited: Answer) -> Answer:
    """What the manager has answered this request; the answer awaited where nothing was said."""
    given = s.answer_of("manager")
    if given in NO:
        return REFUSED, "refused", awaited[2], ""
    return (ALLOWED, "given", awaited[2], "") if given in YES else awaited


MANAGER_APPROVAL = Rule(
    kind="manager_approval",
    title=both(fr="Accord du responsable", en="Manager’s approval"),
    question=both(fr="Un responsable doit-il accepter chaque jour ?", en="Must a manager accept each day?"),
    judge=_manager_approval,
    params={
        "free_days_per_week": Param(
            "days",
            both(fr="jours par semaine accordés sans réponse", en="days a week granted without an answer"),
            required=False,
            most=7,
        )
    },
    readings=("half_day_counts",),
    sentences={
        "asked": say("Votre responsable répond à cette demande", "Your manager answers this request"),
        "beyond": say(
            "Au-delà de {free:day} en semaine {week}, votre responsable répond",
            "Beyond {free:day} in week {week}, your manager answers",
        ),
        "given": say("Accepté par votre responsable", "Accepted by your manager"),
        "refused": say("Refusé par votre responsable.", "Refused by your manager."),
        "ok": say(
            "Accordé sans réponse jusqu’à {free:day} par semaine", "Granted without an answer up to {free:day} a week"
        ),
    },
    example=('kind = "manager_approval"\narticle = "3.2.2"\n[[rules.values]]\nfrom = 2022-01-01'),
)
