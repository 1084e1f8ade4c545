"""Going back on site: ending telework by either side, and suspending it for a time."""

from calendar import monthrange
from datetime import date, timedelta

from ..durations import NO_TIME, counted
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param, notice_ends, period_ends
from .naming import named

_SIDES = ("employer", "employee")


def _ask_reversibility(asked, p, s) -> Answer:
    """When telework is over, once a side has said so; with its notice, or the one for urgency."""
    given, by = asked["given"], asked["by"]
    data = {
        "given": given.isoformat(), "by": by, "permitted": p["by"] in ("either", by),
        "reason_needed": p["reasons_from"] in ("either", by),
        "priority": bool(p["priority_for"]) and any(s.facts.has(code, given) for code in p["priority_for"]),
    }  # fmt: skip
    if not data["permitted"]:
        return REFUSED, "other_side", data, ""
    if p["after_adaptation"] and asked["adaptation_ends"] and given <= asked["adaptation_ends"]:
        return REFUSED, "adapting", {**data, "adaptation_ends": asked["adaptation_ends"].isoformat()}, ""
    notice = p[by] or p["notice"]
    if asked["urgent"] and p["urgent"]:
        notice = p["urgent"]
    if notice is None:
        return ALLOWED, "any_time", data, ""
    end = _taking_effect(notice_ends(s, given, notice), p["effect"])
    data |= {**notice.data, "ends": end.isoformat(), "earliest_on_site": end.isoformat()}
    return ALLOWED, "ends", data, ""


def _taking_effect(day: date, effect: str) -> date:
    """The day itself, or the last day of its week or month."""
    if day == date.max:
        return day
    if effect == "end_of_week":
        return day + timedelta(days=6 - day.weekday())
    return day.replace(day=monthrange(day.year, day.month)[1]) if effect == "end_of_month" else day


