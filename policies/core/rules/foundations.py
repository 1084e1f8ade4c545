"""What a telework day is: ahead of us, under contract, worked, and not held twice."""

from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_PARTS = {1: "1", 2: "2", 3: "3"}


FIRST_YEAR, LAST_YEAR = 1970, 2199


def _agreement_in_force(s, p) -> Answer:
    """Outside its dates an agreement allows nothing; years that no calendar here holds are outside too."""
    day = s.day
    if FIRST_YEAR <= day.year <= LAST_YEAR and s.agreement.in_force <= day <= s.agreement.ends:
        return ALLOWED, "ok", {"first": s.agreement.in_force.isoformat()}, ""
    if day > s.agreement.ends:
        return REFUSED, "ended", {"day": day.isoformat(), "last": s.agreement.ends.isoformat()}, ""
    if day < s.agreement.in_force:
        return REFUSED, "not_yet", {"day": day.isoformat(), "first": s.agreement.in_force.isoformat()}, ""
    return REFUSED, "too_far", {"day": day.isoformat()}, ""


AGREEMENT_IN_FORCE = Rule(
    kind="agreement_in_force",
    title=both(fr="Accord en vigueur", en="Agreement in force"),
    question=both(fr="L’accord est-il en vigueur ce jour-là ?", en="Is the agreement in force that day?"),
    judge=_agreement_in_force,
    always=True,
    sentences={
        "not_yet": say(
            "L’accord n’entre en vigueur que le {first:date}.", "The agreement comes into force on {first:date} only."
        ),
        "ended": say("L’accord a pris fin le {last:date}.", "The agreement ended on {last:date}."),
        "too_far": say("Aucun accord ne va jusqu’au {day:date}.", "No agreement reaches {day:date}."),
        "ok": say("Accord en vigueur depuis le {first:date}", "Agreement in force since {first:date}"),
    },
    example=('kind = "agreement_in_force"\narticle = "1"'),
)


def _past_day(s, p) -> Answer:
    """Planning looks ahead; what has happened is recorded by a correction, which may not look ahead."""
    if s.planning and s.day < s.today:
        return REFUSED, "past", {"day": s.day.isoformat()}, "correct"
    if not s.planning and s.day > s.today:
        return REFUSED, "future", {"day": s.day.isoformat()}, "plan"
    return ALLOWED, "ok" if s.planning else "corrected", {"day": s.day.isoformat()}, ""


PAST_DAY = Rule(
    kind="past_day",
    title=both(fr="Jour à venir", en="Day ahead"),
    question=both(
        fr="Peut-on demander un jour passé ? Non : il se note par une correction.",
        en="May a past day be asked for? No: it is recorded by a correction.",
    ),
    judge=_past_day,
    always=True,
    sentences={
        "past": say("Le {day:weekday_date} est passé.", "{day:weekday_date} is past."),
        "correct": say(
            "Si vous avez télétravaillé ce jour-là, notez-le par une correction.",
            "If you teleworked that day, record it as a correction.",
        ),
        "future": say("Le {day:weekday_date} n’est pas encore venu.", "{day:weekday_date} has not come yet."),
        "plan": say("Demandez ce jour au lieu de le corriger.", "Ask for that day instead of correcting it."),
        "ok": say("Jour à venir", "Day ahead"),
        "corrected": say("Jour noté après coup", "Day recorded after the fact"),
    },
    example=('kind = "past_day"\narticle = "3.3.4"'),
)


def _contract_in_force(s, p) -> Answer:
    """Only somebody under contract that day teleworks that day."""
    if s.contract is not None:
        return ALLOWED, "ok", {}, ""
    starts = [contract.start for contract in s.facts.contracts if contract.start > s.day]
    ends = [contract.end for contract in s.facts.contracts if contract.end is not None and contract.end < s.day]
    if starts and not ends:
        return REFUSED, "not_arrived", {"day": s.day.isoformat(), "start": min(starts).isoformat()}, ""
    if ends:
        return REFUSED, "departed", {"day": s.day.isoformat(), "end": max(ends).isoformat()}, ""
    return REFUSED, "none", {"day": s.day.isoformat()}, "ask_hr"


