"""Giving a day up: until when the person may, and what a later word costs."""

from ..durations import Length
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import notice_ends


def _maybe(type_: str, fr: str, en: str, **more) -> Param:
    return Param(type_, both(fr=fr, en=en), required=False, **more)


def _ask(asked, p, s) -> Answer:
    """Is a day given up in time, and is it given back to the counter?"""
    given, day = asked["given"] or s.today, asked["day"]
    first = notice_ends(s, given, Length(p["limit"], p["unit"]))
    in_time = day >= first
    data = {"limit": p["limit"], "unit": p["unit"], "day": day.isoformat(), "first": first.isoformat()}
    data |= {"in_time": in_time, "given_back": in_time or p["late"] == "given_back"}
    if in_time:
        return ALLOWED, "in_time", data, ""
    return (REFUSED, "too_late", data, "") if p["late"] == "refused" else (ALLOWED, f"late_{p['late']}", data, "")


CANCELLATION = Rule(
    kind="cancellation",
    title=both(fr="Annulation", en="Cancellation"),
    question=both(
        fr="Jusqu’à quand la personne peut-elle renoncer à un jour, et que devient-il ensuite ?",
        en="Until when may the person give a day up, and what becomes of it afterwards?",
    ),
    consult=_ask,
    asks={
        "day": Param("date", both(fr="le jour auquel on renonce", en="the day given up")),
        "given": _maybe("date", "le jour de l’annonce, aujourd’hui sinon", "the day it is told, else today"),
    },
    params={
        "limit": Param("whole", both(fr="le délai", en="the notice"), most=366),
        "unit": Param(
            "choice",
            both(fr="jours ouvrés ou calendaires, heures, semaines", en="working or calendar days, hours, weeks"),
            required=False,
            default="calendar_day",
            choices=("working_day", "calendar_day", "hour", "week"),
        ),
        "late": Param(
            "choice",
            both(
                fr="plus tard : le jour est compté, rendu, ou l’annulation refusée",
                en="later than that: the day is counted, given back, or giving it up is refused",
            ),
            required=False,
            default="counted",
            choices=("counted", "given_back", "refused"),
        ),
    },
    prepare=lambda params: {**params, "is_counted": params["limit"] > 0},
    readings=(("notice_counting", "is_counted", True), ("working_days", "unit", "working_day")),
    several=True,
    tells=("in_time", "given_back", "day", "first"),
    sentences={
        "in_time": say("Annulé à temps : le jour revient au compteur.", "Given up in time: the day goes back."),
        "late_counted": say(
            "Annulé moins de {limit:{unit}} avant : le jour reste compté.",
            "Given up less than {limit:{unit}} before: the day stays counted.",
        ),
        "late_given_back": say(
            "Annulé moins de {limit:{unit}} avant : le jour revient au compteur.",
            "Given up less than {limit:{unit}} before: the day goes back all the same.",
        ),
        "too_late": say(
            "Un jour s’annule {limit:{unit}} avant au moins.", "A day is given up {limit:{unit}} before at least."
        ),
    },
    example=(
        'kind = "cancellation"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 1\n'
        'unit = "calendar_day"\nlate = "counted"'
    ),
    asked='ask = { kind = "cancellation", day = 2026-03-05, given = 2026-03-05 }',
)
