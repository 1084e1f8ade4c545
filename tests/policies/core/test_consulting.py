"""Questions put outside any request, and readings that change what they answer."""

from datetime import date, timedelta

import pytest

from policies.core import Request, Verdict, consult, decide
from policies.core.case_reading import load_cases
from policies.core.case_run import run_case

from .given import READINGS, TODAY, agreement, person, rule

FROM = "from = 2020-01-01;"


def test_a_time_to_reply_may_be_owed_to_some_only_and_a_question_may_leave_its_facts_out():
    """What the question does not say is ordinary: eligible, telework open, no code of the person."""
    within = 'within = { n = 30, unit = "calendar_day" };owed_to = ["eligible", "carer"]'
    document = agreement(rule("reply_deadline", FROM + within))

    def told(**asked):
        return consult("reply_deadline", {"requested": TODAY, **asked}, person(), document).data

    assert told()["due"] == (TODAY + timedelta(days=30)).isoformat()
    assert told(eligible=False) == {"requested": TODAY.isoformat(), "deadline": False}
    assert told(scheme_open=False)["deadline"] is False
    assert told(eligible=False, applicant=("carer",))["deadline"] is True


def test_a_week_over_two_months_is_one_week_unless_the_text_cuts_it():
    """Three days from Tuesday 30 June 2026 to Thursday 2 July: one week of three, or one day and two."""
    cap = rule("cap", FROM + 'limit = 2;unit = "day";per = "week"', extra='name = "weekly"')
    held = person(booked={date(2026, 6, 30): 3, date(2026, 7, 1): 3})
    reading = '[readings.week_over_months]\nchoice = "{}"\nby = "ours"\n'
    verdicts = [
        decide(Request(date(2026, 7, 2)), held, agreement(cap, readings=READINGS + reading.format(choice))).verdict
        for choice in ("one_week", "cut_at_month")
    ]
    assert verdicts == [Verdict.REFUSED, Verdict.ALLOWED]
    assert decide(Request(date(2026, 7, 2)), held, agreement(cap)).verdict is Verdict.REFUSED


@pytest.mark.parametrize(("rounded", "limit"), [("exact", "13.2"), ("down", "13"), ("up", "14")])
def test_what_an_average_makes_over_a_month_may_be_rounded_to_the_day(rounded, limit):
    """March 2026 has 22 working days: three days a week make 13.2 of them."""
    cap = rule("cap", FROM + 'limit = 3;unit = "day";per = "week";averaged = true', extra='name = "weekly"')
    over = f'[readings.measured_over]\nchoice = "month"\nweeks = "working_days"\nrounded = "{rounded}"\nby = "ours"\n'
    over += '[readings.empty_weeks]\nchoice = "counted"\nby = "ours"\n'
    document = agreement(cap, readings=READINGS + over)
    assert consult("cap", {}, person(), document, day=date(2026, 3, 2)).data["limit"] == limit


def test_the_minimum_of_a_week_may_be_asked_about():
    document = agreement(rule("minimum_on_site", FROM + "limit = 2"))
    enough = consult("minimum_on_site", {"on_site": 2}, person(), document)
    assert (enough.verdict, enough.data["limit"]) == (Verdict.ALLOWED, "2")
    assert consult("minimum_on_site", {"on_site": 1}, person(), document).code == "minimum_on_site.too_few"
    assert consult("minimum_on_site", {}, person(), document).verdict is Verdict.ALLOWED


def test_a_case_may_say_that_no_recommendation_is_passed_over():
    advised = agreement(rule("weekly_cap", FROM + 'limit = 2;unit = "day"', extra='force = "recommended"'))
    text = '[defaults]\ntoday = 2026-06-09\n[[cases]]\nname = "a"\nused = {{ week = {} }}\n'
    text += 'request = {{ day = 2026-06-18 }}\nexpect = {{ verdict = "allowed", follows_advice = true }}\n'
    kept, passed_over = (run_case(advised, *load_cases(text.format(used))) for used in (1, 2))
    assert kept.differences == ()
    assert "follows_advice: expected -, got weekly_cap" in str(passed_over.differences[0].en)
