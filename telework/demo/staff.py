"""The people of the demo: who they are, in which team, under which contracts, with which accounts and places."""

from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from people import models
from people.models import Account, Contract, Membership, Person, Place, WorkPattern

from . import cast
from .chance import Chance, uid, weighted
from .homes import draw_home
from .names import draw_names, free_address
from .organisation import ON_SITE_JOBS, Crew, Hand, Organisation
from .terms import contracts_of, places_of, validate_autonomy

RATES = ((100, 78), (90, 5), (80, 9), (70, 3), (60, 2), (50, 3))
NO_PASSWORD = "!demo"


def create_staff(
    organisation: Organisation, chance: Chance, *, today: date, patterns: dict[int, list[WorkPattern]], password: str
) -> list[Hand]:
    """Write everybody: accounts, people, contracts, places, memberships and granted roles."""
    hands, taken = [], {account.email.split("@")[0] for account in cast.DEMO_ACCOUNTS}
    for number, crew in enumerate(organisation.crews):
        rng = chance.stream("crew", number)
        hands += _hands_of(crew, number, rng, taken, office=2 if len(organisation.crews) > 2 else 1)
    rng = chance.stream("staff")
    for number, hand in enumerate(hands, start=1):
        hand.person.number = f"{number:05}"
        hand.contracts = contracts_of(hand, rng, today, patterns)
        hand.person.hired_on = hand.contracts[0].start
        validate_autonomy(hand, rng, today)
    _write(hands, rng, password=password, today=today)
    _write_memberships(hands, rng, today)
    _write_grants(organisation, hands)
    _write_validators(hands)
    _write_places(hands, rng, today)
    return hands


def _hands_of(crew: Crew, number: int, rng: Random, taken: set[str], *, office: int) -> list[Hand]:
    """The crew's people; ``office`` is the number of the crew in which HR and the administrator sit."""
    hands = []
    for first, last, role, title, rate in cast.NADIAS_TEAM[: crew.size] if number == 0 else ():
        address = free_address(f"{first}.{last}", set())
        taken.add(address)
        hands.append(_hand(crew, first, last, address, rng, role, title, rate))
    guests = {(1, 2): cast.SECOND_PERSON, (office, 3): cast.HR_PERSON, (office, 4): cast.ADMIN_PERSON}
    guests[office, 5 if crew.size > 5 else 1] = cast.PLANNER_PERSON  # the smallest demo has no sixth place
    guests[office, 6 if crew.size > 6 else 2] = cast.SECOND_HR_PERSON
    for place, (first, last, address) in enumerate(draw_names(rng, crew.size - len(hands), taken), start=len(hands)):
        role = {0: "manager", 1: "deputy"}.get(place, "supervisor" if place < (8 if crew.roster else 5) else "officer")
        title = {"manager": "Responsable d’équipe", "deputy": "Suppléance d’équipe"}.get(role, "")
        rate = 100 if role == "manager" or (role == "supervisor" and crew.roster) else weighted(rng, RATES)
        if (number, place) in guests:
            first, last, role, title, rate, address = guests[number, place]
        hands.append(_hand(crew, first, last, address, rng, role, title, rate))
    return hands


def _hand(crew: Crew, first: str, last: str, address: str, rng: Random, role: str, title: str, rate: int) -> Hand:
    job, usual = crew.trade.job, crew.trade.title
    if role == "supervisor" and crew.roster:
        job, usual = "supervision", "Supervision"
    if crew.trade.job == "general_services" and role == "officer":
        job, usual = rng.choice(ON_SITE_JOBS)
    person = Person(
        uid=uid(rng),
        entity=crew.team.entity,
        site=crew.team.site,
        first_name=first,
        last_name=last,
        email=f"{address}@{cast.DOMAIN}",
        job=job,
        job_title=title or usual,
    )
    home = draw_home(rng, crew.town.latitude, crew.town.longitude)
    return Hand(person, crew, rate, role, home, is_settled=bool(title))


def _write_places(hands: list[Hand], rng: Random, today: date) -> None:
    rows = []
    for hand in hands:
        places = places_of(hand, rng, today)
        hand.place = places[0] if places else None
        rows += places
    Place.objects.bulk_create(rows, batch_size=500)


def _write(hands: list[Hand], rng: Random, *, password: str, today: date) -> None:
    with_password = {account.email for account in cast.DEMO_ACCOUNTS}
    accounts = [
        Account(
            email=hand.person.email,
            language="en" if rng.random() < 0.03 and hand.person.email not in with_password else "fr",
            password=make_password(password) if hand.person.email in with_password else NO_PASSWORD,
            is_active=not hand.last_day or hand.last_day >= today,
        )
        for hand in hands
    ]
    for hand, account in zip(hands, Account.objects.bulk_create(accounts, batch_size=500), strict=True):
        hand.person.account = account
    Person.objects.bulk_create([hand.person for hand in hands], batch_size=500)
    for hand in hands:
        for contract in hand.contracts:
            contract.person = hand.person
    Contract.objects.bulk_create([contract for hand in hands for contract in hand.contracts], batch_size=500)


def _write_memberships(hands: list[Hand], rng: Random, today: date) -> None:
    rows, teams = [], {}
    for hand in hands:
        teams.setdefault(hand.crew.team.entity_id, []).append(hand.crew.team)
        first, last = hand.person.hired_on, hand.last_day
        rows.append(Membership(person=hand.person, team=hand.crew.team, first_day=first, last_day=last))
        if hand.role in ("manager", "deputy"):
            rows.append(
                Membership(person=hand.person, team=hand.crew.team, role=hand.role, first_day=first, last_day=last)
            )
    for hand in hands:
        other = rng.choice(teams[hand.crew.team.entity_id])
        if hand.role == "officer" and rng.random() < 0.02 and other != hand.crew.team:
            rows.append(
                Membership(person=hand.person, team=other, first_day=date(today.year, 1, 1), last_day=hand.last_day)
            )
    Membership.objects.bulk_create(rows, batch_size=500)


def _write_grants(organisation: Organisation, hands: list[Hand]) -> None:
    by_email = {hand.person.email: hand.person for hand in hands}
    for account, role in ((cast.HR, models.Role.HR), (cast.SECOND_HR, models.Role.HR), (cast.ADMIN, models.Role.ADMIN)):
        models.Grant.objects.create(person=by_email[account.email], role=role, entity=organisation.group)
    planner, entity = by_email[cast.PLANNER.email], organisation.entities[0]
    models.Grant.objects.create(person=planner, role=models.Role.PLANNER, entity=entity)
    Account.objects.filter(email=cast.ADMIN.email).update(is_staff=True, is_superuser=True)


def _write_validators(hands: list[Hand]) -> None:
    """The manager of the team validated everybody's autonomy but their own."""
    for leader in (hand for hand in hands if hand.role == "manager"):
        team = [hand.person.pk for hand in hands if hand.crew is leader.crew and hand is not leader]
        validated = Person.objects.filter(pk__in=team, autonomy_validated_on__isnull=False)
        validated.update(autonomy_validated_by=leader.person)
