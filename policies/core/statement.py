"""A rule in one line, for readers: what the application applies, with the value in force.

A kind has its own line in ``phrases``; a cap and a share are put together from their parts; any other rule is told key
by key, in the words of its reference."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from string import Formatter

from .document import Agreement, Clause, Dated
from .durations import Length
from .phrases import CHOICES, PER, STATES
from .rules import BY_KIND
from .schema import Param
from .text import Text, both
from .times import told as days_of
from .wording import count, fill, full_date, language, listed, number, percentage, unit_name, weekdays

_MARKED = re.compile(r"\{\w+:if\}")
_FLAGS = {True: both(fr="oui", en="yes"), False: both(fr="non", en="no")}
Given = Mapping[str, object]


def statement(agreement: Agreement, clause: Clause, value: Dated | None, lang: str) -> str:
    """What ``clause`` says while ``value`` is in force; "" for a rule without values that needs no words."""
    lang = language(lang)
    if value is not None and not value.applies:
        return both(fr="ne s’applique pas", en="does not apply").lang(lang)
    params = BY_KIND[clause.kind].params
    given = {key: value.params.get(key) for key in params} if value else {}
    if value is not None and not value.known:
        return both(
            fr="valeur inconnue : la clause est gardée, rien n’en est jugé", en="value not known: kept, never judged"
        ).lang(lang)
    words = _Words(agreement, lang)
    if clause.kind in _MADE and (made := _MADE[clause.kind](words, given)):
        return made
    if clause.kind in STATES:
        told = [*words.pieces(STATES[clause.kind], params, given)]
        return ", ".join(told or words.pieces(STATES[clause.kind], params, given, usual=True))
    return ", ".join(words.key_by_key(params, given))


def whom(agreement: Agreement, clause: Clause, lang: str) -> str:
    """Whom a rule is for, and under which forms of telework; "" for everybody and every form."""
    lang = language(lang)
    words, people = _Words(agreement, lang), clause.population
    told = [
        piece.lang(lang).format(", ".join(words.code(code) for code in sorted(codes)))
        for piece, codes in (
            (both(fr="{}", en="{}"), people.statuses | people.jobs | people.traits | people.all_traits | people.units),
            (both(fr="sauf {}", en="except {}"), people.except_statuses | people.except_jobs | people.except_traits
             | people.except_units),
            (both(fr="formule {}", en="formula {}"), frozenset({people.formula} - {""})),
            (both(fr="télétravail {}", en="{} telework"), clause.forms),
        )
        if codes
    ]  # fmt: skip
    if clause.times is not None:
        told.append(days_of(clause.times, lang))
    if people.full_time is not None:
        full, part = both(fr="temps plein", en="full time"), both(fr="temps partiel", en="part time")
        told.append((full if people.full_time else part).lang(lang))
    for low, high, unit in _RANGES:
        told += _range(words, getattr(people, low), getattr(people, high), unit)
    start = both(fr="Pour : ", en="For: ").lang(lang)
    return start + " · ".join(told) if told else ""


_RANGES = (
    ("unit_least", "unit_most", "person"),
    ("days_least", "days_most", "day"),
    ("months_least", "months_below", "month"),
    ("rate_from", "rate_to", "%"),
    ("rate_above", "rate_below", "%"),
)


def _range(words: "_Words", low: object, high: object, unit: str) -> list[str]:
    """« de 5 à 6 personnes », « 7 personnes au moins »."""
    told = [
        percentage(end, words.lang) if unit == "%" else words.counted(end, unit)
        for end in (low, high)
        if end is not None
    ]
    if len(told) == 2:
        return [both(fr=f"de {told[0]} à {told[1]}", en=f"{told[0]} to {told[1]}").lang(words.lang)]
    if low is not None:
        return [both(fr=f"{told[0]} au moins", en=f"{told[0]} at least").lang(words.lang)]
    return [both(fr=f"{told[0]} au plus", en=f"{told[0]} at most").lang(words.lang)] if told else []


def since(value: Dated, lang: str) -> str:
    """« depuis le 1er février 2022 »."""
    lang = language(lang)
    return f"{'depuis le' if lang == 'fr' else 'since'} {full_date(value.first, lang)}"


def _is_given(value: object) -> bool:
    """Nought is a value; nothing, an empty list and a flag that is not set are none."""
    return value not in (None, "", (), frozenset(), {}) and value is not False


def _is_usual(param: Param, value: object) -> bool:
    """A number that the document need not write, since it is what is meant anyhow."""
    return not param.required and isinstance(value, int | Decimal) and value is not True and value == param.default


class _Words:
    """The values of one document in one language."""

    def __init__(self, agreement: Agreement, lang: str) -> None:
        self.agreement, self.lang = agreement, lang
        self.colon = "\u202f: " if lang == "fr" else ": "

    def pieces(
        self, pieces: tuple[Text, ...], params: Mapping[str, Param], given: Given, *, usual: bool = False
    ) -> Iterator[str]:
        """The pieces of a kind's line whose values the rule gives; with ``usual``, those it need not write as well."""
        told = {key: self.for_template(params[key], item) for key, item in given.items()}
        for piece in pieces:
            template = piece.lang(self.lang)
            keys = [key for _text, key, _spec, _conversion in Formatter().parse(template) if key]
            if all(_is_given(given.get(key)) and (usual or not _is_usual(params[key], given[key])) for key in keys):
                yield fill(_MARKED.sub("", template), told, self.lang)

    def key_by_key(self, params: Mapping[str, Param], given: Given) -> Iterator[str]:
        counted = given.get("limit") is not None and isinstance(given.get("unit"), str)
        if counted:
            yield self.counted(given["limit"], str(given["unit"]))
        for key, param in params.items():
            value = given.get(key)
            is_default = not param.required and value == param.default and not isinstance(value, bool)
            if value in (None, "", (), frozenset(), {}) or is_default or (counted and key in ("limit", "unit")):
                continue
            yield f"{param.about.lang(self.lang)}{self.colon}{self.of(param, value)}"

    def counted(self, amount: object, unit: str) -> str:
        try:
            return count(amount, unit, self.lang)
        except KeyError:
            return f"{number(amount, self.lang)} {self.choice(unit)}"

    def choice(self, code: str) -> str:
        return CHOICES[code].lang(self.lang) if code in CHOICES else unit_name(code, self.lang)

    def for_template(self, param: Param, value: object) -> object:
        """Numbers and units stay as they are, for the template to count; the rest comes in words."""
        if value is None:
            return ""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return value
        return value if param.type == "choice" and value not in CHOICES else self.of(param, value)

    def of(self, param: Param, value: object) -> str:
        """A value in words, by its type and by that of its parameter."""
        if isinstance(value, bool):
            return _FLAGS[value].lang(self.lang)
        if isinstance(value, int | Decimal):
            return number(value, self.lang)
        if isinstance(value, Length):
            return self.counted(value.n, value.unit)
        if param.type == "weekdays":
            return weekdays(",".join(str(day) for day in sorted(value)), self.lang)
        if isinstance(value, tuple | list | frozenset | set):
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return listed([self.of(param, item) for item in items], self.lang)
        if isinstance(value, Mapping):
            return self._table(param, value)
        if hasattr(value, "isoformat"):
            return full_date(value, self.lang) if hasattr(value, "year") else value.isoformat("minutes")
        if hasattr(value, "lang"):
            return value.lang(self.lang)
        if param.type == "choice":
            return self.choice(str(value))
        return self.code(str(value))

    def code(self, code: str) -> str:
        """A code in the words of the document, else as a rule or choice is called."""
        if code in self.agreement.labels:
            return self.agreement.label(code).lang(self.lang)
        if code in BY_KIND:
            return BY_KIND[code].title.lang(self.lang).lower()
        return self.choice(code) if code in CHOICES else self.agreement.label(code).lang(self.lang)

    def _table(self, param: Param, row: Mapping[str, object]) -> str:
        """A row of a table, or the values that replace those of another rule."""
        told = []
        for key, item in row.items():
            if item in (None, "", (), frozenset()):
                continue
            own = param.fields.get(key) or Param("string")
            about = own.about.lang(self.lang) if own.about else self.agreement.label(str(key)).lang(self.lang)
            told.append(f"{about.replace('_', ' ')} {self.of(own, item)}")
        return " · ".join(told)


