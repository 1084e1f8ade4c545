"""Texts above and below: bounds, what fills a silence, advice that warns, clauses that lift others, the law beside."""

from datetime import date
from decimal import Decimal

import pytest

from policies.core import Facts, Request, TraitFacts, Verdict, consult, decide, glance
from policies.core.agreement import AgreementError, load
from policies.core.cases import load_cases, run_case
from policies.core.checking import check
from policies.core.decision import Finding
from policies.core.explain import summary
from policies.core.facts import Part, RegimeFacts
from policies.core.faults import NoValueInForce
from policies.core.law import breaches, law_of, missing_contents
from policies.core.levels import completed, judged, outside_bounds

from .given import HEAD, READINGS, agreement, person, rule

FRIDAY = date(2026, 6, 19)
WEEKLY = rule("weekly_cap", 'from = 2020-01-01;limit = 2;unit = "day"')
HELD = {date(2026, 6, 16): 3, date(2026, 6, 17): 3}


def bound(value: str, force: str = "binding", name: str = "b") -> str:
    return rule("bound", f"from = 2020-01-01;{value}", extra=f'name = "{name}"\nforce = "{force}"')


def asked(document, facts: Facts | None = None, day: date = FRIDAY, **request):
    return decide(Request(day, **request), facts or person(booked=HELD), document)


@pytest.mark.parametrize(
    ("said", "force", "level"),
    [
        ('of = "weekly_cap";most = 1', "binding", "error"),
        ('of = "weekly_cap";most = 1', "recommended", "warning"),
        ('of = "weekly_cap";most = 2', "binding", "ok"),
        ('of = "weekly_cap";least = 3', "binding", "error"),
        ('of = "cap";most = 1;when = { per = "week" }', "binding", "error"),
        ('of = "cap";most = 1;when = { per = "month" }', "binding", "ok"),
        ('of = "weekly_cap";key = "unit";among = ["half_day"]', "binding", "error"),
    ],
)
def test_a_lower_rule_is_held_to_the_bounds_of_the_text_above(said, force, level):
    upper = agreement(bound(said, force))
    assert judged(upper, [{"kind": "weekly_cap", "limit": 2, "unit": "day"}])[0] == level


def test_a_bound_in_days_holds_for_a_length_in_months():
    upper = agreement(bound('of = "horizon";most = 15;unit = "calendar_day"'))
    assert judged(upper, [{"kind": "horizon", "limit": 1, "unit": "month"}])[0] == "error"
    assert judged(upper, [{"kind": "horizon", "limit": 15, "unit": "calendar_day"}])[0] == "ok"


def test_a_rule_that_the_upper_text_needs_and_the_lower_has_not_is_a_fault_with_its_article():
    upper = agreement(bound('of = "notice";needed = true'))
    [fault], advised = outside_bounds(agreement(WEEKLY), upper)
    assert "“notice” is required. Essai, article 1." in fault.message
    assert advised == ()


def test_one_rule_of_a_lower_text_is_not_asked_for_the_others_a_whole_text_is():
    upper = agreement(bound('of = "notice";needed = true'), bound('of = "weekly_cap";most = 2', name="days"))
    weekly = {"kind": "weekly_cap", "limit": 2, "unit": "day"}
    notice = {"kind": "notice", "limit": 2, "unit": "working_day"}
    assert judged(upper, [weekly], whole=False)[0] == "ok"
    assert judged(upper, [weekly])[0] == "error"
    assert judged(upper, [weekly, notice])[0] == "ok"
    assert judged(upper, [{**weekly, "limit": 3}], whole=False)[0] == "error"
    case = '[[cases]]\nname = "a"\ntoday = 2026-06-09\npolicy = {}\nexpect = {{ lint = "{}" }}\n'
    one = '{ kind = "weekly_cap", limit = 2, unit = "day" }'
    for written, level in ((one, "ok"), (f"[{one}]", "error")):
        [found] = load_cases(case.format(written, level))
        assert run_case(upper, found).differences == (), written


