"""What goes with the days: meal vouchers, equipment paid once, and its return."""

from decimal import Decimal

from ..durations import counted
from ..schema import Param
from ..text import both
from .allowances import cents
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param

_HALF_DAY = {"whole": Decimal(1), "half": Decimal("0.5"), "none": Decimal(0)}


def _ask_vouchers(asked, p, s) -> Answer:
    """How many vouchers go with so many days."""
    days = asked["days"] + asked["half_days"] * _HALF_DAY[p["half_day"]]
    vouchers = int(days * p["per_day"])
    return ALLOWED, "ok", {"vouchers": vouchers, "days": str(days)}, ""


MEAL_VOUCHER = Rule(
    kind="meal_voucher",
    title=both(fr="Titres-restaurant", en="Meal vouchers"),
    question=both(
        fr="Combien de titres-restaurant par jour télétravaillé ?", en="How many meal vouchers for a day teleworked?"
    ),
    consult=_ask_vouchers,
    asks={
        "days": Param("number", both(fr="jours télétravaillés", en="days teleworked"), most=366),
        "half_days": Param(
            "number",
            both(fr="demi-journées en plus", en="half-days besides"),
            required=False,
            default=Decimal(0),
            most=732,
        ),
    },
    params={
        "per_day": Param(
            "number", both(fr="titres par jour", en="vouchers a day"), required=False, default=Decimal(1), most=5
        ),
        "half_day": Param(
            "choice",
            both(fr="une demi-journée compte", en="a half-day counts"),
            required=False,
            default="none",
            choices=tuple(_HALF_DAY),
        ),
    },
    several=True,
    sentences={
        "ok": say(
            "{vouchers:number} titres-restaurant pour {days:day}", "{vouchers:number} meal vouchers for {days:day}"
        )
    },
    example='kind = "meal_voucher"\narticle = "6"\n[[rules.values]]\nfrom = 2024-01-01\nper_day = 1',
    asked='ask = { kind = "meal_voucher", days = 8 }',
)


def _ask_equipment(asked, p, s) -> Answer:
    """What of a bill is paid, when again, and when the equipment is due back."""
    spent, before, ended = asked["spent"], asked["given_before"], asked["ended"]
    data: dict[str, object] = {"once": p["once"], "currency": s.agreement.currency, "confirmed": p["confirmed"]}
    if ended:
        due = ends(s, ended, p["return_within"]) if p["return_within"] else ended
        data |= {"return_needed": p["returned"], "return_due": due.isoformat(), "ended": ended.isoformat()}
        return ALLOWED, "return" if p["returned"] else "kept", data, ""
    if before and p["again_after"]:
        again = ends(s, before, p["again_after"])
        data["again_from"] = again.isoformat()
        if s.day < again:
            return REFUSED, "too_soon", {**data, "valid": False}, ""
    elif before and p["once"]:
        return REFUSED, "given", {**data, "valid": False, "before": before.isoformat()}, ""
    amount = spent * (p["share"] if p["share"] is not None else 100) / 100
    if p["amount"] is not None:
        amount = min(amount, p["amount"]) if asked["spent"] else p["amount"]
        data["most"] = str(p["amount"])
    data |= {"amount": str(cents(amount)), "valid": True, "own_part": str(cents(max(spent - amount, Decimal(0))))}
    return ALLOWED, "paid", data, ""


EQUIPMENT = Rule(
    kind="equipment",
    title=both(fr="Équipement", en="Equipment"),
    question=both(
        fr="Combien pour s’équiper, combien de fois, et que rend-on à la fin ?",
        en="How much for equipment, how often, and what is given back at the end?",
    ),
    consult=_ask_equipment,
    asks={
        "spent": Param(
            "number", both(fr="la dépense", en="the expense"), required=False, default=Decimal(0), most=1_000_000
        ),
        "given_before": Param("date", both(fr="versé déjà le", en="paid before on"), required=False),
        "ended": Param("date", both(fr="fin du télétravail", en="end of telework"), required=False),
    },
    params={
        "amount": Param(
            "number",
            both(fr="montant, ou plafond de la dépense", en="amount, or ceiling of the expense"),
            required=False,
            most=1_000_000,
        ),
        "share": Param(
            "number", both(fr="part remboursée, en %", en="share paid back, in %"), required=False, most=100
        ),
        "once": Param("flag", both(fr="une seule fois", en="once only"), required=False, default=True),
        "again_after": length_param(both(fr="de nouveau après", en="again after")),
        "items": Param("codes", both(fr="ce qui est fourni", en="what is provided"), required=False, default=()),
        "returned": Param("flag", both(fr="rendu à la fin", en="given back at the end"), required=False, default=False),
        "return_within": length_param(
            both(fr="délai pour rendre, sinon aussitôt", en="time to give back, else at once")
        ),
        "confirmed": Param(
            "flag",
            both(fr="false : montant à confirmer", en="false: amount to be confirmed"),
            required=False,
            default=True,
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("once", "confirmed", "most", "valid", "own_part", "return_needed", "ended"),
    sentences={
        "paid": say("Pris en charge : {amount:money} {currency}", "Paid: {amount:money} {currency}"),
        "given": say("Versé une seule fois, le {before:date}.", "Paid once only, on {before:date}."),
        "too_soon": say("De nouveau possible à partir du {again_from:date}.", "Possible again from {again_from:date}."),
        "return": say("À rendre au plus tard le {return_due:date}", "To be given back by {return_due:date}"),
        "kept": say("Rien à rendre à la fin", "Nothing to give back at the end"),
    },
    example=(
        'kind = "equipment"\narticle = "6"\n[[rules.values]]\nfrom = 2024-01-01\namount = 150\n'
        'returned = true\nreturn_within = { n = 8, unit = "calendar_day" }'
    ),
    asked='ask = { kind = "equipment", spent = 180 }',
)
