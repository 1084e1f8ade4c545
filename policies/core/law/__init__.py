"""The law beside an agreement: a file for each country, chosen by the document's ``country``; none is built in.

Such a file says what a text must contain, what it may not go below, and amounts as dated data. What is missing is
only remarked, since a text may be completed by another (a charter, a branch agreement); what goes below is a fault.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from ..agreement import parse
from ..document import Agreement, Clause
from ..faults import Fault
from ..schema import CHECKS, Param, table_of
from ..text import Text, both
from ..wording import number

_HERE = Path(__file__).parent
_WORDS = Param("words")
_GROUP = {
    "kinds": Param("codes", required=False, default=()),
    "words": Param("codes", required=False, default=()),
    "tables": Param("codes", required=False, default=()),
}
_CONTENT = {
    "code": Param("string"),
    "article": Param("string"),
    "says": _WORDS,
    "groups": Param("rows", fields=_GROUP),
}
_BOUND = {
    "of": Param("string"),
    "key": Param("string"),
    "least": Param("number", required=False),
    "most": Param("number", required=False),
    "article": Param("string"),
    "says": _WORDS,
}
_AMOUNT = {
    "code": Param("string"),
    "from": Param("date"),
    "per_weekly_day": Param("number", required=False),
    "per_day": Param("number", required=False),
    "month_most": Param("number", required=False),
    "confirmed": Param("flag"),
    "source": Param("string"),
}


@dataclass(frozen=True, slots=True)
class Law:
    """What a country's file says."""

    title: Text
    contents: tuple[Mapping[str, object], ...]
    bounds: tuple[Mapping[str, object], ...]
    amounts: tuple[Mapping[str, object], ...]

    def amount(self, code: str, on: date) -> Mapping[str, object] | None:
        """The dated amounts of that code in force on a day, with their source and whether they are confirmed."""
        known = [row for row in self.amounts if row["code"] == code and row["from"] <= on]
        return max(known, key=lambda row: row["from"], default=None)


@lru_cache(maxsize=32)
def law_of(country: str) -> Law | None:
    """The law of a country by its two letters; None where the house has no file for it."""
    code = country.lower()
    path = _HERE / f"{code}.toml"
    if len(code) != 2 or not code.isalpha() or not path.exists():
        return None
    raw = parse(path.read_text(encoding="utf-8"), name=path.name)
    return Law(
        CHECKS["words"](raw["title"], _WORDS),
        tuple(table_of(item, _CONTENT) for item in raw.get("contents", ())),
        tuple(table_of(item, _BOUND) for item in raw.get("bounds", ())),
        tuple(table_of(item, _AMOUNT) for item in raw.get("amounts", ())),
    )


def remarks(agreement: Agreement) -> tuple[Fault, ...]:
    """What the law of its country asks a text to say, and this one does not: one remark that lists it."""
    missing = missing_contents(agreement)
    return (_missing(law_of(agreement.country), missing),) if missing else ()


def missing_contents(agreement: Agreement) -> tuple[Mapping[str, object], ...]:
    """The same, one by one: code, article and words of each content that no rule holds."""
    law = law_of(agreement.country)
    return tuple(content for content in (law.contents if law else ()) if not _is_held(agreement, content))


def breaches(agreement: Agreement) -> tuple[Fault, ...]:
    """The values that go below what the law of its country lets any text say."""
    law = law_of(agreement.country)
    return tuple(_below(agreement, law)) if law else ()


def _missing(law: Law, missing: tuple[Mapping[str, object], ...]) -> Fault:
    said = {
        lang: "; ".join(
            f"{content['says'].lang(lang)} ({content['article']}, {content['code']})" for content in missing
        )
        for lang in ("fr", "en")
    }
    message = both(
        fr=f"{law.title.lang('fr')} : aucune règle ne dit {said['fr']}."
        " Ajoutez la règle, ou un « undertaking » dont le sujet (subject) est le code donné.",
        en=f"{law.title.lang('en')}: no rule says {said['en']}."
        " Add the rule, or an “undertaking” whose subject is the code given.",
    )
    return Fault(0, "", message)


def _is_held(agreement: Agreement, content: Mapping[str, object]) -> bool:
    codes = {content["code"]}
    return all(_has_one(agreement, group, codes) for group in content["groups"]) or any(
        clause.kind == "undertaking" and _words(clause) & codes for clause in agreement.rules
    )


def _has_one(agreement: Agreement, group: Mapping[str, object], codes: set[str]) -> bool:
    if any(agreement.raw.get(table) for table in group["tables"]):
        return True
    wanted = {*group["words"], *codes}
    return any(clause.kind in group["kinds"] or _words(clause) & wanted for clause in agreement.rules)


def _words(clause: Clause) -> set[str]:
    """The codes that a rule carries: its name, the traits of its population, and those among its values."""
    found = {clause.name, *clause.population.traits, *clause.population.all_traits}
    for value in clause.values:
        found.update(_codes(value.params))
    return found


def _codes(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _codes(item)
    elif isinstance(value, list | tuple | frozenset):
        for item in value:
            yield from _codes(item)


def _below(agreement: Agreement, law: Law) -> Iterator[Fault]:
    for bound in law.bounds:
        for clause in agreement.clauses(bound["of"]):
            for value in clause.values:
                amount = value.params.get(bound["key"])
                if isinstance(amount, int | Decimal) and _is_outside(amount, bound):
                    yield Fault(clause.line, f"{clause.kind}.{bound['key']}", _said(law, bound, amount))


def _is_outside(amount: int | Decimal, bound: Mapping[str, object]) -> bool:
    least, most = bound["least"], bound["most"]
    return (least is not None and amount < least) or (most is not None and amount > most)


def _said(law: Law, bound: Mapping[str, object], amount: int | Decimal) -> Text:
    says, where = bound["says"], bound["article"]
    return both(
        fr=f"{number(amount, 'fr')} : la loi demande {says.lang('fr')} ({law.title.lang('fr')}, {where}).",
        en=f"{number(amount, 'en')}: the law asks for {says.lang('en')} ({law.title.lang('en')}, {where}).",
    )
