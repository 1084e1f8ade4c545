"""What people decide or declare, and the rule only reads: a judgement with its recourse, documents declared."""

from datetime import date

from ..durations import counted
from ..schema import Param
from ..text import NOTHING, both
from .base import ALLOWED, REFUSED, Answer, Rule, say
from .lengths import WORKING, ends, length_param
from .naming import named

YES, NO = ("yes", "favourable"), ("no", "unfavourable")


def _judgement(s, p) -> Answer:
    """Somebody has judged, and it is recorded; the judgement itself is never computed."""
    label = s.agreement.label(p["code"])
    data = {
        "code": p["code"], "code_fr": label.fr, "code_en": label.en, "by_fr": p["by"].fr, "by_en": p["by"].en,
        "recourse_fr": p["recourse"].fr, "recourse_en": p["recourse"].en,
    }  # fmt: skip
    found = s.facts.trait(p["code"], s.day)
    if found is None:
        return (REFUSED, "not_recorded", data, "ask") if p["needed"] else None
    is_dated = found.first > date.min
    if is_dated:
        data["since"] = found.first.isoformat()
    if found.opinion in NO:
        return REFUSED, "negative" if is_dated else "negative_undated", data, "recourse" if p["recourse"] else ""
    if is_dated and p["lasts"] and ends(s, found.first, p["lasts"]) <= s.day:
        return REFUSED, "expired", data, "ask"
    return ALLOWED, "ok" if is_dated else "ok_undated", data, ""


_LACKS = {
    "ground": both(fr="le motif", en="its ground"),
    "by": both(fr="une personne habilitée", en="somebody who may give it"),
}


def _ask_judgement(asked, p, s) -> Answer:
    """Is such a judgement in order: by the one who may, with its ground, and until when may it be contested?"""
    missing = [key for key, wrong in (
        ("ground", p["ground"] and not asked["ground"]), ("by", p["by_codes"] and asked["by"] not in p["by_codes"]),
    ) if wrong]  # fmt: skip
    data = {
        "computed": False, "valid": not missing, "missing": ", ".join(missing),
        "missing_fr": ", ".join(_LACKS[key].fr for key in missing),
        "missing_en": ", ".join(_LACKS[key].en for key in missing), "by_fr": p["by"].fr,
        "by_en": p["by"].en, "recourse_fr": p["recourse"].fr, "recourse_en": p["recourse"].en,
        "ground_needed": p["ground"],
    }  # fmt: skip
    if p["recourse_within"]:
        data["recourse_until"] = ends(s, s.day, p["recourse_within"]).isoformat()
    if p["lasts"]:
        data["valid_until"] = ends(s, s.day, p["lasts"]).isoformat()
    return (REFUSED, "incomplete", data, "") if missing else (ALLOWED, "in_order", data, "")


