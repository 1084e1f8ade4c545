"""Time: rest, contact hours, the hours of a telework day, and the interview about workload."""

from datetime import datetime, timedelta
from decimal import Decimal

from ..durations import counted
from ..schema import Param, Wrong
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param

_CENT = Decimal("0.01")


def _hours(span: timedelta) -> Decimal:
    return Decimal(int(span.total_seconds())) / 3600


def _plain(number: Decimal) -> str:
    return f"{number.quantize(_CENT).normalize():f}"


def _ask_rest(asked, p, s) -> Answer:
    """Hours between the last activity and the next, against the daily rest, or the weekly one where it is that."""
    last, following = asked["last"], asked["next"]
    if (last.tzinfo is None) != (following.tzinfo is None) or following < last:
        return REFUSED, "order", {"compliant": False}, ""
    needed = p["weekly_hours"] if asked["weekly"] else p["daily_hours"]
    rest = _hours(following - last)
    data = {"rest_hours": _plain(rest), "needed": _plain(needed), "compliant": rest >= needed,
            "shortfall": _plain(max(needed - rest, Decimal(0))),
            "earliest": (last + timedelta(hours=float(needed))).isoformat()}  # fmt: skip
    return (ALLOWED, "ok", data, "") if rest >= needed else (REFUSED, "short", data, "")


REST = Rule(
    kind="rest",
    title=both(fr="Repos", en="Rest"),
    question=both(
        fr="Combien d’heures de repos par jour et par semaine ?", en="How many hours of rest a day and a week?"
    ),
    consult=_ask_rest,
    asks={
        "last": Param("moment", both(fr="fin de la dernière activité", en="end of the last activity")),
        "next": Param("moment", both(fr="début de la suivante", en="start of the next")),
        "weekly": Param(
            "flag",
            both(fr="s’agit-il du repos de la semaine", en="is it the weekly rest"),
            required=False,
            default=False,
        ),
    },
    params={
        "daily_hours": Param(
            "number",
            both(fr="heures entre deux journées", en="hours between two days"),
            required=False,
            default=Decimal(11),
            most=24,
        ),
        "weekly_hours": Param(
            "number", both(fr="heures par semaine", en="hours a week"), required=False, default=Decimal(35), most=168
        ),
    },
    several=True,
    tells=("compliant", "shortfall", "earliest"),
    sentences={
        "ok": say(
            "{rest_hours:hour} de repos, {needed:number} au moins",
            "{rest_hours:hour} of rest, {needed:number} at least",
        ),
        "short": say(
            "{rest_hours:hour} de repos ; il en faut {needed:number}.",
            "{rest_hours:hour} of rest; {needed:number} are needed.",
        ),
        "order": say(
            "La seconde activité commence avant la fin de la première.",
            "The second activity begins before the first ends.",
        ),
    },
    example='kind = "rest"\narticle = "8"\n[[rules.values]]\nfrom = 2024-01-01\ndaily_hours = 11\nweekly_hours = 35',
    asked='ask = { kind = "rest", last = 2026-03-03T22:30:00, next = 2026-03-04T09:00:00 }',
)


def _ask_contact(asked, p, s) -> Answer:
    """May somebody be reached at that moment?"""
    at: datetime = asked["at"]
    weekday, clock = at.isoweekday(), at.time().replace(tzinfo=None)
    windows = [w for w in p["windows"] if weekday in (w["weekdays"] or range(1, 6))]
    within = any(window["from"] <= clock < window["to"] for window in windows)
    data = {
        "reachable": within, "at": at.isoformat(),
        "windows": ", ".join(f"{w['from']:%H:%M}-{w['to']:%H:%M}" for w in p["windows"]),
    }  # fmt: skip
    return (ALLOWED, "within", data, "") if within else (REFUSED, "outside", data, "")


def _prepare_windows(params: dict) -> dict:
    if any(window["to"] <= window["from"] for window in params["windows"]):
        raise Wrong(fr="Une plage finit avant de commencer.", en="A span ends before it begins.")
    return params


_WINDOW = {
    "from": Param("clock", both(fr="de", en="from")),
    "to": Param("clock", both(fr="à", en="to")),
    "weekdays": Param(
        "weekdays", both(fr="ces jours, lundi à vendredi sinon", en="those days, else Monday to Friday"), required=False
    ),
}

