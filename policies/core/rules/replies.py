"""Answers to a request: by when, what silence means, and when a refusal is valid."""

from datetime import date, timedelta

from ..durations import counted
from ..schema import Param, Wrong
from ..text import NOTHING, both
from ..windows import months_between
from .base import ALLOWED, NEEDS_APPROVAL, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param, next_working_day
from .naming import named

_EVERYBODY, _ELIGIBLE = "everybody", "eligible"
_WHOM = {
    "eligible": Param(
        "flag", both(fr="la personne est éligible", en="the person is eligible"), required=False, default=True
    ),
    "scheme_open": Param(
        "flag", both(fr="le télétravail est ouvert", en="telework is open"), required=False, default=True
    ),
    "applicant": Param("codes", both(fr="codes de la personne", en="codes of the person"), required=False, default=()),
}
_SILENCE = {"yes": ALLOWED, "no": REFUSED, "escalate": NEEDS_APPROVAL}


def _moves(params: dict) -> bool:
    return params["on_day_off"] == "next_working_day"


def _is_among(whom, asked, s) -> bool:
    """Is it owed to this person: to everybody, to the eligible where telework is open, to carriers of a code?"""
    if _EVERYBODY in whom:
        return True
    if _ELIGIBLE in whom and asked["eligible"] and asked["scheme_open"]:
        return True
    carried = set(asked["applicant"])
    return any(code in carried or s.facts.has(code, s.day) for code in whom)


