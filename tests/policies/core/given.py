"""Facts and agreements for tests of the engine: somebody eligible, and a document with only the rule under test."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from policies.core import ContractFacts, Facts, Part, PlaceFacts, Request, Verdict, Workday, decide
from policies.core.agreement import load

TODAY = date(2026, 6, 9)
AGREEMENTS = Path(__file__).resolve().parents[3] / "policies" / "agreements"

HEAD = """
title = "Essai"
in_force = 2020-01-01
level = "company"
[articles."1"]
title = "Un article"
source = "text"
"""
READINGS = """
[readings.year_start]
choice = "civil"
by = "text"
[readings.part_time]
choice = "linear"
by = "text"
[readings.within_year]
choice = "by_days"
by = "text"
[readings.change_of_value]
choice = "by_days"
by = "text"
[readings.rounding]
choice = "up"
step = "half_day"
of = "total"
by = "text"
[readings.half_day_counts]
choice = "half"
by = "text"
[readings.notice_counting]
choice = "to_the_day"
by = "text"
[readings.working_days]
choice = "monday_to_friday"
by = "text"
[readings.short_weeks]
choice = "same_minimum"
by = "text"
"""


def rule(kind: str, *values: str, extra: str = "") -> str:
    """A rule in TOML, each value as ``from = …`` and its parameters, separated by ``;``."""
    blocks = "".join("[[rules.values]]\n" + value.replace(";", "\n") + "\n" for value in values)
    return f'[[rules]]\nkind = "{kind}"\narticle = "1"\n{extra}\n{blocks}'


def agreement(*rules: str, readings: str = READINGS, head: str = HEAD):
    """An agreement made of these rules."""
    return load(head + readings + "\n".join(rules), name="essai")


def shipped(slug: str = "ima-gie-2021"):
    return load((AGREEMENTS / f"{slug}.toml").read_text(encoding="utf-8"), name=slug)


def calendar(first: date, last: date, due: int = 3) -> dict[date, Workday]:
    """Monday to Friday worked."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return {day: Workday(day, due=due if day.weekday() < 5 else 0) for day in days}


def person(**changed) -> Facts:
    """A full-time office worker whom nothing refuses."""
    known = {
        "today": TODAY,
        "contracts": (ContractFacts(date(2015, 1, 1), None, Decimal(100), "permanent"),),
        "hired": date(2015, 1, 1),
        "job": "assistance",
        "autonomy": date(2021, 1, 4),
        "places": (PlaceFacts("domicile, Niort", date(2021, 1, 4), None, True, date(2099, 12, 31)),),
        "workdays": calendar(date(2025, 1, 1), date(2028, 12, 31)),
    }
    return Facts(**{**known, **changed})


def refusing(facts: Facts, document, day: date, part: Part = Part.FULL, **asked) -> set[str]:
    """The codes of the findings that refuse the day."""
    decision = decide(Request(day, part, **asked), facts, document)
    return {finding.code for finding in decision.findings if finding.verdict is Verdict.REFUSED}
