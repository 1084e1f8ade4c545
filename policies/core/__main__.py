"""``python -m policies.core check FILE…``, ``explain FILE CASE``, ``map FILE…``: agreements in a terminal."""

import argparse
import sys
from pathlib import Path

from .agreement import Agreement, load
from .cases import Case, Outcome, load_cases, run_case
from .checking import check
from .explain import entitlement_lines, headline, summary, title, whole
from .faults import AgreementError, Fault
from .levels import completed
from .mapping import examples, table, totals
from .reference import reference
from .samples import told
from .text import both
from .wording import number, weekday_date


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when all is well, 1 with a sentence per fault, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog="python -m policies.core", description="Check and explain telework agreements."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="load agreements, lint them, run their cases")
    checking.add_argument("files", nargs="+", metavar="FILE")
    checking.add_argument("--upper", metavar="FILE", help="the text above them, where they do not name their base")
    explain = commands.add_parser("explain", help="one case in words")
    explain.add_argument("file", metavar="FILE")
    explain.add_argument("case", metavar="CASE", help="the name of the case, its beginning, or its number")
    mapping = commands.add_parser("map", help="the numbers of the source, their clauses and their cases")
    mapping.add_argument("files", nargs="+", metavar="FILE")
    mapping.add_argument("--write", metavar="FILE", help="put the map of those that name a source into this file")
    referring = commands.add_parser("reference", help="the reference of the language, in Markdown")
    referring.add_argument("--write", metavar="FILE", help="put it at the end of this guide, in place of the one there")
    for command in (checking, explain, mapping):
        command.add_argument("--lang", choices=("fr", "en"), default="en")
    options = parser.parse_args(arguments)
    if options.command == "reference":
        return refer(options.write)
    try:
        if options.command == "check":
            return max([check_file(path, options.lang, options.upper) for path in agreement_paths(options.files)])
        if options.command == "map":
            return map_files(agreement_paths(options.files), options.lang, options.write)
        return explain_case(Path(options.file), options.case, options.lang)
    except AgreementError as error:
        print("\n".join(error.sentences(options.lang)), file=sys.stderr)
        return 1


def refer(guide: str | None) -> int:
    """Print the reference, or put it below the line of the guide that announces it."""
    if guide is None:
        print(reference(), end="")
        return 0
    by_hand, mark, rest = read(Path(guide)).partition("<!-- reference:")
    announced = rest.partition("\n")[0]
    Path(guide).write_text(f"{by_hand}{mark}{announced}\n\n{reference()}", encoding="utf-8")
    return 0


def agreement_paths(names: list[str]) -> list[Path]:
    """The agreements among the files named: a file of cases stands for the agreement beside it, each once."""
    paths = [
        Path(name.removesuffix(".cases.toml") + ".toml" if name.endswith(".cases.toml") else name) for name in names
    ]
    return list(dict.fromkeys(paths))


def cases_path(path: Path) -> Path:
    """Where the cases of an agreement stand: ``x.toml`` → ``x.cases.toml``."""
    return path.with_name(path.name.removesuffix(".toml") + ".cases.toml")


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        message = both(fr=f"Ce fichier ne se lit pas : {reason}.", en=f"This file cannot be read: {reason}.")
        raise AgreementError([Fault(0, "", message)], str(path)) from None


def open_agreement(path: Path) -> tuple[Agreement, tuple[Case, ...]]:
    """An agreement and the cases beside it (none when there is no such file)."""
    agreement = load(read(path), name=str(path))
    beside = cases_path(path)
    return agreement, load_cases(read(beside), name=str(beside)) if beside.exists() else ()


def upper_of(agreement: Agreement, path: Path, named: str | None = None) -> Agreement | None:
    """The text above an agreement: the one named, else its ``base`` in the same folder."""
    if named and Path(named) != path:
        return load(read(Path(named)), name=named)
    if not agreement.base:
        return None
    beside = path.with_name(f"{agreement.base.removesuffix('.toml')}.toml")
    return load(read(beside), name=str(beside))


def check_file(path: Path, lang: str, upper: str | None = None) -> int:
    """Print every fault of one agreement and of its cases, or one line that says all is well, and what is advised."""
    try:
        agreement, cases = open_agreement(path)
        found = check(agreement, cases, upper_of(agreement, path, upper))
    except AgreementError as error:
        print("\n".join(error.sentences(lang)), file=sys.stderr)
        return 1
    advice = both(fr="Conseil, ", en="Advice, ").lang(lang)
    for fault in (*found.warnings, *found.remarks):
        print(advice + fault.sentence(str(path), lang))
    sentences = [fault.sentence(str(path), lang) for fault in found.faults]
    sentences += [fault.sentence(str(cases_path(path)), lang) for fault in found.case_faults]
    if sentences:
        print("\n".join(sentences), file=sys.stderr)
        return 1
    readings = [*agreement.readings.values(), *(r for clause in agreement.rules for r in clause.readings.values())]
    ours = sum(reading.by == "ours" for reading in readings)
    done = both(
        fr=f"{path} : {len(agreement.rules)} règles, {len(cases)} cas réussis, {ours} lectures choisies par nous.",
        en=f"{path}: {len(agreement.rules)} rules, {len(cases)} cases passed, {ours} readings chosen by us.",
    )
    print(done.lang(lang))
    return 0


