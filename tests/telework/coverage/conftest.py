"""Four supervisors on a Saturday night, of whom three must be on site; the agreement of the scene."""

from dataclasses import dataclass
from datetime import date, time

import pytest

from people.models import Person
from policies.models import Requirement
from telework import services
from tests import factories
from tests.telework.conftest import Scene

SATURDAY = date(2026, 6, 20)


@dataclass
class Night:
    """The scene, the supervisors who hold the night of Saturday 20 June, and what is required of them."""

    scene: Scene
    supervisors: list[Person]
    need: Requirement

    def book(self, person: Person, **wish):
        return services.book_day(person=person, **{"day": SATURDAY} | wish, **self.scene.by(person))

    def approve(self, *bookings, **why):
        return services.approve_bookings(bookings=bookings, **why, **self.scene.by(self.scene.manager))


def supervisor(team, day: date = SATURDAY, **fields) -> Person:
    person = factories.eligible_person(team=team, **fields)
    factories.skilled(person, "supervisor")
    factories.shift(person, f"{day}T22:00+02:00", f"{day.replace(day=day.day + 1)}T06:00+02:00")
    return person


@pytest.fixture
def night(scene) -> Night:
    people = [supervisor(scene.team, first_name=f"S{number}") for number in range(4)]
    need = factories.requirement(
        scene.team, 3, skill=people[0].skills.get().skill, team=None, start=time(0), end=time(0), article="2.1",
        one_fr="superviseur", many_fr="superviseurs", one_en="supervisor", many_en="supervisors",
    )  # fmt: skip
    return Night(scene, people, need)