def test_the_lower_text_is_completed_where_it_is_silent_and_only_there():
    notice = rule("notice", 'from = 2020-01-01;limit = 30;unit = "calendar_day"', extra='force = "default"')
    advice = rule("consecutive_days", "from = 2020-01-01;limit = 1", extra='force = "recommended"')
    upper = agreement(notice, advice, rule("weekly_cap", 'from = 2020-01-01;limit = 1;unit = "day"'))
    document = completed(agreement(WEEKLY), upper)
    assert {clause.kind: clause.article for clause in document.rules} == {"weekly_cap": "1", "notice": "1, Essai"}
    assert document.value("weekly_cap", "limit", on=FRIDAY) == 2
    [refusing] = asked(document, person()).failing
    assert (refusing.rule, refusing.article) == ("notice", "1, Essai")


def test_what_is_recommended_warns_and_never_refuses():
    advice = rule("weekly_cap", 'from = 2020-01-01;limit = 2;unit = "day"', extra='force = "recommended"')
    document = agreement(advice)
    decision = asked(document)
    assert decision.verdict is Verdict.ALLOWED
    [warning] = decision.warnings
    assert (warning.rule, warning.code) == ("weekly_cap", "weekly_cap.exceeded")
    assert summary(decision, "en") == "No rule stands against it; one recommendation is not followed."
    assert glance(person(booked=HELD), document, [FRIDAY], Part.FULL)[FRIDAY].verdict is Verdict.ALLOWED
    assert asked(agreement(WEEKLY)).verdict is Verdict.REFUSED


def test_a_default_rule_yields_to_a_binding_one_for_the_people_it_is_for():
    by_default = rule("weekly_cap", 'from = 2020-01-01;limit = 1;unit = "day"', extra='force = "default"')
    for_some = rule(
        "weekly_cap", 'from = 2020-01-01;limit = 5;unit = "day"', extra='population = { statuses = ["permanent"] }'
    )
    document = agreement(by_default, for_some)
    assert asked(document).verdict is Verdict.ALLOWED
    [contract] = person().contracts
    apprentice = type(contract)(contract.start, None, Decimal(100), "apprentice")
    assert asked(document, person(contracts=(apprentice,), booked=HELD)).verdict is Verdict.REFUSED


@pytest.mark.parametrize("force", ["permitted", "practice", "proposal", "contested", "unconfirmed"])
def test_what_binds_nobody_is_kept_and_judges_nobody(force):
    document = agreement(WEEKLY.replace("[[rules.values]]", f'force = "{force}"\n[[rules.values]]', 1))
    assert [clause.force for clause in document.rules] == [force]
    assert asked(document).verdict is Verdict.ALLOWED


def test_what_binds_nobody_answers_when_it_is_named_and_says_its_force():
    kept = rule(
        "cap", 'from = 2020-01-01;limit = 1;unit = "day";per = "week"', extra='name = "new"\nforce = "contested"'
    )
    document = agreement(WEEKLY, kept)
    finding = consult("cap", {}, person(), document, name="new", day=FRIDAY)
    assert (finding.name, finding.data["limit"], finding.data["force"]) == ("new", "1", "contested")
    with pytest.raises(NoValueInForce):
        consult("cap", {}, person(), document, day=FRIDAY)
    binding = kept.replace("contested", "binding").replace("limit = 1", "limit = 2")
    assert "force" not in consult("cap", {}, person(), agreement(binding), name="new", day=FRIDAY).data


LIFTING = rule(
    "derogation", 'from = 2020-01-01;traits = ["carer"];replace = { weekly_cap = { limit = 3 } };lifts = ["notice"]'
)
NOTICE = rule("notice", 'from = 2020-01-01;limit = 30;unit = "calendar_day"')


