"""The reference part of docs/agreements.md, written from the registry so that it cannot fall behind it."""

from collections.abc import Iterator, Mapping

from .case_language import CASE, EXPECT, REQUEST
from .readings import READINGS
from .rules import RULES, Rule
from .schema import Param

_TYPES = {
    "number": "a number",
    "whole": "a whole number",
    "days": "days, halves allowed (`12` or `12.5`)",
    "flag": "`true` or `false`",
    "date": "a date without quotes (`2026-06-30`)",
    "string": "a text in quotes",
    "words": 'a text in quotes, or `{ fr = "…", en = "…" }`',
    "strings": "a list of texts",
    "codes": 'a list of codes (`["permanent", "fixed_term"]`)',
    "weekdays": 'a list of weekdays (`["monday", "tuesday"]`)',
    "scale": "rows `[{ rate = 80, days = 78 }, …]`",
    "contracts": "a list of tables",
    "places": "a list of tables",
    "spans": "a list of dates, `{ day, part }` or `{ first, last }`",
    "holidays": "a list of tables",
    "week": 'a table, like `{ monday = "full", wednesday = "morning" }`',
    "autonomy": "a date, or `false`",
    "readings": "a table of readings",
    "period": "`{ first, last }`",
    "recall": "`{ day, ground }`",
    "dates": "a list of dates",
    "length": '`{ n = 3, unit = "month" }`, in hours, calendar or working days, weeks, months, years',
    "lengths": 'lengths in order, `[{ n = 6, unit = "month" }, "unlimited"]`',
    "table": "a table of keys",
    "rows": "a list of tables",
    "replacements": "`{ rule = { key = value } }`",
    "clock": "a time of day (`09:30:00`)",
    "moment": "a date and a time (`2026-06-30T22:30:00`)",
}


def reference() -> str:
    """Every kind of rule, every reading, every key of a case, in Markdown."""
    parts = [_heading(rule) for rule in RULES]
    readings = ["## Every reading", *(line for name in READINGS for line in _reading(name))]
    cases = [
        "## Every key of a case",
        "Also allowed once for all cases under `[defaults]`: everything that describes the person.\n",
        *_table(CASE),
        "\n`request` holds:\n",
        *_table(REQUEST),
        "\n`expect` holds:\n",
        *_table(EXPECT),
    ]
    return "\n".join(["## Every kind of rule", *parts, *readings, "", *cases]) + "\n"


def _heading(rule: Rule) -> str:
    lines = [f"\n### `{rule.kind}`: {rule.title.en} (« {rule.title.fr} »)\n", rule.question.en]
    if rule.always:
        lines[-1] += " This rule always holds; writing it gives it its article."
    if rule.one_of:
        lines[-1] += f" Write one of {' or '.join(f'`{key}`' for key in rule.one_of)}, not both."
    if rule.readings:
        lines.append(f"\nIt needs the readings {', '.join(_needed(rule))}.")
    if rule.params:
        lines += ["", *_table(rule.params)]
    return "\n".join([*lines, "\n```toml", "[[rules]]", rule.example, "```"])


def _needed(rule: Rule) -> Iterator[str]:
    for wanted in rule.readings:
        if isinstance(wanted, str):
            yield f"`{wanted}`"
        else:
            yield f"`{wanted[0]}` (when `{wanted[1]}` is `{wanted[2]}`)"


def _table(params: Mapping[str, Param]) -> list[str]:
    rows = [
        f"| `{key}` | {_type(param)} | {param.about.lang('en')}{_optional(param)} |" for key, param in params.items()
    ]
    return ["| key | value | meaning |", "| --- | --- | --- |", *rows]


def _type(param: Param) -> str:
    if param.choices and len(param.choices) <= 6:
        return " or ".join(f"`{choice}`" for choice in param.choices)
    return "a kind of rule" if param.type == "choice" else "kinds of rules" if param.choices else _TYPES[param.type]


def _optional(param: Param) -> str:
    return "" if param.required else " (may be left out)"


def _reading(name: str) -> Iterator[str]:
    question = READINGS[name]
    yield f"\n### `{name}`\n"
    yield f"{question.asks.en}\n"
    for choice, answer in question.choices.items():
        keys = "".join(f", with `{key}` ({_type(param)})" for key, param in answer.params.items())
        yield f"- `{choice}`: {answer.about.en}{keys}"