REVERSIBILITY = Rule(
    kind="reversibility",
    title=both(fr="Réversibilité", en="Reversibility"),
    question=both(
        fr="Qui peut mettre fin au télétravail, et quand cesse-t-il ?", en="Who may end telework, and when is it over?"
    ),
    consult=_ask_reversibility,
    asks={
        "given": Param("date", both(fr="le jour de l’annonce", en="the day it is told")),
        "by": Param(
            "choice", both(fr="qui met fin", en="who ends it"), required=False, default="employer", choices=_SIDES
        ),
        "urgent": Param("flag", both(fr="est-ce urgent", en="is it urgent"), required=False, default=False),
        "adaptation_ends": Param("date", both(fr="fin de l’adaptation", en="end of the adaptation"), required=False),
    },
    params={
        "by": Param(
            "choice",
            both(fr="qui peut y mettre fin", en="who may end it"),
            required=False,
            default="either",
            choices=("either", *_SIDES),
        ),
        "notice": length_param(both(fr="délai des deux côtés", en="notice of both sides")),
        "employee": length_param(both(fr="délai de la personne", en="notice of the person")),
        "employer": length_param(both(fr="délai de l’employeur", en="notice of the employer")),
        "urgent": length_param(both(fr="délai en cas d’urgence", en="notice where it is urgent")),
        "effect": Param(
            "choice",
            both(
                fr="le télétravail cesse ce jour-là, ou à la fin de sa semaine ou de son mois",
                en="telework stops on that day, or at the end of its week or month",
            ),
            required=False,
            default="that_day",
            choices=("that_day", "end_of_week", "end_of_month"),
        ),
        "after_adaptation": Param(
            "flag",
            both(fr="seulement après l’adaptation", en="only after the adaptation"),
            required=False,
            default=False,
        ),
        "reasons_from": Param(
            "choice",
            both(fr="qui doit motiver", en="who must give reasons"),
            required=False,
            default="nobody",
            choices=("nobody", "either", *_SIDES),
        ),
        "priority_for": Param(
            "codes",
            both(fr="codes prioritaires sur un poste vacant sur site", en="codes with priority for a vacancy on site"),
            required=False,
            default=(),
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("by", "permitted", "reason_needed", "priority", "earliest_on_site"),
    sentences={
        "ends": say(
            "Annoncé le {given:date}, le télétravail cesse le {ends:date} ({n:{unit}})",
            "Told on {given:date}, telework is over on {ends:date} ({n:{unit}})",
        ),
        "any_time": say("Il peut y être mis fin à tout moment", "It may be ended at any time"),
        "other_side": say("Ce côté ne peut pas y mettre fin.", "This side cannot end it."),
        "adapting": say(
            "L’adaptation dure jusqu’au {adaptation_ends:date} : ses règles valent d’abord.",
            "The adaptation lasts until {adaptation_ends:date}: its rules hold first.",
        ),
    },
    example=(
        'kind = "reversibility"\narticle = "3.2"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'employee = { n = 0, unit = "calendar_day" }\nemployer = { n = 1, unit = "month" }'
    ),
    asked='ask = { kind = "reversibility", given = 2026-03-10, by = "employer" }',
)


def _suspension(s, p) -> Answer:
    """No telework while it is suspended, which is recorded under a code."""
    found = s.facts.trait(p["record"], s.day)
    if found is None:
        return ALLOWED, "ok", {}, ""
    return REFUSED, "suspended", {"first": found.first.isoformat(), "last": found.last.isoformat()}, ""


def _ask_suspension(asked, p, s) -> Answer:
    """From when, and how long, telework may be suspended once that is told on a day."""
    given = asked["given"]
    data = {"given": given.isoformat(), **named(s, "grounds", p["grounds"]), **named(s, "ground", [asked["ground"]])}
    if p["by"] != "either" and asked["by"] and asked["by"] != p["by"]:
        return REFUSED, "other_side", {**data, "valid": False}, ""
    if p["grounds"] and asked["ground"] not in p["grounds"]:
        return REFUSED, "ground", {**data, "valid": False}, ""
    urgent = asked["urgent"] and p["urgent"]
    earliest = notice_ends(s, given, p["urgent"] if urgent else p["notice"] or NO_TIME)
    first = asked["from"] or earliest
    data |= {"earliest": earliest.isoformat(), "from": first.isoformat()}
    if p["most"]:
        data |= {**p["most"].data, "longest": period_ends(s, first, p["most"]).isoformat()}
    if first < earliest:
        return REFUSED, "too_soon", {**data, "valid": False}, ""
    if asked["to"] and p["most"] and asked["to"] > period_ends(s, first, p["most"]):
        return REFUSED, "too_long", {**data, "valid": False}, ""
    if p["report_after"]:
        data["report_due"] = ends(s, first, p["report_after"]).isoformat()
    return ALLOWED, "possible", {**data, "valid": True}, ""


SUSPENSION = Rule(
    kind="suspension",
    title=both(fr="Suspension", en="Suspension"),
    question=both(
        fr="Pour quoi, avec quel délai et combien de temps le télétravail peut-il être suspendu ?",
        en="On what grounds, with what notice and for how long may telework be suspended?",
    ),
    judge=_suspension,
    consult=_ask_suspension,
    asks={
        "given": Param("date", both(fr="le jour de l’annonce", en="the day it is told")),
        "from": Param("date", both(fr="premier jour suspendu", en="first day suspended"), required=False),
        "to": Param("date", both(fr="dernier jour suspendu", en="last day suspended"), required=False),
        "by": Param("choice", both(fr="qui suspend", en="who suspends"), required=False, default="", choices=_SIDES),
        "ground": Param("string", both(fr="le motif", en="the ground"), required=False, default=""),
        "urgent": Param("flag", both(fr="est-ce urgent", en="is it urgent"), required=False, default=False),
    },
    params={
        "record": Param(
            "string",
            both(fr="code noté pendant la suspension", en="the code recorded while suspended"),
            required=False,
            default="suspended",
        ),
        "by": Param(
            "choice",
            both(fr="qui peut suspendre", en="who may suspend"),
            required=False,
            default="either",
            choices=("either", *_SIDES),
        ),
        "notice": length_param(both(fr="le délai", en="the notice")),
        "urgent": length_param(both(fr="délai en cas d’urgence", en="notice where it is urgent")),
        "most": length_param(both(fr="durée maximale", en="longest time")),
        "report_after": length_param(both(fr="délai du point à faire", en="time after which it is reviewed")),
        "grounds": Param("codes", both(fr="les motifs admis", en="the grounds admitted"), required=False, default=()),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("last", "from", "valid", "report_due", "grounds", "ground"),
    sentences={
        "suspended": say(
            "Le télétravail est suspendu depuis le {first:date}.", "Telework has been suspended since {first:date}."
        ),
        "possible": say("Suspension possible à partir du {earliest:date}", "Suspension possible from {earliest:date}"),
        "too_soon": say(
            "Une suspension annoncée le {given:date} commence au plus tôt le {earliest:date}.",
            "A suspension told on {given:date} begins on {earliest:date} at the earliest.",
        ),
        "too_long": say(
            "Une suspension dure {n:{unit}} au plus : ici jusqu’au {longest:date}.",
            "A suspension lasts {n:{unit}} at most: here until {longest:date}.",
        ),
        "ground": say(
            "« {ground_fr} » n’est pas un motif admis : {grounds_fr}.",
            "“{ground_en}” is no ground admitted: {grounds_en}.",
        ),
        "other_side": say("Ce côté ne peut pas suspendre.", "This side cannot suspend."),
        "ok": say("Aucune suspension ce jour-là", "No suspension on that day"),
    },
    example=(
        'kind = "suspension"\narticle = "7"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'notice = { n = 5, unit = "calendar_day" }\nurgent = { n = 0, unit = "calendar_day" }\n'
        'most = { n = 3, unit = "month" }'
    ),
    asked='ask = { kind = "suspension", given = 2026-03-10, from = 2026-03-15 }',
)
