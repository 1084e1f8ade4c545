"""The keys of a case, and how their values are read."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from .facts import ContractFacts, Part, PlaceFacts, Purpose
from .readings import READINGS
from .rules import BY_KIND
from .schema import CHECKS, WEEKDAYS, Param, Reader, Wrong
from .text import both

_LONGEST_SPAN = 800
_PARTS = tuple(part.value for part in Part)


def _table(value: object, spec: Mapping[str, Param]) -> dict[str, object]:
    """A small table inside a case; its first fault becomes the fault of the key."""
    reader = Reader("")
    found = reader.params(reader.table(value, ()), (), spec)
    if reader.faults:
        fault = reader.faults[0]
        raise Wrong(fr=f"{fault.key} : {fault.message.fr}", en=f"{fault.key}: {fault.message.en}")
    return found


def _items(value: object) -> list:
    if not isinstance(value, list):
        raise Wrong(fr="Une liste est attendue : [ … ].", en="A list is expected: [ … ].")
    return value


_CONTRACT = {
    "start": Param("date", required=False, default=date(2015, 1, 1)),
    "end": Param("date", required=False),
    "rate": Param("number", required=False, default=Decimal(100), least=1, most=100),
    "status": Param("string", required=False, default="permanent"),
    "trial_end": Param("date", required=False),
}
_PLACE = {
    "label": Param("string", required=False, default="domicile"),
    "declared_on": Param("date", required=False, default=date(2015, 1, 1)),
    "until": Param("date", required=False),
    "secure_internet": Param("flag", required=False, default=True),
    "insured_until": Param("date", required=False),
}
_SPAN = {
    "day": Param("date", required=False),
    "first": Param("date", required=False),
    "last": Param("date", required=False),
    "part": Param("choice", required=False, default="full", choices=_PARTS),
}
_HOLIDAY = {"day": Param("date"), "name": Param("string")}
_PERIOD = {"first": Param("date"), "last": Param("date")}
_RECALL = {"day": Param("date"), "ground": Param("string", required=False, default="")}


def _contracts(value: object, param: Param) -> tuple[ContractFacts, ...]:
    return tuple(ContractFacts(**_table(item, _CONTRACT)) for item in _items(value))


def _places(value: object, param: Param) -> tuple[PlaceFacts, ...]:
    return tuple(PlaceFacts(**_table(item, _PLACE)) for item in _items(value))


def _spans(value: object, param: Param) -> tuple[tuple[date, int], ...]:
    """Days, or ``{ day, part }``, or ``{ first, last }``, as pairs of a date and its halves."""
    return tuple(pair for item in _items(value) for pair in _span(item))


def _span(item: object) -> list[tuple[date, int]]:
    if isinstance(item, date):
        item = {"day": item}
    found = _table(item, _SPAN)
    first, last = found["day"] or found["first"], found["day"] or found["last"]
    if not first or not last or not 0 <= (last - first).days <= _LONGEST_SPAN:
        raise Wrong(
            fr="Écrivez une date, { day, part } ou { first, last } dans l’ordre, deux ans au plus.",
            en="Write a date, { day, part } or { first, last } in order, two years at most.",
        )
    halves = Part(found["part"]).halves
    return [(first + timedelta(days=offset), halves) for offset in range((last - first).days + 1)]


def _holidays(value: object, param: Param) -> tuple[tuple[date, str], ...]:
    return tuple((found["day"], found["name"]) for found in (_table(item, _HOLIDAY) for item in _items(value)))


def _week(value: object, param: Param) -> tuple[int, ...]:
    """The part worked on each weekday, Monday first: ``{ monday = "full", wednesday = "morning" }``."""
    parts = _table(value, {day: Param("choice", required=False, choices=_PARTS) for day in WEEKDAYS})
    return tuple(Part(parts[day]).halves if parts[day] else 0 for day in WEEKDAYS)


def _autonomy(value: object, param: Param) -> date | bool:
    return False if value is False else CHECKS["date"](value, param)


def _chosen_readings(value: object, param: Param) -> dict[str, dict[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        raise Wrong(
            fr='Écrivez readings = { part_time = { choice = "…" } }.',
            en='Write readings = { part_time = { choice = "…" } }.',
        )
    _table(dict.fromkeys(value, True), {name: Param("flag", required=False) for name in READINGS})
    return value


def _inner(spec: Mapping[str, Param]):
    return lambda value, param: _table(value, spec)


def _dates(value: object, param: Param) -> tuple[date, ...]:
    return tuple(CHECKS["date"](item, param) for item in _items(value))


CHECKS.update(
    {
        "contracts": _contracts,
        "places": _places,
        "spans": _spans,
        "holidays": _holidays,
        "week": _week,
        "autonomy": _autonomy,
        "readings": _chosen_readings,
        "period": _inner(_PERIOD),
        "recall": _inner(_RECALL),
        "dates": _dates,
    }
)

_FULL_WEEK = (3, 3, 3, 3, 3, 0, 0)

DEFAULTS: dict[str, Param] = {
    "today": Param("date", both(fr="le jour où l’on demande", en="the day of asking"), required=False),
    "contracts": Param(
        "contracts",
        both(fr="contrats : start, end, rate, status, trial_end", en="contracts: start, end, rate, status, trial_end"),
        required=False,
        default=(ContractFacts(date(2015, 1, 1), None, Decimal(100), "permanent"),),
    ),
    "hired": Param("date", both(fr="jour d’embauche", en="day of hiring"), required=False, default=date(2015, 1, 1)),
    "job": Param("string", both(fr="code du métier", en="code of the job"), required=False, default=""),
    "autonomy": Param(
        "autonomy",
        both(fr="jour de la validation, ou false", en="day of validation, or false"),
        required=False,
        default=date(2015, 1, 1),
    ),
    "places": Param(
        "places",
        both(
            fr="lieux : label, declared_on, until, secure_internet, insured_until",
            en="places: label, declared_on, until, secure_internet, insured_until",
        ),
        required=False,
        default=(PlaceFacts("domicile", date(2015, 1, 1), None, True, date(2999, 12, 31)),),
    ),
    "works": Param(
        "week",
        both(
            fr="part travaillée de chaque jour, lundi à vendredi sinon",
            en="part worked of each weekday, else Monday to Friday",
        ),
        required=False,
        default=_FULL_WEEK,
    ),
    "holidays": Param(
        "holidays",
        both(fr="jours fériés { day, name }", en="public holidays { day, name }"),
        required=False,
        default=(),
    ),
}

CASE: dict[str, Param] = {
    "name": Param("string", both(fr="ce que montre le cas", en="what the case shows")),
    **{**DEFAULTS, "today": Param("date", DEFAULTS["today"].about)},
    "absences": Param("spans", both(fr="absences", en="absences"), required=False, default=()),
    "unplanned": Param("spans", both(fr="jours sans planning", en="days without roster"), required=False, default=()),
    "taken": Param(
        "days",
        both(
            fr="jours déjà pris, posés dès le début de l’année",
            en="days already taken, laid from the start of the year",
        ),
        required=False,
        most=366,
    ),
    "taken_from": Param(
        "date", both(fr="jour à partir duquel les poser", en="day from which to lay them"), required=False
    ),
    "booked": Param("spans", both(fr="jours accordés", en="days granted"), required=False, default=()),
    "pending": Param(
        "spans", both(fr="jours en attente de réponse", en="days awaiting an answer"), required=False, default=()
    ),
    "readings": Param(
        "readings",
        both(fr="autres lectures pour ce cas", en="other readings for this case"),
        required=False,
        default={},
    ),
    "recall": Param(
        "recall", both(fr="retour sur site { day, ground }", en="recall on site { day, ground }"), required=False
    ),
    "period": Param(
        "period", both(fr="période payée { first, last }", en="period paid { first, last }"), required=False
    ),
}

REQUEST: dict[str, Param] = {
    "day": Param("date", both(fr="le jour demandé", en="the day asked for"), required=False),
    "days": Param(
        "dates",
        both(fr="plusieurs jours, l’un après l’autre", en="several days, one after the other"),
        required=False,
        default=(),
    ),
    "part": Param(
        "choice", both(fr="la part du jour", en="the part of the day"), required=False, default="full", choices=_PARTS
    ),
    "purpose": Param(
        "choice",
        both(fr="planning ou correction", en="planning or correction"),
        required=False,
        default="planning",
        choices=tuple(purpose.value for purpose in Purpose),
    ),
}

EXPECT: dict[str, Param] = {
    "verdict": Param(
        "choice",
        both(fr="le verdict", en="the verdict"),
        required=False,
        choices=("allowed", "needs_approval", "possible", "refused"),
    ),
    "rule": Param(
        "choice",
        both(fr="la règle qui refuse, seule", en="the rule that refuses, alone"),
        required=False,
        choices=tuple(BY_KIND),
    ),
    "rules": Param(
        "codes",
        both(fr="les règles qui refusent", en="the rules that refuse"),
        required=False,
        default=(),
        choices=tuple(BY_KIND),
    ),
    "article": Param(
        "string", both(fr="l’article qui refuse", en="the article that refuses"), required=False, default=""
    ),
    "left": Param(
        "number",
        both(fr="le solde ensuite, en jours", en="the balance afterwards, in days"),
        required=False,
        least=-400,
        most=400,
    ),
    "entitlement": Param(
        "days",
        both(fr="le droit de l’année, en jours", en="the entitlement of the year, in days"),
        required=False,
        most=400,
    ),
    "allowance": Param("number", both(fr="le montant payé", en="the amount paid"), required=False, most=100_000),
    "first_refused": Param("date", both(fr="le premier jour refusé", en="the first day refused"), required=False),
    "silent": Param(
        "flag",
        both(fr="true : l’accord ne dit rien, et le dit", en="true: the agreement is silent, and says so"),
        required=False,
        default=False,
    ),
}