def _due(asked, p, s) -> date:
    """The last day of the time to reply: counted from the request, or back from the start that is asked for."""
    before = p["before_start"]
    if before is None:
        return ends(s, asked["requested"], p["within"])
    start = asked["start"]
    if start is None:
        raise s.agreement.silent("ask.start", s.day, s.clause.article if s.clause else "")
    months = {"month": before.n, "year": 12 * before.n}.get(before.unit)
    days = {"week": 7 * before.n, "hour": -(-before.n // 24)}.get(before.unit, before.n)
    return months_between(start, -months) if months is not None else start - timedelta(days=days)


def _prepare_reply(params: dict) -> dict:
    before = params["before_start"]
    if before is not None and before.unit == "working_day":
        raise Wrong(
            fr="Le délai avant le début se compte en jours calendaires, semaines ou mois.",
            en="The time before the start is counted in calendar days, weeks or months.",
        )
    found = counted(params)
    return {**found, "in_working_days": found["in_working_days"] or _moves(params)}


def _ask_reply(asked, p, s) -> Answer:
    """By when a request is answered, whether an answer came in time, and what a silence until some day means."""
    requested, answered, on = asked["requested"], asked["answered"], asked["unanswered_on"]
    if not _is_among(p["owed_to"], asked, s):
        return ALLOWED, "not_owed", {"requested": requested.isoformat(), "deadline": False}, ""
    due = _due(asked, p, s)
    if p["on_day_off"] == "next_working_day":
        due = next_working_day(s, due)
    data = {
        **(p["within"] or p["before_start"]).data,
        "requested": requested.isoformat(),
        "due": due.isoformat(),
        "deadline": True,
        "silence": p["silence"],
    }
    if answered:
        data |= {"answered": answered.isoformat(), "in_time": answered <= due}
        return (ALLOWED, "in_time", data, "") if answered <= due else (REFUSED, "late", data, "")
    if on is None or on <= due:
        return ALLOWED, "due", {**data, "overdue": False}, ""
    data |= {"overdue": True, "escalate_to_fr": p["escalate_to"].fr, "escalate_to_en": p["escalate_to"].en}
    if not p["silence"]:
        return NEEDS_APPROVAL, "overdue", data, ""
    return _SILENCE[p["silence"]], f"silence_{p['silence']}", data, ""


REPLY_DEADLINE = Rule(
    kind="reply_deadline",
    title=both(fr="Délai de réponse", en="Time to reply"),
    question=both(
        fr="Sous quel délai répond-on, et que vaut le silence ?",
        en="Within what time is there an answer, and what does silence mean?",
    ),
    consult=_ask_reply,
    asks={
        "requested": Param("date", both(fr="le jour de la demande", en="the day of asking")),
        "start": Param("date", both(fr="le début demandé", en="the start asked for"), required=False),
        "answered": Param("date", both(fr="le jour de la réponse", en="the day of the answer"), required=False),
        "unanswered_on": Param(
            "date", both(fr="sans réponse jusqu’à ce jour", en="no answer until this day"), required=False
        ),
        **_WHOM,
    },
    params={
        "within": length_param(both(fr="le délai, depuis la demande", en="the time, from the request")),
        "before_start": length_param(
            both(fr="ou tant avant le début demandé", en="or so long before the start asked for")
        ),
        "owed_to": Param(
            "codes",
            both(
                fr="à qui le délai est dû : everybody, eligible, ou des codes (disabled, carer…)",
                en="to whom the time is owed: everybody, eligible, or codes (disabled, carer…)",
            ),
            required=False,
            default=(_EVERYBODY,),
        ),
        "silence": Param(
            "choice",
            both(fr="le silence vaut oui, non, ou remonte", en="silence means yes, no, or goes up"),
            required=False,
            default="",
            choices=("yes", "no", "escalate"),
        ),
        "on_day_off": Param(
            "choice",
            both(
                fr="un délai qui finit un jour chômé : reste, ou passe au jour ouvré suivant",
                en="a time that ends on a day off: stays, or moves to the next working day",
            ),
            required=False,
            default="stays",
            choices=("stays", "next_working_day"),
        ),
        "escalate_to": Param(
            "words",
            both(fr="à qui la demande remonte", en="to whom the request goes up"),
            required=False,
            default=NOTHING,
        ),
    },
    prepare=_prepare_reply,
    one_of=("within", "before_start"),
    readings=WORKING,
    several=True,
    tells=("requested", "deadline", "silence", "overdue", "in_time"),
    sentences={
        "due": say(
            "Réponse due au plus tard le {due:date} ({n:{unit}})", "An answer is due by {due:date} ({n:{unit}})"
        ),
        "not_owed": say("Aucun délai de réponse n’est dû ici", "No time to reply is owed here"),
        "in_time": say("Réponse donnée à temps, avant le {due:date}", "Answered in time, by {due:date}"),
        "late": say(
            "Réponse du {answered:date}, due le {due:date}.", "Answered on {answered:date}, due by {due:date}."
        ),
        "overdue": say("La réponse était due le {due:date}", "The answer was due by {due:date}"),
        "silence_yes": say(
            "Sans réponse au {due:date}, la demande est acceptée", "Unanswered by {due:date}, the request is granted"
        ),
        "silence_no": say(
            "Sans réponse au {due:date}, la demande est refusée.", "Unanswered by {due:date}, the request is refused."
        ),
        "silence_escalate": say(
            "Sans réponse au {due:date}, la demande remonte : {escalate_to_fr}",
            "Unanswered by {due:date}, the request goes up: {escalate_to_en}",
        ),
    },
    example=(
        'kind = "reply_deadline"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'within = { n = 30, unit = "calendar_day" }\nsilence = "escalate"'
    ),
    asked='ask = { kind = "reply_deadline", requested = 2026-03-02 }',
)


def _ask_refusal(asked, p, s) -> Answer:
    """Is a refusal in order, and until when does it hold?"""
    reason, needed = asked["reason"], _is_among(p["reason_for"], asked, s)
    missing = _missing(asked, p, needed)
    data = {
        "reason_needed": needed, "valid": not missing, "missing": missing, "sanction": False,
        **named(s, "grounds", p["grounds"]), "warning": p["written"] == "recommended" and not asked["written"],
        **named(s, "reason", [reason]), "recourse_fr": p["recourse"].fr, "recourse_en": p["recourse"].en,
    }  # fmt: skip
    on = s.day
    if p["lasts"]:
        data["again_from"] = ends(s, on, p["lasts"]).isoformat()
    if p["recourse_within"]:
        data["recourse_until"] = ends(s, on, p["recourse_within"]).isoformat()
    remedy = "recourse" if p["recourse"] else ""
    return (REFUSED, f"without_{missing}", data, remedy) if missing else (ALLOWED, "valid", data, remedy)


def _missing(asked, p, needed: bool) -> str:
    """What the refusal lacks: a reason, an admitted ground, a writing, a kind; "" where nothing."""
    if needed and not asked["reason"]:
        return "reason"
    if p["grounds"] and asked["reason"] and asked["reason"] not in p["grounds"]:
        return "ground"
    if p["written"] == "required" and not asked["written"]:
        return "writing"
    return "sort" if p["sorts"] and asked["sort"] and asked["sort"] not in p["sorts"] else ""


REFUSAL = Rule(
    kind="refusal",
    title=both(fr="Refus", en="Refusal"),
    question=both(
        fr="À qui un refus doit-il être motivé, comment, et quel recours reste-t-il ?",
        en="To whom must a refusal give reasons, how, and what recourse is left?",
    ),
    consult=_ask_refusal,
    asks={
        "reason": Param("string", both(fr="le motif donné", en="the reason given"), required=False, default=""),
        "written": Param("flag", both(fr="est-il écrit", en="is it in writing"), required=False, default=False),
        "sort": Param(
            "string", both(fr="temporary, permanent…", en="temporary, permanent…"), required=False, default=""
        ),
        **_WHOM,
    },
    params={
        "reason_for": Param(
            "codes",
            both(
                fr="à qui le motif est dû : everybody, eligible, nobody, ou des codes (disabled, carer…)",
                en="to whom a reason is owed: everybody, eligible, nobody, or codes (disabled, carer…)",
            ),
        ),
        "by": Param(
            "choice",
            both(fr="qui refuse : l’employeur ou la personne", en="who refuses: the employer or the person"),
            required=False,
            default="employer",
            choices=("employer", "employee"),
        ),
        "written": Param(
            "choice",
            both(fr="l’écrit est-il exigé", en="must it be in writing"),
            required=False,
            default="free",
            choices=("required", "recommended", "free"),
        ),
        "grounds": Param(
            "codes", both(fr="les seuls motifs admis", en="the only grounds admitted"), required=False, default=()
        ),
        "sorts": Param("codes", both(fr="les sortes de refus", en="the kinds of refusal"), required=False, default=()),
        "lasts": length_param(both(fr="durée avant une nouvelle demande", en="time before a new request")),
        "recourse": Param("words", both(fr="le recours", en="the recourse"), required=False, default=NOTHING),
        "recourse_within": length_param(both(fr="délai du recours", en="time for the recourse")),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=(
        "reason_needed",
        "valid",
        "missing",
        "sanction",
        "warning",
        "again_from",
        "recourse_until",
        "grounds",
        "reason",
    ),
    sentences={
        "valid": say("Refus en ordre", "The refusal is in order"),
        "without_reason": say("Ce refus doit être motivé.", "This refusal must give its reason."),
        "without_ground": say(
            "« {reason_fr} » n’est pas un motif admis : {grounds_fr}.",
            "“{reason_en}” is no ground admitted: {grounds_en}.",
        ),
        "without_writing": say("Ce refus doit être écrit.", "This refusal must be in writing."),
        "without_sort": say("Cette sorte de refus n’est pas prévue.", "This kind of refusal is not provided for."),
        "recourse": say("Recours : {recourse_fr}.", "Recourse: {recourse_en}."),
    },
    example=(
        'kind = "refusal"\narticle = "3"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'reason_for = ["eligible", "disabled", "carer"]\nwritten = "recommended"'
    ),
    asked='ask = { kind = "refusal", applicant = ["carer"], scheme_open = false }',
)
