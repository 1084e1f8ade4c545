"""Who may telework by what the contract, the activity and the unit are."""

from ..durations import counted
from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, length_param, period_ends


def _minimum_rate(s, p) -> Answer:
    """Part-timers below a rate do not telework."""
    if s.contract is None:
        return None
    rate = s.contract.rate
    if p["above"] is not None:
        data = {"rate": str(rate), "above": str(p["above"])}
        return (ALLOWED, "more", data, "") if rate > p["above"] else (REFUSED, "not_more", data, "")
    data = {"rate": str(rate), "least": str(p["least"])}
    return (ALLOWED, "ok", data, "") if rate >= p["least"] else (REFUSED, "too_low", data, "")


MINIMUM_RATE = Rule(
    kind="minimum_rate",
    several=True,
    title=both(fr="Temps de travail", en="Working time"),
    question=both(fr="À partir de quel taux d’activité ?", en="From which rate of full time?"),
    judge=_minimum_rate,
    params={
        "least": Param("number", both(fr="le taux minimal, en %", en="the least rate, in %"), required=False, most=100),
        "above": Param("number", both(fr="ou plus que ce taux", en="or more than this rate"), required=False, most=100),
    },
    one_of=("least", "above"),
    sentences={
        "too_low": say(
            "Il faut travailler à {least:percentage} au moins ; ce contrat est à {rate:percentage}.",
            "At least {least:percentage} of full time is needed; this contract is at {rate:percentage}.",
        ),
        "ok": say(
            "À {rate:percentage}, {least:percentage} au moins", "At {rate:percentage}, at least {least:percentage}"
        ),
        "not_more": say(
            "Il faut travailler à plus de {above:percentage} ; ce contrat est à {rate:percentage}.",
            "More than {above:percentage} of full time is needed; this contract is at {rate:percentage}.",
        ),
        "more": say(
            "À {rate:percentage}, plus de {above:percentage}", "At {rate:percentage}, more than {above:percentage}"
        ),
    },
    example='kind = "minimum_rate"\narticle = "2"\n[[rules.values]]\nfrom = 2024-01-01\nleast = 80',
)


def _contract_length(s, p) -> Answer:
    """A contract of a fixed term lasts long enough: longer than a length, or at least as long."""
    contract = s.contract
    if contract is None:
        return None
    length = p["longer_than"] or p["at_least"]
    data = {**length.data, "start": contract.start.isoformat()}
    if contract.end is None:
        return ALLOWED, "open", data, ""
    begin = s.day if p["of"] == "what_is_left" else contract.start
    reached = period_ends(s, begin, length)
    is_enough = contract.end > reached if p["longer_than"] else contract.end >= reached
    data["end"] = contract.end.isoformat()
    return (ALLOWED, "ok", data, "") if is_enough else (REFUSED, "strictly" if p["longer_than"] else "short", data, "")


CONTRACT_LENGTH = Rule(
    kind="contract_length",
    title=both(fr="Durée du contrat", en="Length of the contract"),
    question=both(fr="De quelle durée le contrat doit-il être ?", en="How long must the contract be?"),
    judge=_contract_length,
    params={
        "longer_than": length_param(both(fr="plus longue que", en="longer than")),
        "at_least": length_param(both(fr="au moins", en="at least")),
        "of": Param(
            "choice",
            both(fr="tout le contrat, ou ce qu’il en reste", en="the whole contract, or what is left of it"),
            required=False,
            default="whole",
            choices=("whole", "what_is_left"),
        ),
    },
    one_of=("longer_than", "at_least"),
    prepare=counted,
    readings=WORKING,
    several=True,
    sentences={
        "short": say(
            "Le contrat doit durer au moins {n:{unit}} ; celui-ci finit le {end:date}.",
            "The contract must last at least {n:{unit}}; this one ends on {end:date}.",
        ),
        "strictly": say(
            "Le contrat doit durer plus de {n:{unit}} ; celui-ci va du {start:date} au {end:date}.",
            "The contract must last longer than {n:{unit}}; this one runs from {start:date} to {end:date}.",
        ),
        "ok": say("Contrat assez long, jusqu’au {end:date}", "Contract long enough, until {end:date}"),
        "open": say("Contrat sans terme", "Contract without an end"),
    },
    example=(
        'kind = "contract_length"\narticle = "2"\npopulation = { statuses = ["agency", "apprentice"] }\n'
        '[[rules.values]]\nfrom = 2024-01-01\nlonger_than = { n = 6, unit = "month" }'
    ),
)


def _activity(s, p) -> Answer:
    """Activities are open or closed; a job, a code recorded of the person, or one of the unit tells which it is."""
    closed = _closed_by(s, p)
    if closed is None:
        return ALLOWED, "ok", {}, ""
    if any(s.facts.has(code, s.day) for code in p["exceptions"]) or s.facts.job in p["exceptions"]:
        return ALLOWED, "exception", {}, ""
    label = s.agreement.label(closed) if closed else None
    data = {"activity": closed, "activity_fr": label.fr, "activity_en": label.en} if label else {}
    return REFUSED, "closed" if closed else "not_listed", data, ""