def _cap(words: _Words, given: Given) -> str:
    """« 10 jours par mois, en moyenne, en plus de « weekly » »; "" where only bands or steps can tell it."""
    if given.get("limit") is None:
        return ""
    parts = [f"{words.counted(given['limit'], str(given['unit']))} {_period(words, given)}"]
    if given.get("averaged"):
        parts.append(both(fr="en moyenne", en="on average").lang(words.lang))
    if given.get("on_top_of"):
        names = listed([words.agreement.label(name).lang(words.lang) for name in given["on_top_of"]], words.lang)
        parts.append(both(fr=f"en plus de {names}", en=f"on top of {names}").lang(words.lang))
    if given.get("as_of_right"):
        right = number(given["as_of_right"], words.lang)
        parts.append(both(fr=f"dont {right} de droit", en=f"{right} of them as of right").lang(words.lang))
    return ", ".join(parts)


def _share(words: _Words, given: Given) -> str:
    """« au plus 40 % du temps prévu au planning par mois »."""
    parts = [
        f"{word.lang(words.lang)} {percentage(given[key], words.lang)}"
        for key, word in (
            ("most", both(fr="à distance au plus", en="remote at most")),
            ("least", both(fr="sur site au moins", en="on site at least")),
        )
        if given.get(key) is not None
    ]
    whose = [f" {_period(words, given)}"] if given.get("per") else []
    whose += [f" ({words.choice(str(given['of']))})"] if given.get("of") else []
    others = [words.code(str(given[key])) for key in ("agreed", "chosen") if given.get(key)]
    if others:
        named = listed(others, words.lang)
        whose.append(
            both(fr=f", sauf autre part fixée ({named})", en=f", unless another is fixed ({named})").lang(words.lang)
        )
    return f"{', '.join(parts)}{''.join(whose)}" if parts else ""


