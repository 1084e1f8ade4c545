"""The heat that is kept of a year: the same as a new count whatever changed, and counted again only where it did."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from django.urls import reverse
from django_q.models import Schedule

from people.models import Absence, Membership, Shift
from people.services import calendar_changed
from policies.models import RequirementKind
from telework.coverage import heats, keeping, shortages
from telework.models import Booking, KeptHeat, State
from telework.services.heat import keep_heat
from telework.tasks import keep_heat as task
from tests import factories

from .conftest import SATURDAY, supervisor

pytestmark = pytest.mark.django_db
YEAR, NOW = 2026, datetime(2026, 6, 8, 8, tzinfo=UTC)
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


@pytest.fixture(autouse=True)
def _nothing_remembered(clock):
    clock("2026-06-08T08:00+00:00")
    _forget()


def _forget() -> None:
    heats.forget()
    keeping.forget()


@pytest.fixture
def needs(night) -> list:
    share = factories.requirement(night.scene.team, 40, kind=RequirementKind.SHARE_OF_PEOPLE)
    return [night.need, share]


def told(requirements) -> list:
    """What a heat map of the year says: margins and gaps of each requirement."""
    return [(kept.margins(FIRST, LAST).tolist(), kept.gaps(FIRST, LAST)) for kept in heats.heats_of(requirements, YEAR)]


def counted(requirements) -> list:
    """The same from a whole new count of the rows."""
    count = shortages.count_of(heats.needs_of(requirements, FIRST, LAST), FIRST, LAST)
    parts = [count.map.of_group(str(one.uid)) for one in requirements]
    return [(heats.heat.lows_of_days(part, FIRST, LAST).tolist(), list(part.gaps())) for part in parts]


def booked(person, day: date) -> Booking:
    return Booking.objects.create(
        person=person, day=day, state=State.APPROVED, requested_at=NOW, requested_by=person, updated_at=NOW
    )


def change(chance: Random, people) -> None:
    """Somebody gets or loses a post, telework or leave, or changes team, as the services leave it."""
    person, day = chance.choice(people), SATURDAY + timedelta(days=chance.randrange(-9, 10))
    match chance.randrange(5):
        case 0 if not Shift.objects.filter(person=person, day__range=(day - timedelta(1), day + timedelta(1))).exists():
            factories.shift(person, f"{day}T08:00+02:00", f"{day}T16:00+02:00")
        case 1:
            Shift.objects.filter(person=person, day=day).delete()
        case 2 if not Absence.objects.filter(person=person, first_day=day).exists():
            Absence.objects.create(person=person, kind="leave", first_day=day, last_day=day)
        case 3:
            Membership.objects.filter(person=person).update(last_day=chance.choice((None, None, None, day)))
        case _:
            held = Booking.objects.filter(person=person, day=day)
            if not held.delete()[0]:
                booked(person, day)
    calendar_changed([person.pk])


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_a_new_count_gives_after_every_change(night, needs, seed):
    chance, seen = Random(seed), set()
    for step in range(30):
        change(chance, night.supervisors)
        if step % 7 == 0:
            keep_heat(SATURDAY)
        if step % 5 == 0:
            _forget()
        found = told(needs)
        assert found == counted(needs)
        seen.add(str(found))
    assert len(seen) > 5


def test_the_worker_writes_what_changed_and_nothing_else(night, needs):
    assert keep_heat(SATURDAY) == 4 and keep_heat(SATURDAY) == 0
    calendar_changed([night.scene.manager.pk])
    assert task() == 2, "the manager is in the team, and not a supervisor"
    night.need.slots.update(number=1)
    night.need.version += 1
    night.need.save()
    assert keep_heat(SATURDAY) == 2
    assert KeptHeat.objects.count() == 4
    assert Schedule.objects.get(name="telework.keep_heat").func == "telework.tasks.keep_heat"


def test_a_page_counts_nothing_while_nothing_changes(night, needs, sign_in, monkeypatch):
    client, address = sign_in(night.scene.manager), reverse("coverage_period", args=["2026"])
    keep_heat(SATURDAY)
    before = client.get(address).content
    _forget()
    monkeypatch.setattr(heats, "count_of", None)
    monkeypatch.setattr(keeping, "kept_count", None)
    assert client.get(address).status_code == 200
    monkeypatch.undo()
    supervisor(night.scene.team)
    night.book(night.supervisors[0])
    night.book(night.supervisors[1])
    assert client.get(address).content != before


def test_many_changed_requirements_are_counted_together(night, needs, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(heats, "FEW", 0)
    more = [factories.requirement(night.scene.team, number, kind=RequirementKind.PEOPLE_REMOTE) for number in range(9)]
    told(more[:2])
    _forget()
    with django_assert_num_queries(16):
        two = told(more[:2])
    _forget()
    with django_assert_num_queries(16):
        many = told(more)
    assert many[:2] == two and many == counted(more)


def test_of_many_requirements_the_day_shows_the_one_asked_about_and_the_worst(night, needs):
    easy = factories.requirement(night.scene.team, 0, skill=night.need.skill, team=None, start=time(0), end=time(0))
    requirements = [easy, *needs]
    for person in night.supervisors[:2]:
        booked(person, SATURDAY)
    calendar_changed([person.pk for person in night.supervisors])
    assert heats.worst_on(requirements, SATURDAY, 1)[0] in needs
    assert heats.worst_on(requirements, SATURDAY, 2, at=easy)[0] == easy