def _closed_by(s, p) -> str | None:
    """The code that closes telework, "" where none of the open ones is carried, None where it is open."""
    if p["excluded"]:
        return next((code for code in p["excluded"] if _carries(s, code)), None)
    return None if any(_carries(s, code) for code in p["included"]) else ""


def _carries(s, code: str) -> bool:
    return code == s.facts.job or code in s.facts.units or s.facts.has(code, s.day)


ACTIVITY = Rule(
    kind="activity",
    title=both(fr="Activité", en="Activity"),
    question=both(
        fr="Quelles activités sont ouvertes, ou fermées, et avec quelles exceptions ?",
        en="Which activities are open, or closed, and with which exceptions?",
    ),
    judge=_activity,
    params={
        "included": Param(
            "codes",
            both(
                fr="seules ouvertes : métiers, codes de la personne ou de l’unité",
                en="the only open ones: jobs, codes of the person or of the unit",
            ),
            required=False,
            default=(),
        ),
        "excluded": Param("codes", both(fr="fermées, de même", en="closed, likewise"), required=False, default=()),
        "exceptions": Param(
            "codes",
            both(fr="codes ou métiers admis malgré tout", en="codes or jobs admitted all the same"),
            required=False,
            default=(),
        ),
    },
    one_of=("included", "excluded"),
    several=True,
    sentences={
        "closed": say(
            "Cette activité n’est pas ouverte au télétravail : {activity_fr}.",
            "This activity is not open to telework: {activity_en}.",
        ),
        "not_listed": say(
            "L’accord nomme les activités ouvertes, et celle-ci n’en est pas.",
            "The agreement names the activities that are open, and this is not one of them.",
        ),
        "exception": say("Admis par exception", "Admitted as an exception"),
        "ok": say("Activité ouverte au télétravail", "Activity open to telework"),
    },
    example=(
        'kind = "activity"\narticle = "2"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'excluded = ["patient_care", "field_sales"]\nexceptions = ["desk_based"]'
    ),
)


def _prepare_size(params: dict) -> dict:
    least, most = params["least"], params["most"]
    if (least is None and most is None) or (most is not None and least is not None and most < least):
        raise Wrong(fr="Écrivez least, most, ou les deux dans l’ordre.", en="Write least, most, or both in order.")
    return params


def _unit_size(s, p) -> Answer:
    """A unit of too few, or too many, people has no telework; heads are counted that day, or on the 1st."""
    if any(s.facts.has(code, s.day) for code in p["exceptions"]):
        return ALLOWED, "exception", {}, ""
    on = s.day.replace(day=1) if s.reading("headcount_on").choice == "first_of_month" else s.day
    size = s.facts.unit_size(on)
    if size is None:
        return REFUSED, "unknown", {"day": on.isoformat()}, "ask_hr"
    least, most = p["least"], p["most"]
    data = {"size": size, "least": least, "most": most}
    if least is not None and size < least:
        return REFUSED, "too_small", data, ""
    return (REFUSED, "too_large", data, "") if most is not None and size > most else (ALLOWED, "ok", data, "")


UNIT_SIZE = Rule(
    kind="unit_size",
    title=both(fr="Taille de l’unité", en="Size of the unit"),
    question=both(fr="À partir de combien de personnes dans l’unité ?", en="From how many people in the unit?"),
    judge=_unit_size,
    params={
        "least": Param("whole", both(fr="personnes au moins", en="people at least"), required=False, most=1_000_000),
        "most": Param("whole", both(fr="personnes au plus", en="people at most"), required=False, most=1_000_000),
        "exceptions": Param(
            "codes", both(fr="codes admis malgré tout", en="codes admitted all the same"), required=False, default=()
        ),
    },
    prepare=_prepare_size,
    readings=("headcount_on",),
    several=True,
    sentences={
        "too_small": say(
            "L’unité compte {size:person} ; il en faut {least:number} au moins.",
            "The unit has {size:person}; at least {least:number} are needed.",
        ),
        "too_large": say(
            "L’unité compte {size:person} ; {most:number} au plus.",
            "The unit has {size:person}; at most {most:number}.",
        ),
        "unknown": say(
            "L’effectif de l’unité au {day:date} n’est pas connu.",
            "The head count of the unit on {day:date} is not known.",
        ),
        "ask_hr": say("Les ressources humaines peuvent le compléter.", "Human resources can complete it."),
        "exception": say("Admis par exception", "Admitted as an exception"),
        "ok": say("Unité de {size:person}", "Unit of {size:person}"),
    },
    example=(
        'kind = "unit_size"\narticle = "3"\npopulation = { units = ["branch"] }\n'
        "[[rules.values]]\nfrom = 2024-01-01\nleast = 5"
    ),
)
