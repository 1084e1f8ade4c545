"""What nobody asked for is not taken: fields of one's own invention, and uids of what one may not know.

The first are refused by the API and change nothing that a form does; the second answer like uids of nothing at all.
"""

from dataclasses import replace
from itertools import zip_longest
from uuid import uuid4

import pytest
from django.test import Client

from people.roles import Circle
from tests.house.doors import NOW, doors, knock_at, world_of
from tests.house.watching import number_alike, plain, told, writing

pytestmark = pytest.mark.django_db
ROLES = ("manager", "planner", "hr", "admin", "dpo")
NEAREST = (Circle.OWN_TEAM, Circle.OTHER_TEAM, Circle.OWN)
PRIVATE = [door for door in doors().values() if not door.public]
# Which field names what; "of" and the like name a requirement.
NAMES = {
    "person": "person", "other": "person", "whose": "person", "people": "person", "team": "team", "site": "site",
    "entity": "entity", "parent": "entity", "place": "place", "booking": "booking", "bookings": "booking",
    "base": "agreement", "with": "agreement", "need": "requirement", "like": "requirement", "of": "requirement",
    "take": "entity",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _june(clock):
    clock(NOW)


def opened_by_one_of(role: str, world):
    """Every door that opens for the role, and the nearest uid at which it does."""
    for door in PRIVATE:
        for circle in NEAREST:
            if door.opens_for(role, circle) and (not door.target or world.target(door, circle) is not None):
                yield door, world.target(door, circle).uid if door.target else ""
                break


@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_uid_in_a_field_answers_like_one_of_nothing(role):
    world = world_of(role)
    client = client_of(world)
    faults, asked = [], 0
    for door, uid in opened_by_one_of(role, world):
        for kind in ("query", "form", "json"):
            for name in set(getattr(door, kind) or {}) & set(NAMES):
                foreign, unknown = _foreign(world, NAMES[name]), uuid4()
                heard = [_heard(client, _with(door, uid, kind, name, each), each) for each in (foreign, unknown)]
                asked += 1
                if heard[0] != heard[1]:
                    faults.append(f"{door.name}, {kind} {name}: {_apart(*heard)}")
    assert faults == [], "\n".join(faults)
    assert asked > 5


def _foreign(world, kind: str):
    if kind in ("team", "requirement"):
        team = world.teams[Circle.OTHER_ENTITY]
        return team.uid if kind == "team" else team.requirements.get().uid
    if kind == "person":
        return world.people[Circle.OTHER_ENTITY].uid
    return world.things[Circle.OTHER_ENTITY][f"{kind}:requested"].uid


def _with(door, uid, kind: str, name: str, value):
    method = "POST" if kind == "form" else door.method
    knock = knock_at(door, uid, method=method)
    held = getattr(knock, kind)
    if isinstance(held[name], list):
        given = [str(value)]
    else:
        given = (
            f"hr:{value}" if name == "take" else f"{value}.1" if name == "booking" and kind == "form" else str(value)
        )
    return replace(knock, **{kind: held | {name: given}})


def _heard(client, knock, value) -> tuple:
    client.cookies.pop("messages", None)
    return told(knock.send(client), value)


def _apart(one: tuple, other: tuple) -> str:
    if one[:2] != other[:2]:
        return f"{one[0]} for what is foreign, {other[0]} for what is not there"
    return next(f"{a!r} ≠ {b!r}" for a, b in zip(one[2].splitlines(), other[2].splitlines(), strict=False) if a != b)[
        :400
    ]


# ── fields of one's own invention

INVENTED = {
    "is_staff": "1", "is_superuser": "on", "is_active": "0", "role": "admin", "roles": "admin", "grants": "admin",
    "entity": "$foreign", "entity_id": "1", "site": "$site", "team": "$team", "person": "$person", "person_id": "1",
    "by": "$person", "requested_by": "$person", "owner": "$person", "account": "1", "user": "1", "email": "x@x.example",
    "state": "approved", "status": "approved", "answered_at": "2026-06-01", "version": "99", "uid": "$person",
    "id": "1", "pk": "1", "created_at": "2020-01-01", "scopes": "my_data:read", "password": "another long one",
    "agreed_on": "2026-06-01", "validated": "1", "confirmed_at": "2026-06-01",
}  # fmt: skip
# What these forms do read beside what the row sends.
KNOWN = {
    "account": {"email"}, "person_roles": {"team"}, "feeds": {"team"}, "exceptional_new": {"entity", "site", "team"},
    "entity_edit": {"version"}, "site_edit": {"version"}, "staff_team": {"version"},
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_a_form_takes_only_the_fields_that_it_knows(role):
    """What is written is the same with thirty fields more, save those that the row names as its own."""
    world = world_of(role)
    client = client_of(world)
    faults, wrote = [], 0
    for door, uid in opened_by_one_of(role, world):
        if door.name.startswith("api-v1:") or (door.method == "GET" and not door.form):
            continue
        knock = knock_at(door, uid, method="POST")
        more = {name: value for name, value in _invented(world).items() if name not in {*knock.form, *_known(door)}}
        plainly, invented = _effect(client, knock), _effect(client, replace(knock, form=more | knock.form))
        wrote += bool(plainly[1])
        if plainly != invented:
            apart = [pair for pair in zip_longest(plainly[1], invented[1]) if pair[0] != pair[1]]
            faults.append(f"{door.name}: {plainly[0]}, {invented[0]}: {apart}"[:900])
    assert faults == [], "\n".join(faults)
    assert wrote > 3, "hardly a form was taken"


def _known(door) -> set[str]:
    return KNOWN.get(door.name, set())


def _invented(world) -> dict[str, str]:
    foreign = {
        "$foreign": world.teams[Circle.OTHER_ENTITY].entity.uid,
        "$site": world.people[Circle.OTHER_ENTITY].site.uid,
        "$team": world.teams[Circle.OTHER_ENTITY].uid,
        "$person": world.people[Circle.OTHER_ENTITY].uid,
    }
    return {name: str(foreign.get(value, value)) for name, value in INVENTED.items()}


def _effect(client, knock) -> tuple:
    client.cookies.pop("messages", None)
    number_alike()
    with writing() as written:
        answer = knock.send(client)
    return answer.status_code, [plain(statement) for _table, statement in written]


@pytest.mark.parametrize("role", ROLES)
def test_a_script_s_unknown_field_is_refused_and_nothing_written(role):
    world = world_of(role)
    client = client_of(world)
    faults = []
    for door, uid in opened_by_one_of(role, world):
        if door.name.startswith("api-v1:"):
            knock = knock_at(door, uid)
            kind = "query" if knock.json is None else "json"
            with writing() as written:
                answer = replace(knock, **{kind: getattr(knock, kind) | {"is_staff": "1"}}).send(client)
            if answer.status_code != 422 or "is_staff" not in answer.content.decode() or written:
                faults.append(f"{door.name}, {kind}: {answer.status_code}, wrote {written[:1]}")
    assert faults == [], "\n".join(faults)


def client_of(world) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.actor.account)
    return client
