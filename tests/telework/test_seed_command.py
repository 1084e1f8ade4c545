"""The command that writes the demo: the same rows for the same seed, never over people, every wrong option named."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from people import access
from people.models import Absence, Account, Contract, Entity, Grant, Membership, Person, Place, Shift, Site, Team
from policies import core
from policies.selectors import agreement_for
from telework.demo import flat, homes, seed
from telework.demo.names import free_address
from telework.demo.rosters import ROSTERS, lines_of
from telework.facts import facts_of_many
from telework.models import Booking, Series, State

TODAY = date(2026, 6, 9)
pytestmark = pytest.mark.django_db
TABLES = (Absence, Account, Booking, Contract, Entity, Grant, Membership, Person, Place, Series, Shift, Site, Team)
CHANCE_FREE = {"id", "account", "person", "password", "created_at", "published_at"}


def run(people=60, number=1, **options):
    call_command("seed_demo", people=people, seed=number, today=TODAY.isoformat(), **options)


def everything() -> dict[str, list]:
    """Every row by its values, with other rows named by what never depends on the order of keys."""
    return {table.__name__: sorted(map(_values, table.objects.all())) for table in TABLES}


def _values(row) -> str:
    fields = [field for field in row._meta.concrete_fields if field.name != "id" and not field.is_relation]
    told = [f"{field.name}={getattr(row, field.name)!r}" for field in fields if field.name not in CHANCE_FREE]
    whose = getattr(row, "person", None)
    return f"{whose.email if whose else ''} {told}"


def test_the_same_seed_writes_the_same_rows_and_another_seed_others():
    seen = []
    for number in (7, 7, 8):
        with transaction.atomic():
            run(people=30, number=number)
            seen.append(everything())
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert seen[0]["Person"] != seen[2]["Person"] and seen[0]["Booking"] != seen[2]["Booking"]


def test_a_database_with_people_is_left_alone_with_a_sentence(person, capsys):
    with pytest.raises(CommandError, match="already holds people"):
        run()
    run(if_empty=True)
    assert "nothing was written" in capsys.readouterr().out
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"people": "many"}, "--people is “many”; give a whole number from 10 to 20000"),
        ({"people": 3}, "--people is 3"),
        ({"people": 10**30}, "give a whole number"),
        ({"number": "x"}, "--seed is “x”"),
        ({"number": -1}, "--seed is -1"),
    ],
)
def test_a_wrong_option_is_named_with_its_remedy(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(**options)


@pytest.mark.parametrize("day", ["31-12-2026", "2026-02-31", "1999-01-01", "\0", "9999-12-31"])
def test_a_day_that_is_none_is_named_with_its_remedy(day):
    with pytest.raises(CommandError, match="--today is"):
        call_command("seed_demo", today=day)


@pytest.mark.parametrize("today", ["2026-01-02", "2024-02-29", "2027-12-31"])
def test_the_demo_may_be_set_on_any_day_of_the_year(today):
    call_command("seed_demo", people=12, today=today)
    assert Booking.objects.filter(day__gte=today).exists() and Booking.objects.filter(day__lt=today).exists()


def test_the_plain_data_set_has_hundred_days_each_and_one_day_left_for_a_few(monkeypatch):
    for name, value in {"PEOPLE": 60, "TEAMS": 4, "MANAGERS": 2, "PENDING": 20, "ONE_DAY_LEFT": (20, 21)}.items():
        monkeypatch.setattr(flat, name, value)
    monkeypatch.setattr(flat, "FLAT_ACCOUNTS", flat.FLAT_ACCOUNTS[:1])
    call_command("seed_demo", flat=True)
    held = Counter(Booking.objects.filter(state=State.APPROVED).values_list("person__number", flat=True))
    assert sorted(held.values()) == [100] * 58 + [199] * 2
    assert Booking.objects.filter(state=State.REQUESTED).count() == 20
    assert set(Booking.objects.dates("day", "year")) == {date(2026, 1, 1)}
    person = Person.objects.get(number="00021")
    facts = facts_of_many([person], today=TODAY, first=TODAY, last=TODAY)[person.pk]
    assert core.balance(facts, agreement_for(person, TODAY), TODAY).left == 1
    manager = Person.objects.get(number="00001")
    assert access.teams_managed_by(manager, TODAY).count() == 2


def test_every_roster_gives_rotations_of_whole_weeks():
    for roster in ROSTERS:
        assert all(len(line.posts) % 7 == 0 and line.worked for line in lines_of(roster))


def test_homes_lie_within_reach_of_their_site():
    assert homes.distance_km(46.3237, -0.4648, 47.3941, 0.6848) == pytest.approx(147, abs=3)
    names, weights = homes._around(46.3237, -0.4648)
    assert "Niort" in names and "Paris" not in names and weights == sorted(weights)


def test_addresses_are_plain_letters_and_never_given_twice():
    taken: set[str] = set()
    wanted = ["Zoé.Le Goff", "Zoé.Le Goff", "Þórdís.X", "O'Neil.Łukasz"]
    assert [free_address(name, taken) for name in wanted] == ["zoe.le-goff", "zoe.le-goff2", "ordis.x", "oneil.lukasz"]


def test_the_demo_begins_with_the_year_or_with_the_one_before_while_it_is_young():
    assert seed.first_day(date(2026, 4, 1)) == date(2026, 1, 1)
    assert seed.first_day(date(2026, 3, 31)) == date(2025, 1, 1)
