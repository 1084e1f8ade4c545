"""Reading an agreement written in TOML: every fault found at once, with its line and what would mend it."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal

from .clauses import read_rules
from .document import FAR, Agreement, Article, Reason
from .faults import AgreementError, Fault, NoValueInForce, unknown
from .levels import completed
from .schema import Param, Reader
from .stated import stated_readings
from .text import Text, both

__all__ = ["Agreement", "AgreementError", "NoValueInForce", "load", "with_readings"]

LONGEST = 1_000_000
LEVELS = ("law", "branch", "group", "company", "entity", "site", "team")
SOURCES = ("text", "summary", "headings")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# The standard parser needs memory by the square of the depth of a key: such a text is refused before it is parsed.
_TOO_DEEP = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""", re.ASCII)

_TOP = {
    "title": Param("words", both(fr="le titre de l’accord", en="the title of the agreement")),
    "parties": Param("strings", both(fr="les signataires", en="who signed"), required=False, default=()),
    "signed": Param("date", both(fr="le jour de la signature", en="the day it was signed"), required=False),
    "in_force": Param("date", both(fr="le premier jour d’application", en="the first day it applies")),
    "ends": Param("date", both(fr="le dernier jour d’application", en="the last day it applies"), required=False),
    "level": Param("choice", both(fr="le niveau du texte", en="the level of the text"), choices=LEVELS),
    "country": Param(
        "string", both(fr="le pays, deux lettres", en="the country, two letters"), required=False, default="FR"
    ),
    "scope": Param("words", both(fr="à qui il s’applique", en="to whom it applies"), required=False, default=Text("")),
    "currency": Param("string", both(fr="la monnaie", en="the currency"), required=False, default="EUR"),
    "language": Param(
        "choice",
        both(fr="la langue du texte", en="the language of the text"),
        required=False,
        default="fr",
        choices=("fr", "en"),
    ),
    "base": Param(
        "string",
        both(fr="le texte supérieur qu’il complète", en="the upper text that it completes"),
        required=False,
        default="",
    ),
}
_ORIGIN = {
    "rules": Param("strings", both(fr="les numéros de ses règles", en="the numbers of its rules"), required=False),
    "vectors": Param("strings", both(fr="les numéros de ses exemples", en="those of its examples"), required=False),
}
_TABLES = ("source", "sources", "articles", "readings", "rules", "refusal_reasons", "labels")
_ARTICLE = {
    "title": Param("words", both(fr="le titre de l’article", en="the title of the article")),
    "text": Param("words", both(fr="ce qu’il dit", en="what it says"), required=False, default=Text("")),
    "source": Param(
        "choice",
        both(fr="text, summary ou headings : ce qui en a été lu", en="text, summary or headings: what of it was read"),
        choices=SOURCES,
    ),
}
_SOURCE = {
    "url": Param("string", both(fr="l’adresse", en="the address")),
    "title": Param("string", both(fr="le titre", en="the title")),
    "read": Param("choice", both(fr="ce qui en a été lu", en="what of it was read"), choices=SOURCES),
}
_REASON = {
    "code": Param("string", both(fr="le code du motif", en="the code of the reason")),
    "label": Param("words", both(fr="les mots du motif", en="the words of the reason")),
}


def load(text: str, *, name: str = "") -> Agreement:
    """The agreement that a TOML text holds. Raises AgreementError with every fault; nothing else."""
    raw = parse(text, name=name)
    return assemble(raw, text, name)


def with_readings(agreement: Agreement, readings: Mapping[str, Mapping[str, object]]) -> Agreement:
    """The same agreement under other readings: ``{"part_time": {"choice": "scale", …}}``.

    They stand in place of the document's, and of those declared for one rule."""
    key = ("under", repr(sorted(readings.items())))
    if key not in agreement.cache:
        changed = {name: {"by": "ours", **value} for name, value in readings.items()}
        raw = {**agreement.raw, "readings": {**agreement.raw.get("readings", {}), **changed}}
        raw["rules"] = [_under(rule, changed) for rule in agreement.raw.get("rules", [])]
        other = assemble(raw, agreement.text, agreement.name)
        agreement.cache[key] = completed(other, agreement.upper) if agreement.upper else other
    return agreement.cache[key]


