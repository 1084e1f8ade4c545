"""Decisions in words: short sentences with numbers, article and remedy, made from the findings at the edge."""

from collections.abc import Mapping
from decimal import Decimal

from . import wording
from .answers import Entitlement, Glance, Line
from .decision import Decision, Finding, Verdict
from .rules import BY_KIND
from .text import both
from .voice import OF_THEM, THEM, YOU
from .wording import fill, language

_HEADLINES = {
    Verdict.ALLOWED: both(fr="Ce jour est possible", en="This day is possible"),
    Verdict.NEEDS_APPROVAL: both(fr="Ce jour peut être demandé", en="This day can be requested"),
    Verdict.REFUSED: both(fr="Pas de télétravail ce jour-là", en="No telework on that day"),
}
_LINES = {
    "stretch": both(
        fr="Du {first:date} au {last:date} : {base:day} × {rate:percentage}"
        " × {calendar_days} / {year_days} = {days:day}",
        en="From {first:date} to {last:date}: {base:day} × {rate:percentage}"
        " × {calendar_days} / {year_days} = {days:day}",
    ),
    "stretch_as_full": both(
        fr="Du {first:date} au {last:date} : {at_rate:day} × {calendar_days} / {year_days} = {days:day}",
        en="From {first:date} to {last:date}: {at_rate:day} × {calendar_days} / {year_days} = {days:day}",
    ),
    "stretch_scale": both(
        fr="Du {first:date} au {last:date} : {at_rate:day} au barème pour {rate:percentage}"
        " × {calendar_days} / {year_days} = {days:day}",
        en="From {first:date} to {last:date}: {at_rate:day} by the scale at {rate:percentage}"
        " × {calendar_days} / {year_days} = {days:day}",
    ),
    "twelfths": both(
        fr="Du {first:date} au {last:date} : {at_rate:number} × {months} / {of_months} mois = {days:day}",
        en="From {first:date} to {last:date}: {at_rate:number} × {months} / {of_months} months = {days:day}",
    ),
    "whole_year": both(
        fr="Année entière à {rate:percentage} : {days:day}", en="Whole year at {rate:percentage}: {days:day}"
    ),
    "rounding_half_day_up": both(
        fr="Arrondi au demi-jour supérieur : {days:signed}", en="Rounded up to the half-day: {days:signed}"
    ),
    "rounding_half_day_down": both(
        fr="Arrondi au demi-jour inférieur : {days:signed}", en="Rounded down to the half-day: {days:signed}"
    ),
    "rounding_half_day_nearest": both(
        fr="Arrondi au demi-jour le plus proche : {days:signed}", en="Rounded to the nearest half-day: {days:signed}"
    ),
    "rounding_day_up": both(fr="Arrondi au jour supérieur : {days:signed}", en="Rounded up to the day: {days:signed}"),
    "rounding_day_down": both(
        fr="Arrondi au jour inférieur : {days:signed}", en="Rounded down to the day: {days:signed}"
    ),
    "rounding_day_nearest": both(
        fr="Arrondi au jour le plus proche : {days:signed}", en="Rounded to the nearest day: {days:signed}"
    ),
    "cap": both(fr="Plafond de la période : {days:{unit}}", en="Cap of the period: {days:{unit}}"),
    "carried": both(
        fr="Reportés, donnés ou reçus, convenus : {days:signed}",
        en="Carried over, given or received, agreed: {days:signed}",
    ),
    "no_contract": both(fr="Aucun contrat dans l’année : 0 jour", en="No contract in the year: 0 days"),
}


def sentence(finding: Finding, lang: str, *, voice: str = YOU) -> str:
    """What the rule says, with its numbers; the bare code when the record is from a rule that no longer exists.

    ``voice`` is "you" for the person concerned, "them" for everybody else."""
    return _sentence(finding.code, finding.data, lang, voice)


def remedy(finding: Finding, lang: str, *, voice: str = YOU) -> str:
    """What would make the day possible, or "" when nothing the person can do would."""
    return _sentence(finding.remedy, finding.data, lang, voice) if finding.remedy else ""


def title(finding: Finding | Glance | str, lang: str) -> str:
    """The short name of the finding's rule (or of a rule kind)."""
    kind = finding if isinstance(finding, str) else finding.rule
    rule = BY_KIND.get(kind)
    return rule.title.lang(language(lang)) if rule else kind


