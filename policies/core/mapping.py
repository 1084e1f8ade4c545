"""From the numbers of a source to the clauses and cases that render them: nothing of the text may be left out."""

from collections.abc import Iterator
from difflib import get_close_matches

from .case_reading import Case
from .document import Agreement
from .faults import Fault, unknown
from .positions import Positions
from .text import both


def unmapped(agreement: Agreement, cases: tuple[Case, ...]) -> tuple[Fault, ...]:
    """Numbers of ``[source]`` that no clause or case renders, and numbers used that the source does not have."""
    rules, vectors = agreement.source.get("rules", ()), agreement.source.get("vectors", ())
    if not rules and not vectors:
        return ()
    line = Positions(agreement.text).line(("source",))
    rendered = {number for clause in agreement.rules for number in clause.ids}
    shown = {case.given["vector"] for case in cases}
    faults = [_missing(line, number) for number in rules if number not in rendered]
    faults += [_unshown(line, number) for number in vectors if number not in shown]
    for clause in agreement.rules:
        faults += [Fault(clause.line, "ids", unknown(number, rules)) for number in clause.ids if number not in rules]
    return tuple(faults)


def strangers(agreement: Agreement, cases: tuple[Case, ...]) -> tuple[Fault, ...]:
    """Numbers that cases name and the source does not have, and codes of people that are nearly a rule's: slips."""
    rules, vectors = agreement.source.get("rules", ()), agreement.source.get("vectors", ())
    faults = []
    for case in cases:
        if vectors and case.given["vector"] and case.given["vector"] not in vectors:
            faults.append(Fault(case.line, case.name, unknown(case.given["vector"], vectors)))
        if rules:
            faults += [
                Fault(case.line, case.name, unknown(number, rules))
                for number in case.given["rules"]
                if number not in rules
            ]
    return (*faults, *_slips(agreement, cases))


def _slips(agreement: Agreement, cases: tuple[Case, ...]) -> Iterator[Fault]:
    """A form or a trait that no rule knows, and that one letter tells from one that some rule does."""
    known = {form for clause in agreement.rules for form in clause.forms}
    traits = {code for c in agreement.rules for code in c.population.traits | c.population.all_traits}
    for case in cases:
        asked = case.given["request"] or {}
        yield from _near(case, asked.get("form", ""), known)
        for trait in case.given["traits"]:
            yield from _near(case, trait.code, traits)


def _near(case: Case, word: str, known: set[str]) -> Iterator[Fault]:
    if word and word not in known and get_close_matches(word, known, n=1, cutoff=0.85):
        yield Fault(case.line, case.name, unknown(word, known))


def _quoted(number: str) -> str:
    return '"' + number + '"'


def _missing(line: int, number: str) -> Fault:
    key = f"ids = [{_quoted(number)}]"
    message = both(
        fr=f"La règle {number} de la source n’est rendue par aucune clause : ajoutez {key} à la sienne.",
        en=f"Rule {number} of the source is rendered by no clause: add {key} to its own.",
    )
    return Fault(line, "source.rules", message)


def _unshown(line: int, number: str) -> Fault:
    key = f"vector = {_quoted(number)}"
    message = both(
        fr=f"L’exemple {number} de la source n’est montré par aucun cas : ajoutez {key} au sien.",
        en=f"Example {number} of the source is shown by no case: add {key} to its own.",
    )
    return Fault(line, "source.vectors", message)


_HEADS = {
    "fr": (("règle", "clause", "article", "cas"), ("exemple", "règles", "cas"), "aucune", "aucun", "lecture"),
    "en": (("rule", "clause", "article", "cases"), ("example", "rules", "cases"), "none", "none", "reading"),
}


def table(agreement: Agreement, cases: tuple[Case, ...], lang: str = "en") -> list[str]:
    """The map in Markdown: each number of the source, the clauses that render it, the cases that show it."""
    heads, _, no_clause, _, _ = _HEADS[lang]
    listed = list(agreement.source.get("rules", ()))
    listed += [number for clause in agreement.rules for number in clause.ids if number not in listed]
    lines = _header(heads)
    for number in dict.fromkeys(listed):
        clauses = [clause for clause in agreement.rules if number in clause.ids]
        names = ", ".join(
            dict.fromkeys(
                f"`{clause.kind}`{f' {clause.name}' if clause.name else ''}{_force(clause.force)}" for clause in clauses
            )
        )
        articles = ", ".join(dict.fromkeys(clause.article or "-" for clause in clauses))
        shown = ", ".join(dict.fromkeys(_case(case) for case in cases if number in case.given["rules"]))
        lines.append(f"| {number} | {names or f'**{no_clause}**'} | {articles or '-'} | {shown or '-'} |")
    return lines


def examples(agreement: Agreement, cases: tuple[Case, ...], lang: str = "en") -> list[str]:
    """The other way round: each example of the source, the rules it is about, the cases that show it."""
    _, heads, _, no_case, reading = _HEADS[lang]
    listed = list(agreement.source.get("vectors", ()))
    listed += [case.given["vector"] for case in cases if case.given["vector"]]
    lines = _header(heads) if listed else []
    for number in dict.fromkeys(listed):
        mine = [case for case in cases if case.given["vector"] == number]
        about = ", ".join(dict.fromkeys(rule for case in mine for rule in case.given["rules"]))
        names = "; ".join(
            f"{_plain(case.name)} ({reading}: `{case.given['reading']}`)"
            if case.given["reading"]
            else _plain(case.name)
            for case in mine
        )
        lines.append(f"| {number} | {about or '-'} | {names or f'**{no_case}**'} |")
    return lines


_TOTALS = {
    "fr": ("document", "règles", "clauses", "exemples", "cas", "lectures montrées"),
    "en": ("document", "rules", "clauses", "examples", "cases", "readings shown"),
}


def totals(opened: list[tuple[str, Agreement, tuple[Case, ...]]], lang: str = "en") -> list[str]:
    """One row for each document, under its name: how much of its source it renders, by how many clauses and cases."""
    rows = []
    for name, agreement, cases in opened:
        readings = {(case.given["vector"], case.given["reading"]) for case in cases if case.given["reading"]}
        source = agreement.source
        rendered = {number for clause in agreement.rules for number in clause.ids} & set(source.get("rules", ()))
        shown = {case.given["vector"] for case in cases} & set(source.get("vectors", ()))
        ratios = f"{len(rendered)} / {len(source.get('rules', ()))}", f"{len(shown)} / {len(source.get('vectors', ()))}"
        rows.append((name, ratios[0], len(agreement.rules), ratios[1], len(cases), len(readings)))
    return [*_header(_TOTALS[lang]), *(f"| {' | '.join(map(str, row))} |" for row in rows)]


def _plain(name: str) -> str:
    """A name within a table: its bars would part the columns."""
    return name.replace("|", "\\|")


def _header(heads: tuple[str, ...]) -> list[str]:
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]


def _force(force: str) -> str:
    return "" if force == "binding" else f" ({force})"


def _case(case: Case) -> str:
    given = case.given
    reading = f" ({given['reading']})" if given["reading"] else ""
    return f"{given['vector']}{reading}" if given["vector"] else f"“{_plain(case.name)}”"
