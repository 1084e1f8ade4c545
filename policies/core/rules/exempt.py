"""What of the sums paid is exempt from contributions, by the text or by the law of the country."""

from collections.abc import Mapping
from decimal import Decimal

from ..schema import Param
from ..text import Text, both
from .allowances import CEILINGS, QUANTITIES, SOURCE, amount_param, ceiling_of, cents, days_of, number_param
from .base import ALLOWED, Answer, Rule, say


def _ask_exempt(asked, p, s) -> Answer:
    """What of the sums paid is exempt: so much a day, an hour, or a month for each day of the week, within ceilings."""
    p = _by_law(p, s) if p["law"] else p
    if p is None:
        return None
    raw = _exempt_raw(asked, p)
    ceiling = ceiling_of(p, asked)
    limit = raw if ceiling is None else min(raw, ceiling)
    paid = asked["paid"] if asked["paid"] is not None else raw
    exempt = min(paid, limit)
    data = {
        "exempt": str(cents(exempt)), "excess": str(cents(paid - exempt)), "limit": str(cents(limit)),
        "confirmed": p["confirmed"], "currency": s.agreement.currency, "source_fr": p["source"].fr,
        "source_en": p["source"].en,
    }  # fmt: skip
    return ALLOWED, "within" if exempt == paid else "beyond", data, ""


def _by_law(p: Mapping[str, object], s) -> Mapping[str, object] | None:
    """The amounts that the law of the agreement’s country had on that day; None where its file has none."""
    # Read here and not above: the law beside an agreement is read by what reads agreements, which reads the rules.
    from ..law import law_of

    law = law_of(s.agreement.country)
    amount = law.amount(p["law"], s.day) if law else None
    if amount is None:
        return None
    known = {key: value for key, value in amount.items() if value is not None and key in p}
    return {**p, **known, "source": Text(str(amount["source"]))}


def _exempt_raw(asked, p) -> Decimal:
    if asked["weekly_days"] is not None and p["per_weekly_day"] is not None:
        return p["per_weekly_day"] * asked["weekly_days"] * (asked["months"] or 1)
    if asked["hours"] is not None and p["per_hour"] is not None:
        return p["per_hour"] * asked["hours"]
    return (p["per_day"] or Decimal(0)) * days_of(asked, {**p, "half_day": "half"})


EXEMPT_CEILING = Rule(
    kind="exempt_ceiling",
    title=both(fr="Plafond exonéré", en="Exempt ceiling"),
    question=both(
        fr="Jusqu’à combien l’indemnité est-elle exonérée de cotisations ?",
        en="Up to how much is the allowance exempt from contributions?",
    ),
    consult=_ask_exempt,
    asks={**QUANTITIES, **number_param("paid", "la somme versée", "the sum paid")},
    params={
        "law": Param(
            "string",
            both(fr="le code des montants de la loi du pays", en="the code of the amounts in the law of the country"),
            required=False,
            default="",
        ),
        **amount_param("per_day", "ou par jour télétravaillé", "or for each day teleworked"),
        **amount_param("per_hour", "par heure", "an hour"),
        **amount_param(
            "per_weekly_day", "par mois, pour chaque jour de la semaine", "a month, for each day of the week"
        ),
        **CEILINGS,
        **SOURCE,
    },
    several=True,
    tells=("limit", "confirmed"),
    sentences={
        "within": say("Exonéré : {exempt:money} {currency}", "Exempt: {exempt:money} {currency}"),
        "beyond": say(
            "Exonéré : {exempt:money} {currency} ; soumis : {excess:money}",
            "Exempt: {exempt:money} {currency}; not exempt: {excess:money}",
        ),
    },
    example=(
        'kind = "exempt_ceiling"\narticle = "5.2"\n[[rules.values]]\nfrom = 2024-01-01\n'
        "per_day = 3.25\nper_weekly_day = 13\nmonth_most = 71.50"
    ),
    asked='ask = { kind = "exempt_ceiling", days = 23 }',
)
