"""The sentences that speak to the person, said of the person: for the manager and others who read a decision.

Every other sentence of the rules reads alike for both; a test finds those that would need a line here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .text import Text
from .text import both as _both

YOU, THEM = "you", "them"


def _say(fr: str, en: str) -> Text:
    return _both(fr=fr, en=en)


OF_THEM: Mapping[str, Text] = MappingProxyType({
    "past_day.correct": _say(
        "Un jour télétravaillé se note après coup, par une correction.",
        "A day that was teleworked is recorded as a correction.",
    ),
    "past_day.plan": _say(
        "Un jour à venir se demande, il ne se corrige pas.", "A day to come is asked for, not corrected."
    ),
    "contract_in_force.not_arrived": _say(
        "Son contrat commence le {start:date}.", "Their contract starts on {start:date}."
    ),
    "contract_in_force.departed": _say(
        "Son contrat s’est terminé le {end:date}.", "Their contract ended on {end:date}."
    ),
    "day_worked.not_planned": _say(
        "Son planning du {day:weekday_date} n’est pas encore publié.",
        "Their roster for {day:weekday_date} is not published yet.",
    ),
    "day_worked.day_off": _say(
        "Le {day:weekday_date} n’est pas travaillé.", "They do not work on {day:weekday_date}."
    ),
    "day_worked.part": _say(
        "Le {day:weekday_date}, seule {part:part} est travaillée.", "On {day:weekday_date} they work {part:part} only."
    ),
    "day_worked.ask_part": _say("{part:part} peut être demandée.", "{part:part} can be asked for."),
    "already_booked.taken": _say(
        "{part:part} du {day:weekday_date} est déjà réservée.", "{part:part} of {day:weekday_date} is already held."
    ),
    "already_booked.ask_free": _say("{free:part} peut être demandée.", "{free:part} can be asked for."),
    "trial_period.in_trial": _say(
        "Sa période d’essai dure jusqu’au {trial_end:date}.", "Their trial period lasts until {trial_end:date}."
    ),
    "autonomy.not_validated": _say(
        "Son autonomie n’est pas encore validée.", "Their autonomy has not been validated yet."
    ),
    "autonomy.ask_manager": _say("Un responsable peut la valider.", "A manager can validate it."),
    "autonomy.later": _say(
        "Son autonomie n’est validée qu’à partir du {validated:date}.",
        "Their autonomy is validated from {validated:date} only.",
    ),
    "declared_place.none_remedy": _say("Un lieu est à déclarer d’abord.", "A place is to be declared first."),
    "declared_place.no_internet_remedy": _say(
        "La connexion de ce lieu est à confirmer, ou un autre lieu à déclarer.",
        "The connection of that place is to be confirmed, or another place declared.",
    ),
    "declared_place.no_insurance_remedy": _say(
        "Il manque une attestation d’assurance valable ce jour-là.",
        "An insurance certificate valid on that day is missing.",
    ),
    "half_days.ask_whole": _say("La journée entière peut être demandée.", "The whole day can be asked for."),
    "yearly_cap.all_taken": _say(
        "Ses {total:day} {period:of_period} sont pris.", "Their {total:day} {period:of_period} are taken."
    ),
    "yearly_cap.too_few": _say(
        "{taken:day} sur {total:number} déjà pris ; ce jour en demande {asked:number}.",
        "They have taken {taken:number} of {total:day}; this one asks for {asked:number}.",
    ),
    "yearly_cap.ok": _say(
        "Il lui resterait {left:day} sur {total:number}", "They would have {left:day} left of {total:number}"
    ),
    "manager_approval.asked": _say("Un responsable répond à cette demande", "A manager answers this request"),
    "manager_approval.beyond": _say(
        "Au-delà de {free:day} en semaine {week}, un responsable répond",
        "Beyond {free:day} in week {week}, a manager answers",
    ),
    "manager_approval.given": _say("Accepté par un responsable", "Accepted by a manager"),
    "manager_approval.refused": _say("Refusé par un responsable.", "Refused by a manager."),
    "anchor_days.other": _say("Un autre jour peut être choisi.", "Another day can be chosen."),
    "cap.ask_half": _say("Une demi-journée peut être demandée.", "Half a day can be asked for."),
    "fixed_days.free_one": _say("Un jour fixé est à libérer d’abord.", "A fixed day is to be freed first."),
    "granularity.ask_day": _say("La journée peut être demandée.", "The day can be asked for."),
    "granularity.ask_half": _say("Une demi-journée peut être demandée.", "Half a day can be asked for."),
    "minimum_team_on_site.ask": _say(
        "Un jour où l’équipe est plus présente peut être choisi.", "A day with more of the team on site can be chosen."
    ),
})  # fmt: skip
