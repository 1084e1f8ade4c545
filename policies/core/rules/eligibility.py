"""Who may telework, from when, and from where."""

from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say


def _contract_status(s, p) -> Answer:
    """The agreement opens telework to some kinds of contract only."""
    if s.contract is None:
        return None
    status = s.contract.status
    is_open = status in p["allowed"] if p["allowed"] else status not in p["excluded"]
    if is_open:
        return ALLOWED, "ok", {}, ""
    label = s.agreement.label(status)
    return REFUSED, "closed", {"status": status, "status_fr": label.fr, "status_en": label.en}, ""


CONTRACT_STATUS = Rule(
    kind="contract_status",
    title=both(fr="Contrats concernés", en="Contracts concerned"),
    question=both(fr="Quels contrats ouvrent le télétravail ?", en="Which contracts open telework?"),
    judge=_contract_status,
    params={
        "allowed": Param(
            "codes", both(fr="les contrats admis", en="the contracts admitted"), required=False, default=()
        ),
        "excluded": Param(
            "codes", both(fr="les contrats exclus", en="the contracts left out"), required=False, default=()
        ),
    },
    one_of=("allowed", "excluded"),
    sentences={
        "closed": say(
            "L’accord n’ouvre pas le télétravail à ce contrat : {status_fr}.",
            "The agreement does not open telework to this contract: {status_en}.",
        ),
        "ok": say("Contrat concerné par l’accord", "Contract covered by the agreement"),
    },
    example=(
        'kind = "contract_status"\n'
        'article = "3.2.2"\n'
        "[[rules.values]]\n"
        "from = 2022-01-01\n"
        'allowed = ["permanent", "fixed_term"]'
    ),
)


def _job_excluded(s, p) -> Answer:
    """Some jobs need presence on site."""
    job = s.facts.job
    if job not in p["excluded"]:
        return ALLOWED, "ok", {}, ""
    label = s.agreement.label(job)
    return REFUSED, "excluded", {"job": job, "job_fr": label.fr, "job_en": label.en}, ""


JOB_EXCLUDED = Rule(
    kind="job_excluded",
    title=both(fr="Métier", en="Job"),
    question=both(fr="Quels métiers demandent d’être sur site ?", en="Which jobs need presence on site?"),
    judge=_job_excluded,
    params={"excluded": Param("codes", both(fr="les codes des métiers exclus", en="the codes of the jobs left out"))},
    sentences={
        "excluded": say("Ce métier demande d’être sur site : {job_fr}.", "This job needs presence on site: {job_en}."),
        "ok": say("Métier compatible", "Job compatible"),
    },
    example=(
        'kind = "job_excluded"\n'
        'article = "3.2.2"\n'
        "[[rules.values]]\n"
        "from = 2022-01-01\n"
        'excluded = ["reception", "maintenance"]'
    ),
)


def _trial_period(s, p) -> Answer:
    """No telework before the trial period is over."""
    if s.contract is None:
        return None
    trial_end = s.contract.trial_end
    if trial_end is None or s.day > trial_end:
        return ALLOWED, "ok", {}, ""
    return REFUSED, "in_trial", {"trial_end": trial_end.isoformat()}, ""


TRIAL_PERIOD = Rule(
    kind="trial_period",
    title=both(fr="Période d’essai", en="Trial period"),
    question=both(fr="La période d’essai doit-elle être finie ?", en="Must the trial period be over?"),
    judge=_trial_period,
    sentences={
        "in_trial": say(
            "Votre période d’essai dure jusqu’au {trial_end:date}.", "Your trial period lasts until {trial_end:date}."
        ),
        "ok": say("Hors période d’essai", "No trial period"),
    },
    example=('kind = "trial_period"\narticle = "2"\n[[rules.values]]\nfrom = 2024-01-01'),
)


def _autonomy(s, p) -> Answer:
    """The manager has validated the person's autonomy by that day; a judgement recorded, never computed."""
    validated = s.facts.autonomy
    if validated is None:
        return REFUSED, "not_validated", {}, "ask_manager"
    if validated > s.day:
        return REFUSED, "later", {"validated": validated.isoformat()}, ""
    return ALLOWED, "ok", {"validated": validated.isoformat()}, ""


AUTONOMY = Rule(
    kind="autonomy",
    title=both(fr="Autonomie", en="Autonomy"),
    question=both(
        fr="Le manager doit-il d’abord valider l’autonomie de la personne ?",
        en="Must the manager first validate the person’s autonomy?",
    ),
    judge=_autonomy,
    sentences={
        "not_validated": say("Votre autonomie n’est pas encore validée.", "Your autonomy has not been validated yet."),
        "ask_manager": say("Votre responsable peut le faire.", "Your manager can do it."),
        "later": say(
            "Votre autonomie n’est validée qu’à partir du {validated:date}.",
            "Your autonomy is validated from {validated:date} only.",
        ),
        "ok": say("Autonomie validée le {validated:date}", "Autonomy validated on {validated:date}"),
    },
    example=('kind = "autonomy"\narticle = "3.2.2"\n[[rules.values]]\nfrom = 2022-01-01'),
)


def _declared_place(s, p) -> Answer:
    """A place declared beforehand, valid that day, with the connection and the insurance the agreement asks for."""
    day = s.day
    worst = "none"
    for place in s.facts.places:
        if place.declared_on > day or (place.until is not None and place.until < day):
            continue
        if p["secure_internet"] and not place.secure_internet:
            worst = "no_internet" if worst == "none" else worst
        elif p["insurance"] and (place.insured_until is None or place.insured_until < day):
            worst = "no_insurance"
        else:
            return ALLOWED, "ok", {"place": place.label}, ""
    return REFUSED, worst, {"day": day.isoformat()}, f"{worst}_remedy"


DECLARED_PLACE = Rule(
    kind="declared_place",
    title=both(fr="Lieu déclaré", en="Declared place"),
    question=both(fr="D’où, et à quelles conditions ?", en="From where, and on what conditions?"),
    judge=_declared_place,
    params={
        "secure_internet": Param(
            "flag", both(fr="une connexion sûre est-elle exigée", en="is a secure connection required")
        ),
        "insurance": Param(
            "flag",
            both(fr="une assurance valable ce jour-là est-elle exigée", en="is an insurance valid that day required"),
        ),
    },
    sentences={
        "none": say(
            "Aucun lieu de télétravail n’est déclaré au {day:date}.", "No place of telework is declared on {day:date}."
        ),
        "none_remedy": say("Déclarez un lieu avant de demander.", "Declare a place before you ask."),
        "no_internet": say(
            "Le lieu déclaré n’a pas de connexion sûre.", "The declared place has no secure connection."
        ),
        "no_internet_remedy": say(
            "Confirmez la connexion de ce lieu ou déclarez-en un autre.",
            "Confirm the connection of that place or declare another.",
        ),
        "no_insurance": say(
            "Le lieu déclaré n’est pas assuré au {day:date}.", "The declared place is not insured on {day:date}."
        ),
        "no_insurance_remedy": say(
            "Ajoutez une attestation d’assurance valable ce jour-là.", "Add an insurance certificate valid on that day."
        ),
        "ok": say("Lieu déclaré : {place}", "Declared place: {place}"),
    },
    example=(
        'kind = "declared_place"\n'
        'article = "2.3.3"\n'
        "[[rules.values]]\n"
        "from = 2022-01-01\n"
        "secure_internet = true\n"
        "insurance = true"
    ),
)
