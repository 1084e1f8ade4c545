"""Reading the rules of a document: each with its population, its dated values and its own readings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise

from .bounding import report_bad_bounds
from .contradictions import report_contradictions
from .document import APPLIED, EVERYBODY, FAR, FORCES, Clause, Dated, Population
from .faults import unknown
from .lifting import report_bad_targets
from .positions import Path
from .rules import BY_KIND, Rule
from .schema import Param, Reader, Wrong, shown
from .stated import CHOSEN_BY, check_article, stated_readings
from .text import Text, both
from .times import TIMES, Times, times_of

MOST_RULES = 500
_WHO = 1_000_000
_NEARLY = 0.7
_ABOVE = both(
    fr="Cette clé se met au-dessus de [[rules.values]], à côté de kind.",
    en="This key stands above [[rules.values]], beside kind.",
)
_BELOW = both(
    fr="Cette clé est datée : mettez-la sous [[rules.values]], avec from.",
    en="This key is dated: put it below [[rules.values]], with from.",
)
_INNER = ("values", "population", "when", "readings")
_COUNTS_ALL = ("weekly_cap", "monthly_cap", "yearly_cap")  # they count every day held

RULE = {
    "kind": Param("string", both(fr="le genre de la règle", en="the kind of the rule")),
    "article": Param("string", both(fr="l’article dont elle vient", en="the article it comes from")),
    "name": Param(
        "string", both(fr="un nom pour la distinguer", en="a name to tell it apart"), required=False, default=""
    ),
    "force": Param(
        "choice",
        both(fr="sa force, binding sinon", en="how binding it is, else binding"),
        required=False,
        default="binding",
        choices=FORCES,
    ),
    "ids": Param(
        "strings",
        both(fr="les numéros de la source qu’elle rend", en="the numbers of the source that it renders"),
        required=False,
        default=(),
    ),
    "forms": Param(
        "codes",
        both(
            fr="les formes de télétravail visées (ordinary, occasional…), toutes sinon",
            en="the forms of telework it is for (ordinary, occasional…), else every form",
        ),
        required=False,
        default=(),
    ),
    "formula": Param(
        "string",
        both(fr="pour ceux qui ont choisi cette formule", en="for those who chose this formula"),
        required=False,
        default="",
    ),
}
VALUE = {
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
    "ours": Param(
        "flag",
        both(
            fr="true : comme by = « ours », là où le genre de règle a sa propre clé by",
            en="true: as by = “ours”, where the kind of rule has a key by of its own",
        ),
        required=False,
        default=False,
    ),
    "applies": Param(
        "flag",
        both(fr="false : la règle ne vaut plus", en="false: the rule no longer holds"),
        required=False,
        default=True,
    ),
    "known": Param(
        "flag",
        both(
            fr="false : la clause existe, sa valeur n’est pas connue ; elle est gardée, jamais appliquée",
            en="false: the clause exists, its value is not known; it is kept, never applied",
        ),
        required=False,
        default=True,
    ),
}


def _who(kind: str, fr: str, en: str, most: int = 10_000) -> Param:
    default = () if kind == "codes" else "" if kind == "string" else None
    return Param(kind, both(fr=fr, en=en), required=False, default=default, most=most)


POPULATION = {
    "statuses": _who("codes", "l’un de ces contrats", "one of these contracts"),
    "except_statuses": _who("codes", "aucun de ces contrats", "none of these contracts"),
    "jobs": _who("codes", "l’un de ces métiers", "one of these jobs"),
    "except_jobs": _who("codes", "aucun de ces métiers", "none of these jobs"),
    "full_time": _who("flag", "true : temps plein ; false : temps partiel", "true: full time; false: part time"),
    "traits": _who("codes", "porte l’un de ces codes ce jour-là", "carries one of these codes that day"),
    "all_traits": _who("codes", "porte tous ces codes", "carries all of these codes"),
    "except_traits": _who("codes", "ne porte aucun de ces codes", "carries none of these codes"),
    "units": _who("codes", "l’unité porte l’un de ces codes", "the unit carries one of these codes"),
    "except_units": _who("codes", "l’unité n’en porte aucun", "the unit carries none of these codes"),
    "unit_least": _who(
        "whole", "l’unité compte au moins tant de personnes", "the unit has at least so many people", _WHO
    ),
    "unit_most": _who("whole", "l’unité compte au plus tant de personnes", "the unit has at most so many people", _WHO),
    "rate_from": _who("number", "au moins ce taux, en % du temps plein", "at least this rate, in % of full time", 100),
    "rate_to": _who("number", "au plus ce taux", "at most this rate", 100),
    "rate_above": _who("number", "plus que ce taux", "more than this rate", 100),
    "rate_below": _who("number", "moins que ce taux", "less than this rate", 100),
    "days_least": _who("number", "au moins tant de jours par semaine", "at least so many days a week", 7),
    "days_most": _who("number", "au plus tant de jours par semaine", "at most so many days a week", 7),
    "months_least": _who("whole", "au moins tant de mois d’ancienneté", "at least so many months since hiring", 1200),
    "months_below": _who("whole", "moins de mois d’ancienneté que cela", "fewer months since hiring than this", 1200),
    "formula": _who("string", "a choisi cette formule", "chose this formula"),
}
_SETS = tuple(key for key, param in POPULATION.items() if param.type == "codes")


def read_rules(reader: Reader, raw: object, articles: Mapping[str, object]) -> tuple[Clause, ...]:
    """The rules of a document in the order of the registry, faults gathered."""
    if isinstance(raw, list) and len(raw) > MOST_RULES:
        message = both(fr=f"{MOST_RULES} règles au plus par document.", en=f"At most {MOST_RULES} rules a document.")
        reader.fault(("rules",), message)
        return ()
    clauses = []
    for path, table in reader.tables(raw, ("rules",)):
        clause = _rule(reader, table, path, articles)
        check_article(reader, path, table.get("article") if isinstance(table.get("article"), str) else "", articles)
        if clause:
            clauses.append((path, clause))
    report_contradictions(reader, clauses)
    report_bad_targets(reader, clauses)
    report_bad_bounds(reader, clauses)
    order = {kind: number for number, kind in enumerate(BY_KIND)}
    return tuple(clause for _, clause in sorted(clauses, key=lambda pair: order[pair[1].kind]))


def _rule(reader: Reader, table: Mapping[str, object], path: Path, articles: Mapping[str, object]) -> Clause | None:
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in BY_KIND:
        reader.fault((*path, "kind"), _unknown_kind(kind))
        return None
    inner = {key: value for key, value in table.items() if key not in _INNER}
    below = dict.fromkeys({*BY_KIND[kind].params, *VALUE} if isinstance(kind, str) else (), _BELOW)
    found = reader.params(inner, path, RULE, also=_INNER, elsewhere=below)
    own = stated_readings(reader, table["readings"], (*path, "readings"), articles) if "readings" in table else {}
    if not isinstance(kind, str):
        return None
    rule = BY_KIND[kind]
    is_bare = "values" not in table and (rule.always or found["force"] not in APPLIED)
    values = () if is_bare else _values(reader, table.get("values", []), path, rule)
    population = _population(reader, table, path, rule)
    if found["formula"]:
        population = replace(population, formula=found["formula"])
    return Clause(
        kind, str(found["article"] or ""), str(found["name"]), population, values, reader.positions.line(path),
        str(found["force"]), found["ids"], frozenset(found["forms"]), own, _times(reader, table, path, rule),
    )  # fmt: skip


def _unknown_kind(kind: str) -> Text:
    """The kind that is nearly the word, never all of them: the documentation says which clause needs which."""
    if get_close_matches(kind, BY_KIND, n=1, cutoff=_NEARLY):
        return unknown(kind, BY_KIND)
    near = [known for known in BY_KIND if set(kind.split("_")) & set(known.split("_"))][:4]
    proches = f" Voisins : {', '.join(near)}." if near else ""
    close = f" Near: {', '.join(near)}." if near else ""
    return both(
        fr=f"« {shown(kind)} » n’est pas un genre de règle.{proches} La table « The clause you have, the kind to use »"
        " de docs/agreements.md dit lequel écrire.",
        en=f"“{shown(kind)}” is no kind of rule.{close} The table “The clause you have, the kind to use” in"
        " docs/agreements.md says which to write.",
    )


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
    found = reader.params(reader.table(table["population"], path), path, POPULATION)
    return Population(**{**found, **{key: frozenset(found[key]) for key in _SETS}})


def _times(reader: Reader, table: Mapping[str, object], path: Path, rule: Rule) -> Times | None:
    """The days on which a rule holds, where it says so; None for every day."""
    if "when" not in table:
        return None
    path = (*path, "when")
    if rule.always or rule.kind in _COUNTS_ALL:
        reader.fault(
            path,
            both(
                fr="Cette règle vaut tous les jours : retirez when, ou écrivez-la avec cap.",
                en="This rule holds on every day: remove when, or write it with cap.",
            ),
        )
    found = reader.params(reader.table(table["when"], path), path, TIMES)
    try:
        return times_of(found)
    except Wrong as wrong:
        reader.fault(path, wrong.message)
        return None


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
    return [replace(value, last=min(value.last, end)) for value, end in zip(values, ends, strict=True)]


def _value(reader: Reader, table: Mapping[str, object], path: Path, rule: Rule) -> Dated | None:
    before = len(reader.faults)
    repealed, unknown_value = table.get("applies") is False, table.get("known") is False
    params = {} if repealed else dict(rule.params)
    if unknown_value:
        params = {key: replace(param, required=False) for key, param in params.items()}
    found = reader.params(table, path, {**VALUE, **params}, elsewhere=dict.fromkeys((*RULE, *_INNER), _ABOVE))
    own = {key: found[key] for key in params}
    if not repealed and not unknown_value:
        _check_one_of(reader, table, path, rule)
    first, last = found["from"], found["until"] or FAR
    if first and last < first:
        reader.fault(
            (*path, "until"), both(fr="La valeur finit avant de commencer.", en="The value ends before it starts.")
        )
    if len(reader.faults) > before or not isinstance(first, date):
        return None
    written = {key: own[key] for key in own if key in table}
    chosen_by = "ours" if found["ours"] or ("by" not in rule.params and found["by"] == "ours") else "text"
    if unknown_value:
        return Dated(first, last, {}, chosen_by, False, written, known=False)
    try:
        prepared = rule.prepare(own) if own else own
    except Wrong as wrong:
        reader.fault(path, wrong.message)
        return None
    return Dated(first, last, prepared, chosen_by, found["applies"], written)


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
