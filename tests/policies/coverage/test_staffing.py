"""Erlang C: the printed values, the promise kept by the fewest heads, and thousands of calls without overflow."""

from math import exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.coverage.staffing import BadVolume, Volume, answered_within, erlang_c, heads_for


def textbook(servers: int, traffic: float) -> float:
    """The formula as books print it: sums of powers over factorials."""
    top = traffic**servers / factorial(servers) * servers / (servers - traffic)
    return top / (sum(traffic**number / factorial(number) for number in range(servers)) + top)


def test_ten_servers_and_eight_erlangs_make_four_calls_in_ten_wait():
    assert erlang_c(10, 8) == pytest.approx(0.4092, abs=5e-5)


def test_sixty_calls_in_half_an_hour_need_thirteen():
    found = heads_for(Volume(calls=60, minutes=30, seconds=240, percent=90, within=15))
    assert (found.agents, found.heads, found.traffic) == (13, 13, 8)
    assert found.answered == pytest.approx(0.9444, abs=5e-5)


@pytest.mark.parametrize(("servers", "traffic"), [(1, 0.5), (5, 3.2), (13, 8), (40, 39.5), (90, 70)])
def test_the_recursion_agrees_with_the_formula_of_the_books(servers, traffic):
    assert erlang_c(servers, traffic) == pytest.approx(textbook(servers, traffic), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 300), st.floats(1, 99), st.floats(0, 120))
def test_the_heads_keep_the_promise_and_one_fewer_would_not(calls, percent, within):
    volume = Volume(calls=calls, minutes=30, seconds=240, percent=percent, within=within)
    found = heads_for(volume)
    reached = answered_within(found.agents, volume.traffic, within=within, seconds=240)
    fewer = answered_within(found.agents - 1, volume.traffic, within=within, seconds=240)
    assert reached * 100 >= percent - 1e-6
    assert fewer * 100 < percent or found.agents - 1 <= volume.traffic


def test_thousands_of_calls_are_computed_without_overflow():
    found = heads_for(Volume(calls=30_000, minutes=30, seconds=300, percent=80, within=20))
    assert 5_000 < found.agents < 5_100 and 0.8 <= found.answered <= 1


def test_no_call_needs_nobody():
    assert heads_for(Volume(calls=0, minutes=30, seconds=240, percent=90, within=15)).heads == 0


def test_time_off_the_phone_asks_for_more_heads():
    assert heads_for(Volume(calls=60, minutes=30, seconds=240, percent=90, within=15, away=35)).heads == 20


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("calls", -1),
        ("calls", float("nan")),
        ("minutes", 0),
        ("seconds", "long"),
        ("percent", 100),
        ("within", float("inf")),
        ("away", 100),
    ],
)
def test_a_number_that_cannot_be_is_named_with_its_remedy(field, value):
    numbers = {"calls": 60, "minutes": 30, "seconds": 240, "percent": 90, "within": 15, field: value}
    with pytest.raises(BadVolume) as bad:
        Volume(**numbers)
    assert bad.value.field == field
    assert str(value) in bad.value.sentence("en") and "Donnez un nombre" in bad.value.sentence("fr")


def test_more_calls_than_a_company_can_answer_are_refused():
    with pytest.raises(BadVolume, match="people busy at once"):
        Volume(calls=10_000_000, minutes=1, seconds=3600, percent=90, within=15)


def test_the_wait_shrinks_as_the_theory_says():
    assert answered_within(13, 8, within=15, seconds=240) == pytest.approx(1 - erlang_c(13, 8) * exp(-5 * 15 / 240))
