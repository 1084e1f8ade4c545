"""Contracts, autonomy and declared places of the demo's people, with the gaps that real life has."""

from datetime import date, timedelta
from random import Random

from people.models import Contract, ContractStatus, Place, WorkPattern

from . import cast
from .chance import days_between, uid
from .homes import draw_home
from .organisation import Hand

TRIAL = timedelta(days=92)


def contracts_of(hand: Hand, rng: Random, today: date, patterns: dict[int, list[WorkPattern]]) -> list[Contract]:
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
        end = max(hired, year) + timedelta(days=rng.choice((182, 273, 365, 547)))
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


def validate_autonomy(hand: Hand, rng: Random, today: date) -> None:
    """Three in a hundred still wait for it; the newly hired are validated after three months."""
    hired = hand.person.hired_on
    validated = (
        hired + timedelta(days=rng.randint(85, 120)) if hired.year >= today.year - 1 else date(hired.year + 1, 3, 3)
    )
    waits = rng.random() < 0.03 and not hand.is_settled
    if validated <= today and not waits:
        hand.person.autonomy_validated_on = validated


def places_of(hand: Hand, rng: Random, today: date) -> list[Place]:
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