def test_a_derogation_lifts_and_replaces_the_rules_it_names_and_says_so():
    document = agreement(WEEKLY, NOTICE, LIFTING)
    assert {finding.rule for finding in asked(document).failing} == {"weekly_cap", "notice"}
    carer = person(booked=HELD, traits=(TraitFacts("carer", date(2026, 6, 1), date(2026, 6, 30)),))
    decision = asked(document, carer)
    assert decision.verdict is Verdict.ALLOWED
    [said] = [finding for finding in decision.findings if finding.rule == "derogation"]
    assert set(said.data["lifted"].split(",")) == {"weekly_cap", "notice"}
    assert not any(finding.rule == "notice" for finding in decision.findings)
    fourth = person(booked={**HELD, date(2026, 6, 15): 3}, traits=carer.traits)
    assert [finding.rule for finding in asked(document, fourth).failing] == ["weekly_cap"]


def test_a_regime_holds_from_its_first_to_its_last_day_only():
    regime = rule("exceptional_regime", 'from = 2020-01-01;causes = ["strike"];lifts = ["all"]')
    document = agreement(WEEKLY, regime)
    for day, verdict in ((FRIDAY, Verdict.ALLOWED), (date(2026, 6, 26), Verdict.REFUSED)):
        facts = person(
            booked={**HELD, date(2026, 6, 23): 3, date(2026, 6, 24): 3},
            regimes=(RegimeFacts("strike", date(2026, 6, 15), date(2026, 6, 21)),),
        )
        assert asked(document, facts, day).verdict is verdict


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('lifts = ["notise"]', "Maybe “notice”?"),
        ('lifts = ["contract_in_force"]', "is not known"),
        ("replace = { weekly_cap = { limt = 3 } }", "Maybe “limit”?"),
        ('replace = { weekly_cap = { limit = "3" } }', "a number from 0"),
        ("replace = { weekly = { limit = 3 } }", "Maybe “weekly_cap”?"),
    ],
)
def test_a_rule_to_lift_that_is_not_there_or_cannot_take_the_value_is_told(wrong, said):
    lifting = rule("derogation", f'from = 2020-01-01;traits = ["carer"];{wrong}')
    with pytest.raises(AgreementError, match=r"line \d+, rules\[3\]\.values\[1\]") as caught:
        agreement(WEEKLY, NOTICE, lifting)
    assert said in str(caught.value)


def test_a_number_put_in_place_of_a_scale_stands_alone():
    bands = "bands = [{ rate_from = 80, limit = 2 }, { rate_below = 80, limit = 1 }]"
    scale = rule("cap", f'from = 2020-01-01;{bands};unit = "day";per = "week"', extra='name = "weekly"')
    other = rule("derogation", 'from = 2020-01-01;traits = ["carer"];replace = { weekly = { limit = 4 } }')
    carer = person(booked=HELD, traits=(TraitFacts("carer", date(2026, 6, 1), date(2026, 6, 30)),))
    document = agreement(scale, other)
    assert [finding.name for finding in asked(document).failing] == ["weekly"]
    assert asked(document, carer).verdict is Verdict.ALLOWED


def test_a_rule_of_another_kind_under_the_same_name_keeps_its_values():
    cap = rule("cap", 'from = 2020-01-01;limit = 2;unit = "day";per = "week"', extra='name = "usual"')
    site = rule("minimum_on_site", "from = 2020-01-01;limit = 1", extra='name = "usual"')
    form = rule("request_form", 'from = 2020-01-01;how = "none"', extra='name = "usual"')
    other = rule("derogation", 'from = 2020-01-01;traits = ["carer"];replace = { usual = { limit = 4 } }')
    carer = person(booked=HELD, traits=(TraitFacts("carer", date(2026, 6, 1), date(2026, 6, 30)),))
    decision = asked(agreement(form, cap, site, other), carer)
    assert [(finding.rule, finding.data["limit"]) for finding in decision.failing] == [("minimum_on_site", "4")]


