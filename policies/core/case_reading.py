"""Reading the cases of an agreement, every fault found at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from . import case_values  # noqa: F401  the types of its keys
from .agreement import AgreementError, parse
from .answers import Entitlement
from .case_language import CASE, DEFAULTS, EXPECT, REQUEST
from .decision import Decision, Finding
from .faults import unknown
from .rules import BY_KIND
from .schema import Param, Reader
from .text import Text, both

MOST_CASES = 10_000
_LONGEST = 8_000_000
_TOO_MANY = both(fr=f"{MOST_CASES} cas au plus par document.", en=f"At most {MOST_CASES} cases a document.")


@dataclass(frozen=True, slots=True)
class Case:
    """One case as read: ``given`` are its checked keys, ``line`` where it stands, ``written`` the keys of the text."""

    name: str
    line: int
    given: Mapping[str, object]
    written: Mapping[str, object] = field(default_factory=dict)

    @property
    def expect(self) -> Mapping[str, object]:
        return self.given["expect"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: the differences found (none when it passes), the decisions taken, the days due."""

    case: Case
    differences: tuple[Text, ...] = ()
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()
    due: Entitlement | None = None

    @property
    def passed(self) -> bool:
        return not self.differences


def load_cases(text: str, *, name: str = "") -> tuple[Case, ...]:
    """The cases of a TOML text; AgreementError with every fault."""
    return assemble_cases(parse(text, name=name, longest=_LONGEST), text, name)


def assemble_cases(raw: Mapping[str, object], text: str, name: str) -> tuple[Case, ...]:
    """The cases that parsed tables make; ``text`` only tells where each key stands."""
    reader = Reader(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    for key in raw.keys() - {"defaults", "cases"}:
        reader.fault((key,), unknown(key, ("defaults", "cases")))
    defaults = reader.table(raw.get("defaults", {}), ("defaults",))
    shared = reader.params(defaults, ("defaults",), DEFAULTS)
    if isinstance(raw.get("cases"), list) and len(raw["cases"]) > MOST_CASES:
        reader.fault(("cases",), _TOO_MANY)
        raise AgreementError(reader.faults, name)
    cases = [
        _case(reader, table, path, shared, defaults) for path, table in reader.tables(raw.get("cases", []), ("cases",))
    ]
    _report_twins(reader, cases)
    if reader.faults:
        raise AgreementError(sorted(reader.faults, key=lambda fault: fault.line), name)
    return tuple(cases)


_INNER = ("request", "expect")
_NO_DAY = both(
    fr="« day » manque : request = { day = 2026-06-30 }, ou days.",
    en="“day” is missing: request = { day = 2026-06-30 }, or days.",
)


def _case(reader: Reader, table: Mapping[str, object], path, shared: Mapping[str, object], defaults: Mapping) -> Case:
    """A case: its own keys, upon those of ``[defaults]`` and ours."""
    own = {key: value for key, value in table.items() if key not in _INNER}
    spec = CASE if shared["today"] is None else _WITH_TODAY
    given = {**reader.some(own, path, spec, upon=shared)}
    at = (*path, "request")
    asked = table.get("request")
    given["request"] = reader.params(reader.table(asked, at), at, REQUEST) if asked is not None else None
    if asked and not (given["request"]["day"] or given["request"]["days"]):
        reader.fault(at, _NO_DAY)
    given["ask"] = _question(reader, given["ask"], (*path, "ask"))
    given["expect"] = _expected(reader, table.get("expect", {}), (*path, "expect"))
    return Case(str(given["name"] or ""), reader.positions.line(path), given, {**defaults, **table})


_WITH_TODAY = {**CASE, "today": DEFAULTS["today"]}
_ASK = {
    "kind": Param("string", both(fr="le genre de la règle", en="the kind of the rule")),
    "name": Param("string", required=False, default=""),
    "form": Param("string", required=False, default=""),
    "on": Param("date", required=False),
}


def _question(reader: Reader, table: object, path) -> dict[str, object] | None:
    """A question put to a rule: its keys are those that the kind of rule asks for."""
    if table is None:
        return None
    if not isinstance(table, dict):
        reader.table(table, path)
        return None
    kind = table.get("kind")
    answering = [rule.kind for rule in BY_KIND.values() if rule.consult]
    if isinstance(kind, str) and kind not in answering:
        reader.fault((*path, "kind"), unknown(kind, answering))
        return None
    asks = BY_KIND[kind].asks if isinstance(kind, str) else {}
    found = reader.params(table, path, {**_ASK, **asks})
    return {**found, "asked": {key: found[key] for key in asks}}


def _expected(reader: Reader, raw: object, path) -> dict[str, object]:
    """What is expected: our keys, and any number, date or word of a finding."""
    table = reader.table(raw, path)
    own, more = {}, {}
    for key, value in table.items():
        known = key in EXPECT or get_close_matches(str(key), EXPECT, n=1, cutoff=0.8)
        (own if known else more)[key] = value
    return {**reader.params(own, path, EXPECT), "more": more}


def _report_twins(reader: Reader, cases: list[Case]) -> None:
    seen: dict[str, int] = {}
    for index, case in enumerate(cases):
        if case.name in seen:
            line = seen[case.name]
            reader.fault(
                ("cases", index),
                both(
                    fr=f"Ce nom est déjà celui du cas de la ligne {line}.",
                    en=f"This name is already that of the case on line {line}.",
                ),
            )
        seen[case.name] = case.line
