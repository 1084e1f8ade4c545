"""What the agreement lets be written for one person: effects of its derogations, and codes of choices and commitments.

An effect is the rules that a derogation or an exemption lifts, and the values it replaces; several clauses with the
same effect are one offer, so that what is chosen and kept tells which rules give way and not for whose sake.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policies import core
from policies.core import NoValueInForce, Verdict, explain
from policies.core.decision import Finding
from policies.core.document import Agreement, Clause
from policies.core.facts import FORMULA, Facts
from policies.core.lifting import EVERYTHING
from policies.core.rules import BY_KIND
from policies.models import PersonalTerm
from telework.wording import language

LIFTING = ("derogation", "exemption")
# Words of circumstances that are nobody's business here: a code that holds one is never offered nor kept.
TELLING = re.compile(
    r"pregnan|matern|enceint|grossess|parent|disab|handicap|rqth|medic|médic|health|sant[eé]|sick|malad|illness|carer|"
    r"caregiv|aidant|therap|thérap|cancer|accident|invalid|union|syndic|relig",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """Rules lifted and values replaced; ``clauses``: those of the agreement that have this effect on that day."""

    key: str
    lifts: tuple[str, ...]
    replace: Mapping[str, Mapping[str, object]]
    clauses: tuple[Clause, ...] = ()

    @property
    def needs_opinion(self) -> bool:
        """Does every clause with this effect ask for somebody's opinion first?"""
        return bool(self.clauses) and all(_params(clause).get("opinion") for clause in self.clauses)

    @property
    def is_renewable(self) -> bool:
        """May it follow upon itself: some clause with this effect says so, or sets no longest time?"""
        return any(_params(c).get("renewable") or not _params(c).get("most") for c in self.clauses)


@dataclass(frozen=True, slots=True)
class Choice:
    """A code that may be recorded, in words; ``counts``: it carries a number."""

    code: str
    label: str
    counts: bool = False


def effects_of(agreement: Agreement | None, day: date) -> list[Effect]:
    """The effects that may be written for a person on a day, each once."""
    found: dict[str, Effect] = {}
    for clause, raw in _lifting(agreement, day) if agreement else ():
        lifts, replace = tuple(sorted(raw.get("lifts") or ())), plain(raw.get("replace") or {})
        key = key_of(lifts, replace)
        held = found.get(key)
        found[key] = Effect(key, lifts, replace, (*(held.clauses if held else ()), clause))
    return list(found.values())