def _under(rule: Mapping[str, object], changed: Mapping[str, object]) -> Mapping[str, object]:
    own = rule.get("readings")
    if not own:
        return rule
    return {**rule, "readings": {name: changed.get(name, stated) for name, stated in own.items()}}


def parse(text: str, *, name: str = "", longest: int = LONGEST) -> dict[str, object]:
    """A TOML text as tables, or AgreementError with the line that cannot be read."""
    if not isinstance(text, str) or len(text) > longest:
        message = both(
            fr=f"Un texte de {longest} signes au plus est attendu.",
            en=f"A text of at most {longest} characters is expected.",
        )
        raise AgreementError([Fault(0, "", message)], name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if deep := _TOO_DEEP.search(text):
        message = both(
            fr="Cette clé a plus de 50 étages : raccourcissez-la.", en="This key has over 50 levels: shorten it."
        )
        raise AgreementError([Fault(text.count("\n", 0, deep.start()) + 1, "", message)], name)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError, OverflowError) as error:
        found = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error)).strip()[:200]
        message = both(fr=f"Ce n’est pas du TOML lisible : {reason}.", en=f"This is not readable TOML: {reason}.")
        raise AgreementError([Fault(int(found.group(1)) if found else 0, "", message)], name) from None


def assemble(raw: Mapping[str, object], text: str, name: str) -> Agreement:
    """The agreement that parsed tables make; ``text`` only tells where each key stands."""
    reader = Reader(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    for key in raw.keys() - _TOP.keys() - set(_TABLES):
        reader.fault((key,), unknown(key, [*_TOP, *_TABLES]))
    top = reader.params({key: raw[key] for key in raw.keys() & _TOP.keys()}, (), _TOP)
    articles = _articles(reader, raw.get("articles", {}))
    readings = stated_readings(reader, raw.get("readings", {}), ("readings",), articles)
    rules = read_rules(reader, raw.get("rules", []), articles)
    origin = reader.params(reader.table(raw.get("source", {}), ("source",)), ("source",), _ORIGIN)
    parts = {
        "source": {key: numbers or () for key, numbers in origin.items()},
        "sources": tuple(
            reader.params(item, path, _SOURCE) for path, item in reader.tables(raw.get("sources", []), ("sources",))
        ),
        "refusal_reasons": _reasons(reader, raw.get("refusal_reasons", [])),
        "labels": _labels(reader, raw.get("labels", {})),
    }
    _check_dates(reader, top)
    if reader.faults:
        raise AgreementError(sorted(reader.faults, key=lambda fault: fault.line), name)
    top["ends"] = top["ends"] or FAR
    return Agreement(name=name, articles=articles, readings=readings, rules=rules, raw=raw, text=text, **top, **parts)


def _check_dates(reader: Reader, top: Mapping[str, object]) -> None:
    if top["in_force"] and top["ends"] and top["ends"] < top["in_force"]:
        reader.fault(
            ("ends",),
            both(
                fr="L’accord finit avant de commencer : corrigez ends ou in_force.",
                en="The agreement ends before it starts: correct ends or in_force.",
            ),
        )


def _articles(reader: Reader, raw: object) -> dict[str, Article]:
    articles = {}
    for number, table in reader.table(raw, ("articles",)).items():
        path = ("articles", number)
        found = reader.params(reader.table(table, path), path, _ARTICLE)
        articles[number] = Article(number, found["title"] or Text(""), found["text"], found["source"] or "")
    return articles


def _reasons(reader: Reader, raw: object) -> tuple[Reason, ...]:
    found = [reader.params(table, path, _REASON) for path, table in reader.tables(raw, ("refusal_reasons",))]
    return tuple(Reason(reason["code"], reason["label"]) for reason in found if reason["code"] and reason["label"])


def _labels(reader: Reader, raw: object) -> dict[str, Text]:
    table = reader.table(raw, ("labels",))
    spec = {key: Param("words", both(fr="les mots du code", en="the words of the code")) for key in table}
    return {key: label for key, label in reader.params(table, ("labels",), spec).items() if label}
