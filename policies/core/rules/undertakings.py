"""What an agreement promises besides: quoted, answered when asked, never a reason to refuse a day."""

from ..schema import Param
from ..text import both
from .base import ALLOWED, Answer, Rule, say


def _quoted(asked, p, s) -> Answer:
    words = p["says"]
    data = {"subject": p["subject"], "says_fr": words.fr if words else "", "says_en": words.en if words else ""}
    if p["number"] is not None:
        data["number"] = str(p["number"])
    return ALLOWED, "ok", data, ""


UNDERTAKING = Rule(
    kind="undertaking",
    title=both(fr="Engagement", en="Undertaking"),
    question=both(
        fr="Que promet encore l’accord, qu’aucune demande ne rencontre (formation, bilan, matériel, droits) ?",
        en="What else does the agreement promise that no request meets (training, report, equipment, rights)?",
    ),
    consult=_quoted,
    several=True,
    params={
        "subject": Param(
            "string",
            both(
                fr="le sujet : manager_training, yearly_report, workload, contact_hours…",
                en="the subject: manager_training, yearly_report, workload, contact_hours…",
            ),
        ),
        "says": Param("words", both(fr="en mots", en="in words"), required=False),
        "number": Param(
            "number", both(fr="le nombre promis, s’il y en a un", en="the number promised, if any"), required=False,
            most=10_000_000,
        ),
    },
    sentences={"ok": say("{says_fr}", "{says_en}")},
    example=(
        'kind = "undertaking"\narticle = "9"\nname = "training"\n[[rules.values]]\nfrom = 2022-01-01\n'
        'subject = "manager_training"\nsays = { fr = "Deux jours par an", en = "Two days a year" }\nnumber = 2'
    ),
    asked='ask = { kind = "undertaking", name = "training" }',
)  # fmt: skip