def _sentence(code: str, data: Mapping[str, object], lang: str, voice: str) -> str:
    kind, _, name = code.partition(".")
    rule = BY_KIND.get(kind)
    template = rule.sentences.get(name) if rule else None
    if voice == THEM:
        template = OF_THEM.get(code, template)
    return _capital(fill(template.lang(language(lang)), data, language(lang))) if template else code


def _capital(text: str) -> str:
    """A capital first, but for a short weekday: « sam. 22:00–06:00 »."""
    return text if text[3:4] == "." or text[4:5] == "." else text[:1].upper() + text[1:]


def headline(decision: Decision, lang: str) -> str:
    """The verdict in a few words."""
    return _HEADLINES[decision.verdict].lang(language(lang))


def summary(decision: Decision, lang: str) -> str:
    """How many rules stand against it: « Une règle s'y oppose, les quatre autres sont remplies. »"""
    lang = language(lang)
    failing = len(decision.failing)
    passed = len(decision.findings) - failing
    if not failing and (advised := len(decision.warnings)):
        return _not_followed(advised, lang)
    if not failing:
        return both(fr="Toutes les règles sont remplies.", en="Every rule is met.").lang(lang)
    return _against(failing, lang) + _others(passed, lang)


def _not_followed(advised: int, lang: str) -> str:
    """The rules are met; what is only recommended is not."""
    words = wording.small_number(advised, lang)
    plural = "s" if advised > 1 else ""
    fr = f"Aucune règle ne s’y oppose ; {words} recommandation{plural} {'n’est' if advised == 1 else 'ne sont'} pas"
    fr += f" suivie{plural}."
    en = f"No rule stands against it; {words} recommendation{plural} {'is' if advised == 1 else 'are'} not followed."
    return both(fr=fr, en=en).lang(lang)


def _against(failing: int, lang: str) -> str:
    words = _capital(wording.small_number(failing, lang))
    if lang == "fr":
        return f"{words} règle{'s' if failing > 1 else ''} s’y oppose{'nt' if failing > 1 else ''}"
    return f"{words} rule{'s' if failing > 1 else ''} {'stand' if failing > 1 else 'stands'} against it"


def _others(passed: int, lang: str) -> str:
    words = wording.small_number(passed, lang)
    if passed == 0:
        return "."
    if lang == "fr":
        return ", l’autre est remplie." if passed == 1 else f", les {words} autres sont remplies."
    return ", the other is met." if passed == 1 else f", the other {words} are met."


def entitlement_lines(entitlement: Entitlement, lang: str) -> list[str]:
    """The sum, one sentence a line."""
    return [_line(line, language(lang)) for line in entitlement.lines]


def _line(line: Line, lang: str) -> str:
    code = line.code
    if code == "rounding":
        code = f"rounding_{line.data['step']}_{line.data['direction']}"
    elif code == "stretch" and line.data["method"] in ("by_pattern", "presence_first"):
        code = "stretch_as_full"
    elif code == "stretch" and line.data["method"] != "linear" and Decimal(str(line.data["rate"])) < 100:
        code = "stretch_as_full" if line.data["method"] == "none" else "stretch_scale"
    return fill(_LINES[code].lang(lang), {**line.data, "days": line.days}, lang)


def whole(finding: Finding, lang: str, *, voice: str = YOU) -> str:
    """Sentence and remedy in one."""
    return " ".join(filter(None, [sentence(finding, lang, voice=voice), remedy(finding, lang, voice=voice)]))


def to_json(decision: Decision, lang: str) -> dict[str, object]:
    """The decision as JSON-safe data with its words."""
    request = decision.request
    return {
        "verdict": decision.verdict.name.lower(),
        "headline": headline(decision, lang),
        "summary": summary(decision, lang),
        "document": str(decision.document),
        "request": {"day": request.day.isoformat(), "part": request.part.value, "purpose": request.purpose.value},
        "findings": [finding_to_json(finding, lang) for finding in decision.findings],
        "free_days": [day.isoformat() for day in decision.free_days],
    }


def finding_to_json(finding: Finding, lang: str) -> dict[str, object]:
    """One finding as JSON-safe data with its words."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "warns": finding.warns,
        "title": title(finding, lang),
        "article": finding.article,
        "verdict": finding.verdict.name.lower(),
        "code": finding.code,
        "sentence": sentence(finding, lang),
        "remedy": remedy(finding, lang),
        "data": dict(finding.data),
    }
