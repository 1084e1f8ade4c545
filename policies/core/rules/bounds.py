"""What an upper text asks of the texts below it; no request is judged by this."""

from ..schema import CHECKS, Param, Wrong
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say


def _conditions(value: object, param: Param) -> dict[str, object]:
    """``{ unit = "day", per = "week" }``: plain values that the other keys of the lower rule must have."""
    plain = isinstance(value, dict) and all(isinstance(item, str | int | bool) for item in value.values())
    if not plain:
        raise Wrong(fr='Écrivez when = { unit = "day" }.', en='Write when = { unit = "day" }.')
    return dict(value)


CHECKS["conditions"] = _conditions


def _prepared(params: dict) -> dict:
    if all(params[key] in (None, (), False) for key in ("least", "most", "among", "needed")):
        raise Wrong(
            fr="Écrivez une borne : least, most, among, ou needed = true.",
            en="Write a bound: least, most, among, or needed = true.",
        )
    return params


def _within(asked, p, s) -> Answer:
    """Would this value be within the bound?"""
    value = asked["value"]
    data = {
        "value": str(value),
        "least": "" if p["least"] is None else str(p["least"]),
        "most": "" if p["most"] is None else str(p["most"]),
        "unit": p["unit"] or "",
    }
    if p["most"] is not None and value > p["most"]:
        return REFUSED, "above", data, ""
    if p["least"] is not None and value < p["least"]:
        return REFUSED, "below", data, ""
    return ALLOWED, "ok", data, ""


BOUND = Rule(
    kind="bound",
    title=both(fr="Borne posée aux textes inférieurs", en="Bound set to lower texts"),
    question=both(
        fr="Que doit respecter le texte d’une entreprise, d’une entité, d’une équipe, pris sous celui-ci ?",
        en="What must the text of a company, an entity or a team below this one respect?",
    ),
    consult=_within,
    asks={"value": Param("number", both(fr="la valeur voulue", en="the value wanted"))},
    several=True,
    params={
        "of": Param("string", both(fr="le genre de règle borné", en="the kind of rule bounded")),
        "key": Param(
            "string", both(fr="sa clé, limit sinon", en="its key, else limit"), required=False, default="limit"
        ),
        "least": Param("number", both(fr="au moins", en="at least"), required=False),
        "most": Param("number", both(fr="au plus", en="at most"), required=False),
        "among": Param("codes", both(fr="l’une de ces valeurs", en="one of these values"), required=False, default=()),
        "unit": Param(
            "choice",
            both(fr="l’unité de la borne, celle de la règle sinon", en="the unit of the bound, else that of the rule"),
            required=False,
            choices=("calendar_day", "working_day", "week", "month", "year", "day", "half_day", "hour"),
        ),
        "when": Param(
            "conditions",
            both(fr="seulement quand la règle a ces valeurs", en="only where the rule has these values"),
            required=False,
            default={},
        ),
        "needed": Param(
            "flag",
            both(fr="true : le texte inférieur doit avoir cette règle", en="true: the lower text must have one"),
            required=False,
            default=False,
        ),
    },
    prepare=_prepared,
    sentences={
        "ok": say("{value:number} respecte la borne", "{value:number} is within the bound"),
        "above": say("{value:number} dépasse la borne de {most:number}.", "{value:number} is above {most:number}."),
        "below": say("{value:number} est sous la borne de {least:number}.", "{value:number} is below {least:number}."),
    },
    example=(
        'kind = "bound"\narticle = "8"\nname = "weekly_days"\nforce = "recommended"\n'
        '[[rules.values]]\nfrom = 2022-01-01\nof = "weekly_cap"\nmost = 3\nunit = "day"'
    ),
    asked='ask = { kind = "bound", name = "weekly_days", value = 4 }',
)  # fmt: skip
