"""Facts and a request written down as a case: reading it back gives the same person and the same answer."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.core import ContractFacts, Facts, Part, PlaceFacts, Purpose, Request, TraitFacts, Workday, decide
from policies.core.agreement import load
from policies.core.case_facts import facts_of
from policies.core.case_writer import case_of, coarse, expectation, written
from policies.core.cases import load_cases, run_case

TODAY = date(2026, 6, 3)
DAYS = [date(2025, 6, 1) + timedelta(days=offset) for offset in range(760)]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SHIPPED = Path("policies/agreements")
HALVES = st.sampled_from((1, 2, 3))
NEAR = st.dates(*YEAR)


def _agreement(slug: str):
    return load((SHIPPED / f"{slug}.toml").read_text(encoding="utf-8"), name=slug)


AGREEMENTS = [_agreement(slug) for slug in ("ima-gie-2021", "exemple-deux-jours", "exemple-jours-separes")]


@st.composite
def people(draw):
    """Somebody with a week, days out of it, leave, holidays, bookings and a contract that may change its rate."""
    week = draw(st.lists(st.sampled_from((0, 3, 3, 1)), min_size=7, max_size=7))
    days = {day: Workday(day, week[day.weekday()], minutes=210 * week[day.weekday()].bit_count()) for day in DAYS}
    for day in draw(st.lists(NEAR, max_size=6)):
        days[day] = Workday(day, due := draw(st.sampled_from((0, 1, 2, 3))), minutes=210 * due.bit_count())
    for day in draw(st.lists(NEAR, max_size=4)):
        days[day] = draw(st.sampled_from((Workday(day, holiday="holiday"), Workday(day, planned=False))))
    for day in draw(st.lists(NEAR, max_size=6)):
        days[day] = days[day].absent_for(draw(HALVES))
    booked = {day: draw(HALVES) for day in draw(st.lists(NEAR, max_size=40))}
    pending = {day: booked[day] for day in list(booked)[:3]}
    rate = draw(st.sampled_from((Decimal(50), Decimal("62.5"), Decimal(80))))
    return Facts(
        TODAY,
        contracts=(
            ContractFacts(date(2020, 1, 1), date(2026, 3, 31), Decimal(100), "permanent"),
            ContractFacts(date(2026, 4, 1), None, rate, draw(st.sampled_from(("permanent", "fixed_term")))),
        ),
        hired=date(2020, 1, 1),
        job=draw(st.sampled_from(("", "assistance", "dépôt \"8\""))),
        autonomy=draw(st.sampled_from((None, date(2021, 1, 4)))),
        places=(PlaceFacts("12 rue des Lilas", date(2021, 1, 4), None, draw(st.booleans()), date(2027, 1, 1)),),
        workdays=days,
        booked=booked,
        pending=pending,
        traits=(TraitFacts("disabled", date(2026, 1, 1), number=Decimal("2.5")), TraitFacts("formula:monthly")),
        settings={"least": Decimal(2)},
        units=("branch",),
        unit_sizes=((date.min, 12), (date(2026, 5, 1), 40)),
    )  # fmt: skip


def _back(table) -> Facts:
    return facts_of(load_cases(written(table))[0].given)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(), NEAR, st.sampled_from(Part), st.sampled_from(Purpose))
def test_a_case_read_back_is_the_same_person_who_gets_the_same_answer(facts, day, part, purpose):
    request = Request(day, part, purpose)
    back = _back(case_of("A case", request, facts, within=(DAYS[0], DAYS[-1])))
    for name in ("contracts", "hired", "job", "autonomy", "pending", "settings", "units", "unit_sizes", "booked"):
        assert getattr(back, name) == getattr(facts, name), name
    assert sorted(back.traits, key=str) == sorted(facts.traits, key=str)
    assert [replace(place, label="") for place in back.places] == [replace(place, label="") for place in facts.places]
    assert {day: _worked(back.workdays[day]) for day in DAYS} == {day: _worked(facts.workdays[day]) for day in DAYS}
    for agreement in AGREEMENTS:
        one, two = decide(request, facts, agreement), decide(request, back, agreement)
        assert (one.verdict, _told(one)) == (two.verdict, _told(two))


def _worked(workday: Workday) -> tuple:
    return workday.due, workday.absent, workday.holiday, workday.planned


def _told(decision) -> list[tuple]:
    """Every finding with its numbers; the label of a place is not written."""
    return [(f.rule, f.article, f.code, {**f.data, "place": ""}) for f in decision.findings]


@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda agreement: agreement.name)
def test_the_expectation_of_a_decision_holds_when_its_case_is_run(agreement):
    days = {day: Workday(day, 3 if day.weekday() < 5 else 0) for day in DAYS}
    facts = Facts(TODAY, contracts=(ContractFacts(date(2020, 1, 1), None, Decimal(100), "permanent"),), workdays=days)
    for day in (date(2026, 6, 6), date(2026, 6, 4), date(2026, 9, 1)):
        request = Request(day)
        decision = decide(request, facts, agreement)
        table = case_of("A case", request, facts, within=YEAR) | {"expect": expectation(decision)}
        assert run_case(agreement, load_cases(written(table))[0]).passed


def test_neither_a_name_nor_the_label_of_a_place_is_written():
    facts = Facts(TODAY, places=(PlaceFacts("12 rue des Lilas", TODAY, None, True, None),))
    assert "Lilas" not in written(case_of("A case", Request(TODAY), facts, within=YEAR))


def test_dates_long_past_are_told_by_their_year():
    contract = ContractFacts(date(2016, 3, 7), None, Decimal(100), "permanent", date(2016, 6, 6))
    facts = Facts(TODAY, contracts=(contract,), hired=date(2016, 3, 7), autonomy=date(2025, 3, 7))
    told = coarse(facts, TODAY)
    assert (told.hired, told.contracts[0].start, told.contracts[0].trial_end) == (date(2016, 1, 1),) * 3
    assert told.autonomy == facts.autonomy


def test_days_that_follow_each_other_stand_as_one_span():
    days = {day: Workday(day, 3 if day.weekday() < 5 else 0) for day in DAYS}
    for offset in range(4):
        days[date(2026, 7, 6) + timedelta(days=offset)] = Workday(date(2026, 7, 6) + timedelta(days=offset))
    table = case_of("A case", Request(TODAY), Facts(TODAY, workdays=days), within=YEAR)
    assert table["off"] == [{"first": date(2026, 7, 6), "last": date(2026, 7, 9)}]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_every_text_is_written_so_that_toml_reads_it(text):
    assert tomllib.loads(written({"name": text, text: {text: [text, 1.5, True]}}))["cases"] == [
        {"name": text, text: {text: [text, 1.5, True]}} if text != "name" else {"name": {text: [text, 1.5, True]}}
    ]
