"""The plain data set on which other products were timed: 1,000 people alike, 100 approved days each, year 2026."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from people.holidays import public_holidays
from people.models import Account, Contract, Entity, Membership, MembershipRole, Person, Place, Site, Team, WorkPattern
from policies.models import Agreement
from policies.services import draft_version, publish_version
from telework.models import Booking, State

from .cast import DemoAccount
from .chance import Chance, uid
from .patterns import ANCHOR, OFFICE
from .seed import Seeded
from .staff import NO_PASSWORD
from .writing import much_memory, write

PEOPLE, TEAMS, MANAGERS = 1000, 40, 20
APPROVED, PENDING, ALLOWANCE = 100, 630, 200
ONE_DAY_LEFT = (100, 101, 102, 103)  # these people (counted from 0) hold 199 days
YEAR = 2026
HIRED = date(2020, 1, 1)
ASKED_AT = datetime(2025, 12, 15, 9, tzinfo=UTC)
DATA = Path(__file__).with_name("data")
FLAT_ACCOUNTS = (
    DemoAccount("person0001@flat.example", "manager of two teams"),
    DemoAccount("person0100@flat.example", "employee"),
    DemoAccount("person0101@flat.example", "employee with one day left"),
)
BATCH = 1000


@much_memory()
@transaction.atomic
def seed_flat(*, seed: int, password: str) -> Seeded:
    """Write the data set; days are drawn at random among the working days of 2026."""
    chance = Chance(seed)
    entity, teams = _create_teams(chance.stream("teams"))
    _put_in_force(entity)
    people = _create_people(teams, chance.stream("people"), password)
    return Seeded(len(people), _create_bookings(people, chance.stream("bookings")))


def _create_teams(rng: Random) -> tuple[Entity, list[Team]]:
    entity = Entity.objects.create(uid=uid(rng), name="Flat Company", slug="flat-company")
    site = Site.objects.create(uid=uid(rng), name="Niort")
    teams = [Team(uid=uid(rng), entity=entity, site=site, name=f"Team {number + 1:02}") for number in range(TEAMS)]
    return entity, Team.objects.bulk_create(teams)


def _put_in_force(entity: Entity) -> None:
    texts = [(DATA / name).read_text(encoding="utf-8") for name in ("flat.toml", "flat.cases.toml")]
    agreement = Agreement.objects.create(entity=entity, slug="flat", title="200 days a year")
    publish_version(draft_version(agreement, *texts), date(2024, 1, 1), now=ASKED_AT)


def _create_people(teams: list[Team], rng: Random, password: str) -> list[Person]:
    """Person n is in team n mod 40; the first twenty manage two teams each."""
    secret, open_to = make_password(password), {account.email for account in FLAT_ACCOUNTS}
    emails = [f"person{number + 1:04}@flat.example" for number in range(PEOPLE)]
    accounts = Account.objects.bulk_create(
        [Account(email=email, password=secret if email in open_to else NO_PASSWORD) for email in emails],
        batch_size=BATCH,
    )
    people = Person.objects.bulk_create(
        [_person(number, account, teams[number % TEAMS], rng) for number, account in enumerate(accounts)],
        batch_size=BATCH,
    )
    pattern = WorkPattern.objects.create(name="Office week", anchor=ANCHOR, days=OFFICE["Semaine de bureau"][1])
    Contract.objects.bulk_create(
        [Contract(uid=uid(rng), person=person, start=HIRED, pattern=pattern) for person in people], batch_size=BATCH
    )
    Place.objects.bulk_create([_place(person, rng) for person in people], batch_size=BATCH)
    members = [
        Membership(person=person, team=teams[number % TEAMS], first_day=HIRED) for number, person in enumerate(people)
    ]
    leaders = [
        Membership(person=people[number % MANAGERS], team=team, role=MembershipRole.MANAGER, first_day=HIRED)
        for number, team in enumerate(teams)
    ]
    Membership.objects.bulk_create([*members, *leaders], batch_size=BATCH)
    return people


def _person(number: int, account: Account, team: Team, rng: Random) -> Person:
    return Person(
        uid=uid(rng),
        account=account,
        entity=team.entity,
        site=team.site,
        number=f"{number + 1:05}",
        first_name="Person",
        last_name=f"{number + 1:04}",
        email=account.email,
        job="assistance",
        hired_on=HIRED,
        autonomy_validated_on=date(2021, 1, 4),
    )


def _place(person: Person, rng: Random) -> Place:
    return Place(
        uid=uid(rng),
        person=person,
        label="home",
        declared_on=date(2021, 1, 4),
        secure_internet=True,
        insured_until=date(2099, 12, 31),
    )


def _create_bookings(people: list[Person], rng: Random) -> int:
    working = _working_days()
    rows, free = [], []
    for number, person in enumerate(people):
        days = rng.sample(working, len(working))
        held = ALLOWANCE - 1 if number in ONE_DAY_LEFT else APPROVED
        rows += [_booking(person, day, State.APPROVED, rng) for day in sorted(days[:held])]
        if number not in ONE_DAY_LEFT:
            free.append((person, days[held]))
    rows += [_booking(person, day, State.REQUESTED, rng) for person, day in rng.sample(free, PENDING)]
    write(rows)
    return len(rows)


def _working_days() -> list[date]:
    holidays = public_holidays("FR", YEAR, YEAR, "fr")
    year = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(365)]
    return [day for day in year if day.weekday() < 5 and day not in holidays]


def _booking(person: Person, day: date, state: State, rng: Random) -> Booking:
    answered = state == State.APPROVED
    return Booking(
        uid=uid(rng),
        person=person,
        day=day,
        state=state,
        requested_at=ASKED_AT,
        requested_by=person,
        answered_at=ASKED_AT + timedelta(hours=2) if answered else None,
        updated_at=ASKED_AT,
        version=1 + answered,
    )
