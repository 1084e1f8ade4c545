"""How the values of a case are read: people, places, spans of days, what is recorded of somebody."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .facts import FORMULA, ContractFacts, Part, PlaceFacts, RegimeFacts, TraitFacts
from .readings import READINGS
from .schema import CHECKS, WEEKDAYS, Param, Wrong, table_of

_LONGEST_SPAN = 800
_MANY = 10_000_000
PARTS = tuple(part.value for part in Part)
PERIODS = ("week", "fortnight", "month", "quarter", "half_year", "year")
ANSWERS = ("yes", "no")


def _optional(kind: str, default: object = None, **bounds) -> Param:
    return Param(kind, required=False, default=default, **bounds)


def _items(value: object) -> list:
    if not isinstance(value, list):
        raise Wrong(fr="Une liste est attendue : [ … ].", en="A list is expected: [ … ].")
    return value


_CONTRACT = {
    "start": _optional("date", date(2015, 1, 1)),
    "end": _optional("date"),
    "rate": _optional("number", Decimal(100), least=1, most=100),
    "status": _optional("string", "permanent"),
    "trial_end": _optional("date"),
    "days_a_week": _optional("number", most=7),
}
_PLACE = {
    "label": _optional("string", "domicile"),
    "declared_on": _optional("date", date(2015, 1, 1)),
    "until": _optional("date"),
    "secure_internet": _optional("flag", True),
    "insured_until": _optional("date"),
    "kind": _optional("string", "home"),
    "country": _optional("string", ""),
    "agreed": _optional("flag", False),
}
_SPAN = {
    "day": _optional("date"),
    "first": _optional("date"),
    "last": _optional("date"),
    "part": _optional("choice", "full", choices=PARTS),
    "form": _optional("string", ""),
    "code": _optional("string", ""),
    "country": _optional("string", ""),
    "hours": _optional("number", most=24),
}
_HOLIDAY = {"day": Param("date"), "name": _optional("string", "holiday")}
_PERIOD = {"first": Param("date"), "last": Param("date")}
_RECALL = {"day": Param("date"), "ground": _optional("string", "")}
_TRAIT = {
    "code": Param("string"),
    "from": _optional("date", date.min),
    "to": _optional("date", date.max),
    "number": _optional("number", most=_MANY),
    "opinion": _optional("string", ""),
}
_REGIME = {"code": Param("string"), "from": Param("date"), "to": _optional("date", date.max)}
_SIZE = {"from": _optional("date", date.min), "size": Param("whole", most=_MANY)}
_COUNTED = {"counted": Param("whole", most=_MANY), "headcount": Param("whole", most=_MANY)}
_TEAM_DAY = {"day": Param("date"), "due": Param("whole", most=_MANY), "remote": Param("whole", most=_MANY)}
_USED = {period: _optional("number", most=9000) for period in PERIODS} | {
    "form": _optional("string", ""),
    "unit": _optional("choice", "day", choices=("day", "half_day", "hour")),
}


class Held(NamedTuple):
    """One day of a span: its halves, the codes it carries, the minutes where hours are told; is it of several days?"""

    day: date
    halves: int
    form: str
    code: str
    country: str
    minutes: int | None
    is_of_span: bool


def _contracts(value: object, param: Param) -> tuple[ContractFacts, ...]:
    return tuple(ContractFacts(**table_of(item, _CONTRACT)) for item in _items(value))


def _places(value: object, param: Param) -> tuple[PlaceFacts, ...]:
    return tuple(PlaceFacts(**table_of(item, _PLACE)) for item in _items(value))


def _place(value: object, param: Param) -> PlaceFacts:
    """The place of one day: its kind, or a table."""
    return PlaceFacts(**table_of({"kind": value} if isinstance(value, str) else value, _PLACE))


def _spans(value: object, param: Param) -> tuple[Held, ...]:
    """Days, or ``{ day, part }``, or ``{ first, last }``."""
    return tuple(held for item in _items(value) for held in _span(item))


def _span(item: object) -> list[Held]:
    if isinstance(item, date):
        item = {"day": item}
    found = table_of(item, _SPAN)
    first, last = found["day"] or found["first"], found["day"] or found["last"]
    if not first or not last or not 0 <= (last - first).days <= _LONGEST_SPAN:
        raise Wrong(
            fr="Écrivez une date, { day, part } ou { first, last } dans l’ordre, deux ans au plus.",
            en="Write a date, { day, part } or { first, last } in order, two years at most.",
        )
    words = found["form"], found["code"], found["country"]
    rest = Part(found["part"]).halves, *words, int(found["hours"] * 60) if found["hours"] else None, first < last
    return [Held(first + timedelta(days=offset), *rest) for offset in range((last - first).days + 1)]


def _holidays(value: object, param: Param) -> tuple[tuple[date, str], ...]:
    """Public holidays: dates, or ``{ day, name }``."""
    items = [{"day": item} if isinstance(item, date) else item for item in _items(value)]
    return tuple((found["day"], found["name"]) for found in (table_of(item, _HOLIDAY) for item in items))


def _week(value: object, param: Param) -> tuple[int, ...]:
    """The part worked on each weekday, Monday first: ``["monday", "tuesday"]`` or ``{ wednesday = "morning" }``."""
    if isinstance(value, list):
        value = {str(day): "full" for day in value}
    parts = table_of(value, {day: _optional("choice", choices=PARTS) for day in WEEKDAYS})
    return tuple(Part(parts[day]).halves if parts[day] else 0 for day in WEEKDAYS)


def _autonomy(value: object, param: Param) -> date | bool:
    return False if value is False else CHECKS["date"](value, param)


def _chosen_readings(value: object, param: Param) -> dict[str, dict[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        raise Wrong(
            fr='Écrivez readings = { part_time = { choice = "…" } }.',
            en='Write readings = { part_time = { choice = "…" } }.',
        )
    table_of(dict.fromkeys(value, True), {name: _optional("flag") for name in READINGS})
    return value


def _coded(value: object, spec: Mapping[str, Param]) -> list[dict[str, object]]:
    """Codes, or tables with a ``code`` and more."""
    return [table_of({"code": item} if isinstance(item, str) else item, spec) for item in _items(value)]


def _traits(value: object, param: Param) -> tuple[TraitFacts, ...]:
    found = _coded(value, _TRAIT)
    return tuple(TraitFacts(t["code"], t["from"], t["to"], t["number"], t["opinion"]) for t in found)


def _regimes(value: object, param: Param) -> tuple[RegimeFacts, ...]:
    if isinstance(value, list):
        value = [{"code": item} if isinstance(item, str) else item for item in value]
    spec = {**_REGIME, "from": _optional("date", date.min)}
    return tuple(RegimeFacts(r["code"], r["from"], r["to"]) for r in _coded(value, spec))


def _formula(value: object, param: Param) -> tuple[TraitFacts, ...]:
    """The formula chosen, or a list of ``{ code, from, to }``; kept as the traits that stand for it."""
    found = _coded([value] if isinstance(value, str | dict) else value, _TRAIT)
    return tuple(TraitFacts(FORMULA + t["code"], t["from"], t["to"], t["number"]) for t in found)


def _unit_size(value: object, param: Param) -> tuple[tuple[date, int], ...]:
    """A head count, or ``[{ from, size }]``."""
    if isinstance(value, int):
        value = [{"size": value}]
    return tuple((found["from"], found["size"]) for found in (table_of(item, _SIZE) for item in _items(value)))


def _collective(value: object, param: Param) -> dict[str, tuple[int, int]]:
    if not isinstance(value, dict):
        raise Wrong(
            fr="Écrivez collective = { nom = { counted = 75, headcount = 1000 } }.",
            en="Write collective = { name = { counted = 75, headcount = 1000 } }.",
        )
    found = {name: table_of(item, _COUNTED) for name, item in value.items()}
    return {name: (item["counted"], item["headcount"]) for name, item in found.items()}


def _settings(value: object, param: Param) -> dict[str, Decimal]:
    if not isinstance(value, dict):
        raise Wrong(fr="Écrivez settings = { nom = 3 }.", en="Write settings = { name = 3 }.")
    return {name: CHECKS["number"](item, Param("number", most=_MANY)) for name, item in value.items()}


def _team_days(value: object, param: Param) -> dict[date, tuple[int, int]]:
    found = [table_of(item, _TEAM_DAY) for item in _items(value)]
    return {item["day"]: (item["due"], item["remote"]) for item in found}


def _used(value: object, param: Param) -> tuple[dict[str, object], ...]:
    """``{ week = 2, month = 9, form = "occasional" }``, or several of them."""
    return tuple(table_of(item, _USED) for item in ([value] if isinstance(value, dict) else _items(value)))


def _answers(value: object, param: Param) -> tuple[tuple[str, str], ...]:
    """Who has answered what already: ``{ manager = "yes", hr = "no" }``."""
    if not isinstance(value, dict):
        raise Wrong(fr='Écrivez answers = { manager = "yes" }.', en='Write answers = { manager = "yes" }.')
    return tuple(table_of(value, {who: Param("choice", choices=ANSWERS) for who in value}).items())


def _dates(value: object, param: Param) -> tuple[date, ...]:
    return tuple(CHECKS["date"](item, param) for item in _items(value))


def _free(value: object, param: Param) -> object:
    """A table whose keys are checked later, by the kind of rule it names."""
    tables = [value] if isinstance(value, dict) else value
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise Wrong(fr='Écrivez { kind = "…", … }.', en='Write { kind = "…", … }.')
    return value


def _one_of_our_tables(spec: Mapping[str, Param]):
    return lambda value, param: table_of(value, spec)


CHECKS.update(
    {
        "contracts": _contracts,
        "places": _places,
        "place": _place,
        "spans": _spans,
        "holidays": _holidays,
        "week": _week,
        "autonomy": _autonomy,
        "readings": _chosen_readings,
        "period": _one_of_our_tables(_PERIOD),
        "recall": _one_of_our_tables(_RECALL),
        "dates": _dates,
        "traits": _traits,
        "regimes": _regimes,
        "formula": _formula,
        "unit_size": _unit_size,
        "collective": _collective,
        "settings": _settings,
        "team_days": _team_days,
        "used": _used,
        "answers": _answers,
        "free": _free,
    }
)

# How each of these types is written, for the reference.
SHAPES = {
    "contracts": "a list of tables, like `[{ rate = 80 }]`",
    "places": 'a list of tables, like `[{ kind = "home" }]`',
    "place": "the kind of the place, or `{ kind, country, agreed, … }`",
    "spans": "a list of dates, `{ day, part, form, code, country }` or `{ first, last, … }`",
    "holidays": "a list of dates or of `{ day, name }`",
    "week": '`["monday", "tuesday"]`, or `{ monday = "full", wednesday = "morning" }`',
    "autonomy": "a date, or `false`",
    "readings": 'a table, like `{ rounding = { choice = "up", … } }`',
    "period": "`{ first, last }`",
    "recall": "`{ day, ground }`",
    "dates": "a list of dates",
    "traits": "a list of codes or of `{ code, from, to, number, opinion }`",
    "regimes": "a list of codes or of `{ code, from, to }`",
    "formula": "a code, or a list of `{ code, from, to }`",
    "unit_size": "a whole number, or a list of `{ from, size }`",
    "collective": "`{ name = { counted = 75, headcount = 1000 } }`",
    "settings": "`{ name = 3 }`",
    "team_days": "a list of `{ day, due, remote }`",
    "used": '`{ week = 2, month = 9, form = "occasional", unit = "day" }`, or a list of them',
    "answers": '`{ manager = "yes", hr = "no" }`',
    "free": "a table that names a `kind`, and its keys",
}
