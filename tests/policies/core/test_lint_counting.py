"""What the check says of clauses that count: caps that are not there, scales with holes, readings still open."""

import pytest

from policies.core import AgreementError
from policies.core.lint import lint
from policies.core.lint_counting import gaps

from .given import HEAD, agreement, rule

WEEK = 'from = 2020-01-01;limit = 2;unit = "day";per = "week"'


def said(faults) -> str:
    return "\n".join(str(fault.message) for fault in faults)


@pytest.mark.parametrize(
    "clause",
    [
        rule("cap", WEEK + ';on_top_of = ["wekly"]', extra='name = "extra"'),
        rule("carry_over", 'from = 2020-01-01;cap = "wekly";limit = 2', extra='name = "carry"'),
        rule("giving_days", 'from = 2020-01-01;cap = "wekly";limit = 2', extra='name = "gifts"'),
    ],
)
def test_a_cap_that_is_not_there_is_a_fault_with_the_name_meant(clause):
    document = agreement(rule("cap", WEEK, extra='name = "weekly"'), clause)
    assert "“wekly” is not known. Maybe “weekly”?" in said(lint(document))


def test_nothing_can_be_carried_over_from_a_rolling_cap():
    rolling = rule("cap", WEEK + ";rolling = true", extra='name = "weekly"')
    document = agreement(rolling, rule("carry_over", 'from = 2020-01-01;cap = "weekly";limit = 2', extra='name = "c"'))
    assert "has no period before" in said(lint(document))


@pytest.mark.parametrize(
    ("rows", "hole"),
    [
        ("{ unit_most = 4, limit = 0 }, { unit_least = 7, limit = 4 }", "5, 6"),
        ("{ unit_most = 4, limit = 0 }, { unit_least = 5, limit = 4 }", ""),
        ("{ rate_from = 60, limit = 3 }, { rate_to = 50, limit = 1 }", "51%, 52%, 53%…"),
        ("{ rate_from = 60, limit = 3 }, { rate_below = 60, limit = 1 }", ""),
    ],
)
def test_a_hole_in_the_rows_of_a_cap_is_told(rows, hole):
    clause = rule("cap", f'from = 2020-01-01;bands = [{rows}];unit = "day";per = "week"')
    found = said(gaps(agreement(clause)))
    assert (hole in found) if hole else not found


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('per = "mission"', "add during"),
        ('per = "year";averaged = true', "An average is told by week or by month"),
        ('per = "always";rolling = true', "A rolling length has a length"),
        ('per = "week";as_of_right = 3', "A step goes beyond the cap"),
        ('per = "week";steps = [{ up_to = 5 }]', "A step goes beyond the cap"),
        ('per = "week";as_of_right = 1;steps = [{ up_to = 2 }]', "not both"),
        ('per = "week";bands = [{ limit = 1 }]', "only one"),
        ('per = "wek"', "“wek” is not known. Maybe “week”?"),
    ],
)
def test_keys_that_do_not_go_together_are_a_sentence(written, words):
    with pytest.raises(AgreementError) as raised:
        agreement(rule("cap", f'from = 2020-01-01;limit = 2;unit = "day";{written}'))
    assert words in str(raised.value)


def test_rows_that_meet_are_a_fault():
    rows = "{ rate_from = 50, limit = 3 }, { rate_to = 60, limit = 1 }"
    with pytest.raises(AgreementError) as raised:
        agreement(rule("cap", f'from = 2020-01-01;bands = [{rows}];unit = "day";per = "week"'))
    assert "part their bounds" in str(raised.value)


@pytest.mark.parametrize(
    ("clause", "readings"),
    [
        (rule("cap", WEEK), {"half_day_counts"}),
        (rule("cap", WEEK + ";averaged = true"), {"half_day_counts", "measured_over", "empty_weeks"}),
        (rule("cap", WEEK + ";prorated = true"), {"half_day_counts", "part_time", "rounding"}),
        (rule("share", "from = 2020-01-01;most = 50"), {"measured_over", "share_of", "share_rounding"}),
        (rule("share", 'from = 2020-01-01;most = 50;of = "due";per = "week"'), {"share_rounding"}),
        (rule("minimum_on_site", "from = 2020-01-01;limit = 2"), {"short_weeks"}),
    ],
)
def test_a_reading_left_out_is_asked_for_by_its_name(clause, readings):
    document = agreement(clause, readings="", head=HEAD)
    assert {fault.key.removeprefix("readings.") for fault in lint(document)} == readings