JUDGEMENT = Rule(
    kind="judgement",
    title=both(fr="Appréciation", en="Judgement"),
    question=both(
        fr="Qu’apprécie-t-on, qui l’apprécie, et quel est le recours ?",
        en="What is judged, by whom, and what is the recourse?",
    ),
    judge=_judgement,
    consult=_ask_judgement,
    asks={
        "by": Param("string", both(fr="qui a jugé", en="who judged"), required=False, default=""),
        "ground": Param("string", both(fr="pour quel motif", en="on what ground"), required=False, default=""),
    },
    params={
        "code": Param("string", both(fr="le code sous lequel il est noté", en="the code under which it is recorded")),
        "by": Param("words", both(fr="qui apprécie, en mots", en="who judges, in words")),
        "by_codes": Param(
            "codes",
            both(fr="les codes de ceux qui le peuvent", en="the codes of those who may"),
            required=False,
            default=(),
        ),
        "needed": Param(
            "flag",
            both(
                fr="false : sans appréciation notée, rien n’est refusé",
                en="false: nothing is refused while none is recorded",
            ),
            required=False,
            default=True,
        ),
        "ground": Param(
            "flag", both(fr="le motif est-il dû", en="must the ground be told"), required=False, default=True
        ),
        "recourse": Param(
            "words", both(fr="à qui s’adresser ensuite", en="whom to turn to next"), required=False, default=NOTHING
        ),
        "recourse_within": length_param(both(fr="délai du recours", en="time for the recourse")),
        "lasts": length_param(both(fr="durée de validité", en="how long it is valid")),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("code", "computed", "valid", "ground_needed", "recourse_until", "valid_until", "missing"),
    sentences={
        "not_recorded": say("Aucune appréciation n’est notée : {code_fr}.", "No judgement is recorded: {code_en}."),
        "ask": say("Elle revient à : {by_fr}.", "It is for {by_en} to give it."),
        "negative": say(
            "L’appréciation du {since:date} est défavorable : {code_fr}.",
            "The judgement of {since:date} is unfavourable: {code_en}.",
        ),
        "negative_undated": say(
            "L’appréciation est défavorable : {code_fr}.", "The judgement is unfavourable: {code_en}."
        ),
        "recourse": say("Recours : {recourse_fr}.", "Recourse: {recourse_en}."),
        "expired": say(
            "L’appréciation du {since:date} n’est plus valable : {code_fr}.",
            "The judgement of {since:date} is no longer valid: {code_en}.",
        ),
        "ok": say("Appréciation du {since:date} : {code_fr}", "Judgement of {since:date}: {code_en}"),
        "ok_undated": say("Appréciation favorable : {code_fr}", "Judged well: {code_en}"),
        "in_order": say("Appréciation en ordre, jamais calculée", "Judgement in order, never computed"),
        "incomplete": say("Il manque à cette appréciation : {missing_fr}.", "This judgement lacks: {missing_en}."),
    },
    example=(
        'kind = "judgement"\narticle = "2"\n[[rules.values]]\nfrom = 2024-01-01\ncode = "team_integration"\n'
        'by = { fr = "le manager", en = "the manager" }\n'
        'recourse = { fr = "les ressources humaines", en = "human resources" }'
    ),
    asked='ask = { kind = "judgement", by = "manager", ground = "new in the team" }',
)


def _attestation(s, p) -> Answer:
    """Documents declared and still valid that day."""
    for code in p["documents"]:
        found = s.facts.trait(code, s.day)
        label = s.agreement.label(code)
        data = {"document": code, "document_fr": label.fr, "document_en": label.en,
                "in_doubt_fr": p["in_doubt"].fr, "in_doubt_en": p["in_doubt"].en}  # fmt: skip
        if found is None:
            return REFUSED, "missing", data, "declare"
        if found.opinion in NO:
            return REFUSED, "doubted", data, "in_doubt" if p["in_doubt"] else ""
        if p["lasts"] and (until := ends(s, found.first, p["lasts"])) <= s.day:
            return REFUSED, "expired", {**data, "until": until.isoformat()}, "renew"
    return ALLOWED, "ok", {}, ""


def _ask_attestation(asked, p, s) -> Answer:
    """Until when a document declared on a day is good."""
    given: date = asked["given"] or s.day
    data: dict[str, object] = {**named(s, "documents", p["documents"])}
    if p["lasts"]:
        data["valid_until"] = ends(s, given, p["lasts"]).isoformat()
    return ALLOWED, "list", data, ""


ATTESTATION = Rule(
    kind="attestation",
    title=both(fr="Attestations", en="Documents declared"),
    question=both(fr="Quels documents faut-il avoir déclarés ?", en="Which documents must have been declared?"),
    judge=_attestation,
    consult=_ask_attestation,
    asks={"given": Param("date", both(fr="le jour de la déclaration", en="the day of declaring"), required=False)},
    params={
        "documents": Param("codes", both(fr="les codes des documents", en="the codes of the documents")),
        "lasts": length_param(both(fr="durée de validité", en="how long each is valid")),
        "in_doubt": Param(
            "words",
            both(fr="ce qui se fait en cas de doute", en="what is done in doubt"),
            required=False,
            default=NOTHING,
        ),
    },
    prepare=counted,
    readings=WORKING,
    several=True,
    tells=("document", "valid_until", "documents"),
    sentences={
        "missing": say(
            "Ce document n’est pas déclaré : {document_fr}.", "This document is not declared: {document_en}."
        ),
        "declare": say("Ce document se déclare avant toute demande.", "It is to be declared before any request."),
        "doubted": say("Ce document est mis en doute : {document_fr}.", "This document is in doubt: {document_en}."),
        "in_doubt": say("{in_doubt_fr}.", "{in_doubt_en}."),
        "expired": say(
            "Ce document n’est plus valable depuis le {until:date} : {document_fr}.",
            "This document has not been valid since {until:date}: {document_en}.",
        ),
        "renew": say("Ce document est à déclarer de nouveau.", "It is to be declared again."),
        "list": say("Documents à déclarer : {documents_fr}", "Documents to declare: {documents_en}"),
        "ok": say("Documents déclarés", "Documents declared"),
    },
    example=(
        'kind = "attestation"\narticle = "5"\n[[rules.values]]\nfrom = 2024-01-01\n'
        'documents = ["wiring_sound"]\nlasts = { n = 1, unit = "year" }'
    ),
    asked='ask = { kind = "attestation", given = 2026-01-12 }',
)
