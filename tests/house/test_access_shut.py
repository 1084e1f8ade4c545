"""A shut door changes nothing, whatever method knocks; reading changes nothing; a forged form changes nothing."""

import pytest
from django.test import Client

from people.roles import Circle
from tests.house.doors import EVERY_ROLE, NOW, doors, knock_at, world_of
from tests.house.watching import writing

pytestmark = pytest.mark.django_db
PRIVATE = [door for door in doors().values() if not door.public]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SHUT = (401, 403, 404, 405)
# What reading may leave behind: who read it, and that it was read.
READING = {"people_readevent", "people_auditevent"}
# Sent by the company's provider, which has no token of ours; it proves itself by its signature.
BY_SIGNATURE = {"company_saml_back"}


@pytest.fixture(autouse=True)
def _june(clock):
    clock(NOW)


def is_api(door) -> bool:
    return door.name.startswith("api-v1:")


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_shut_door_writes_nothing_with_any_method_or_as_a_fragment(role):
    """Of everybody in another circle than the role reaches; the fragment of a page is shut where the page is."""
    world = world_of(role)
    client = Client(raise_request_exception=False)
    client.force_login(world.actor.account)
    faults = []
    for door in PRIVATE:
        for circle in _shut_circles(world, door, role):
            target = world.target(door, circle) if door.target else None
            fragment = {} if is_api(door) else {"headers": {"hx-request": "true"}}
            for method in sorted({door.method, "POST", "DELETE" if is_api(door) else "GET"}):
                with writing() as written:
                    answer = knock_at(door, target.uid if target else "", method=method).send(client, **fragment)
                # A body of another shape than the method asks for is refused before anybody looks for what it names.
                misshapen = is_api(door) and method != door.method and answer.status_code == 422
                if written or (answer.status_code not in SHUT and not misshapen):
                    faults.append(f"{method} {door.name}, {circle}: {answer.status_code}, wrote {written[:1]}")
    assert faults == [], "\n".join(faults)


def _shut_circles(world, door, role):
    if door.target:
        return [one for one in Circle if not door.opens_for(role, one) and world.target(door, one) is not None]
    return [] if door.self or door.opens_for(role, Circle.OTHER_TEAM) else [Circle.OTHER_TEAM]


@pytest.mark.parametrize("role", ["manager", "hr", "admin", "dpo"])
def test_a_method_that_an_address_does_not_know_writes_nothing_and_reading_only_who_read(role):
    world = world_of(role)
    client = Client(raise_request_exception=False)
    client.force_login(world.actor.account)
    faults = []
    for door in PRIVATE:
        circle = next((one for one in Circle if door.opens_for(role, one) and _there(world, door, one)), None)
        if circle is None:
            continue
        target = world.target(door, circle).uid if door.target else ""
        for method in METHODS:
            with writing() as written:
                answer = knock_at(door, target, method=method).send(client)
            tables = {table for table, _statement in written}
            if answer.status_code in SHUT and tables:
                faults.append(f"{method} {door.name}: {answer.status_code}, wrote {written[:1]}")
            elif method == "GET" and tables - READING:
                faults.append(f"GET {door.name} wrote {sorted(tables - READING)}")
            if method != "GET" and answer.status_code == 405 and "Allow" not in answer.headers:
                faults.append(f"{method} {door.name} does not say which methods there are")
    assert faults == [], "\n".join(faults)


def _there(world, door, circle) -> bool:
    return not door.target or world.target(door, circle) is not None


@pytest.mark.parametrize("role", ["manager", "hr", "admin", "dpo"])
def test_without_its_token_nothing_is_sent_in_anybody_s_name(role):
    """Pages and the session of the API alike."""
    world = world_of(role)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(world.actor.account)
    faults = []
    for door in doors().values():
        methods = {door.method, "POST" if door.form else door.method} - {"GET"}
        circle = next((one for one in Circle if door.opens_for(role, one) and _there(world, door, one)), None)
        if circle is None or door.name in BY_SIGNATURE:
            continue
        target = world.target(door, circle).uid if door.target else ""
        for method in methods:
            with writing() as written:
                answer = knock_at(door, target, method=method).send(client)
            if answer.status_code != 403 or written:
                faults.append(f"{method} {door.name}: {answer.status_code}, wrote {written[:1]}")
    assert faults == [], "\n".join(faults)