def key_of(lifts: Sequence[str], replace: Mapping[str, object]) -> str:
    """A short name of an effect, the same for the same effect."""
    text = json.dumps([sorted(lifts), replace], sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def effect_kept(term: PersonalTerm) -> Effect:
    """The effect that a term keeps."""
    return Effect(key_of(term.lifts, term.replace), tuple(term.lifts), term.replace)


def _lifting(agreement: Agreement, day: date) -> Iterator[tuple[Clause, Mapping[str, object]]]:
    """Clauses that lift others, each with the value of that day as it was written."""
    written = tomllib.loads(agreement.text).get("rules", ())
    for clause in agreement.rules:
        value = clause.on(day) if clause.kind in LIFTING and clause.is_applied else None
        if value is None or not value.applies:
            continue
        dated = _as_written(written, clause, value.first) or {key: value.own.get(key) for key in ("lifts", "replace")}
        if dated.get("lifts") or dated.get("replace"):
            yield clause, dated


def _as_written(rules: Sequence[Mapping], clause: Clause, first: date) -> Mapping[str, object] | None:
    """The dated value of a clause in the text of its document; None where it stands in another (an upper level)."""
    alike = [rule for rule in rules if rule.get("kind") == clause.kind and rule.get("name", "") == clause.name]
    found = [value for rule in alike for value in rule.get("values", ()) if value.get("from") == first]
    return found[0] if len(found) == 1 else None


def plain(value: object) -> object:
    """A written value as JSON keeps it."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def _params(clause: Clause) -> Mapping[str, object]:
    return clause.values[-1].params if clause.values else {}


def told_effect(effect: Effect, agreement: Agreement | None = None) -> str:
    """The effect in words: which rules give way, and what holds instead."""
    lang = language()
    kinds = {clause.name: clause.kind for clause in agreement.rules if clause.name} if agreement else {}

    def named(target: str) -> str:
        return _("every rule") if target == EVERYTHING else explain.title(kinds.get(target, target), lang)

    told = []
    if effect.lifts:
        names = ", ".join(dict.fromkeys(named(target) for target in effect.lifts))
        told.append(_("does not apply: %(names)s") % {"names": names})
    for target, values in effect.replace.items():
        each = ", ".join(f"{_about(kinds.get(target, target), key, lang)} {value}" for key, value in values.items())
        told.append(_("%(rule)s: %(values)s") % {"rule": named(target), "values": each})
    said = pgettext("between two effects", "; ").join(told)
    return said[:1].upper() + said[1:]


def _about(kind: str, key: str, lang: str) -> str:
    rule = BY_KIND.get(kind)
    param = rule.params.get(key) if rule else None
    return param.about.lang(lang) if param else key


def answer_of(effect: Effect, agreement: Agreement, first: date, last: date | None, *, today: date) -> Finding | None:
    """What the clauses with this effect say of these dates, the most favourable of them; None where none says any."""
    answers = []
    for clause in effect.clauses:
        if clause.kind != "derogation":
            return None
        asked = {"from": first, "to": last, "opinion": "yes"}
        try:
            answers.append(core.consult(clause.kind, asked, Facts(today), agreement, name=clause.name, day=first))
        except NoValueInForce:
            continue
    allowed = [found for found in answers if found.verdict is not Verdict.REFUSED]
    return next(
        iter(allowed or sorted(answers, key=lambda found: str(found.data.get("longest", "")), reverse=True)), None
    )


def choices_of(agreement: Agreement | None, day: date) -> list[Choice]:
    """The codes that may be recorded of a person: formulas, volumes, commitments. None that tells a circumstance."""
    if agreement is None:
        return []
    found: dict[str, Choice] = {}
    for clause in agreement.rules:
        value = clause.on(day)
        if clause.is_applied and value is not None and value.applies:
            for code, counts in _codes(clause, value.params):
                label = agreement.label(code.removeprefix(FORMULA)).lang(language())
                held = found.get(code)
                found[code] = Choice(code, label, counts or bool(held and held.counts))
    telling = {code for clause in agreement.rules for code in _circumstances(clause)}
    return [one for one in found.values() if one.code not in telling and not TELLING.search(f"{one.code} {one.label}")]


def _codes(clause: Clause, params: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    if clause.kind == "formula_choice":
        yield from ((FORMULA + option, False) for option in params["options"])
    population = clause.population
    for code in (*population.traits, *population.all_traits, *population.except_traits):
        yield code, False
    yield from ((code, False) for code in params.get("requires") or ())
    for step in params.get("steps") or ():
        yield from ((code, False) for code in step.get("requires") or ())
    for key, counts in (("agreed", True), ("during", False), ("record", False)):
        if isinstance(params.get(key), str) and params[key]:
            yield params[key], counts


def _circumstances(clause: Clause) -> Iterator[str]:
    """Codes by which a clause knows people's circumstances: these are never recorded."""
    for value in clause.values:
        params = value.params
        if clause.kind == "derogation":
            yield from params.get("traits") or ()
        for item in params.get("items") or () if clause.kind == "exemption" else ():
            yield item["code"]
        for key in ("reason_for", "priority_for", "waived_for", "first_waived_for", "not_counted", "states"):
            held = params.get(key)
            yield from held if isinstance(held, list | tuple | set | frozenset) else ()
