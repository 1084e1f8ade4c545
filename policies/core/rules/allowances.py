"""Money: what telework is paid, up to which ceilings, and what is corrected later."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..facts import ContractFacts
from ..schema import Param
from ..situation import contract_on
from ..text import NOTHING, both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import month_day

_CENT = Decimal("0.01")
_HALF_DAY = {"half": Decimal("0.5"), "whole": Decimal(1), "none": Decimal(0)}
_UNITS = ("day", "half_day", "hour", "month", "weekly_day", "year", "once")
_MONTHLY = ("month", "weekly_day")


def cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half a cent up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def amount_param(name: str, fr: str, en: str) -> dict[str, Param]:
    return {name: Param("number", both(fr=fr, en=en), required=False, most=1_000_000)}


def number_param(name: str, fr: str, en: str, default: object = None) -> dict[str, Param]:
    return {name: Param("number", both(fr=fr, en=en), required=False, default=default, most=1_000_000)}


SOURCE = {
    "source": Param("words", both(fr="son origine", en="where it comes from"), required=False, default=NOTHING),
    "confirmed": Param("flag", both(fr="false : montant à confirmer", en="false: to be confirmed"), required=False,
                       default=True),
}  # fmt: skip
CEILINGS = {
    **amount_param("month_most", "plafond par mois", "ceiling a month"),
    **amount_param("year_most", "plafond par an", "ceiling a year"),
}
QUANTITIES = {
    **number_param("days", "jours télétravaillés", "days teleworked"),
    **number_param("half_days", "demi-journées en plus", "half-days besides", Decimal(0)),
    **number_param("hours", "heures", "hours"),
    **number_param("months", "mois, 1 sinon", "months, else 1"),
    **number_param("weekly_days", "jours par semaine", "days a week"),
    "dates": Param("dates", both(fr="ou les jours eux-mêmes", en="or the days themselves"), required=False, default=()),
}


def days_of(asked: Mapping[str, object], p: Mapping[str, object]) -> Decimal:
    """Days paid among those asked, a half-day as the clause counts it; none before a retroactive start."""
    dates = asked["dates"]
    since = p.get("since")
    if dates:
        return Decimal(sum(1 for day in dates if since is None or day >= since))
    return (asked["days"] or Decimal(0)) + asked["half_days"] * _HALF_DAY[p["half_day"]]


def ceiling_of(p: Mapping[str, object], asked: Mapping[str, object]) -> Decimal | None:
    """The least of the ceilings over what is asked: so much a month for its months, so much a year."""
    found = []
    if p["month_most"] is not None:
        of_days = len({(day.year, day.month) for day in asked["dates"]})
        found.append(p["month_most"] * (asked["months"] or of_days or 1))
    if p["year_most"] is not None:
        found.append(max(p["year_most"] - (asked.get("paid_before") or 0), Decimal(0)))
    return min(found, default=None)


def _raw(asked: Mapping[str, object], p: Mapping[str, object], s, amount: Decimal) -> Decimal:
    unit = p["unit"]
    if unit in _MONTHLY:
        if _is_empty(asked) and s.reading("empty_month").choice == "not_due":
            return Decimal(0)
        return amount * (asked["months"] or 1) * ((asked["weekly_days"] or 0) if unit == "weekly_day" else 1)
    if unit == "hour":
        return amount * (asked["hours"] or 0)
    if unit in ("year", "once"):
        return amount
    unpaid, halves = (p["unpaid_days"] or 0) * (asked["months"] or 1), 2 if unit == "half_day" else 1
    if asked["dates"]:
        return halves * sum(_of_each_day(asked, p, s, amount)[int(unpaid) :], Decimal(0))
    return amount * max(Decimal(0), days_of(asked, p) - unpaid) * halves


def _of_each_day(asked: Mapping[str, object], p: Mapping[str, object], s, amount: Decimal) -> list[Decimal]:
    """What each of the days paid is worth, in their order: at the value of that day, which a later one that is
    retroactive replaces from the day it reaches back to."""
    found = []
    for day in sorted(asked["dates"]):
        value = s.clause.on(day)
        reaches = value is None or value.params == p or (p["since"] is not None and p["since"] <= day <= s.day)
        if not reaches and not value.applies:
            continue  # repealed on that day: nothing was due
        own = p if reaches or not value.known else value.params
        if own["since"] is not None and day < own["since"]:
            continue
        plain = own is not p and own["amount"] is not None
        found.append(_by_rate(own["amount"], own, contract_on(s.facts, day)) if plain else amount)
    return found


def _is_empty(asked: Mapping[str, object]) -> bool:
    """Is it a month in which nothing was teleworked, as far as that is said?"""
    return asked["days"] == 0 and not asked["half_days"] and not asked["dates"]


def _rate(asked: Mapping[str, object], p: Mapping[str, object], s) -> Decimal | None:
    """The amount: written, by the number of days a week, or equal to another amount known elsewhere."""
    if p["rows"]:
        amount = next((row["amount"] for row in p["rows"] if _is_of(row, asked, p)), None)
    elif p["equals"]:
        amount = asked["value"] if asked["value"] is not None else s.facts.settings.get(p["equals"])
    else:
        amount = p["amount"]
    return None if amount is None else _by_rate(amount, p, s.contract)


def _by_rate(amount: Decimal, p: Mapping[str, object], contract: ContractFacts | None) -> Decimal:
    return cents(amount * contract.rate / 100) if p["by_rate"] and contract is not None else amount


def _is_of(row: Mapping[str, object], asked: Mapping[str, object], p: Mapping[str, object]) -> bool:
    """Is a row for this rhythm, or for so many days?"""
    if row["weekly_days"] is not None:
        return row["weekly_days"] == asked["weekly_days"]
    days = days_of(asked, p)
    return (row["days_from"] or 0) <= days and (row["days_to"] is None or days <= row["days_to"])


def _ask_allowance(asked, p, s) -> Answer:
    """What so many days, hours or months are paid; of days authorised beforehand, what is paid and then corrected."""
    amount = _rate(asked, p, s)
    label = s.agreement.label(p["equals"]) if p["equals"] else NOTHING
    base = {"equals_fr": label.fr, "equals_en": label.en, "confirmed": p["confirmed"], "currency": s.agreement.currency,
            "weekly_days": str(asked["weekly_days"] or "")}  # fmt: skip
    if amount is None:
        return REFUSED, "unknown" if p["equals"] else "no_row", base, ""
    ceiling = ceiling_of(p, asked)
    data = base | {"rate": str(amount), "unit": p["unit"], "source_fr": p["source"].fr, "source_en": p["source"].en}
    if asked["authorised"] is not None:
        return _corrected(asked, p, s, amount, ceiling, data)
    raw = _raw(asked, p, s, amount)
    if p["days_from"] is not None and days_of(asked, p) < p["days_from"]:
        raw = Decimal(0)
    due = raw if ceiling is None else min(raw, ceiling)
    data |= {"amount": str(cents(due)), "due": str(cents(due)), "excess": str(cents(raw - due))}
    if ceiling is not None:
        data["ceiling"] = str(cents(ceiling))
    if p["unit"] == "day" and amount:
        data["days_paid"] = f"{(due / amount).quantize(_CENT).normalize():f}"
    return ALLOWED, "capped" if due < raw else "due", data, ""


def _corrected(asked, p, s, amount: Decimal, ceiling: Decimal | None, data: dict) -> Answer:
    most = ceiling if ceiling is not None else Decimal("Infinity")
    paid, due = (min(amount * number, most) for number in (asked["authorised"], asked["done"] or Decimal(0)))
    data |= {"paid": str(cents(paid)), "due": str(cents(due)), "amount": str(cents(paid)),
             "correction": str(cents(due - paid))}  # fmt: skip
    if p["corrected_by"]:
        year = asked["year"] or s.day.year
        data["corrected_by"] = date(year + 1, *month_day(p["corrected_by"])).isoformat()
    return ALLOWED, "corrected", data, ""


def _prepare(params: dict) -> dict:
    if params["corrected_by"]:
        month_day(params["corrected_by"])
    return {**params, "is_monthly": params["unit"] in _MONTHLY}


_ROW = {
    **number_param("weekly_days", "pour tant de jours par semaine", "for so many days a week"),
    **number_param("days_from", "ou à partir de tant de jours", "or from so many days"),
    **number_param("days_to", "jusqu’à tant de jours", "up to so many days"),
    "amount": Param("number", both(fr="montant par mois", en="amount a month"), most=1_000_000),
}

ALLOWANCE = Rule(
    kind="allowance",
    title=both(fr="Indemnité de télétravail", en="Telework allowance"),
    question=both(
        fr="Combien, pour quoi, jusqu’à quel plafond, et quand corrige-t-on ?",
        en="How much, for what, up to which ceiling, and when is it corrected?",
    ),
    consult=_ask_allowance,
    asks={
        **QUANTITIES,
        **number_param("value", "le montant auquel elle est égale", "the amount it equals"),
        **number_param("paid_before", "déjà payé cette année", "paid already this year"),
        **number_param("authorised", "jours autorisés d’avance", "days authorised beforehand"),
        **number_param("done", "jours faits", "days done"),
        "year": Param("whole", both(fr="l’année payée", en="the year paid"), required=False, least=1970, most=2199),
    },
    params={
        **amount_param("amount", "le montant par unité", "the amount for each unit"),
        "rows": Param(
            "rows",
            both(fr="ou un montant par rythme", en="or an amount by rhythm"),
            required=False,
            default=(),
            fields=_ROW,
        ),
        "equals": Param(
            "string",
            both(fr="ou le code du montant qu’elle égale", en="or the code of the amount it equals"),
            required=False,
            default="",
        ),
        "unit": Param(
            "choice",
            both(
                fr="weekly_day : par mois et par jour de la semaine ; once : une fois",
                en="weekly_day: a month for each day of the week; once: a single time",
            ),
            choices=_UNITS,
        ),
        "half_day": Param(
            "choice",
            both(fr="une demi-journée compte", en="a half-day counts"),
            required=False,
            default="half",
            choices=tuple(_HALF_DAY),
        ),
        **number_param(
            "days_from",
            "due à partir de tant de jours, tous payés alors",
            "due from so many days, all of them paid then",
        ),
        **number_param(
            "unpaid_days",
            "les tant premiers jours du mois ne sont pas payés",
            "the first so many days of a month are not paid",
        ),
        "by_rate": Param(
            "flag", both(fr="au taux du contrat", en="by the rate of the contract"), required=False, default=False
        ),
        **CEILINGS,
        "paid": Param(
            "choice",
            both(fr="payée", en="paid"),
            required=False,
            default="monthly",
            choices=("monthly", "quarterly", "yearly"),
        ),
        "corrected_by": Param(
            "string",
            both(
                fr="jour de l’année suivante où l’on corrige, comme 03-31",
                en="the day of the next year by which it is corrected, like 03-31",
            ),
            required=False,
            default="",
        ),
        "since": Param("date", both(fr="rétroactive depuis", en="retroactive from"), required=False),
        "net": Param("flag", both(fr="nette de charges", en="net of contributions"), required=False, default=False),
        **SOURCE,
    },
    one_of=("amount", "rows", "equals"),
    prepare=_prepare,
    readings=(("empty_month", "is_monthly", True),),
    several=True,
    tells=("confirmed", "weekly_days", "rate", "unit", "amount", "days_paid", "ceiling", "corrected_by"),
    sentences={
        "due": say("Dû : {due:money} {currency}", "Due: {due:money} {currency}"),
        "capped": say(
            "Dû : {due:money} {currency}, le plafond ; {excess:money} au-delà",
            "Due: {due:money} {currency}, the ceiling; {excess:money} beyond it",
        ),
        "corrected": say(
            "Payé {paid:money} {currency} d’avance, {due:money} dus : correction de {correction:signed}",
            "Paid {paid:money} {currency} beforehand, {due:money} due: corrected by {correction:signed}",
        ),
        "unknown": say("Le montant n’est pas connu : {equals_fr}.", "The amount is not known: {equals_en}."),
        "no_row": say("Aucune ligne ne dit le montant de ce rythme.", "No row tells the amount of this rhythm."),
    },
    example=(
        'kind = "allowance"\narticle = "6"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'amount = 2.88\nunit = "day"\nyear_most = 253.44'
    ),
    asked='ask = { kind = "allowance", days = 100 }',
)
