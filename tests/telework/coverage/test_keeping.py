"""Requirements on the same people: their rows are read once, and each still follows by itself."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telework.coverage import keeping
from telework.coverage.counting import count_of
from tests import factories

from .conftest import SATURDAY

pytestmark = pytest.mark.django_db


def another_need(night, least: int):
    """A second requirement on the supervisors of the night, for another number of them."""
    skill = night.need.skill
    return factories.requirement(night.scene.team, least, skill=skill, team=None, one_en="supervisor")


def values(count) -> list[list[int]]:
    return [held.value.tolist() for held in count.map.counts]


def assert_all_as_counted_afresh(person) -> None:
    for count in keeping.kept_counts([person], SATURDAY, SATURDAY):
        fresh = count_of(count.needs, count.first, count.last)
        assert values(count) == values(fresh) and any(np.any(held.value) for held in count.map.counts)


def queries(person) -> int:
    keeping.forget()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        keeping.kept_counts([person], SATURDAY, SATURDAY)
    return len(asked)


def test_a_second_requirement_on_the_same_people_reads_no_rows_of_theirs_again(night):
    person = night.supervisors[0]
    alone = queries(person)
    another_need(night, 1)
    two = queries(person)
    another_need(night, 2)
    assert queries(person) - two <= 3 < alone
    assert len({id(count.ground.roster.shifts) for count in keeping.kept_counts([person], SATURDAY, SATURDAY)}) == 1


def test_each_of_them_follows_what_somebody_does(night):
    first, second, *_ = night.supervisors
    another_need(night, 1)
    keeping.forget()
    assert_all_as_counted_afresh(second)
    booking = night.book(first)
    assert_all_as_counted_afresh(second)
    night.approve(booking)
    assert_all_as_counted_afresh(second)
    one, other = keeping.kept_counts([second], SATURDAY, SATURDAY)
    assert values(one) == values(other)
    with one.without(first.pk, SATURDAY, 3):
        assert values(one) != values(other)
    assert_all_as_counted_afresh(second)
