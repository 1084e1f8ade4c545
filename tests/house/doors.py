"""Every door of the house, and a small world of people who stand at each distance from the one who knocks."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from people.imports.runs import packed
from people.models import Absence, ApiToken, ImportRun, Membership, MembershipRole, Person, Session, Team
from people.roles import ROLES, Circle, circles
from policies.models import AgreementVersion
from telework.models import Booking, Feed, LabRun, Series, State
from tests import factories

NOW = "2026-06-03T08:00+02:00"
DAY = date(2026, 6, 17)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
MANAGING = {MembershipRole.MANAGER.value, MembershipRole.DEPUTY.value}
PERSONAL = ("person", "booking", "series", "place", "feed", "key", "session")


@dataclass(frozen=True)
class Door:
    """One row of endpoints.toml."""

    name: str
    public: bool = False
    self: bool = False
    list: str = ""
    operation: str = ""
    target: str = ""
    state: str = "requested"
    method: str = "GET"
    url: dict = field(default_factory=dict)
    query: dict = field(default_factory=dict)
    form: dict = field(default_factory=dict)
    json: dict | None = None

    def opens_for(self, role: str, circle: Circle) -> bool:
        """Whether the table lets a person of ``role`` (who is an employee besides) act on somebody in ``circle``."""
        roles = {"employee", role}
        if self.list:
            return any(circles(self.list, each) - {Circle.OWN} for each in roles)
        return not self.operation or any(circle in circles(self.operation, each) for each in roles)


@cache
def doors() -> dict[str, Door]:
    rows = tomllib.loads(Path(__file__).with_name("endpoints.toml").read_text("utf-8"))
    return {name: Door(name=name, **row) for name, row in rows.items()}


@cache
def address_book() -> dict[str, list[str]]:
    """The name of every address of the product, and what each leaves to be filled in."""
    found: dict[str, list[str]] = {}

    def walk(resolver: URLResolver, space: str, above: list[str]) -> None:
        for pattern in resolver.url_patterns:
            names = [*above, *pattern.pattern.converters, *pattern.pattern.regex.groupindex]
            if isinstance(pattern, URLResolver):
                walk(pattern, f"{pattern.namespace}:" if pattern.namespace else space, names)
            else:
                found[f"{space}{pattern.name}"] = sorted(set(names))

    walk(get_resolver(), "", [])
    return found


@dataclass
class World:
    """The one who knocks, and per circle what there is to knock at."""

    actor: Person
    people: dict[Circle, Person]
    teams: dict[Circle, Team]
    things: dict[Circle, dict[str, object]]

    def target(self, door: Door, circle: Circle):
        if door.target in ("team", "requirement"):
            team = self.teams.get(circle)
            return team if door.target == "team" or team is None else team.requirements.get()
        return self.people[circle] if door.target == "person" else self.things[circle][f"{door.target}:{door.state}"]


def world_of(role: str) -> World:
    """A world in which the actor is an employee, and ``role`` besides."""
    home, sister, stranger = factories.TeamFactory(), factories.TeamFactory(), factories.TeamFactory()
    sister.entity = home.entity
    sister.save()
    for entity in (home.entity, stranger.entity):
        factories.agreement_in_force(entity)
    people = {Circle.OWN: factories.eligible_person(team=home), Circle.OWN_TEAM: factories.eligible_person(team=home)}
    people[Circle.OTHER_TEAM] = factories.eligible_person(team=sister)
    people[Circle.OTHER_ENTITY] = factories.eligible_person(team=stranger)
    actor = people[Circle.OWN]
    if role in MANAGING:
        Membership.objects.create(person=actor, team=home, role=role, first_day=date(2020, 1, 1))
    elif role != "employee":
        factories.grant(actor, role)
    teams = {Circle.OWN_TEAM: home, Circle.OTHER_TEAM: sister, Circle.OTHER_ENTITY: stranger}
    for team in teams.values():
        factories.requirement(team, 60, kind="share_of_people")
    return World(actor, people, teams, {circle: _things_of(person) for circle, person in people.items()})


@contextmanager
def standing_world(role: str, *more: str) -> Iterator[World]:
    """A world for all tests of a file, taken back at its end; each test finds it as it was built."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: datetime.fromisoformat(NOW))
        world = world_of(role)
        for each in more:
            factories.grant(world.actor, each)
        patch.undo()
        yield world
        transaction.set_rollback(True)


