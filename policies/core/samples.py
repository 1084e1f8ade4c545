"""The examples of the reference, really asked: what each answers is what the engine answers."""

import re
from datetime import date

from .agreement import load
from .case_reading import load_cases
from .case_run import run_case
from .decision import Finding
from .readings import READINGS
from .rules import Rule
from .schema import Param

TODAY = date(2026, 3, 2)
_HEAD = """
title = "Sample"
in_force = 2015-01-01
level = "company"
[articles."1"]
title = "Sample"
source = "text"
"""
_MOST_SHOWN = 6


def ask_of(rule: Rule) -> str:
    """The question put to the example, as a case writes it: ``ask = { … }``."""
    asked = rule.asked.strip()
    if asked.startswith("ask"):
        return asked
    inner = asked if asked.startswith("{") else f"{{ {', '.join(asked.splitlines())} }}"
    return f"ask = {inner}" if asked else ""


def answer_of(rule: Rule) -> str:
    """What the example answers, as ``expect`` would write it."""
    case = load_cases(f'[[cases]]\nname = "sample"\ntoday = {TODAY}\n{ask_of(rule)}\n')[0]
    outcome = run_case(load(sample(rule)), case)
    if not outcome.findings:
        raise ValueError(f"{rule.kind}: {'; '.join(outcome.differences)}")
    finding = outcome.findings[-1]
    return ", ".join([f"verdict = {_written(finding.verdict.name.lower())}", *told(finding)[:_MOST_SHOWN]])


def told(finding: Finding) -> list[str]:
    """The numbers, dates and words of an answer, as ``expect`` would write them: ``due = 2026-04-01``."""
    return [
        f"{key} = {_written(value)}"
        for key, value in finding.data.items()
        if not _is_words(key) and value not in ("", None)
    ]


def sample(rule: Rule) -> str:
    """A whole document with the example of a kind and every reading chosen."""
    example = re.sub(r'(?m)^article = "[^"]*"', 'article = "1"', rule.example)
    example = re.sub(r"(?m)^from = \d{4}", "from = 2015", example)
    return f"{_HEAD}\n{readings()}\n[[rules]]\n{example}\n"


def readings() -> str:
    """Every reading, with its first answer and the first value of each key that it needs."""
    out = []
    for name, question in READINGS.items():
        choice, answer = next(iter(question.choices.items()))
        keys = [f"{key} = {_any(param)}" for key, param in answer.params.items() if param.required]
        out += [f"[readings.{name}]", f"choice = '{choice}'", 'by = "ours"', *keys]
    return "\n".join(out)


def _any(param: Param) -> str:
    return repr(param.choices[0]) if param.choices else str(max(1, param.least))


def _is_words(key: str) -> bool:
    return key.endswith(("_fr", "_en"))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    is_plain = re.fullmatch(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?", text)
    return text if is_plain else '"' + text + '"'
