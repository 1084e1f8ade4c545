"""Calling somebody back on site: on which grounds, with what notice, and what becomes of the day."""

from datetime import date

from ..decision import Finding
from ..document import Agreement
from ..durations import Length
from ..facts import Facts
from ..schema import Param
from ..situation import Situation
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import notice_ends

_UNITS = ("working_day", "calendar_day", "hour", "week")


def _ask(asked, p, s) -> Answer:
    """May a telework day be recalled on that ground, asked on that day?"""
    ground, day = asked.get("ground", ""), asked.get("day") or s.day
    given = asked.get("given") or s.today
    data = {"permitted": False, "reason_needed": True, "given_back": p["day"] == "given_back"}
    if ground not in p["grounds"]:
        labels = [s.agreement.label(code) for code in p["grounds"]]
        data |= {
            **_ground(s.agreement, ground),
            "grounds_fr": ", ".join(label.fr for label in labels),
            "grounds_en": ", ".join(label.en for label in labels),
        }
        return REFUSED, "other_ground" if ground else "no_ground", data, "choose"
    data |= _ground(s.agreement, ground)
    if p["limit"] is None:
        return ALLOWED, "ok", {**data, "permitted": True}, ""
    first = given if asked.get("urgent") and p["urgent"] else notice_ends(s, given, Length(p["limit"], p["unit"]))
    data |= {"limit": p["limit"], "unit": p["unit"], "first": first.isoformat()}
    if day < first:
        return REFUSED, "too_soon", data, "first"
    return ALLOWED, "ok", {**data, "permitted": True}, ""


def _ground(agreement: Agreement, ground: str) -> dict[str, str]:
    label = agreement.label(ground)
    return {"ground": ground, "ground_fr": label.fr, "ground_en": label.en}


RECALL_ON_SITE = Rule(
    kind="recall_on_site",
    title=both(fr="Retour sur site", en="Recall on site"),
    question=both(
        fr="Pour quels motifs, et avec quel délai, un retour sur site peut-il être demandé ?",
        en="On what grounds, and with what notice, may somebody be called back on site?",
    ),
    consult=_ask,
    asks={
        "day": Param("date", both(fr="le jour rappelé", en="the day recalled"), required=False),
        "ground": Param("string", both(fr="le motif", en="the ground"), required=False, default=""),
        "given": Param("date", both(fr="le jour de l’annonce", en="the day it is told"), required=False),
        "urgent": Param("flag", both(fr="est-ce urgent", en="is it urgent"), required=False, default=False),
    },
    params={
        "grounds": Param("codes", both(fr="les motifs admis", en="the grounds admitted")),
        "limit": Param(
            "whole", both(fr="le délai ; sans lui, aucun", en="the notice; without it, none"), required=False, most=366
        ),
        "unit": Param(
            "choice",
            both(fr="jours ouvrés ou calendaires, heures, semaines", en="working or calendar days, hours, weeks"),
            required=False,
            default="calendar_day",
            choices=_UNITS,
        ),
        "urgent": Param(
            "flag",
            both(fr="true : sans délai en cas d’urgence", en="true: without notice where it is urgent"),
            required=False,
            default=False,
        ),
        "day": Param(
            "choice",
            both(
                fr="le jour est-il rendu au compteur, ou compté", en="is the day given back to the counter, or counted"
            ),
            required=False,
            default="given_back",
            choices=("given_back", "counted"),
        ),
    },
    prepare=lambda params: {**params, "is_counted": params["limit"] is not None},
    readings=(("notice_counting", "is_counted", True), ("working_days", "unit", "working_day")),
    tells=("permitted", "reason_needed", "given_back", "ground"),
    sentences={
        "ok": say("Motif de retour : {ground_fr}", "Ground of recall: {ground_en}"),
        "no_ground": say("Un retour sur site demande un motif.", "A recall on site needs a ground."),
        "other_ground": say(
            "L’accord n’admet pas ce motif : {ground_fr}.", "The agreement does not admit this ground: {ground_en}."
        ),
        "choose": say("Motifs admis : {grounds_fr}.", "Grounds admitted: {grounds_en}."),
        "too_soon": say(
            "Un retour sur site se demande {limit:{unit}} avant au moins.",
            "A recall on site needs {limit:{unit}} of notice.",
        ),
        "first": say("Premier jour possible : {first:weekday_date}.", "First possible day: {first:weekday_date}."),
        "nothing": say("L’accord ne prévoit pas de retour sur site.", "The agreement provides for no recall on site."),
    },
    example=(
        'kind = "recall_on_site"\n'
        'article = "3.2.4"\n'
        "[[rules.values]]\n"
        "from = 2022-01-01\n"
        'grounds = ["technical_problem"]\n'
        "limit = 0\n"
        'unit = "calendar_day"'
    ),
    asked='ask = { kind = "recall_on_site", day = 2026-03-05, ground = "technical_problem" }',
)


def recall(facts: Facts, agreement: Agreement, day: date, ground: str) -> Finding:
    """May this telework day be recalled on that ground, asked today? Raises NoValueInForce where the text is silent."""
    kind, situation = RECALL_ON_SITE.kind, Situation(facts, agreement, day, 0, True)
    clauses = [c for c in agreement.clauses(kind) if c.holds(facts, situation.contract, day)]
    situation.clause = clauses[0] if clauses else None
    value = agreement.dated(clauses[0], day) if clauses else None
    if value is None or not value.applies:
        return Finding(kind, "", REFUSED, f"{kind}.nothing")
    verdict, code, data, remedy = _ask({"day": day, "ground": ground}, value.params, situation)
    return Finding(kind, clauses[0].article, verdict, f"{kind}.{code}", data, f"{kind}.{remedy}" if remedy else "")
