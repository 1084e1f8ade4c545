"""The keys of a case: of the person and the calendar, of the request or question, and of what is expected."""

from datetime import date
from decimal import Decimal

from .case_values import PARTS
from .facts import ContractFacts, PlaceFacts, Purpose
from .schema import Param
from .text import both

_FULL_WEEK = (3, 3, 3, 3, 3, 0, 0)
_HOURS = Decimal(7)
VERDICTS = ("allowed", "needs_approval", "possible", "refused")
LINTS = ("ok", "warning", "error")


def _key(kind: str, fr: str, en: str, default: object = None, **more) -> Param:
    return Param(kind, both(fr=fr, en=en), required=False, default=default, **more)


DEFAULTS: dict[str, Param] = {
    "today": _key("date", "le jour où l’on demande", "the day of asking"),
    "contracts": _key(
        "contracts",
        "contrats : start, end, rate, status, trial_end, days_a_week",
        "contracts: start, end, rate, status, trial_end, days_a_week",
        (ContractFacts(date(2015, 1, 1), None, Decimal(100), "permanent"),),
    ),
    "rate": _key("number", "le taux, en % du temps plein", "the rate, in % of full time", least=1, most=100),
    "status": _key("string", "le code du contrat", "the code of the contract"),
    "hired": _key("date", "jour d’embauche", "day of hiring", date(2015, 1, 1)),
    "in_post_since": _key("date", "premier jour dans le poste", "first day in the post"),
    "job": _key("string", "code du métier", "code of the job", ""),
    "traits": _key(
        "traits",
        "ce qui est enregistré de la personne, par codes : pregnant, disabled, carer…",
        "what is recorded of the person, by codes: pregnant, disabled, carer…",
        (),
    ),
    "formula": _key("formula", "la formule choisie", "the formula chosen", ()),
    "autonomy": _key("autonomy", "jour de la validation, ou false", "day of validation, or false", date(2015, 1, 1)),
    "places": _key(
        "places",
        "lieux : label, declared_on, until, secure_internet, insured_until, kind, country, agreed",
        "places: label, declared_on, until, secure_internet, insured_until, kind, country, agreed",
        (PlaceFacts("domicile", date(2015, 1, 1), None, True, date(2999, 12, 31)),),
    ),
    "works": _key(
        "week",
        "jours travaillés de la semaine, lundi à vendredi sinon",
        "weekdays worked, else Monday to Friday",
        _FULL_WEEK,
    ),
    "hours_a_day": _key("number", "heures d’un jour entier", "hours of a whole day", _HOURS, most=24),
    "holidays": _key("holidays", "jours fériés", "public holidays", ()),
    "unit_size": _key("unit_size", "effectif de l’unité de la personne", "head count of the person’s unit", ()),
    "units": _key("codes", "codes de l’unité (branch, head_office…)", "codes of the unit (branch, head_office…)", ()),
    "collective": _key(
        "collective", "personnes déjà comptées d’un quota collectif", "people counted against a collective quota", {}
    ),
    "settings": _key(
        "settings",
        "ce que la charte d’équipe ou le responsable a fixé",
        "what the team’s charter or the manager has fixed",
        {},
    ),
    "regimes": _key("regimes", "circonstances exceptionnelles déclarées", "exceptional circumstances declared", ()),
}

