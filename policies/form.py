"""The common parameters of a document as fields, and what was typed in them written back into its text.

Comments, order and layout of the text stay as they were: tomlkit edits in place (MIT, pure Python)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import tomlkit
from tomlkit.exceptions import TOMLKitError

from policies.core.agreement import AgreementError, parse
from policies.core.faults import Fault
from policies.core.readings import READINGS
from policies.core.rules import BY_KIND
from policies.core.schema import WEEKDAYS, Param
from policies.core.text import both
from policies.core.wording import weekdays
from policies.form_words import asked, chosen

NUMBERS = ("number", "days", "whole")
FIELDS = (*NUMBERS, "choice", "flag", "weekdays", "codes")
OPEN = "open"


@dataclass(frozen=True, slots=True)
class FormField:
    """One parameter: ``name`` in the form, what it means, its type, and its value as a form holds it."""

    name: str
    about: str
    type: str
    value: str | bool | tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormRule:
    """A rule and the value of it that holds last; ``others`` counts what only the text can change."""

    title: str
    article: str
    since: date | None
    fields: tuple[FormField, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Form:
    """Everything of a document that a form can hold."""

    rules: tuple[FormRule, ...]
    readings: tuple[FormField, ...]


def form_of(text: str, lang: str) -> Form:
    """The form of a document. AgreementError when its text is not TOML."""
    raw = parse(text)
    labels = raw.get("labels")
    words = labels if isinstance(labels, Mapping) else {}
    rules = [_rule(place, table, words, lang) for place, table in _tables(raw, "rules")]
    readings = raw.get("readings")
    held = readings.items() if isinstance(readings, Mapping) else ()
    return Form(
        tuple(rule for rule in rules if rule and (rule.fields or rule.others)),
        tuple(_reading(name, table, lang) for name, table in held if name in READINGS and isinstance(table, Mapping)),
    )


def _tables(raw: Mapping[str, object], key: str) -> list[tuple[int, Mapping[str, object]]]:
    found = raw.get(key)
    pairs = enumerate(found) if isinstance(found, list) else ()
    return [(place, table) for place, table in pairs if isinstance(table, Mapping)]


def _rule(place: int, table: Mapping[str, object], labels: Mapping[str, object], lang: str) -> FormRule | None:
    rule = BY_KIND.get(table.get("kind"))
    values = _tables(table, "values")
    if rule is None or not values:
        return None
    last, value = max(values, key=lambda pair: str(pair[1].get("from")))
    fields = [
        _field(f"rules.{place}.{last}.{key}", asked(rule.kind, key, param, lang), param, value[key], lang)
        for key, param in rule.params.items()
        if key in value and _fits(param, value[key])
    ]
    since = value.get("from")
    return FormRule(
        rule.title.lang(lang) + _named(table.get("name"), labels, lang),
        str(table.get("article", "")).strip("-"), since if isinstance(since, date) else None,
        tuple(fields), sum(key in value for key in rule.params) - len(fields),
    )  # fmt: skip


def _named(name: object, labels: Mapping[str, object], lang: str) -> str:
    """« · jours supplémentaires »: the name of a rule in the document’s words, else as near to words as it can be."""
    if not isinstance(name, str):
        return ""
    words = labels.get(name)
    words = words.get(lang) if isinstance(words, Mapping) else words
    return f" · {words if isinstance(words, str) else name.replace('_', ' ')}"


def _fits(param: Param, value: object) -> bool:
    """Can a field hold this value as the text has it?"""
    if param.type not in FIELDS:
        return False
    if param.type in NUMBERS:
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    if param.type == "flag":
        return isinstance(value, bool)
    if param.type == "choice":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _field(name: str, about: str, param: Param, value: object, lang: str) -> FormField:
    choices: tuple[tuple[str, str], ...] = ()
    if param.type == "choice":
        choices = tuple((choice, chosen(name.rpartition(".")[2], choice, lang)) for choice in param.choices)
    elif param.type == "weekdays":
        choices = tuple((day, weekdays(str(place), lang)) for place, day in enumerate(WEEKDAYS, start=1))
    held = value if isinstance(value, bool) else tuple(value) if isinstance(value, list) else str(value)
    if param.type == "codes":
        held = ", ".join(value)
    return FormField(name, about, param.type, held, choices)


def _reading(name: str, table: Mapping[str, object], lang: str) -> FormField:
    """A reading: the choices that need nothing more can be picked, and the one that is held."""
    held = str(table.get("choice", OPEN))
    choices = {key: choice.about.lang(lang) for key, choice in READINGS[name].choices.items()}
    plain = [key for key in choices if key == held or not READINGS[name].choices[key].params]
    return FormField(
        f"readings.{name}", READINGS[name].asks.lang(lang), "choice", held,
        tuple((key, choices[key]) for key in plain),
    )  # fmt: skip


def filled(text: str, typed: Mapping[str, Sequence[str]], *, since: date | None, lang: str) -> str:
    """``text`` with what was typed. With ``since``, a rule that changes gets a new value from that day on, and keeps
    the one it had until then; without, its last value is written anew. AgreementError naming the field at fault."""
    form = form_of(text, lang)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise AgreementError([Fault(0, "", both(fr=str(error), en=str(error)))]) from error
    for rule in form.rules:
        changes = {f.name.split(".")[3]: new for f in rule.fields if (new := _typed(f, typed)) is not None}
        if changes:
            _, place, last, _ = rule.fields[0].name.split(".")
            _change(document["rules"][int(place)]["values"], int(last), changes, since)
    for field in form.readings:
        new = _typed(field, typed)
        if new is not None:
            table = document["readings"][field.name.removeprefix("readings.")]
            for key in [key for key in table if key not in ("choice", "by", "article", "why")]:
                del table[key]
            table["choice"] = new
    return tomlkit.dumps(document)


def _change(values, place: int, changes: Mapping[str, object], since: date | None) -> None:
    if since is None or values[place].get("from") == since:
        values[place].update(changes)
        return
    kept = {key: value for key, value in values[place].unwrap().items() if key not in ("from", "until", "by")}
    later = tomlkit.table()
    later.update({"from": since, **kept, **changes})
    later.add(tomlkit.nl())
    values.append(later)


def _typed(field: FormField, typed: Mapping[str, Sequence[str]]) -> object:
    """The new value of a field as TOML holds it; None where nothing changed, or the form did not show the field."""
    if f"{field.name}?" not in typed:
        return None
    words = list(typed.get(field.name, ()))
    if field.type == "flag":
        new: object = bool(words)
        return None if new == field.value else new
    if field.type == "weekdays":
        new = [day for day in WEEKDAYS if day in words]
        return None if tuple(new) == tuple(day for day in WEEKDAYS if day in field.value) else new
    word = words[0].strip() if words else ""
    if word == field.value:
        return None
    if field.type in NUMBERS:
        return _number(field, word)
    return [code.strip() for code in word.split(",") if code.strip()] if field.type == "codes" else word


def _number(field: FormField, word: str) -> int | float:
    try:
        number = Decimal(word.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**9:
        message = both(
            fr=f"« {word[:40]} » n’est pas un nombre ({field.about}). Écrivez par exemple 12 ou 12,5.",
            en=f"“{word[:40]}” is not a number ({field.about}). Write for instance 12 or 12.5.",
        )
        raise AgreementError([Fault(0, field.name, message)])
    return int(number) if number == int(number) else float(number)