CONTRACT_IN_FORCE = Rule(
    kind="contract_in_force",
    title=both(fr="Contrat", en="Contract"),
    question=both(
        fr="La personne est-elle sous contrat ce jour-là ?",
        en="Is the person under contract that day?",
    ),
    judge=_contract_in_force,
    always=True,
    sentences={
        "not_arrived": say("Votre contrat commence le {start:date}.", "Your contract starts on {start:date}."),
        "departed": say("Votre contrat s’est terminé le {end:date}.", "Your contract ended on {end:date}."),
        "none": say("Aucun contrat n’est connu au {day:date}.", "No contract is known on {day:date}."),
        "ask_hr": say("Les ressources humaines peuvent le compléter.", "Human resources can complete it."),
        "ok": say("Sous contrat ce jour-là", "Under contract that day"),
    },
    example=('kind = "contract_in_force"\narticle = "3.2.2"'),
)


def _day_worked(s, p) -> Answer:
    """A telework day is worked: not a day off, a public holiday, an absence or a day without roster."""
    workday = s.workday
    if workday is None or not workday.planned:
        return REFUSED, "not_planned", {"day": s.day.isoformat()}, ""
    if not s.halves & ~s.available:
        return ALLOWED, "ok", {"part": _PARTS[s.halves]}, ""
    if workday.due == 0 and workday.holiday:
        return REFUSED, "holiday", {"day": s.day.isoformat(), "holiday": workday.holiday}, ""
    if s.halves & ~workday.due == s.halves:
        return REFUSED, "day_off", {"day": s.day.isoformat()}, ""
    if not s.available & s.halves:
        return REFUSED, "absent", {"day": s.day.isoformat()}, ""
    return REFUSED, "part", {"day": s.day.isoformat(), "part": _PARTS[s.available]}, "ask_part"


DAY_WORKED = Rule(
    kind="day_worked",
    title=both(fr="Jour travaillé", en="Day worked"),
    question=both(
        fr="Le jour est-il travaillé ? Ni repos, ni jour férié, ni absence, ni planning à paraître.",
        en="Is the day worked? Not a day off, a public holiday, an absence, or a roster still to come.",
    ),
    judge=_day_worked,
    always=True,
    sentences={
        "not_planned": say(
            "Votre planning du {day:weekday_date} n’est pas encore publié.",
            "Your roster for {day:weekday_date} is not published yet.",
        ),
        "holiday": say(
            "Le {day:weekday_date} est férié : {holiday}.", "{day:weekday_date} is a public holiday: {holiday}."
        ),
        "day_off": say("Vous ne travaillez pas le {day:weekday_date}.", "You do not work on {day:weekday_date}."),
        "absent": say("Une absence est notée le {day:weekday_date}.", "An absence is noted on {day:weekday_date}."),
        "part": say(
            "Le {day:weekday_date}, vous ne travaillez que {part:part}.",
            "On {day:weekday_date} you work {part:part} only.",
        ),
        "ask_part": say("Demandez {part:part}.", "Ask for {part:part}."),
        "ok": say("Jour travaillé", "Day worked"),
    },
    example=('kind = "day_worked"\narticle = "3.3.3"'),
)


def _already_booked(s, p) -> Answer:
    """The same half of a day is not held twice."""
    held = s.facts.booked.get(s.day, 0)
    taken = held & s.halves
    if not taken:
        return ALLOWED, "ok", {}, ""
    free = s.halves & ~held
    data = {"day": s.day.isoformat(), "part": _PARTS[taken], "free": str(free)}
    return REFUSED, "taken", data, "ask_free" if free else ""


ALREADY_BOOKED = Rule(
    kind="already_booked",
    title=both(fr="Jour encore libre", en="Day still free"),
    question=both(
        fr="Ce jour, ou cette moitié, est-il déjà réservé par la personne ?",
        en="Does the person hold that day, or that half, already?",
    ),
    judge=_already_booked,
    always=True,
    sentences={
        "taken": say(
            "Vous avez déjà réservé {part:part} du {day:weekday_date}.",
            "You already hold {part:part} of {day:weekday_date}.",
        ),
        "ask_free": say("Demandez {free:part}.", "Ask for {free:part}."),
        "ok": say("Jour encore libre", "Day still free"),
    },
    example=('kind = "already_booked"\narticle = "3.3.4"'),
)
