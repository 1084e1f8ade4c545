"""Reading an agreement written in TOML: every fault found at once, with its line and what would mend it."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from .document import EVERYBODY, FAR, Agreement, Article, Clause, Dated, Population, Reading, Reason
from .faults import AgreementError, Fault, NoValueInForce, unknown
from .positions import Path
from .readings import READINGS
from .rules import BY_KIND, Rule
from .schema import Param, Reader
from .text import Text, both

__all__ = ["Agreement", "AgreementError", "NoValueInForce", "load", "with_readings"]

LONGEST = 1_000_000
MOST_RULES = 500
LEVELS = ("law", "branch", "group", "company", "entity", "site", "team")
SOURCES = ("text", "summary", "headings")
CHOSEN_BY = ("text", "ours")
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
}
_TABLES = ("sources", "articles", "readings", "rules", "refusal_reasons", "labels")
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
_READING = {
    "choice": Param("string", both(fr="la réponse choisie, ou open", en="the answer chosen, or open")),
    "by": Param("choice", both(fr="text ou ours : qui a choisi", en="text or ours: who chose"), choices=CHOSEN_BY),
    "article": Param("string", both(fr="l’article lu", en="the article read"), required=False, default=""),
    "why": Param("words", both(fr="pourquoi ce choix", en="why this choice"), required=False, default=Text("")),
}
_RULE = {
    "kind": Param("string", both(fr="le genre de la règle", en="the kind of the rule")),
    "article": Param("string", both(fr="l’article dont elle vient", en="the article it comes from")),
    "name": Param(
        "string", both(fr="un nom pour la distinguer", en="a name to tell it apart"), required=False, default=""
    ),
}
_VALUE = {
    "from": Param("date", both(fr="le premier jour de cette valeur", en="the first day of this value")),
    "until": Param(
        "date", both(fr="son dernier jour, s’il est écrit", en="its last day, if it is written"), required=False
    ),
    "by": Param(
        "choice",
        both(fr="text ou ours : d’où vient la valeur", en="text or ours: where the value comes from"),
        required=False,
        default="text",
        choices=CHOSEN_BY,
    ),
    "applies": Param(
        "flag",
        both(fr="false : la règle ne vaut plus", en="false: the rule no longer holds"),
        required=False,
        default=True,
    ),
}
_POPULATION = {
    key: Param("codes", Text(key), required=False, default=())
    for key in ("statuses", "except_statuses", "jobs", "except_jobs")
} | {"full_time": Param("flag", Text("full_time"), required=False)}
_REASON = {
    "code": Param("string", both(fr="le code du motif", en="the code of the reason")),
    "label": Param("words", both(fr="les mots du motif", en="the words of the reason")),
}


def load(text: str, *, name: str = "") -> Agreement:
    """The agreement that a TOML text holds. Raises AgreementError with every fault; nothing else."""
    raw = parse(text, name=name)
    return assemble(raw, text, name)


def with_readings(agreement: Agreement, readings: Mapping[str, Mapping[str, object]]) -> Agreement:
    """The same agreement under other readings: ``{"part_time": {"choice": "scale", …}}``."""
    changed = {key: {"by": "ours", **value} for key, value in readings.items()}
    raw = {**agreement.raw, "readings": {**agreement.raw.get("readings", {}), **changed}}
    return assemble(raw, agreement.text, agreement.name)


def parse(text: str, *, name: str = "") -> dict[str, object]:
    """A TOML text as tables, or AgreementError with the line that cannot be read."""
    if not isinstance(text, str) or len(text) > LONGEST:
        message = both(
            fr=f"Un texte de {LONGEST} signes au plus est attendu.",
            en=f"A text of at most {LONGEST} characters is expected.",
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
    readings = _readings(reader, raw.get("readings", {}), articles)
    rules = _rules(reader, raw.get("rules", []), articles)
    parts = {
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


def _readings(reader: Reader, raw: object, articles: Mapping[str, Article]) -> dict[str, Reading]:
    readings = {}
    for name, table in reader.table(raw, ("readings",)).items():
        path = ("readings", name)
        if name not in READINGS:
            reader.fault(path, unknown(name, READINGS))
            continue
        reading = _reading(reader, reader.table(table, path), path)
        if reading:
            readings[name] = reading
            _check_article(reader, path, reading.article, articles)
    return readings


def _reading(reader: Reader, table: Mapping[str, object], path: Path) -> Reading | None:
    choices = READINGS[path[-1]].choices
    choice = table.get("choice")
    if isinstance(choice, str) and choice not in choices and choice != "open":
        reader.fault((*path, "choice"), unknown(choice, [*choices, "open"]))
        return None
    own = choices[choice].params if isinstance(choice, str) and choice in choices else {}
    found = reader.params(table, path, {**_READING, **own})
    params = {key: found[key] for key in own}
    return Reading(path[-1], str(found["choice"]), str(found["by"]), _number(found["article"]), found["why"], params)


def _check_article(reader: Reader, path: Path, article: object, articles: Mapping[str, Article]) -> None:
    if article and article != "-" and article not in articles:
        reader.fault((*path, "article"), unknown(str(article), [*articles, "-"]))


def _rules(reader: Reader, raw: object, articles: Mapping[str, Article]) -> tuple[Clause, ...]:
    if isinstance(raw, list) and len(raw) > MOST_RULES:
        message = both(fr=f"{MOST_RULES} règles au plus par document.", en=f"At most {MOST_RULES} rules a document.")
        reader.fault(("rules",), message)
        return ()
    clauses = []
    for path, table in reader.tables(raw, ("rules",)):
        clause = _rule(reader, table, path)
        _check_article(reader, path, table.get("article") if isinstance(table.get("article"), str) else "", articles)
        if clause:
            clauses.append((path, clause))
    _report_contradictions(reader, clauses)
    order = list(BY_KIND)
    return tuple(clause for _, clause in sorted(clauses, key=lambda pair: order.index(pair[1].kind)))


def _rule(reader: Reader, table: Mapping[str, object], path: Path) -> Clause | None:
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in BY_KIND:
        reader.fault((*path, "kind"), unknown(kind, BY_KIND))
        return None
    inner = {key: value for key, value in table.items() if key not in ("values", "population")}
    found = reader.params(inner, path, _RULE)
    if not isinstance(kind, str):
        return None
    rule = BY_KIND[kind]
    values = () if rule.always and "values" not in table else _values(reader, table.get("values", []), path, rule)
    population = _population(reader, table, path, rule)
    return Clause(
        kind, str(found["article"] or ""), str(found["name"]), population, values, reader.positions.line(path)
    )


def _number(article: object) -> str:
    """An article's number; a rule whose text has none says "-"."""
    return "" if article in (None, "-") else str(article)


