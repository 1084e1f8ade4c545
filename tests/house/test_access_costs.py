"""The uid of what is foreign costs what that of nothing costs: nobody reads off the time what the words do not say."""

from uuid import uuid4

import pytest

from people.roles import Circle
from tests.house.doors import NOW, knock_at, world_of
from tests.house.test_access_fields import client_of, opened_by_one_of
from tests.house.watching import counting, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(clock):
    clock(NOW)


@pytest.mark.parametrize("role", ["manager", "hr"])
def test_the_uid_of_what_is_foreign_costs_what_that_of_nothing_costs(role):
    """The same answer after the same statements: nobody reads off the time what the words do not say."""
    world = world_of(role)
    client = client_of(world)
    faults = []
    for door, _uid in opened_by_one_of(role, world):
        if not door.target:
            continue
        uids = world.target(door, Circle.OTHER_ENTITY).uid, uuid4()
        costs, answers = [], []
        for uid in uids:
            with counting() as statements:
                answers.append(told(knock_at(door, uid).send(client), uid))
            costs.append(len(statements))
        if answers[0] != answers[1] or answers[0][0] != 404 or costs[0] != costs[1]:
            faults.append(f"{door.name}: {answers[0][0]} after {costs[0]}, {answers[1][0]} after {costs[1]} statements")
    assert faults == [], "\n".join(faults)
