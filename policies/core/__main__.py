"""``python -m policies.core check FILE…`` and ``explain FILE CASE``: agreements checked and explained in a terminal."""

import argparse
import sys
from pathlib import Path

from .agreement import Agreement, load
from .cases import Case, Outcome, faults_of, load_cases, run_case, run_cases
from .explain import entitlement_lines, headline, summary, title, whole
from .faults import AgreementError, Fault
from .lint import lint
from .reference import reference
from .text import both
from .wording import number, weekday_date


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when all is well, 1 with a sentence per fault, 2 for a wrong call."""
    parser = argparse.ArgumentParser(
        prog="python -m policies.core", description="Check and explain telework agreements."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="load agreements, lint them, run their cases")
    check.add_argument("files", nargs="+", metavar="FILE")
    explain = commands.add_parser("explain", help="one case in words")
    explain.add_argument("file", metavar="FILE")
    explain.add_argument("case", metavar="CASE", help="the name of the case, its beginning, or its number")
    commands.add_parser("reference", help="the reference of the language, in Markdown")
    for command in (check, explain):
        command.add_argument("--lang", choices=("fr", "en"), default="en")
    options = parser.parse_args(arguments)
    if options.command == "reference":
        print(reference(), end="")
        return 0
    try:
        if options.command == "check":
            return max([check_file(path, options.lang) for path in agreement_paths(options.files)])
        return explain_case(Path(options.file), options.case, options.lang)
    except AgreementError as error:
        print("\n".join(error.sentences(options.lang)), file=sys.stderr)
        return 1


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


def check_file(path: Path, lang: str) -> int:
    """Print every fault of one agreement and of its cases, or one line that says all is well."""
    try:
        agreement, cases = open_agreement(path)
    except AgreementError as error:
        print("\n".join(error.sentences(lang)), file=sys.stderr)
        return 1
    sentences = [fault.sentence(str(path), lang) for fault in lint(agreement)]
    sentences += [fault.sentence(str(cases_path(path)), lang) for fault in faults_of(run_cases(agreement, cases))]
    if sentences:
        print("\n".join(sentences), file=sys.stderr)
        return 1
    ours = sum(reading.by == "ours" for reading in agreement.readings.values())
    done = both(
        fr=f"{path} : {len(agreement.rules)} règles, {len(cases)} cas réussis, {ours} lectures choisies par nous.",
        en=f"{path}: {len(agreement.rules)} rules, {len(cases)} cases passed, {ours} readings chosen by us.",
    )
    print(done.lang(lang))
    return 0


def explain_case(path: Path, wanted: str, lang: str) -> int:
    """Print what the agreement answers to one case, rule by rule."""
    agreement, cases = open_agreement(path)
    case = _find(cases, wanted)
    if case is None:
        names = "\n".join(f"  {number}. {case.name}" for number, case in enumerate(cases, start=1)) or "  -"
        message = both(fr=f"Aucun cas « {wanted} ». Les cas :", en=f"No case “{wanted}”. The cases:")
        print(message.lang(lang), names, sep="\n", file=sys.stderr)
        return 1
    outcome = run_case(agreement, case)
    print("\n".join(explanation(outcome, lang)))
    return 0 if outcome.passed else 1


def _find(cases: tuple[Case, ...], wanted: str) -> Case | None:
    if wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(cases):
        return cases[int(wanted) - 1]
    return next((case for case in cases if case.name.casefold().startswith(wanted.casefold())), None)


def explanation(outcome: Outcome, lang: str) -> list[str]:
    """The decision of a case in short lines: verdict, then each rule with its article, sentence and remedy.

    Days due, where the case asks for them, with their sum.
    """
    lines = [outcome.case.name]
    for decision in outcome.decisions:
        day = weekday_date(decision.request.day, lang)
        lines += ["", f"{day} — {headline(decision, lang)}. {summary(decision, lang)}"]
        lines += [_row(finding, lang) for finding in decision.findings]
    if not outcome.decisions:
        lines += [_row(finding, lang) for finding in outcome.findings]
    if outcome.due:
        lines += [f"  + {sentence}" for sentence in entitlement_lines(outcome.due, lang)]
        lines += [f"  = {number(outcome.due.total, lang)}"]
    return [*lines, *(f"≠ {difference.lang(lang)}" for difference in outcome.differences)]


def _row(finding, lang: str) -> str:
    sign = ("✓", "?", "✗")[finding.verdict]
    article = f" [{finding.article}]" if finding.article else ""
    return f"  {sign} {title(finding, lang)}{article} — {whole(finding, lang)}"


if __name__ == "__main__":
    sys.exit(main())