def _population(reader: Reader, table: Mapping[str, object], path: Path, rule: Rule) -> Population:
    if "population" not in table:
        return EVERYBODY
    path = (*path, "population")
    if rule.always:
        reader.fault(
            path,
            both(
                fr="Cette règle vaut pour tous : retirez population.",
                en="This rule holds for everybody: remove population.",
            ),
        )
    found = reader.params(reader.table(table["population"], path), path, _POPULATION)
    sets = {key: frozenset(found[key]) for key in ("statuses", "except_statuses", "jobs", "except_jobs")}
    return Population(**sets, full_time=found["full_time"])


def _values(reader: Reader, raw: object, path: Path, rule: Rule) -> tuple[Dated, ...]:
    path = (*path, "values")
    tables = reader.tables(raw, path)
    if isinstance(raw, list) and not raw:
        reader.fault(
            path[:-1],
            both(
                fr="Aucune valeur : ajoutez [[rules.values]] avec from.", en="No value: add [[rules.values]] with from."
            ),
        )
    found = [value for item_path, table in tables if (value := _value(reader, table, item_path, rule))]
    found.sort(key=lambda value: value.first)
    for earlier, later in pairwise(found):
        if earlier.first == later.first or FAR > earlier.last >= later.first:
            day = later.first.isoformat()
            reader.fault(
                path,
                both(
                    fr=f"Deux valeurs valent le {day} : datez-les autrement.",
                    en=f"Two values hold on {day}: date them apart.",
                ),
            )
    return tuple(_until_the_next(found))


def _until_the_next(values: list[Dated]) -> list[Dated]:
    """A value without an end lasts until the next begins."""
    ends = [*(following.first - timedelta(days=1) for following in values[1:]), FAR][: len(values)]
    return [Dated(v.first, min(v.last, end), v.params, v.by, v.applies) for v, end in zip(values, ends, strict=True)]


def _value(reader: Reader, table: Mapping[str, object], path: Path, rule: Rule) -> Dated | None:
    before = len(reader.faults)
    repealed = table.get("applies") is False
    params = {} if repealed else dict(rule.params)
    found = reader.params(table, path, {**_VALUE, **params})
    own = {key: found[key] for key in params}
    if not repealed:
        _check_one_of(reader, table, path, rule)
    first, last = found["from"], found["until"] or FAR
    if first and last < first:
        reader.fault(
            (*path, "until"), both(fr="La valeur finit avant de commencer.", en="The value ends before it starts.")
        )
    if len(reader.faults) > before or not isinstance(first, date):
        return None
    return Dated(first, last, rule.prepare(own) if own else own, str(found["by"]), found["applies"])


def _check_one_of(reader: Reader, table: Mapping[str, object], path: Path, rule: Rule) -> None:
    if rule.one_of and sum(key in table for key in rule.one_of) != 1:
        keys = ", ".join(rule.one_of)
        reader.fault(
            path,
            both(
                fr=f"Écrivez l’une de ces clés, et une seule : {keys}.",
                en=f"Write one of these keys, and only one: {keys}.",
            ),
        )


def _report_contradictions(reader: Reader, clauses: list[tuple[Path, Clause]]) -> None:
    """Two rules of one kind that could both hold for somebody are reported, never chosen between."""
    for index, (path, clause) in enumerate(clauses):
        for other_path, other in clauses[:index]:
            if clause.kind == other.kind and not clause.population.is_apart_from(other.population):
                where = f"rules[{other_path[1] + 1}]"
                message = both(
                    fr=f"« {clause.kind} » contredit {where} (ligne {other.line}) : elles visent les mêmes personnes."
                    " Réunissez leurs valeurs datées sous une règle, ou donnez à chacune sa population.",
                    en=f"“{clause.kind}” contradicts {where} (line {other.line}): both hold for the same people."
                    " Put their dated values under one rule, or give each its population.",
                )
                reader.fault(path, message)


def _reasons(reader: Reader, raw: object) -> tuple[Reason, ...]:
    found = [reader.params(table, path, _REASON) for path, table in reader.tables(raw, ("refusal_reasons",))]
    return tuple(Reason(reason["code"], reason["label"]) for reason in found if reason["code"] and reason["label"])


def _labels(reader: Reader, raw: object) -> dict[str, Text]:
    table = reader.table(raw, ("labels",))
    spec = {key: Param("words", both(fr="les mots du code", en="the words of the code")) for key in table}
    return {key: label for key, label in reader.params(table, ("labels",), spec).items() if label}
