"""Nothing of another entity can be read off any answer: not from counts, totals, order, searches or sentences.

Every door is knocked at twice: before and after another entity that shares the site has filled with people. Whatever
the answer says, it says both times.
"""

import difflib
from datetime import date

import pytest
from django.test import Client

from people.models import Absence, Membership, MembershipRole
from people.roles import Circle
from telework.models import Booking, State
from tests import factories
from tests.house.doors import DAY, EVERY_ROLE, NOW, doors, knock_at, world_of
from tests.house.watching import told

pytestmark = pytest.mark.django_db
NEAREST = (Circle.OWN_TEAM, Circle.OWN, Circle.OTHER_TEAM)


@pytest.fixture(autouse=True)
def _june(clock):
    clock(NOW)


def fill(world) -> None:
    """Six more people of the other entity at the site of the one who knocks, of all conditions, one by one alike."""
    stranger, here = world.teams[Circle.OTHER_ENTITY], world.actor.site
    stranger.site = here
    stranger.save()
    crew = [
        factories.eligible_person(
            team=stranger, site=here, first_name="Aaron", last_name="Moreau", number="7", job_title="Nurse"
        )
        if number == 0
        else factories.eligible_person(team=stranger, site=here, first_name=f"Ada{number}", last_name="Zola")
        for number in range(6)
    ]
    Membership.objects.create(person=crew[0], team=stranger, role=MembershipRole.MANAGER, first_day=date(2020, 1, 1))
    factories.grant(crew[1], "hr")
    factories.skilled(crew[2], "rare")
    at = {"requested_at": "2026-06-01T06:00Z", "updated_at": "2026-06-01T06:00Z"}
    for person in crew:
        for day in (DAY, date(2026, 6, 15), date(2026, 6, 3)):
            Booking.objects.create(
                person=person, day=day, state=State.REQUESTED, requested_by=person, place=person.places.first(), **at
            )
    Absence.objects.create(person=crew[3], first_day=DAY, last_day=DAY)
    factories.shift(crew[4], "2026-06-17T06:00+02:00", "2026-06-17T14:00+02:00")
    factories.requirement(stranger, 3)
    factories.regime(crew, date(2026, 6, 15), date(2026, 6, 26), name="Elsewhere")
    factories.term(crew[5], date(2026, 6, 1), lifts=["notice"])


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_another_entity_changes_no_answer(role):
    world = world_of(role)
    # The site is the other entity's too, before and after: only who is there differs.
    neighbour = factories.PersonFactory(entity=world.teams[Circle.OTHER_ENTITY].entity, site=world.actor.site)
    factories.skilled(neighbour, "rare")  # skills are words of the whole house, laid down by whoever runs it
    client = Client(raise_request_exception=False)
    client.force_login(world.actor.account)
    knocks = dict(_knocks(world, role))
    before = {name: _heard(knock, client) for name, knock in knocks.items()}
    fill(world)
    after = {name: _heard(knock, client) for name, knock in knocks.items()}
    apart = [name for name in knocks if before[name] != after[name]]
    # What strangers change stays changed; what a moment changed (the real clock turned) is as before when asked again.
    again = {name: _heard(knocks[name], client) for name in apart}
    faults = [f"{name}:\n{_difference(before[name], again[name])}" for name in apart if again[name] != before[name]]
    assert not faults, "\n".join(faults)
    assert sum(status < 300 for status, *_rest in before.values()) > 30, "hardly a door was open"


def _knocks(world, role):
    for door in doors().values():
        if door.public:
            continue
        circle = next((one for one in NEAREST if door.opens_for(role, one) and _there(world, door, one)), None)
        if circle is not None:
            yield door.name, knock_at(door, world.target(door, circle).uid if door.target else "")


def _heard(knock, client) -> tuple:
    client.cookies.pop("messages", None)  # what was said of the last request
    return told(knock.send(client))


def _there(world, door, circle) -> bool:
    return not door.target or world.target(door, circle) is not None


def _difference(before, after) -> str:
    if before[:2] != after[:2]:
        return f"{before[:2]} → {after[:2]}"
    lines = difflib.unified_diff(before[2].splitlines(), after[2].splitlines(), lineterm="", n=0)
    return "\n".join(lines)[:1500]