def test_every_value_of_a_rule_over_time_takes_what_is_put_in_its_place():
    steps = 'limit = 4;unit = "day";per = "week";as_of_right = 3'
    cap = rule("cap", f"from = 2020-01-01;{steps}", 'from = 2026-01-01;limit = 4;unit = "day";per = "week"',
               extra='name = "weekly"')  # fmt: skip
    other = rule("derogation", 'from = 2020-01-01;traits = ["carer"];replace = { weekly = { limit = 2 } }')
    with pytest.raises(AgreementError, match="A step goes beyond the cap"):
        agreement(cap, other)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('of = "weekley_cap";most = 1', "Maybe “weekly_cap”?"),
        ('of = "notice";key = "limt";most = 1', "Maybe “limit”?"),
        ('of = "notice"', "Write a bound"),
    ],
)
def test_a_bound_on_nothing_is_a_fault(wrong, said):
    with pytest.raises(AgreementError) as caught:
        agreement(bound(wrong))
    assert said in str(caught.value)


def test_clauses_of_one_kind_hold_together_under_their_names_and_the_one_that_refuses_is_named():
    caps = [
        rule("cap", f'from = 2020-01-01;limit = {limit};unit = "day";per = "{per}"', extra=f'name = "{per}ly"')
        for limit, per in ((2, "week"), (10, "month"))
    ]
    [failing] = asked(agreement(*caps)).failing
    assert (failing.rule, failing.name) == ("cap", "weekly")
    with pytest.raises(AgreementError, match=r"contradicts rules\[1\].*give each a name"):
        agreement(*(cap.replace('"monthly"', '"weekly"') for cap in caps))


def test_a_rule_for_one_form_of_telework_leaves_the_others_alone():
    document = agreement(rule("half_days", "from = 2020-01-01;allowed = false", extra='forms = ["exceptional"]'))
    for form, verdict in (("", Verdict.ALLOWED), ("exceptional", Verdict.REFUSED)):
        assert asked(document, part=Part.MORNING, form=form).verdict is verdict


@pytest.mark.parametrize(
    ("who", "facts", "meant"),
    [
        ("rate_from = 80", {}, True),
        ("rate_below = 100", {}, False),
        ("rate_above = 80, rate_to = 100", {}, True),
        ('traits = ["carer", "pregnant"]', {"traits": (TraitFacts("carer"),)}, True),
        ('all_traits = ["carer", "pregnant"]', {"traits": (TraitFacts("carer"),)}, False),
        ('except_traits = ["carer"]', {"traits": (TraitFacts("carer"),)}, False),
        ('units = ["branch"]', {"units": ("branch",)}, True),
        ('except_units = ["branch"]', {"units": ("branch",)}, False),
        ("unit_least = 5, unit_most = 6", {"unit_sizes": ((date(2020, 1, 1), 6),)}, True),
        ("unit_least = 5, unit_most = 6", {"unit_sizes": ((date(2020, 1, 1), 7),)}, False),
        ("unit_least = 5", {}, False),
        ("days_least = 5", {}, True),
        ("days_most = 4", {}, False),
        ("months_least = 12", {}, True),
        ("months_below = 12", {}, False),
        ('formula = "monthly"', {"traits": (TraitFacts("formula:monthly"),)}, True),
        ('formula = "monthly"', {"traits": (TraitFacts("formula:fixed"),)}, False),
    ],
)
def test_a_population_is_whom_it_says(who, facts, meant):
    document = agreement(
        rule("weekly_cap", 'from = 2020-01-01;limit = 2;unit = "day"', extra=f"population = {{ {who} }}")
    )
    verdict = asked(document, person(booked=HELD, **facts)).verdict
    assert verdict is (Verdict.REFUSED if meant else Verdict.ALLOWED)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("rate_from = 80", "rate_below = 80", True),
        ("rate_from = 80", "rate_to = 80", False),
        ("rate_above = 80", "rate_to = 80", True),
        ("unit_most = 4", "unit_least = 5", True),
        ("days_most = 4", "days_least = 4", False),
        ('all_traits = ["carer"]', 'except_traits = ["carer"]', True),
        ('traits = ["carer", "pregnant"]', 'except_traits = ["carer"]', False),
        ('units = ["branch"]', 'except_units = ["branch"]', True),
        ('formula = "a"', 'formula = "b"', True),
        ("months_below = 12", "months_least = 12", True),
    ],
)
def test_two_populations_are_apart_only_when_nobody_is_in_both(one, other, apart):
    rules = [
        rule("weekly_cap", 'from = 2020-01-01;limit = 2;unit = "day"', extra=f"population = {{ {who} }}")
        for who in (one, other)
    ]
    if apart:
        assert len(agreement(*rules).rules) == 2
    else:
        with pytest.raises(AgreementError, match="contradicts"):
            agreement(*rules)


