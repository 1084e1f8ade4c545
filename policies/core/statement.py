"""A rule in one line, for readers: what the application applies, with the value in force.

A kind has its own line in ``STATES``; any other is told key by key, in the words of its reference."""

from collections.abc import Mapping
from decimal import Decimal

from .document import Agreement, Clause, Dated
from .rules import BY_KIND
from .schema import Param
from .text import Text, both
from .wording import count, fill, full_date, language, listed, number, weekdays

# kind → its line; a list of codes comes in the words of the document, weekdays by name, what is missing as "".
STATES: Mapping[str, Text] = {
    "half_days": both(fr="demi-journées admises : {allowed}", en="half-days allowed: {allowed}"),
    "declared_place": both(
        fr="déclaré d’avance ; connexion sûre : {secure_internet}, assurance : {insurance}",
        en="declared beforehand; secure connection: {secure_internet}, insurance: {insurance}",
    ),
    "manager_approval": both(fr="le responsable répond à chaque demande", en="the manager answers each request"),
    "allowance_per_day": both(fr="{amount:money} par jour télétravaillé", en="{amount:money} a day teleworked"),
    "job_excluded": both(fr="tous les métiers, sauf {excluded}", en="all jobs, except {excluded}"),
    "seniority": both(fr="{months:month} au moins", en="{months:month} at least"),
    "notice": both(fr="{limit:{unit}} avant", en="{limit:{unit}} before"),
    "horizon": both(fr="{limit:{unit}} d’avance au plus", en="{limit:{unit}} ahead at most"),
    "yearly_cap": both(fr="{limit:{unit}} par an à temps plein", en="{limit:{unit}} a year at full time"),
    "monthly_cap": both(fr="{limit:{unit}} par mois", en="{limit:{unit}} a month"),
    "weekly_cap": both(fr="{limit:{unit}} par semaine", en="{limit:{unit}} a week"),
    "minimum_on_site": both(fr="{limit:day} par semaine sur site au moins", en="at least {limit:day} a week on site"),
    "consecutive_days": both(fr="{limit:day} de suite au plus", en="{limit:day} in a row at most"),
    "not_both_days": both(fr="jamais {weekdays} la même semaine", en="never {weekdays} in the same week"),
    "recall_on_site": both(
        fr="{limit:{unit}} avant, pour : {grounds}", en="{limit:{unit}} before, for: {grounds}"
    ),
    "past_day": both(fr="on demande un jour à venir", en="a day to come is asked for"),
    "contract_in_force": both(fr="un contrat en vigueur ce jour-là", en="a contract in force on that day"),
    "day_worked": both(fr="un jour travaillé, ni absence ni repos", en="a day worked, neither absence nor day off"),
    "already_booked": both(fr="une seule réservation à la fois", en="one booking at a time"),
    "trial_period": both(fr="après la période d’essai", en="after the trial period"),
    "autonomy": both(fr="autonomie validée par le responsable", en="autonomy validated by the manager"),
    "continuity": both(
        fr="aucun jour n’est accordé si un besoin de présence n’est plus tenu",
        en="no day is granted when a need for presence would no longer be met",
    ),
}  # fmt: skip
_FLAGS = {True: both(fr="oui", en="yes"), False: both(fr="non", en="no")}


def statement(agreement: Agreement, clause: Clause, value: Dated | None, lang: str) -> str:
    """What ``clause`` says while ``value`` is in force; "" for a rule without values that needs no words."""
    lang = language(lang)
    if value is not None and not value.applies:
        return both(fr="ne s’applique pas", en="does not apply").lang(lang)
    params = BY_KIND[clause.kind].params
    given = {key: value.params.get(key) for key in params} if value else {}
    if clause.kind in STATES and not (clause.kind == "manager_approval" and given["free_days_per_week"]):
        words = {key: _for_template(agreement, params[key], item, lang) for key, item in given.items()}
        return fill(STATES[clause.kind].lang(lang), words, lang)
    return ", ".join(_key_by_key(agreement, params, given, lang))


def since(value: Dated, lang: str) -> str:
    """« depuis le 1er février 2022 »."""
    lang = language(lang)
    return f"{'depuis le' if lang == 'fr' else 'since'} {full_date(value.first, lang)}"


def _key_by_key(agreement: Agreement, params: Mapping[str, Param], given: Mapping[str, object], lang: str):
    if given.get("limit") is not None and isinstance(given.get("unit"), str):
        yield _counted(given["limit"], str(given["unit"]), lang)
    for key, param in params.items():
        value = given.get(key)
        is_told = key in ("limit", "unit") and given.get("limit") is not None and given.get("unit") is not None
        if value is None or value == () or value == frozenset() or is_told:
            continue
        colon = "\u202f: " if lang == "fr" else ": "
        yield f"{param.about.lang(lang)}{colon}{_in_words(agreement, param, value, lang)}"


def _counted(amount: object, unit: str, lang: str) -> str:
    try:
        return count(amount, unit, lang)
    except KeyError:
        return f"{number(amount, lang)} {unit.replace('_', ' ')}"


def _for_template(agreement: Agreement, param: Param, value: object, lang: str) -> object:
    """Numbers and units stay as they are, for the template to count; the rest comes in words."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    return value if param.type == "choice" else _in_words(agreement, param, value, lang)


def _in_words(agreement: Agreement, param: Param, value: object, lang: str) -> str:
    if isinstance(value, bool):
        return _FLAGS[value].lang(lang)
    if isinstance(value, int | Decimal):
        return number(value, lang)
    if param.type == "weekdays":
        return weekdays(",".join(str(day) for day in sorted(value)), lang)
    if isinstance(value, tuple | list | frozenset | set):
        return listed([_in_words(agreement, param, item, lang) for item in value], lang)
    if isinstance(value, Mapping):
        colon = "\u202f: " if lang == "fr" else ": "
        return " · ".join(f"{key}{colon}{_in_words(agreement, param, item, lang)}" for key, item in value.items())
    if hasattr(value, "isoformat"):
        return full_date(value, lang)
    return agreement.label(str(value)).lang(lang) if param.type in ("codes", "choice", "strings") else str(value)
