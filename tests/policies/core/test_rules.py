"""Each rule alone, at its edge: the last request it lets through and the first it refuses."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from policies.core import AgreementError, ContractFacts, Part, PlaceFacts, Purpose, Request, Verdict, Workday, decide
from policies.core.rules import RULES

from .given import READINGS, TODAY, agreement, person, refusing, rule

FRIDAY = date(2026, 6, 19)
FROM = "from = 2020-01-01;"


def test_an_agreement_without_rules_allows_a_working_day():
    decision = decide(Request(FRIDAY), person(), agreement())
    assert decision.verdict is Verdict.ALLOWED
    assert {finding.rule for finding in decision.findings} == {rule.kind for rule in RULES[1:] if rule.always}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 6, 20), {"day_worked.day_off"}),
        (date(2026, 6, 8), {"past_day.past"}),
        (date(2019, 12, 31), {"agreement_in_force.not_yet"}),
        (date(1, 1, 1), {"agreement_in_force.not_yet"}),
        (date(9999, 12, 31), {"agreement_in_force.ended"}),
        (date(2500, 1, 1), {"agreement_in_force.too_far"}),
        (date(2040, 1, 2), {"day_worked.not_planned"}),
    ],
)
def test_some_days_need_no_agreement_to_be_refused(day, code):
    assert refusing(person(), agreement(), day) == code


def test_today_may_still_be_asked_for_and_corrected_but_tomorrow_not_corrected():
    assert refusing(person(), agreement(), TODAY) == set()
    assert refusing(person(), agreement(), TODAY, purpose=Purpose.CORRECTION) == set()
    tomorrow = TODAY + timedelta(days=1)
    assert refusing(person(), agreement(), tomorrow, purpose=Purpose.CORRECTION) == {"past_day.future"}


@pytest.mark.parametrize(
    ("workday", "part", "code"),
    [
        (Workday(FRIDAY, due=0, holiday="Assomption"), Part.FULL, {"day_worked.holiday"}),
        (Workday(FRIDAY, due=3, holiday="Assomption"), Part.FULL, set()),
        (Workday(FRIDAY, due=3, absent=3), Part.FULL, {"day_worked.absent"}),
        (Workday(FRIDAY, due=3, absent=1), Part.FULL, {"day_worked.part"}),
        (Workday(FRIDAY, due=3, absent=1), Part.MORNING, {"day_worked.absent"}),
        (Workday(FRIDAY, due=3, absent=1), Part.AFTERNOON, set()),
        (Workday(FRIDAY, due=1), Part.FULL, {"day_worked.part"}),
        (Workday(FRIDAY, due=1), Part.AFTERNOON, {"day_worked.day_off"}),
        (Workday(FRIDAY, planned=False), Part.FULL, {"day_worked.not_planned"}),
    ],
)
def test_only_halves_really_worked_can_be_teleworked(workday, part, code):
    facts = person()
    facts = replace(facts, workdays={**facts.workdays, FRIDAY: workday})
    assert refusing(facts, agreement(), FRIDAY, part) == code


def test_a_half_held_is_not_held_again_and_the_other_stays_free():
    facts = person(booked={FRIDAY: 1})
    assert refusing(facts, agreement(), FRIDAY, Part.MORNING) == {"already_booked.taken"}
    assert refusing(facts, agreement(), FRIDAY, Part.FULL) == {"already_booked.taken"}
    assert refusing(facts, agreement(), FRIDAY, Part.AFTERNOON) == set()


def test_a_contract_must_hold_on_the_day():
    contract = ContractFacts(date(2026, 6, 15), date(2026, 6, 19), Decimal(100), "permanent")
    facts = person(contracts=(contract,))
    assert refusing(facts, agreement(), FRIDAY) == set()
    assert refusing(facts, agreement(), date(2026, 6, 12)) == {"contract_in_force.not_arrived"}
    assert refusing(facts, agreement(), date(2026, 6, 22)) == {"contract_in_force.departed"}
    assert refusing(person(contracts=()), agreement(), FRIDAY) == {"contract_in_force.none"}


@pytest.mark.parametrize(
    ("values", "changed", "code"),
    [
        ('allowed = ["permanent"]', {}, set()),
        ('allowed = ["fixed_term"]', {}, {"contract_status.closed"}),
        ('excluded = ["permanent"]', {}, {"contract_status.closed"}),
    ],
)
def test_contract_status_opens_or_closes(values, changed, code):
    assert refusing(person(**changed), agreement(rule("contract_status", FROM + values)), FRIDAY) == code


def test_excluded_jobs_stay_on_site():
    document = agreement(rule("job_excluded", FROM + 'excluded = ["reception"]'))
    assert refusing(person(job="reception"), document, FRIDAY) == {"job_excluded.excluded"}
    assert refusing(person(job="assistance"), document, FRIDAY) == set()


@pytest.mark.parametrize(
    ("hired", "months", "first"),
    [
        (date(2026, 3, 17), 3, date(2026, 6, 17)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 6, 17), 0, date(2026, 6, 17)),
    ],
)
def test_seniority_opens_on_the_same_day_of_the_month(hired, months, first):
    document = agreement(rule("seniority", f"{FROM}months = {months}"))
    facts = person(hired=hired, today=date(2026, 6, 1))
    assert refusing(facts, document, first) == set()
    day_before = first - timedelta(days=1)
    assert refusing(facts, document, day_before) == {"seniority.too_early"}


def test_a_trial_period_closes_until_its_last_day():
    contract = ContractFacts(date(2026, 1, 1), None, Decimal(100), "permanent", trial_end=date(2026, 6, 18))
    document = agreement(rule("trial_period", FROM))
    facts = person(contracts=(contract,))
    assert refusing(facts, document, date(2026, 6, 18)) == {"trial_period.in_trial"}
    assert refusing(facts, document, FRIDAY) == set()


@pytest.mark.parametrize(
    ("autonomy", "code"),
    [(None, {"autonomy.not_validated"}), (date(2026, 6, 20), {"autonomy.later"}), (FRIDAY, set())],
)
def test_autonomy_is_validated_by_the_day(autonomy, code):
    assert refusing(person(autonomy=autonomy), agreement(rule("autonomy", FROM)), FRIDAY) == code


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (PlaceFacts("a", FRIDAY, None, True, FRIDAY), set()),
        (PlaceFacts("a", date(2026, 6, 20), None, True, date(2030, 1, 1)), {"declared_place.none"}),
        (PlaceFacts("a", date(2021, 1, 1), date(2026, 6, 18), True, date(2030, 1, 1)), {"declared_place.none"}),
        (PlaceFacts("a", date(2021, 1, 1), None, False, date(2030, 1, 1)), {"declared_place.no_internet"}),
        (PlaceFacts("a", date(2021, 1, 1), None, True, date(2026, 6, 18)), {"declared_place.no_insurance"}),
        (PlaceFacts("a", date(2021, 1, 1), None, True, None), {"declared_place.no_insurance"}),
    ],
)
def test_a_place_is_declared_connected_and_insured_that_day(place, code):
    document = agreement(rule("declared_place", FROM + "secure_internet = true;insurance = true"))
    assert refusing(person(places=(place,)), document, FRIDAY) == code


def test_one_good_place_among_others_is_enough():
    document = agreement(rule("declared_place", FROM + "secure_internet = true;insurance = true"))
    poor = PlaceFacts("a", date(2021, 1, 1), None, False, None)
    good = PlaceFacts("b", date(2021, 1, 1), None, True, date(2030, 1, 1))
    assert refusing(person(places=(poor, good)), document, FRIDAY) == set()


@pytest.mark.parametrize("values", ['allowed = ["monday"]', 'forbidden = ["friday"]'])
def test_weekdays_are_open_or_closed(values):
    document = agreement(rule("allowed_weekdays", FROM + values))
    assert refusing(person(), document, FRIDAY) == {"allowed_weekdays.closed"}
    assert refusing(person(), document, date(2026, 6, 22)) == set()


def test_whole_days_only_but_half_a_day_that_is_all_there_is():
    document = agreement(rule("half_days", FROM + "allowed = false"))
    assert refusing(person(), document, FRIDAY, Part.MORNING) == {"half_days.refused"}
    short = {**person().workdays, FRIDAY: Workday(FRIDAY, due=1)}
    assert refusing(person(workdays=short), document, FRIDAY, Part.MORNING) == set()


@pytest.mark.parametrize(
    ("limit", "unit", "first"),
    [
        (0, "calendar_day", TODAY),
        (2, "calendar_day", date(2026, 6, 11)),
        (2, "working_day", date(2026, 6, 11)),
        (4, "working_day", date(2026, 6, 15)),
        (5, "working_day", date(2026, 6, 16)),
    ],
)
def test_notice_ends_on_the_day_asked_plus_n(limit, unit, first):
    document = agreement(rule("notice", f'{FROM}limit = {limit};unit = "{unit}"'))
    assert refusing(person(), document, first) == set()
    day_before = first - timedelta(days=1)
    if day_before >= TODAY and day_before.weekday() < 5:
        assert refusing(person(), document, day_before) == {"notice.too_soon"}


@pytest.mark.parametrize(
    ("reading", "first"),
    [
        ("monday_to_friday", date(2026, 6, 17)),
        ("monday_to_saturday", date(2026, 6, 16)),
        ("own_days", date(2026, 6, 16)),
    ],
)
def test_the_reading_says_which_days_are_working_days(reading, first):
    """Asked on Friday 12 for two working days; Monday 15 is a public holiday that this person works."""
    readings = READINGS.replace('"monday_to_friday"', f'"{reading}"')
    document = agreement(rule("notice", FROM + 'limit = 2;unit = "working_day"'), readings=readings)
    days = {**person().workdays, date(2026, 6, 15): Workday(date(2026, 6, 15), due=3, holiday="Fête")}
    facts = person(today=date(2026, 6, 12), workdays=days)
    assert refusing(facts, document, first) == set()
    assert refusing(facts, document, first - timedelta(days=1)) == {"notice.too_soon"}


@pytest.mark.parametrize(
    ("limit", "unit", "last"),
    [(6, "month", date(2026, 12, 9)), (10, "calendar_day", FRIDAY), (1, "month", date(2026, 7, 9))],
)
def test_the_horizon_is_the_last_day_that_can_be_asked(limit, unit, last):
    document = agreement(rule("horizon", f'{FROM}limit = {limit};unit = "{unit}"'))
    assert refusing(person(), document, last) == set()
    after = next(last + timedelta(days=n) for n in range(1, 4) if (last + timedelta(days=n)).weekday() < 5)
    assert refusing(person(), document, after) == {"horizon.too_far"}


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2028, 2, 29), date(2026, 12, 31)])
def test_a_day_beyond_the_horizon_really_opens_when_it_says(day):
    document = agreement(rule("horizon", FROM + 'limit = 1;unit = "month"'))
    [finding] = [f for f in decide(Request(day), person(), document).findings if f.rule == "horizon"]
    opens = date.fromisoformat(finding.data["opens"])
    assert "horizon.too_far" not in refusing(person(today=opens), document, day)
    assert "horizon.too_far" in refusing(person(today=opens - timedelta(days=1)), document, day)


@pytest.mark.parametrize("kind", ["notice", "horizon"])
def test_a_correction_needs_neither_notice_nor_horizon(kind):
    unit = "working_day" if kind == "notice" else "month"
    document = agreement(rule(kind, f'{FROM}limit = 1;unit = "{unit}"'))
    decision = decide(Request(TODAY, purpose=Purpose.CORRECTION), person(), document)
    assert kind not in {finding.rule for finding in decision.findings}


@pytest.mark.parametrize(
    ("kind", "booked", "day"),
    [
        ("weekly_cap", [date(2026, 6, 15), date(2026, 6, 16)], FRIDAY),
        ("weekly_cap", [date(2026, 12, 28), date(2026, 12, 29)], date(2027, 1, 1)),
        ("monthly_cap", [date(2026, 6, 1), date(2026, 6, 30)], FRIDAY),
        ("yearly_cap", [date(2026, 1, 1), date(2026, 12, 31)], FRIDAY),
    ],
)
def test_a_cap_of_two_refuses_the_third_day(kind, booked, day):
    document = agreement(rule(kind, FROM + 'limit = 2;unit = "day"'))
    codes = {code.split(".")[0] for code in refusing(person(booked=dict.fromkeys(booked, 3)), document, day)}
    assert codes == {kind}
    assert refusing(person(booked={booked[0]: 3}), document, day) == set()


@pytest.mark.parametrize("kind", ["weekly_cap", "monthly_cap", "yearly_cap"])
def test_a_cap_counts_halves_and_names_its_unit(kind):
    document = agreement(rule(kind, FROM + 'limit = 3;unit = "half_day"'))
    monday = date(2026, 6, 15)
    facts = person(booked={monday: 3})
    assert refusing(facts, document, FRIDAY, Part.MORNING) == set()
    assert {code.split(".")[0] for code in refusing(facts, document, FRIDAY)} == {kind}


def test_a_half_day_that_counts_as_whole_fills_the_cap_but_its_other_half_adds_nothing():
    readings = READINGS.replace(
        '[readings.half_day_counts]\nchoice = "half"', '[readings.half_day_counts]\nchoice = "whole"'
    )
    document = agreement(rule("weekly_cap", FROM + 'limit = 1;unit = "day"'), readings=readings)
    facts = person(booked={FRIDAY: 1})
    assert refusing(facts, document, date(2026, 6, 18), Part.MORNING) == {"weekly_cap.exceeded"}
    assert refusing(facts, document, FRIDAY, Part.AFTERNOON) == set()


def test_days_of_the_neighbouring_weeks_do_not_count():
    document = agreement(rule("weekly_cap", FROM + 'limit = 1;unit = "day"'))
    facts = person(booked={date(2026, 6, 14): 3, date(2026, 6, 22): 3})
    assert refusing(facts, document, FRIDAY) == set()


@pytest.mark.parametrize(
    ("reading", "absent", "remote_days"),
    [
        ("same_minimum", 0, 3),
        ("same_minimum", 3, 0),
        ("proportional", 3, 1),
        ("absences_count", 3, 2),
        ("proportional", 0, 3),
        ("absences_count", 0, 3),
    ],
)
def test_two_days_on_site_in_whole_and_short_weeks(reading, absent, remote_days):
    """How many of the days worked can be remote, by the reading of short weeks."""
    document = agreement(
        rule("minimum_on_site", FROM + "limit = 2"), readings=READINGS.replace('"same_minimum"', f'"{reading}"')
    )
    week = [date(2026, 6, 15) + timedelta(days=offset) for offset in range(5)]
    days = {**person().workdays, **{day: Workday(day, due=3, absent=3) for day in week[:absent]}}
    facts = person(workdays=days)
    held = 0
    for day in week[absent:]:
        if not refusing(facts, document, day):
            facts = facts.with_booking(day, 3)
            held += 1
    assert held == remote_days


def test_approval_is_asked_always_or_beyond_so_many_days_a_week():
    always = agreement(rule("manager_approval", FROM))
    assert decide(Request(FRIDAY), person(), always).verdict is Verdict.NEEDS_APPROVAL
    beyond = agreement(rule("manager_approval", FROM + "free_days_per_week = 1"))
    assert decide(Request(FRIDAY), person(), beyond).verdict is Verdict.ALLOWED
    held = person(booked={date(2026, 6, 16): 1})
    assert decide(Request(FRIDAY), held, beyond).verdict is Verdict.NEEDS_APPROVAL
    assert decide(Request(FRIDAY, Part.MORNING), held, beyond).verdict is Verdict.ALLOWED


@pytest.mark.parametrize(("answer", "verdict"), [("yes", Verdict.ALLOWED), ("no", Verdict.REFUSED)])
def test_what_the_manager_has_answered_settles_the_request(answer, verdict):
    always = agreement(rule("manager_approval", FROM))
    assert decide(Request(FRIDAY, answers=(("manager", answer),)), person(), always).verdict is verdict
    assert decide(Request(FRIDAY, answers=(("hr", answer),)), person(), always).verdict is Verdict.NEEDS_APPROVAL


def test_a_rule_may_hold_for_some_people_only():
    apart = 'population = { statuses = ["apprentice"] }', 'population = { except_statuses = ["apprentice"] }'
    document = agreement(
        rule("weekly_cap", FROM + 'limit = 1;unit = "day"', extra=apart[0]),
        rule("weekly_cap", FROM + 'limit = 2;unit = "day"', extra=apart[1]),
    )
    apprentice = person(contracts=(ContractFacts(date(2020, 1, 1), None, Decimal(100), "apprentice"),))
    held = {date(2026, 6, 16): 3}
    assert refusing(replace(apprentice, booked=held), document, FRIDAY) == {"weekly_cap.exceeded"}
    assert refusing(person(booked=held), document, FRIDAY) == set()


def test_part_timers_may_have_a_rule_of_their_own():
    full, part = (f"population = {{ full_time = {flag} }}" for flag in ("true", "false"))
    document = agreement(
        rule("weekly_cap", FROM + 'limit = 2;unit = "day"', extra=full),
        rule("weekly_cap", FROM + 'limit = 1;unit = "day"', extra=part),
    )
    held = {date(2026, 6, 16): 3}
    part_timer = person(contracts=(ContractFacts(date(2020, 1, 1), None, Decimal(80), "permanent"),), booked=held)
    assert refusing(part_timer, document, FRIDAY) == {"weekly_cap.exceeded"}
    assert refusing(person(booked=held), document, FRIDAY) == set()


def test_a_rule_may_leave_out_some_jobs():
    document = agreement(
        rule("allowed_weekdays", FROM + 'forbidden = ["friday"]', extra='population = { except_jobs = ["desk"] }')
    )
    assert refusing(person(job="desk"), document, FRIDAY) == set()
    assert refusing(person(job="assistance"), document, FRIDAY) == {"allowed_weekdays.closed"}


def test_a_public_holiday_can_count_as_presence():
    readings = READINGS.replace('"same_minimum"', '"absences_count"')
    document = agreement(rule("minimum_on_site", FROM + "limit = 4"), readings=readings)
    monday = date(2026, 6, 15)
    facts = person()
    holiday = {**facts.workdays, monday: Workday(monday, due=0, holiday="Fête")}
    assert refusing(person(workdays=holiday), document, FRIDAY) == set()
    day_off = {**facts.workdays, monday: Workday(monday, due=0)}
    assert refusing(person(workdays=day_off), document, FRIDAY) == {"minimum_on_site.too_few"}


def test_days_apart_are_two_at_least():
    with pytest.raises(AgreementError, match="at least 2 different days are expected"):
        agreement(rule("not_both_days", FROM + 'weekdays = ["monday", "monday"]'))
