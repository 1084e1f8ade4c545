"""A rule in one line, for readers: what the application applies, with the value in force.

A kind has its own line in ``phrases``; a cap and a share are put together from their parts; any other rule is told key
by key, in the words of its reference."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from string import Formatter

from .document import Agreement, Clause, Dated
from .durations import Length
from .lifting import effect
from .phrases import CHOICES, STATES
from .rules import BY_KIND
from .schema import Param
from .statement_parts import MADE, SPOKEN, ranges
from .text import Text, both
from .times import told as days_of
from .wording import count, fill, full_date, language, listed, number, unit_name, weekdays

_MARKED = re.compile(r"\{\w+:if\}")
_MONEY = re.compile(r"\{\w+:money\}")
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
_FLAGS = {True: both(fr="oui", en="yes"), False: both(fr="non", en="no")}
Given = Mapping[str, object]


def statement(agreement: Agreement, clause: Clause, value: Dated | None, lang: str) -> str:
    """What ``clause`` says while ``value`` is in force; "" for a rule without values that needs no words."""
    lang = language(lang)
    if value is not None and not value.known:
        return both(
            fr="valeur inconnue : la clause est gardée, rien n’en est jugé", en="value not known: kept, never judged"
        ).lang(lang)
    if value is not None and not value.applies:
        return both(fr="ne s’applique pas", en="does not apply").lang(lang)
    params = BY_KIND[clause.kind].params
    given = {key: value.params.get(key) for key in params} if value else {}
    words = _Words(agreement, lang)
    if BY_KIND[clause.kind].lifts:
        given |= words.of_lifting(given)
    if clause.kind == "allowance" and given.get("rows"):
        given["rows"] = tuple(words.allowance_row(row) for row in given["rows"])
    if clause.kind in MADE and (made := MADE[clause.kind](words, given)):
        return made
    if clause.kind in STATES:
        given, own = spoken(clause.kind, given, lang)
        told = [*own, *words.pieces(STATES[clause.kind], params, given)]
        return ", ".join(told or words.pieces(STATES[clause.kind], params, given, usual=True))
    return ", ".join(words.key_by_key(params, given))


def spoken(kind: str, given: Given, lang: str) -> tuple[Given, list[str]]:
    """The values that have a sentence of their own, told; and what is left to tell."""
    said = {
        key: SPOKEN[kind, key, value].lang(lang)
        for key, value in given.items()
        if isinstance(value, int | Decimal | str | None) and (kind, key, value) in SPOKEN
    }
    return {key: value for key, value in given.items() if key not in said}, [*said.values()]


def titled(agreement: Agreement, clause: Clause, lang: str) -> str:
    """The title of a rule, with the document's own words for its name; a name without words is for the text alone."""
    title = BY_KIND[clause.kind].title.lang(lang)
    return f"{title} · {agreement.labels[clause.name].lang(lang)}" if clause.name in agreement.labels else title


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
    told += ranges(words, people)
    start = both(fr="Pour : ", en="For: ").lang(lang)
    return start + " · ".join(told) if told else ""


def _is_given(value: object) -> bool:
    """Nought is a value; nothing, an empty list and a flag that is not set are none."""
    return value not in (None, "", (), frozenset(), {}) and value is not False


def _is_usual(param: Param, value: object) -> bool:
    """A number or a choice that the document need not write, since it is what is meant anyhow."""
    is_plain = isinstance(value, int | Decimal | str) and value is not True
    return not param.required and is_plain and value == param.default


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
        space = "\u202f" if self.lang == "fr" else " "
        money = rf"\g<0>{space}{_SIGNS.get(self.agreement.currency, self.agreement.currency)}"
        for piece in pieces:
            template = piece.lang(self.lang)
            keys = [key for _text, key, _spec, _conversion in Formatter().parse(template) if key in params]
            if all(_is_given(given.get(key)) and (usual or not _is_usual(params[key], given[key])) for key in keys):
                yield fill(_MONEY.sub(money, _MARKED.sub("", template)), told, self.lang)

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

    def of_lifting(self, given: Given) -> dict[str, object]:
        """What a clause lifts and replaces in words: rules by their title or name, with the values put in place."""
        told = {"lifts": tuple(self.rule(name) for name in given.get("lifts") or ())}
        told["replace"] = tuple(self._replaced(name, own) for name, own in (given.get("replace") or {}).items())
        if given.get("items"):
            told["items"] = tuple(self._item(item) for item in given["items"])
        return told

    def rule(self, name: str) -> Text:
        """A rule by its label, else by the title of its kind."""
        kinds = dict.fromkeys(clause.kind for clause in self.agreement.rules if clause.name == name)
        if name in self.agreement.labels or not (kinds or name in BY_KIND):
            return Text(self.code(name))
        titles = [BY_KIND[kind].title.lang(self.lang) for kind in kinds or (name,)]
        return Text(listed([title[0].lower() + title[1:] for title in titles], self.lang))

    def _replaced(self, name: str, own: Given) -> Text:
        for clause in self.agreement.rules:
            value = next((value for value in reversed(clause.values) if value.applies), None)
            if (
                name in (clause.name, clause.kind)
                and value
                and (lifted := effect({"replace": {name: own}}, clause, value))
            ):
                said = statement(self.agreement, clause, replace(value, params=lifted.params), self.lang)
                return Text(f"{self.rule(name).lang(self.lang)}, {said}")
        return self.rule(name)

    def allowance_row(self, row: Given) -> Text:
        """« 20,00 € par mois pour 2 jours par semaine »."""
        least, most = row.get("days_from"), row.get("days_to")
        if row.get("weekly_days") is not None:
            days = self.counted(row["weekly_days"], "day")
            whose = both(fr=f" pour {days} par semaine", en=f" for {days} a week")
        elif least is not None and most is not None:
            whose = both(
                fr=f" de {number(least, 'fr')} à {self.counted(most, 'day')}",
                en=f" from {number(least, 'en')} to {self.counted(most, 'day')}",
            )
        elif least is not None:
            days = self.counted(least, "day")
            whose = both(fr=f" à partir de {days}", en=f" from {days}")
        elif most is not None:
            days = self.counted(most, "day")
            whose = both(fr=f" jusqu’à {days}", en=f" up to {days}")
        else:
            whose = both(fr="", en="")
        sign = _SIGNS.get(self.agreement.currency, self.agreement.currency)
        space = "\u202f" if self.lang == "fr" else " "
        per = both(fr="par mois", en="a month").lang(self.lang)
        return Text(
            f"{fill('{amount:money}', {'amount': row['amount']}, self.lang)}{space}{sign} {per}{whose.lang(self.lang)}"
        )

    def _item(self, item: Given) -> Text:
        """« distance (125 au moins, embauche avant le 1er janvier 2020, autorisé par le directeur) »."""
        told = []
        if item["least"] is not None:
            told.append(
                both(fr="{} au moins", en="{} at least").lang(self.lang).format(number(item["least"], self.lang))
            )
        if item["hired_before"]:
            day = full_date(item["hired_before"], self.lang)
            told.append(both(fr="embauche avant le {}", en="hired before {}").lang(self.lang).format(day))
        if item["authorised_by"]:
            who = self.code(item["authorised_by"])
            told.append(both(fr="autorisé par {}", en="authorised by {}").lang(self.lang).format(who))
        return Text(self.code(item["code"]) + (f" ({', '.join(told)})" if told else ""))

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
