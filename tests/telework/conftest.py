"""A team whose entity has a short agreement, its manager and one of its members, on a Monday morning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from people.models import Person, Team
from tests import factories

MONDAY = date(2026, 6, 8)


@dataclass
class Scene:
    """Who and when; ``edge`` is what services take from their caller."""

    team: Team
    person: Person
    manager: Person
    today: date = MONDAY

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC)

    def by(self, actor: Person) -> dict:
        return {"actor": actor, "now": self.now, "today": self.today}

    @property
    def own(self) -> dict:
        return {"person": self.person, **self.by(self.person)}

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)


@pytest.fixture
def scene(team, manager) -> Iterator[Scene]:
    factories.agreement_in_force(team.entity)
    person = factories.eligible_person(team=team, first_name="Camille", last_name="Moreau")
    with translation.override("en"):
        yield Scene(team, person, manager)
