"""The people of the demo: who they are, in which team, under which contracts, with which accounts and places."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from people import models
from people.models import Account, Contract, ContractStatus, Membership, Person, Place, WorkPattern

from . import cast
from .chance import Chance, days_between, uid, weighted
from .homes import draw_home
from .names import draw_names, free_address
from .organisation import ON_SITE_JOBS, Crew, Organisation

RATES = ((100, 78), (90, 5), (80, 9), (70, 3), (60, 2), (50, 3))
NO_PASSWORD = "!demo"
TRIAL = timedelta(days=92)


@dataclass(slots=True)
class Hand:
    """One person of a crew with all rows that belong to them, before and after they are written.

    Who ``is_settled`` is there all year with nothing missing: leaders, and the people one meets first.
    """

    person: Person
    crew: Crew
    rate: int
    role: str
    home: str
    contracts: list[Contract] = field(default_factory=list)
    place: Place | None = None
    is_settled: bool = False

    @property
    def rostered(self) -> bool:
        return bool(self.crew.roster) and self.role in ("officer", "supervisor")

    @property
    def last_day(self) -> date | None:
        return self.contracts[-1].end


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
        hand.contracts = _contracts(hand, rng, today, patterns)
        hand.person.hired_on = hand.contracts[0].start
        _validate_autonomy(hand, rng, today)
    _write(hands, rng, password)
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
    for place, (first, last, address) in enumerate(draw_names(rng, crew.size - len(hands), taken), start=len(hands)):
        role = {0: "manager", 1: "deputy"}.get(place, "supervisor" if place < 5 else "officer")
        title = {"manager": "Responsable d'équipe", "deputy": "Adjoint"}.get(role, "")
        rate = 100 if role == "manager" else weighted(rng, RATES)
        if (number, place) in guests:
            first, last, role, title, rate, address = guests[number, place]
        hands.append(_hand(crew, first, last, address, rng, role, title, rate))
    return hands


def _hand(crew: Crew, first: str, last: str, address: str, rng: Random, role: str, title: str, rate: int) -> Hand:
    job, usual = crew.trade.job, crew.trade.title
    if role == "supervisor" and crew.roster:
        job, usual = "supervision", "Superviseur"
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


def _contracts(hand: Hand, rng: Random, today: date, patterns: dict[int, list[WorkPattern]]) -> list[Contract]:
    """Most are open and old; some begin, end or change their rate within the year."""
    year, chance = date(today.year, 1, 1), rng.random()
    hired = days_between(rng, date(today.year - 22, 1, 1), date(today.year - 1, 9, 30))
    status, end = ContractStatus.PERMANENT, None
    first_rate, change = hand.rate, None
    if hand.is_settled:
        chance = 1.0
    if chance < 0.06:
        hired = days_between(rng, year, today)
    elif chance < 0.09:
        end = days_between(rng, year + timedelta(days=60), today + timedelta(days=60))
    elif chance < 0.13:
        first_rate = 100 if hand.rate < 100 else 80
        change = date(today.year, rng.randint(2, 12), 1)
    elif chance < 0.18:
        status, hired = ContractStatus.FIXED_TERM, days_between(rng, year - timedelta(days=200), today)
        end = hired + timedelta(days=rng.choice((182, 273, 365, 547)))
    elif chance < 0.20:
        status, hired = ContractStatus.APPRENTICE, date(today.year - (today.month < 9), 9, 1)
        end = date(hired.year + 2, 8, 31)
    trial = hired + TRIAL if status == ContractStatus.PERMANENT else None
    if change is None:
        return [_contract(hand, rng, hired, end, status, hand.rate, trial, patterns)]
    before = _contract(hand, rng, hired, change - timedelta(days=1), status, first_rate, trial, patterns)
    return [before, _contract(hand, rng, change, end, status, hand.rate, None, patterns)]


def _contract(hand: Hand, rng: Random, start: date, end, status, rate: int, trial, patterns) -> Contract:
    choice = rng.choice(patterns[rate])
    return Contract(
        uid=uid(rng),
        start=start,
        end=end,
        status=status,
        rate=rate,
        trial_end=trial,
        rostered=hand.rostered,
        pattern=None if hand.rostered else choice,
    )


def _validate_autonomy(hand: Hand, rng: Random, today: date) -> None:
    """Three in a hundred still wait for it; the newly hired are validated after three months."""
    hired = hand.person.hired_on
    validated = (
        hired + timedelta(days=rng.randint(85, 120)) if hired.year >= today.year - 1 else date(hired.year + 1, 3, 3)
    )
    waits = rng.random() < 0.03 and not hand.is_settled
    if validated <= today and not waits:
        hand.person.autonomy_validated_on = validated


def _places(hand: Hand, rng: Random, today: date) -> list[Place]:
    """Home for nearly everybody; a few have none, an ended insurance, or a second place."""
    chance = 0.5 if hand.is_settled else rng.random()
    declared = hand.person.hired_on + timedelta(days=20)
    home = Place(
        uid=uid(rng),
        person=hand.person,
        label="domicile",
        commune="Niort" if hand.person.email == cast.CAMILLE.email else hand.home,
        declared_on=declared,
        secure_internet=chance > 0.03,
        insured_until=date(today.year + 1, 12, 31) if chance > 0.05 else today - timedelta(days=rng.randint(5, 60)),
    )
    if chance < 0.02:
        return []
    if chance < 0.90:
        return [home]
    second = Place(
        uid=uid(rng),
        person=hand.person,
        label=rng.choice(("maison de famille", "tiers-lieu")),
        commune=draw_home(rng, hand.crew.town.latitude, hand.crew.town.longitude),
        declared_on=declared + timedelta(days=40),
        secure_internet=True,
        insured_until=date(today.year + 1, 12, 31),
    )
    return [home, second]


def _write_places(hands: list[Hand], rng: Random, today: date) -> None:
    rows = []
    for hand in hands:
        places = _places(hand, rng, today)
        hand.place = places[0] if places else None
        rows += places
    Place.objects.bulk_create(rows, batch_size=500)


def _write(hands: list[Hand], rng: Random, password: str) -> None:
    with_password = {account.email for account in cast.DEMO_ACCOUNTS}
    accounts = [
        Account(
            email=hand.person.email,
            language="en" if rng.random() < 0.03 and hand.person.email not in with_password else "fr",
            password=make_password(password) if hand.person.email in with_password else NO_PASSWORD,
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
    for account, role in ((cast.HR, models.Role.HR), (cast.ADMIN, models.Role.ADMIN)):
        models.Grant.objects.create(person=by_email[account.email], role=role, entity=organisation.group)
    Account.objects.filter(email=cast.ADMIN.email).update(is_staff=True, is_superuser=True)


def _write_validators(hands: list[Hand]) -> None:
    """The manager of the team validated everybody's autonomy but their own."""
    for leader in (hand for hand in hands if hand.role == "manager"):
        team = [hand.person.pk for hand in hands if hand.crew is leader.crew and hand is not leader]
        validated = Person.objects.filter(pk__in=team, autonomy_validated_on__isnull=False)
        validated.update(autonomy_validated_by=leader.person)
