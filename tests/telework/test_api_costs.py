"""Lists of the API cost as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.telework.test_api import Script, at_nine

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
LISTS = (
    "/autonomy",
    "/balances",
    "/company/month/2026-06",
    "/coverage/2026-W25",
    "/coverage/2026-06/gaps",
    "/exceptional",
    "/staff-teams",
    "/terms/people?q=Moreau",
    "/agreements",
    "/organisation",
)


def grow(scene) -> None:
    """More of everything that lists tell of."""
    for _ in range(4):
        person = factories.eligible_person(team=scene.team, last_name="Moreau")
        team = factories.TeamFactory(entity=scene.team.entity)
        factories.eligible_person(team=team, last_name="Moreau")
        factories.regime([person], scene.today, scene.day(3))
        factories.term(person, scene.today, lifts=["notice"])
        factories.agreement_in_force(scene.team.entity, since=scene.day(30))


def cost(api, path: str) -> int:
    api("GET", path)
    with CaptureQueriesContext(connection) as queries:
        answer = api("GET", path)
    assert answer.status_code == 200, answer.content
    return len(queries)


@pytest.fixture
def api(at_nine):
    person = factories.PersonFactory(entity=at_nine.team.entity, site=at_nine.team.site)
    for role in ("hr", "planner", "admin"):
        factories.grant(person, role)
    factories.requirement(at_nine.team, 60, kind="share_of_people")
    grow(at_nine)
    return Script(person)


@pytest.mark.parametrize("path", LISTS)
def test_many_cost_as_much_as_few(api, at_nine, path):
    few = cost(api, path)
    grow(at_nine)
    assert cost(api, path) <= few