def _chain(words: _Words, given: Given) -> str:
    """« manager donne un avis, puis RH décide »."""
    then = both(fr=", puis ", en=", then ").lang(words.lang)
    return then.join(f"{words.code(step['who'])} {words.choice(step['role'])}" for step in given.get("steps") or ())


def _flat(words: _Words, given: Given) -> str:
    """The hours written, else how they are found."""
    own = both(fr="heures de la semaine divisées par ses jours travaillés", en="the week’s hours over its days worked")
    return "" if given.get("hours") is not None else own.lang(words.lang)


def _windows(words: _Words, given: Given) -> str:
    """« 09:00–12:00, 14:00–17:00 »."""
    clock = (tuple(_clock(row[key]) for key in ("from", "to")) for row in given.get("windows") or ())
    return ", ".join("–".join(pair) for pair in clock)


def _clock(value: object) -> str:
    return value.isoformat("minutes") if hasattr(value, "isoformat") else str(value)


def _period(words: _Words, given: Given) -> str:
    every = int(given.get("every") or 1)
    per = str(given.get("per") or "week")
    if every == 1 and not given.get("rolling"):
        return PER[per].lang(words.lang)
    span = f"{every} {unit_name(per, words.lang)}"
    if given.get("rolling"):
        return both(fr=f"sur {span} glissants", en=f"over any {span}").lang(words.lang)
    return both(fr=f"par période de {span}", en=f"in each {span}").lang(words.lang)


_MADE: Mapping[str, Callable[[_Words, Given], str]] = {
    "cap": _cap,
    "share": _share,
    "approval_chain": _chain,
    "contact_hours": _windows,
    "flat_day": _flat,
}