CASE: dict[str, Param] = {
    "name": Param("string", both(fr="ce que montre le cas", en="what the case shows")),
    **{**DEFAULTS, "today": Param("date", DEFAULTS["today"].about)},
    "absences": _key("spans", "absences, avec code si on le connaît", "absences, with their code where known", ()),
    "away": _key(
        "spans",
        "jours travaillés ailleurs, avec code : training, travel…",
        "days worked elsewhere, with code: training, travel…",
        (),
    ),
    "worked": _key("spans", "jours travaillés hors de la semaine", "days worked outside the plain week", ()),
    "off": _key("spans", "jours de la semaine non travaillés", "days of the plain week that are not worked", ()),
    "unplanned": _key("spans", "jours sans planning", "days without roster", ()),
    "team_days": _key("team_days", "l’équipe : personnes prévues et à distance", "the team: people due and remote", {}),
    "used": _key(
        "used",
        "déjà pris dans la semaine, le mois, l’année… du jour demandé, par totaux",
        "already taken in the week, month, year… of the day asked, as totals",
        (),
    ),
    "taken": _key(
        "days",
        "jours déjà pris, posés dès le début de l’année",
        "days already taken, laid from the start of the year",
        most=366,
    ),
    "taken_from": _key("date", "jour à partir duquel les poser", "day from which to lay them"),
    "booked": _key("spans", "jours accordés", "days granted", ()),
    "pending": _key("spans", "jours en attente de réponse", "days awaiting an answer", ()),
    "readings": _key("readings", "autres lectures pour ce cas", "other readings for this case", {}),
    "ask": _key("free", "une question à une règle", "a question put to a rule"),
    "policy": _key(
        "free", "une règle d’un texte inférieur, ou la liste de toutes, jugées par les bornes de celui-ci",
        "a rule of a lower text, or the list of all of them, judged by the bounds of this one",
    ),
    "recall": _key("recall", "retour sur site { day, ground }", "recall on site { day, ground }"),
    "period": _key("period", "période payée { first, last }", "period paid { first, last }"),
    "vector": _key("string", "le numéro de l’exemple dans la source", "the number of the example in the source", ""),
    "rules": _key("strings", "les numéros de règles de la source", "the numbers of rules in the source", ()),
    "reading": _key("string", "le nom de la lecture montrée", "the name of the reading shown", ""),
}  # fmt: skip

REQUEST: dict[str, Param] = {
    "day": _key("date", "le jour demandé", "the day asked for"),
    "days": _key("dates", "plusieurs jours, l’un après l’autre", "several days, one after the other", ()),
    "part": _key("choice", "la part du jour", "the part of the day", "full", choices=PARTS),
    "purpose": _key(
        "choice",
        "planning ou correction",
        "planning or correction",
        "planning",
        choices=tuple(purpose.value for purpose in Purpose),
    ),
    "form": _key("string", "la forme de télétravail, ordinaire sinon", "the form of telework, else ordinary", ""),
    "place": _key("place", "le lieu choisi pour ce jour", "the place chosen for that day"),
    "answers": _key("answers", "les réponses déjà données", "the answers given already", ()),
    "hours": _key("number", "les heures demandées", "the hours asked for", most=24),
    "at": _key("clock", "l’heure de la demande", "the hour of asking"),
    "reason": _key("string", "le code de la raison donnée", "the code of the reason given", ""),
}

EXPECT: dict[str, Param] = {
    "verdict": _key("choice", "le verdict", "the verdict", choices=VERDICTS),
    "rule": _key(
        "string",
        "la règle qui refuse (genre ou nom), seule avec celles qui valent toujours",
        "the rule that refuses (its kind or name), alone but for those that always hold",
    ),
    "rules": _key("strings", "les règles qui refusent", "the rules that refuse", ()),
    "article": _key("string", "l’article qui refuse", "the article that refuses", ""),
    "warns": _key("strings", "les recommandations non suivies", "the recommendations not followed", ()),
    "follows_advice": _key("flag", "true : tout conseil est suivi", "true: every recommendation is followed", False),
    "lifted": _key("strings", "les règles levées ou remplacées", "the rules lifted or replaced", ()),
    "left": _key(
        "number", "le solde ensuite, en jours", "the balance afterwards, in days", least=-400, most=400
    ),
    "entitlement": _key("days", "le droit de l’année, en jours", "the entitlement of the year, in days", most=400),
    "allowance": _key("number", "le montant payé", "the amount paid", most=100_000),
    "first_refused": _key("date", "le premier jour refusé", "the first day refused"),
    "lint": _key(
        "choice", "ce que la vérification dit de policy, ou du texte sous ces lectures",
        "what the check says of policy, or of the text under these readings", choices=LINTS,
    ),
    "silent": _key(
        "flag", "true : l’accord ne dit rien, et le dit", "true: the agreement is silent, and says so", False
    ),
}  # fmt: skip