def _things_of(person: Person) -> dict[str, object]:
    now = datetime.fromisoformat(NOW).astimezone(UTC)
    series = Series.objects.create(person=person, first_day=DAY, rrule="FREQ=WEEKLY", part="full", created_at=now)
    common = {"person": person, "requested_at": now, "updated_at": now, "requested_by": person}
    feed = Feed.objects.create(owner=person, token_hash=f"{person.pk:064d}", created_at=now)
    things = {"series": series, "feed": feed, "place": person.places.first(), "agreement": _draft_of(person)}
    things["entity"] = person.entity
    things["contract"] = person.contracts.first()
    things["import"] = _import_of(person, now)
    things["site"] = person.site
    things["shift"] = factories.shift(person, "2026-09-05T06:00+02:00", "2026-09-05T14:00+02:00")
    things["absence"] = Absence.objects.create(person=person, first_day=date(2026, 9, 7), last_day=date(2026, 9, 8))
    things["session"] = Session.objects.create(
        session_key=f"session-of-{person.pk}", account=person.account, signed_in_at=now, expire_date=FAR
    )
    things["key"] = ApiToken.objects.create(
        account=person.account, token_hash=f"{person.pk:064d}", scopes=["people:read"], created_at=now
    )
    things["lab"] = _run_of(things["agreement"], now)
    things["term"] = factories.term(person, date(2026, 6, 1), lifts=["notice"])
    things["regime"] = factories.regime([person], date(2026, 6, 15), date(2026, 6, 26))
    asked = Booking.objects.create(day=DAY, series=series, state=State.REQUESTED, **common)
    granted = Booking.objects.create(day=date(2026, 6, 18), state=State.APPROVED, answered_at=now, **common)
    past = Booking.objects.create(day=date(2026, 5, 12), state=State.APPROVED, answered_at=now, **common)
    found = {f"{name}:{state}": thing for name, thing in things.items() for state in ("requested", "approved")}
    return found | {"booking:requested": asked, "booking:approved": granted, "booking:past": past}


def _draft_of(person: Person) -> AgreementVersion:
    """A draft of the agreement of the person's entity."""
    held = AgreementVersion.objects.filter(agreement__entity=person.entity, state="in_force").first()
    return held.agreement.versions.create(number=person.pk + 1000, text=held.text, cases="")


def _import_of(person: Person, now: datetime) -> ImportRun:
    """A file of the person's entity whose columns wait to be confirmed."""
    table = {"name": "", "rows": [[1, ["Matricule", "Nom"]], [2, ["7", "Roy"]]], "since_1904": False}
    told = {"options": {"table": 0, "columns": ["number", "last_name"]}, "content": packed([table])}
    return ImportRun.objects.create(
        entity=person.entity, by=person, kind="people", created_at=now, touched_at=now, **told
    )


def _run_of(version: AgreementVersion, now: datetime) -> LabRun:
    """A finished run of a draft."""
    dated = {"first": date(2026, 5, 1), "last": date(2026, 5, 31), "as_of": DAY, "asked_at": now}
    entity = version.agreement.entity
    return LabRun.objects.create(version=version, entity=entity, edition=1, text="", state="done", **dated)


@dataclass(frozen=True)
class Knock:
    """One request as plain values, so that a test may spoil any of them."""

    path: str
    method: str
    query: dict
    form: dict
    json: dict | None

    def send(self, client: Client, **headers):
        """The answer; whatever the request changed is taken back."""
        path = f"{self.path}?{urlencode(self.query, doseq=True, errors='replace')}" if self.query else self.path
        body = {"data": self.json, "content_type": "application/json"} if self.json is not None else {"data": self.form}
        with transaction.atomic():
            if self.method == "GET":
                answer = client.get(path, **headers)
            else:
                answer = client.generic(self.method, path, *_encoded(client, body), **headers)
            transaction.set_rollback(True)
        return answer


def _encoded(client: Client, body: dict) -> tuple[bytes | str, str]:
    if "content_type" in body:
        return client._encode_json(body["data"], body["content_type"]), body["content_type"]
    return urlencode(body["data"], doseq=True, errors="replace"), "application/x-www-form-urlencoded"


def knock_at(door: Door, uid: object = "", *, method: str = "") -> Knock:
    """The request that the row describes, aimed at the thing called ``uid``."""
    names = address_book()[door.name]
    url = {name: str(uid) for name in names if name not in door.url} | door.url

    def filled(value):
        if isinstance(value, dict):
            return {key: filled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [filled(each) for each in value]
        return value.replace(f"${door.target}", str(uid)) if isinstance(value, str) and door.target else value

    if "day" in door.url:
        url["day"] = date.fromisoformat(door.url["day"])
    path = reverse(door.name, kwargs=url) if url else reverse(door.name)
    return Knock(path, method or door.method, filled(door.query), filled(door.form), filled(door.json))


def quoted(value: str) -> str:
    return quote(value, safe="", errors="replace")


EVERY_ROLE = ROLES
