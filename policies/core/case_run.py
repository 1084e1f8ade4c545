"""Running a case: ask what it asks, and compare the answer with what is expected."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from . import entitlements
from .agreement import Agreement, with_readings
from .answers import Entitlement
from .case_facts import asked_days, facts_of
from .case_language import EXPECT
from .case_reading import Case, Outcome
from .decision import Decision, Finding, Verdict
from .engine import consult, decide
from .explain import whole
from .facts import Part, Purpose, Request
from .faults import AgreementError, NoValueInForce, maybe, unknown
from .levels import judged
from .lint import lint
from .lint_counting import gaps
from .payments import allowance
from .rules import BY_KIND
from .rules.recalls import recall
from .schema import Wrong
from .text import Text, both


def run_case(agreement: Agreement, case: Case) -> Outcome:
    """Run one case: a silence, an impossible reading or an impossible fact is a difference, never an exception."""
    try:
        chosen = case.given["readings"]
        return _Run(with_readings(agreement, chosen) if chosen else agreement, case).outcome()
    except NoValueInForce as silence:
        return Outcome(case, () if case.expect["silent"] else (silence.message,))
    except AgreementError as error:
        return Outcome(case, tuple(fault.message for fault in error.faults))
    except Wrong as wrong:
        return Outcome(case, (wrong.message,))


_NOT_SILENT = both(
    fr="silent : le texte devait ne rien dire, et il répond.", en="silent: the text was to say nothing, and it answers."
)
_ASKS_NOTHING = both(
    fr="Ce cas ne demande rien : ajoutez request, ask, ou expect = { entitlement = … }.",
    en="This case asks nothing: add request, ask, or expect = { entitlement = … }.",
)


class _Run:
    """One case being run: its facts, its steps, the differences met."""

    def __init__(self, agreement: Agreement, case: Case) -> None:
        self.agreement = agreement
        self.case = case
        self.facts = facts_of(case.given)
        self.decisions: list[Decision] = []
        self.findings: list[Finding] = []
        self.differences: list[Text] = []
        self.due: Entitlement | None = None

    def outcome(self) -> Outcome:
        given = self.case.given
        if given["request"]:
            self._request()
        if given["ask"]:
            self._ask()
        if given["recall"]:
            self.findings.append(recall(self.facts, self.agreement, **given["recall"]))
        self._compare()
        return Outcome(self.case, tuple(self.differences), tuple(self.decisions), tuple(self.findings), self.due)

    def _request(self) -> None:
        """Judge the days one after the other; a day that is not refused is held when the next is judged."""
        asked = self.case.given["request"]
        part, purpose = Part(asked["part"]), Purpose(asked["purpose"])
        rest = {key: asked[key] for key in ("form", "place", "answers", "hours", "reason", "at")}
        for day in asked_days(self.case.given):
            decision = decide(Request(day, part, purpose, **rest), self.facts, self.agreement)
            self.decisions.append(decision)
            self.findings.extend(decision.findings)
            if decision.verdict is not Verdict.REFUSED:
                self.facts = self.facts.with_booking(day, part.halves, asked["form"])

    def _ask(self) -> None:
        ask = self.case.given["ask"]
        found = consult(
            ask["kind"], ask["asked"], self.facts, self.agreement, name=ask["name"], form=ask["form"], day=ask["on"]
        )
        self.findings.append(found)

    def _compare(self) -> None:
        expect = self.case.expect
        if not self._asks():
            self.differences.append(_ASKS_NOTHING)
        elif expect["silent"]:
            self.differences.append(_NOT_SILENT)
        self._compare_verdict(expect)
        self._compare_rules(expect)
        if expect["first_refused"]:
            refused = [d.request.day for d in self.decisions if d.verdict is Verdict.REFUSED]
            self._same("first_refused", expect["first_refused"], min(refused, default="-"))
        self._compare_numbers(expect)
        for key, value in expect["more"].items():
            self._compare_data(key, value)
        if expect["lint"]:
            self._compare_lint(expect["lint"])

    def _asks(self) -> bool:
        """Does the case ask anything: a day, a question, a recall, a number of its own?"""
        given, expect = self.case.given, self.case.expect
        return any(given[key] for key in ("request", "ask", "recall", "policy")) or any(
            expect[key] is not None for key in ("left", "entitlement", "allowance", "lint")
        )

    def _compare_verdict(self, expect: Mapping[str, object]) -> None:
        wanted = expect["verdict"]
        if not wanted:
            return
        if not self.findings:
            self._differ("verdict", wanted, "-")
            return
        worst = max(finding.verdict for finding in self.findings)
        got = worst.name.lower()
        if wanted != got and not (wanted == "possible" and worst is not Verdict.REFUSED):
            reasons = [
                finding for finding in self.findings if finding.verdict is worst and worst is not Verdict.ALLOWED
            ]
            self._differ("verdict", wanted, got, reasons)

    def _compare_rules(self, expect: Mapping[str, object]) -> None:
        """The rules that refuse (or, where approval is expected, that ask for it), by kind or by name."""
        level = Verdict.NEEDS_APPROVAL if expect["verdict"] == "needs_approval" else Verdict.REFUSED
        telling = [finding for finding in self.findings if finding.verdict is level]
        if expect["verdict"] in ("allowed", "possible"):
            telling = [finding for finding in self.findings if expect["rule"] in (finding.rule, finding.name)]
        if expect["rule"] and self._is_known(expect["rule"]):
            got = {_as(finding, {expect["rule"]}) for finding in telling}
            if expect["rule"] in got:  # a day of leave is not worked either: what always holds may refuse beside it
                got -= {rule for rule in got if rule in BY_KIND and BY_KIND[rule].always} - {expect["rule"]}
            if got != {expect["rule"]}:
                self._differ("rule", expect["rule"], got)
        if expect["rules"] and all(self._is_known(name) for name in expect["rules"]):
            wanted = set(expect["rules"])
            self._same("rules", wanted, {_as(finding, wanted) for finding in telling})
        if expect["article"]:
            self._same("article", {expect["article"]}, {finding.article for finding in telling or self._answered()})
        if expect["warns"]:
            wanted = set(expect["warns"])
            self._same("warns", wanted, {_as(finding, wanted) for finding in self.findings if finding.warns})
        if expect["follows_advice"]:
            self._same(
                "follows_advice", set(), {finding.name or finding.rule for finding in self.findings if finding.warns}
            )
        if expect["lifted"]:
            lifted = {name for finding in self.findings for name in finding.data.get("lifted", "").split(",") if name}
            self._same("lifted", set(expect["lifted"]), lifted)

    def _answered(self) -> list[Finding]:
        """The answer to a question, where one was asked."""
        return self.findings[-1:] if self.case.given["ask"] else []

    def _is_known(self, rule: str) -> bool:
        known = {*BY_KIND, *(clause.name for clause in self.agreement.rules if clause.name)}
        if rule not in known:
            self.differences.append(unknown(rule, known))
        return rule in known

    def _compare_numbers(self, expect: Mapping[str, object]) -> None:
        day = asked_days(self.case.given)[-1]
        if expect["left"] is not None:
            self._compare_left(expect["left"], day)
        if expect["entitlement"] is not None:
            self.due = entitlements.entitlement(self.facts, self.agreement, day)
            self._same("entitlement", expect["entitlement"], self.due.total if self.due else "-")
        if expect["allowance"] is not None:
            span = self.case.given["period"] or {"first": day.replace(day=1), "last": day}
            paid = allowance(self.facts, self.agreement, span["first"], span["last"])
            self._same("allowance", expect["allowance"], paid.amount if paid else "-")

    def _compare_left(self, wanted: Decimal, day: date) -> None:
        """The balance of the yearly cap, or what a rule says is left."""
        told = [finding for finding in self._of_rule() if "left" in finding.data]
        asked = self.case.given["ask"]
        is_of_a_rule = self.case.expect["rule"] or not self.agreement.clauses("yearly_cap")
        if asked or (is_of_a_rule and told):
            self._compare_data("left", wanted)
            return
        balance = entitlements.balance(self.facts, self.agreement, day)
        self._same("left", wanted, balance.left if balance else "-")

    def _of_rule(self) -> list[Finding]:
        wanted = self.case.expect["rule"]
        return [finding for finding in self.findings if not wanted or wanted in (finding.rule, finding.name)]

    def _compare_data(self, key: str, wanted: object) -> None:
        """A number, date or word of the findings: of the rule named, else of those that refuse, else of any."""
        told = [finding for finding in self._of_rule() if key in finding.data]
        told = [finding for finding in told if finding.verdict is Verdict.REFUSED] or told
        if not told:
            self.differences.append(self._not_told(key))
            return
        if not any(_equal(wanted, finding.data[key]) for finding in told):
            got = ", ".join(dict.fromkeys(str(finding.data[key]) for finding in told))
            self._differ(key, wanted, got, told if len(told) == 1 else ())

    def _not_told(self, key: str) -> Text:
        """The answer holds nothing under that key: the key it may stand for, else all that the answer holds."""
        held = {name for finding in self._of_rule() for name in finding.data if not name.endswith(("_fr", "_en"))}
        close = get_close_matches(key, held, n=1) or get_close_matches(key, set(EXPECT) - {key}, n=1, cutoff=0.8)
        names = ", ".join(sorted(held)) or "-"
        fr, en = maybe(key, close) if close else (f" Elle contient : {names}.", f" It holds: {names}.")
        return both(fr=f"« {key} » n’est pas dans la réponse.{fr}", en=f"“{key}” is not in the answer.{en}")

    def _compare_lint(self, wanted: str) -> None:
        policy = self.case.given["policy"]
        if policy is not None:
            whole = isinstance(policy, list)
            got, said = judged(self.agreement, policy if whole else [policy], whole=whole)
        else:
            said = lint(self.agreement)
            got = "error" if said else "warning" if gaps(self.agreement) else "ok"
        if got != wanted:
            self._differ("lint", wanted, got)
            self.differences.extend(fault.message for fault in said)

    def _same(self, key: str, expected: object, got: object) -> None:
        if expected != got:
            self._differ(key, expected, got)

    def _differ(self, key: str, expected: object, got: object, reasons: list[Finding] = ()) -> None:
        said = {lang: " ".join(whole(finding, lang) for finding in reasons) for lang in ("fr", "en")}
        self.differences.append(
            both(
                fr=f"{key} : attendu {_shown(expected)}, obtenu {_shown(got)}. {said['fr']}".strip(),
                en=f"{key}: expected {_shown(expected)}, got {_shown(got)}. {said['en']}".strip(),
            )
        )


def _as(finding: Finding, wanted: set[str]) -> str:
    """A finding's rule as the case calls it: by its name where the case names it so, else by its kind."""
    if finding.name in wanted:
        return finding.name
    return finding.rule if finding.rule in wanted or not finding.name else finding.name


def _equal(wanted: object, got: object) -> bool:
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, list | tuple) and isinstance(got, str):
        got = [word.strip() for word in got.split(",") if word.strip()]
    if isinstance(wanted, list | tuple) and isinstance(got, list | tuple):
        return len(wanted) == len(got) and all(map(_equal, wanted, got))
    if isinstance(wanted, int | Decimal):
        try:
            return Decimal(str(got)) == wanted
        except InvalidOperation:
            return False
    if isinstance(wanted, date | datetime):
        return wanted.isoformat() == str(got)
    return str(wanted) == str(got)


def _shown(value: object) -> str:
    return ", ".join(sorted(map(str, value))) or "-" if isinstance(value, set | frozenset) else str(value)
