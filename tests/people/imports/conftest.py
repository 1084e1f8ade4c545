from datetime import UTC, datetime

import pytest
from django.utils import translation

from people import imports
from people.models import Person
from tests import factories

NOW = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
ZONE = "Europe/Paris"


@pytest.fixture
def planner(team):
    person = factories.eligible_person(team=team)
    factories.grant(person, "planner")
    return person


@pytest.fixture
def roster(team, planner):
    """Read, plan and (unless it is only looked at) apply a file about people called A and B."""
    for number in "AB":
        factories.eligible_person(team=team, number=number)

    class _Roster:
        people = Person.objects.all()

        def plan(self, content, *, absences=False, replaces=False):
            content = content.encode() if isinstance(content, str) else content
            lines = imports.read(content, zone=ZONE)
            plan = imports.plan_absences if absences else imports.plan_shifts
            return plan(lines, self.people, replaces=replaces)

        def load(self, content, **how):
            plan = self.plan(content, **how)
            imports.apply_plan(plan, by=planner, now=NOW)
            return plan

    return _Roster()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