def test_a_question_is_answered_by_the_values_of_its_day_and_silence_is_told():
    document = agreement(bound('of = "weekly_cap";most = 3'))
    assert isinstance(consult("bound", {"value": 3}, person(), document), Finding)
    assert consult("bound", {"value": 4}, person(), document).verdict is Verdict.REFUSED
    with pytest.raises(NoValueInForce, match="bound"):
        consult("bound", {"value": 4}, person(), document, day=date(2019, 12, 31))
    with pytest.raises(NoValueInForce, match="undertaking"):
        consult("undertaking", {}, person(), document)


def test_the_law_of_the_country_is_chosen_by_the_document_and_none_is_built_in():
    assert {content["code"] for content in missing_contents(agreement(WEEKLY))} >= {"contact_hours", "carers"}
    assert missing_contents(_abroad()) == ()
    assert law_of("GB") is None


def _abroad():
    return load(HEAD.replace('level = "company"', 'level = "company"\ncountry = "GB"') + READINGS + WEEKLY)


def test_an_undertaking_under_the_code_of_a_content_holds_it():
    held = rule("undertaking", 'from = 2020-01-01;subject = "contact_hours"')
    codes = {content["code"] for content in missing_contents(agreement(held))}
    assert "contact_hours" not in codes
    assert "carers" in codes


def test_a_rest_below_the_law_is_a_fault_with_its_article():
    document = agreement(rule("rest", "from = 2020-01-01;daily_hours = 10"))
    [fault] = breaches(document)
    assert "10: the law asks for eleven hours of rest each day" in fault.message
    assert not check(document, ()).is_sound
    assert breaches(agreement(rule("rest", "from = 2020-01-01;daily_hours = 11"))) == ()


def test_amounts_are_dated_with_their_source_and_whether_they_are_confirmed():
    amount = law_of("FR").amount("exempt_allowance", date(2024, 6, 1))
    assert (amount["per_day"], amount["month_most"]) == (Decimal("2.60"), Decimal("57.20"))
    assert amount["source"].startswith("https://")
    assert amount["confirmed"] is False
    assert law_of("FR").amount("exempt_allowance", date(2019, 1, 1)) is None


SOURCE = '[source]\nrules = ["R1", "R2"]\nvectors = ["V1"]\n'


def test_a_number_of_the_source_without_clause_or_case_is_a_fault():
    text = HEAD + SOURCE + READINGS + WEEKLY.replace("[[rules.values]]", 'ids = ["R1", "R9"]\n[[rules.values]]', 1)
    case = '[[cases]]\nname = "a"\ntoday = 2026-06-09\nvector = "V7"\nrules = ["R2", "R3"]\n'
    found = check(load(text), load_cases(case))
    said = [fault.message for fault in (*found.faults, *found.case_faults)]
    for piece in ("Rule R2 of the source", "Example V1 of the source", "“R9” is not known", "“V7”", "“R3”"):
        assert sum(piece in message for message in said) == 1, piece
