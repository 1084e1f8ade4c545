"""The reason stated for a request is one that the text admits; a regime says the cause it was declared for."""

from datetime import date

from policies.core import Request, Verdict, decide
from policies.core.explain import sentence
from policies.core.facts import RegimeFacts

from .given import agreement, person, refusing, rule

DAY = date(2026, 6, 16)
ASKED = agreement(
    rule("request_form", "from = 2020-01-01; how = 'notify'; asked_for = 'day'; reasons = ['strike', 'snow']"),
)
REGIME = agreement(
    rule("weekly_cap", "from = 2020-01-01; limit = 0; unit = 'day'"),
    rule("exceptional_regime", "from = 2020-01-01; causes = ['epidemic', 'snow']; lifts = ['weekly_cap']"),
)
FORMED = agreement(
    *(
        rule(
            "exceptional_regime",
            f"from = 2020-01-01; causes = ['{cause}']; lifts = ['all']",
            extra=f'name = "{cause}"\nforms = ["exceptional"]',
        )
        for cause in ("epidemic", "snow")
    )
)


def test_a_reason_is_judged_where_one_is_stated():
    assert refusing(person(), ASKED, DAY, reason="mood") == {"request_form.reason"}
    assert refusing(person(), ASKED, DAY, reason="snow") == set()
    assert refusing(person(), ASKED, DAY) == set()


def test_under_a_form_for_exceptional_circumstances_the_reason_is_a_cause_of_any_of_them():
    assert refusing(person(), FORMED, DAY, form="exceptional", reason="mood") == {"exceptional_regime.other_cause"}
    assert refusing(person(), FORMED, DAY, form="exceptional", reason="epidemic") == set()
    assert refusing(person(), FORMED, DAY, form="exceptional", reason="snow") == set()
    assert refusing(person(), FORMED, DAY, reason="mood") == set()
    assert refusing(person(), REGIME, DAY, reason="mood") == {"weekly_cap.exceeded"}


def test_what_is_lifted_says_for_which_cause_and_by_which_article():
    facts = person(regimes=(RegimeFacts("snow", date(2026, 6, 1), date(2026, 6, 30)),))
    decision = decide(Request(DAY), facts, REGIME)
    found = next(finding for finding in decision.findings if finding.rule == "exceptional_regime")
    assert decision.verdict is Verdict.ALLOWED
    assert (found.article, found.data["cause"], found.data["lifted"]) == ("1", "snow", "weekly_cap")
    assert sentence(found, "en").startswith("Snow; lifted or replaced here: ")