CONTACT_HOURS = Rule(
    kind="contact_hours",
    title=both(fr="Plages de joignabilité", en="Contact hours"),
    question=both(fr="Quand la personne peut-elle être contactée ?", en="When may the person be reached?"),
    consult=_ask_contact,
    asks={"at": Param("moment", both(fr="le moment", en="the moment"))},
    params={"windows": Param("rows", both(fr="les plages", en="the spans"), fields=_WINDOW)},
    prepare=_prepare_windows,
    several=True,
    tells=("reachable", "at"),
    sentences={
        "within": say("Dans les plages : {windows}", "Within the hours: {windows}"),
        "outside": say("En dehors des plages : {windows}.", "Outside the hours: {windows}."),
    },
    example=(
        'kind = "contact_hours"\narticle = "8"\n[[rules.values]]\nfrom = 2024-01-01\n'
        "windows = [{ from = 09:00:00, to = 12:00:00 }, { from = 14:00:00, to = 17:00:00 }]"
    ),
    asked='ask = { kind = "contact_hours", at = 2026-03-03T18:30:00 }',
)


def _ask_flat(asked, p, s) -> Answer:
    """Hours that a telework day counts: fixed, or those of the week by the days worked in it."""
    if p["hours"] is not None:
        hours = p["hours"]
    elif asked["days"]:
        hours = asked["weekly_hours"] / asked["days"]
    else:
        return REFUSED, "no_days", {}, ""
    return ALLOWED, "ok", {"hours": _plain(hours), "telework_day_hours": _plain(hours)}, ""


FLAT_DAY = Rule(
    kind="flat_day",
    title=both(fr="Durée forfaitaire du jour", en="Flat hours of the day"),
    question=both(
        fr="Combien d’heures compte un jour télétravaillé ?", en="How many hours does a day teleworked count?"
    ),
    consult=_ask_flat,
    asks={
        "weekly_hours": Param(
            "number",
            both(fr="heures de la semaine", en="hours of the week"),
            required=False,
            default=Decimal(0),
            most=168,
        ),
        "days": Param(
            "number",
            both(fr="jours travaillés dans la semaine", en="days worked in the week"),
            required=False,
            default=Decimal(0),
            most=7,
        ),
    },
    params={
        "hours": Param(
            "number",
            both(
                fr="heures fixes ; sans elles, semaine divisée par ses jours",
                en="fixed hours; else the week divided by its days",
            ),
            required=False,
            most=24,
        )
    },
    several=True,
    tells=("telework_day_hours",),
    sentences={
        "ok": say("Un jour télétravaillé compte {hours:hour}", "A day teleworked counts {hours:hour}"),
        "no_days": say("Aucun jour travaillé dans la semaine.", "No day worked in the week."),
    },
    example=(
        'kind = "flat_day"\narticle = "8"\npopulation = { except_statuses = ["forfait_jours"] }\n'
        "[[rules.values]]\nfrom = 2024-01-01"
    ),
    asked='ask = { kind = "flat_day", weekly_hours = 38.5, days = 5 }',
)


def _ask_interview(asked, p, s) -> Answer:
    """By when the next interview is due."""
    due = ends(s, asked["last"], p["every"])
    on = s.day
    data = {**p["every"].data, "due": due.isoformat(), "overdue": on > due, "topics": ", ".join(p["topics"])}
    return (REFUSED, "overdue", data, "") if on > due else (ALLOWED, "due", data, "")


INTERVIEW = Rule(
    kind="interview",
    title=both(fr="Entretien", en="Interview"),
    question=both(
        fr="À quel rythme parle-t-on des conditions et de la charge ?",
        en="How often are conditions and workload talked over?",
    ),
    consult=_ask_interview,
    asks={
        "last": Param("date", both(fr="le dernier entretien, ou le début", en="the last interview, or the start")),
    },
    params={
        "every": length_param(both(fr="le rythme", en="the rhythm"), required=True),
        "topics": Param("codes", both(fr="les sujets", en="the topics"), required=False, default=()),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("n", "unit", "overdue", "topics"),
    sentences={
        "due": say("Prochain entretien au plus tard le {due:date}", "Next interview by {due:date}"),
        "overdue": say("L’entretien était dû le {due:date}.", "The interview was due by {due:date}."),
    },
    example=(
        'kind = "interview"\narticle = "14"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'every = { n = 1, unit = "year" }\ntopics = ["activity_conditions", "workload"]'
    ),
    asked='ask = { kind = "interview", last = 2025-03-10 }',
)