def map_files(paths: list[Path], lang: str = "en", written: str | None = None) -> int:
    """Print, for each agreement, which clause renders each rule of its source and which cases show it; or write it."""
    if written:
        Path(written).write_text(mapped(paths, lang), encoding="utf-8")
    else:
        print("\n".join(section for path in paths for section in _sections(path, *open_agreement(path), lang)))
    return 0


def mapped(paths: list[Path], lang: str = "en") -> str:
    """The map of all the agreements that name their source, as one page of Markdown."""
    opened = [(path, *open_agreement(path)) for path in paths]
    title = both(fr="# Des règles des sources aux clauses", en="# From the rules of the sources to clauses").lang(lang)
    how = both(
        fr="Écrit par `python -m policies.core map --write` ; ne pas modifier à la main.",
        en="Written by `python -m policies.core map --write`, not by hand.",
    )
    sourced = [found for found in opened if found[1].source.get("rules")]
    counted = totals([(f"`{path.stem}`", agreement, cases) for path, agreement, cases in sourced], lang)
    sections = [line for found in sourced for line in _sections(*found, lang)]
    return "\n".join([title, "", how.lang(lang), "", *counted, "", *sections])


def _sections(path: Path, agreement: Agreement, cases: tuple[Case, ...], lang: str) -> list[str]:
    shown = examples(agreement, cases, lang)
    beside = [f"`{path.name}`", ""]
    return [f"## {agreement.title.lang(lang)}", "", *beside, *table(agreement, cases, lang), "", *shown, ""]


def explain_case(path: Path, wanted: str, lang: str) -> int:
    """Print what the agreement answers to one case, rule by rule."""
    agreement, cases = open_agreement(path)
    case = _find(cases, wanted)
    if case is None:
        names = "\n".join(f"  {number}. {case.name}" for number, case in enumerate(cases, start=1)) or "  -"
        message = both(fr=f"Aucun cas « {wanted} ». Les cas :", en=f"No case “{wanted}”. The cases:")
        print(message.lang(lang), names, sep="\n", file=sys.stderr)
        return 1
    upper = upper_of(agreement, path)
    outcome = run_case(completed(agreement, upper) if upper else agreement, case)
    print("\n".join(explanation(outcome, lang)))
    return 0 if outcome.passed else 1


def _find(cases: tuple[Case, ...], wanted: str) -> Case | None:
    if wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(cases):
        return cases[int(wanted) - 1]
    return next((case for case in cases if _plain(case.name).startswith(_plain(wanted))), None)


def _plain(name: str) -> str:
    """A name as it is typed: no capitals, and every space a plain one."""
    return " ".join(name.casefold().split())


def explanation(outcome: Outcome, lang: str) -> list[str]:
    """The decision of a case in short lines: verdict, then each rule with its article, sentence and remedy.

    Days due, where the case asks for them, with their sum.
    """
    lines = [outcome.case.name]
    for decision in outcome.decisions:
        day = weekday_date(decision.request.day, lang)
        lines += ["", f"{day} — {headline(decision, lang)}. {summary(decision, lang)}"]
        for finding in decision.findings:
            lines.append(_row(finding, lang))
            if finding.data and (finding.warns or finding.verdict):
                lines.append(f"      {', '.join(told(finding))}")
    decided = {id(finding) for decision in outcome.decisions for finding in decision.findings}
    for finding in outcome.findings:
        if id(finding) not in decided:
            lines += [_row(finding, lang), f"      {', '.join(told(finding))}"]
    if outcome.due:
        lines += [f"  + {sentence}" for sentence in entitlement_lines(outcome.due, lang)]
        lines += [f"  = {number(outcome.due.total, lang)}"]
    return [*lines, *(f"≠ {difference.lang(lang)}" for difference in outcome.differences)]


def _row(finding, lang: str) -> str:
    sign = "!" if finding.warns else ("✓", "?", "✗")[finding.verdict]
    article = f" [{finding.article}]" if finding.article else ""
    name = f" ({finding.name})" if finding.name else ""
    return f"  {sign} {title(finding, lang)}{name}{article} — {whole(finding, lang)}"


if __name__ == "__main__":
    sys.exit(main())
