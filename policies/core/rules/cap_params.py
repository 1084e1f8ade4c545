"""The keys of a cap: its unit and its period, for whom it varies, what it is on top of, and what lies beyond it."""

from ..bands import bands_param, read_bands
from ..schema import Param, Wrong
from ..tally import SCALES, UNITS
from ..text import both
from ..windows import DAY, MONTHS, WEEKS, Period
from .alternatives import OR_ELSE

PERIODS = (DAY, *WEEKS, *MONTHS, "mission", "always")
_STEP_FIELDS = {
    "up_to": Param("number", both(fr="jusqu’à ce nombre", en="up to this number"), most=10_000),
    "needs": Param(
        "string", both(fr="qui doit accepter (manager, hr…)", en="who must accept (manager, hr…)"),
        required=False, default="",
    ),
    "requires": Param(
        "codes", both(fr="ce que la personne doit porter", en="what the person must carry"), required=False, default=()
    ),
    "route": Param("string", both(fr="le nom de ce palier", en="the name of this step"), required=False, default=""),
}  # fmt: skip


def _maybe(kind: str, fr: str, en: str, **more) -> Param:
    return Param(kind, both(fr=fr, en=en), required=False, **{"default": None, **more})


PARAMS = {
    "limit": _maybe("number", "le plafond, par période", "the cap, each period"),
    "bands": bands_param(
        both(
            fr="ou des lignes { rate_from, rate_to, unit_least, unit_most, days_least, months_least…, limit }",
            en="or rows { rate_from, rate_to, unit_least, unit_most, days_least, months_least…, limit }",
        )
    ),
    "unit": Param(
        "choice",
        both(
            fr="day, half_day, slot (jour ou demi-journée, compté un), hour, occasion (jours à la suite), week",
            en="day, half_day, slot (a day or a half-day, counted one), hour, occasion (days in a row), week",
        ),
        choices=UNITS,
    ),
    "per": Param(
        "choice",
        both(
            fr="la période ; mission : les dates du code during ; always : en tout",
            en="the period; mission: the dates of the code during; always: in all",
        ),
        choices=PERIODS,
    ),
    "every": _maybe("whole", "tant de périodes à la fois", "so many periods at a time", default=1, least=1, most=120),
    "rolling": _maybe("flag", "true : toute durée de cette longueur", "true: any length of that time", default=False),
    "starts": _maybe(
        "date", "le jour où commencent les périodes, sinon civiles", "the day periods start on, else civil ones"
    ),
    "starts_with": _maybe(
        "string",
        "le code dont le premier jour ouvre les périodes (hired : l’embauche)",
        "the code whose first day opens the periods (hired: hiring)",
        default="",
    ),
    "during": _maybe("string", "le code dont les dates font la mission", "the code whose dates make the mission"),
    "averaged": _maybe("flag", "true : en moyenne", "true: on average", default=False),
    "prorated": _maybe(
        "flag",
        "true : réduit par le temps partiel, l’arrivée, le départ ; sinon le même pour tous",
        "true: lowered by part time, arrival, departure; else the same for all",
        default=False,
    ),
    "agreed": _maybe("string", "le code qui porte le nombre convenu avec la personne", "the code that holds the number "
                     "agreed with the person", default=""),
    "least": _maybe("number", "le plus petit nombre à convenir", "the least number to agree on"),
    "above": _maybe("number", "le nombre à convenir dépasse celui-ci", "the number agreed is above this"),
    "chosen": _maybe("string", "le réglage d’équipe qui l’abaisse", "the team’s setting that lowers it", default=""),
    "counting": _maybe(
        "codes", "les formes comptées, sinon les siennes", "the forms counted, else those of the rule", default=()
    ),
    "on_top_of": _maybe(
        "strings", "les plafonds (name) épuisés d’abord", "the caps (name) exhausted first", default=()
    ),
    "or_else": OR_ELSE,
    "as_of_right": _maybe(
        "number", "de droit jusqu’à ce nombre ; au-delà, le responsable", "as of right up to this; beyond, the manager"
    ),
    "steps": Param(
        "rows",
        both(fr="des paliers { up_to, needs, requires, route }", en="steps { up_to, needs, requires, route }"),
        required=False, default=(), fields=_STEP_FIELDS,
    ),
    "beyond": Param(
        "choice",
        both(fr="au-delà : refused ou case_by_case", en="beyond: refused or case_by_case"),
        required=False, default="refused", choices=("refused", "case_by_case"),
    ),
}  # fmt: skip


def prepare(params: dict) -> dict:
    """What judging needs of them. Raises Wrong where they do not go together."""
    _check(params)
    unit, per = params["unit"], params["per"]
    bands = read_bands(params["bands"])
    period = Period(per, params["every"], *([params["starts"]] if params["starts"] else [])) if per in (
        DAY, *WEEKS, *MONTHS
    ) else None  # fmt: skip
    return {
        **params,
        "key": object(),
        "base": params["limit"],
        "bands": bands,
        "by_headcount": any(b.whom.unit_least is not None or b.whom.unit_most is not None for b in bands),
        "scale": SCALES[unit],
        "period": period,
        "follows_year": per == "year" and params["starts"] is None and not params["starts_with"],
        "on_top_of": tuple(params["on_top_of"]),
        "has_other": bool(params["or_else"]),
        "counting": frozenset(params["counting"]),
        "steps": _steps(params),
        "counts_days": unit == "day",
        "adds_alike": unit not in ("occasion", "week"),
        "merges": unit == "half_day" and bool(params["on_top_of"]),
        "is_dated": params["prorated"] and per not in (DAY, *WEEKS) and not params["averaged"],
    }


def _steps(params: dict) -> tuple[dict, ...]:
    """The steps in order; a part as of right is a step that needs nobody, and another that needs the manager."""
    if params["as_of_right"] is None:
        return tuple(sorted(params["steps"], key=lambda step: step["up_to"]))
    right = {"up_to": params["as_of_right"], "needs": "", "requires": (), "route": "right"}
    most = max((params["limit"] or 0, *(band["limit"] for band in params["bands"])))
    return right, {"up_to": most, "needs": "manager", "requires": (), "route": "discretion"}


def _check(params: dict) -> None:
    per, unit = params["per"], params["unit"]
    if per == "mission" and not params["during"]:
        raise Wrong(
            fr="Une mission a les dates d’un code : ajoutez during.",
            en="A mission has the dates of a code: add during.",
        )
    if params["averaged"] and (per not in ("week", "month") or params["rolling"] or unit in ("occasion", "week")):
        raise Wrong(
            fr='Une moyenne se dit par semaine ou par mois : per = "week", et la lecture measured_over dit sur quoi.',
            en='An average is told by week or by month: per = "week", and the reading measured_over says over what.',
        )
    if params["rolling"] and per not in (DAY, *WEEKS, *MONTHS):
        raise Wrong(
            fr="Une durée glissante a une longueur : changez per.", en="A rolling length has a length: change per."
        )
    if params["steps"] and params["as_of_right"] is not None:
        raise Wrong(fr="Écrivez as_of_right ou steps, pas les deux.", en="Write as_of_right or steps, not both.")
    highest = max([params["limit"] or 0, *(band["limit"] for band in params["bands"])])
    beyond = [step["up_to"] for step in params["steps"] if step["up_to"] > highest]
    if beyond or (params["as_of_right"] or 0) > highest:
        raise Wrong(
            fr=f"Un palier dépasse le plafond de {highest} : relevez limit.",
            en=f"A step goes beyond the cap of {highest}: raise limit.",
        )
