"""Cases: what HR signs. A person, a calendar, a request, and what the agreement is expected to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from . import entitlements
from .agreement import Agreement, AgreementError, parse, with_readings
from .answers import Entitlement
from .case_language import CASE, DEFAULTS, EXPECT, REQUEST
from .decision import Decision, Finding, Verdict
from .engine import decide
from .explain import whole
from .facts import Facts, Part, Purpose, Request, Workday
from .faults import Fault, NoValueInForce, unknown
from .rules.recalls import recall
from .schema import Reader
from .text import Text, both

MOST_CASES = 10_000
_MARGIN = timedelta(days=400)
_TOO_MANY = both(fr=f"{MOST_CASES} cas au plus par document.", en=f"At most {MOST_CASES} cases a document.")


@dataclass(frozen=True, slots=True)
class Case:
    """One case as read: ``given`` are its checked keys, ``line`` where it stands."""

    name: str
    line: int
    given: Mapping[str, object]

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
    raw = parse(text, name=name)
    reader = Reader(text, name)
    for key in raw.keys() - {"defaults", "cases"}:
        reader.fault((key,), unknown(key, ("defaults", "cases")))
    defaults = reader.table(raw.get("defaults", {}), ("defaults",))
    reader.params(defaults, ("defaults",), DEFAULTS)
    if isinstance(raw.get("cases"), list) and len(raw["cases"]) > MOST_CASES:
        reader.fault(("cases",), _TOO_MANY)
        raise AgreementError(reader.faults, name)
    cases = [_case(reader, table, path, defaults) for path, table in reader.tables(raw.get("cases", []), ("cases",))]
    _report_twins(reader, cases)
    if reader.faults:
        raise AgreementError(sorted(reader.faults, key=lambda fault: fault.line), name)
    return tuple(cases)


def _case(reader: Reader, table: Mapping[str, object], path, defaults: Mapping[str, object]) -> Case:
    own = {key: value for key, value in table.items() if key not in ("request", "expect")}
    inherited = {key: value for key, value in defaults.items() if key in DEFAULTS}
    given = reader.params({**inherited, **own}, path, CASE)
    asked = table.get("request")
    given["request"] = (
        reader.params(reader.table(asked, (*path, "request")), (*path, "request"), REQUEST)
        if asked is not None
        else None
    )
    given["expect"] = reader.params(reader.table(table.get("expect", {}), (*path, "expect")), (*path, "expect"), EXPECT)
    return Case(str(given["name"] or ""), reader.positions.line(path), given)


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


def run_cases(agreement: Agreement, cases: tuple[Case, ...]) -> list[Outcome]:
    """Run every case against the agreement."""
    return [run_case(agreement, case) for case in cases]


def run_case(agreement: Agreement, case: Case) -> Outcome:
    """Run one case; a silence of the agreement or an impossible reading is a difference, never an exception."""
    try:
        chosen = case.given["readings"]
        return _Run(with_readings(agreement, chosen) if chosen else agreement, case).outcome()
    except NoValueInForce as silence:
        expected = case.expect["silent"]
        return Outcome(case, () if expected else (silence.message,))
    except AgreementError as error:
        return Outcome(case, tuple(fault.message for fault in error.faults))


class _Run:
    """One case being run: its facts, its steps, the differences met."""

    def __init__(self, agreement: Agreement, case: Case) -> None:
        self.agreement = agreement
        self.case = case
        self.facts = facts_of(case)
        self.decisions: list[Decision] = []
        self.findings: list[Finding] = []
        self.differences: list[Text] = []
        self.due: Entitlement | None = None

    def outcome(self) -> Outcome:
        if self.case.given["request"]:
            self._ask()
        if self.case.given["recall"]:
            self.findings.append(recall(self.facts, self.agreement, **self.case.given["recall"]))
        self._compare()
        return Outcome(self.case, tuple(self.differences), tuple(self.decisions), tuple(self.findings), self.due)

    def _ask(self) -> None:
        """Judge the days one after the other; a day that is not refused is held when the next is judged."""
        asked = self.case.given["request"]
        part, purpose = Part(asked["part"]), Purpose(asked["purpose"])
        for day in asked["days"] or (asked["day"],):
            decision = decide(Request(day, part, purpose), self.facts, self.agreement)
            self.decisions.append(decision)
            self.findings.extend(decision.findings)
            if decision.verdict is not Verdict.REFUSED:
                self.facts = self.facts.with_booking(day, part.halves)

    def _compare(self) -> None:
        expect = self.case.expect
        if expect["silent"]:
            self._differ("silent", "NoValueInForce", "…")
        self._compare_verdict(expect)
        refusing = [finding for finding in self.findings if finding.verdict is Verdict.REFUSED]
        if expect["rule"]:
            self._same("rule", expect["rule"], ", ".join(dict.fromkeys(finding.rule for finding in refusing)) or "-")
        if expect["rules"]:
            self._same("rules", set(expect["rules"]), {finding.rule for finding in refusing})
        if expect["article"]:
            self._same("article", {expect["article"]}, {finding.article for finding in refusing})
        if expect["first_refused"]:
            refused = [d.request.day for d in self.decisions if d.verdict is Verdict.REFUSED]
            self._same("first_refused", expect["first_refused"], min(refused, default="-"))
        self._compare_numbers(expect)

    def _compare_verdict(self, expect: Mapping[str, object]) -> None:
        wanted = expect["verdict"]
        if not wanted:
            return
        worst = max((finding.verdict for finding in self.findings), default=Verdict.ALLOWED)
        got = worst.name.lower()
        if wanted != got and not (wanted == "possible" and worst is not Verdict.REFUSED):
            reasons = [
                finding for finding in self.findings if finding.verdict is worst and worst is not Verdict.ALLOWED
            ]
            self._differ("verdict", wanted, got, reasons)

    def _compare_numbers(self, expect: Mapping[str, object]) -> None:
        day = self._day()
        if expect["left"] is not None:
            balance = entitlements.balance(self.facts, self.agreement, day)
            self._same("left", expect["left"], balance.left if balance else "-")
        if expect["entitlement"] is not None:
            self.due = entitlements.entitlement(self.facts, self.agreement, day)
            self._same("entitlement", expect["entitlement"], self.due.total if self.due else "-")
        if expect["allowance"] is not None:
            span = self.case.given["period"] or {"first": day.replace(day=1), "last": day}
            paid = entitlements.allowance(self.facts, self.agreement, span["first"], span["last"])
            self._same("allowance", expect["allowance"], paid.amount if paid else "-")

    def _day(self) -> date:
        asked = self.case.given["request"]
        return (asked["days"] or (asked["day"],))[-1] if asked else self.facts.today

    def _same(self, key: str, expected: object, got: object) -> None:
        if expected != got:
            self._differ(key, expected, got)

    def _differ(self, key: str, expected: object, got: object, reasons: list[Finding] = ()) -> None:
        said = {lang: " ".join(whole(finding, lang) for finding in reasons) for lang in ("fr", "en")}
        self.differences.append(both(
            fr=f"{key} : attendu {_shown(expected)}, obtenu {_shown(got)}. {said['fr']}".strip(),
            en=f"{key}: expected {_shown(expected)}, got {_shown(got)}. {said['en']}".strip(),
        ))  # fmt: skip


def _shown(value: object) -> str:
    return ", ".join(sorted(map(str, value))) or "-" if isinstance(value, set | frozenset) else str(value)


def facts_of(case: Case) -> Facts:
    """The facts that a case describes."""
    given = case.given
    today: date = given["today"]
    asked = given["request"] or {}
    days = [today, *(asked.get("days") or ()), *filter(None, [asked.get("day")])]
    calendar = _calendar(given, min(days) - _MARGIN, max(days) + _MARGIN)
    pending = dict(given["pending"])
    booked = {**_taken(given, calendar), **dict(given["booked"]), **pending}
    autonomy = given["autonomy"]
    return Facts(
        today, contracts=given["contracts"], hired=given["hired"], job=given["job"], autonomy=autonomy or None,
        places=given["places"], workdays=calendar, booked=booked, pending=pending,
    )  # fmt: skip


def _calendar(given: Mapping[str, object], first: date, last: date) -> Mapping[date, Workday]:
    plain = _plain_calendar(given["works"], first, last)
    special = {}
    for day, name in given["holidays"]:
        special[day] = Workday(day, holiday=name)
    for day, halves in given["absences"]:
        due = plain[day].due if day in plain and day not in special else 0
        special[day] = Workday(
            day, due=due, absent=halves & due, holiday=special[day].holiday if day in special else ""
        )
    for day, _ in given["unplanned"]:
        special[day] = Workday(day, planned=False)
    return {**plain, **special} if special else plain


@lru_cache(maxsize=64)
def _plain_calendar(works: tuple[int, ...], first: date, last: date) -> Mapping[date, Workday]:
    """The same working week over and over; cases share it."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return {day: Workday(day, due=works[day.weekday()]) for day in days}


def _taken(given: Mapping[str, object], calendar: Mapping[date, Workday]) -> dict[date, int]:
    """``taken`` days laid on the first days worked of the year asked about (from ``taken_from`` if given)."""
    left = int((given["taken"] or Decimal(0)) * 2)
    asked = given["request"] or {}
    day = given["taken_from"] or (asked.get("day") or given["today"]).replace(month=1, day=1)
    held: dict[date, int] = {}
    while left > 0 and day in calendar:
        available = calendar[day].available
        halves = available if available.bit_count() <= left else available & -available
        if halves:
            held[day] = halves
            left -= halves.bit_count()
        day += timedelta(days=1)
    return held


def faults_of(outcomes: list[Outcome]) -> list[Fault]:
    """The differences of failed cases, as faults of their document."""
    return [Fault(outcome.case.line, outcome.case.name, text) for outcome in outcomes for text in outcome.differences]
