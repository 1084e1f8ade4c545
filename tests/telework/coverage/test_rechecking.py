"""A roster, an absence or a requirement changes: the new gaps are found and told, and no telework is ever cancelled."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from notifications.models import Message
from notifications.services import sweep
from people.models import Shift
from people.services import add_absence
from policies.models import Slot
from telework import services
from telework.models import Booking, State
from tests import factories
from tests.telework.coverage.conftest import SATURDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(night):
    person = factories.eligible_person(team=night.scene.team, first_name="Paule")
    factories.grant(person, "planner")
    return person


def recheck(night, people=(), **how):
    span = {"first": SATURDAY - timedelta(days=7), "last": SATURDAY + timedelta(days=7)}
    return services.rechecked(people=people, **span | how, **night.scene.by(night.scene.manager))


def absent(night, person):
    return add_absence(person, first_day=SATURDAY, last_day=SATURDAY, by=person, now=night.scene.now)


def test_an_absence_that_opens_a_gap_is_told_to_the_planner_and_to_whom_it_concerns(night, planner):
    booking = night.book(night.supervisors[0])
    Message.objects.all().delete()

    with recheck(night, night.supervisors[1:2]) as report:
        absent(night, night.supervisors[1])

    ((need, gap),) = report.gaps
    assert (need.requirement, gap.value, gap.limit, gap.end - gap.start) == (night.need, 2, 3, 480)
    assert report.concerned == [booking]
    booking.refresh_from_db()
    assert booking.is_active, "nothing is cancelled silently"
    assert set(Message.objects.values_list("recipient", flat=True)) == {planner.pk, night.supervisors[0].pk}

    sweep(night.scene.now)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters[planner.email].subject == "Coverage: 1 new gap"
    assert "Sat 22:00–06:00: 2 of 3 supervisors on site." in letters[planner.email].body
    assert re.search(r"/coverage/\d{4}-\d{2}/\?day=\d{4}-\d{2}-\d{2}", letters[planner.email].body)
    own = letters[night.supervisors[0].email]
    assert "Saturday 20 June" in own.subject and "Nothing was cancelled" in own.body and "2 of 3" in own.body


def test_a_change_that_leaves_enough_people_tells_nobody(night, planner):
    with recheck(night, night.supervisors[1:2]) as report:
        absent(night, night.supervisors[1])
    assert report.gaps == [] and not Message.objects.exists()


def test_a_shortage_there_was_before_is_not_new_but_a_deeper_one_is(night, planner):
    for person in night.supervisors[:2]:
        absent(night, person)
    with recheck(night, night.supervisors[2:3]) as same:
        pass
    with recheck(night, night.supervisors[2:3]) as deeper:
        absent(night, night.supervisors[2])
    assert same.gaps == []
    assert [gap.value for _need, gap in deeper.gaps] == [1]


def test_telework_on_a_day_that_is_no_longer_worked_is_named(night, planner):
    booking = night.book(night.supervisors[0])
    with recheck(night, night.supervisors[:1]) as report:
        absent(night, night.supervisors[0])
    assert report.idle == [booking]
    sweep(night.scene.now)
    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "no work is planned then any more" in bodies[night.supervisors[0].email]


def test_a_stricter_requirement_is_rechecked_too(night, planner):
    booking = night.book(night.supervisors[0])
    with recheck(night, requirements=[night.need.pk]) as report:
        Slot.objects.filter(requirement=night.need).update(number=4)
    assert {gap.limit for _need, gap in report.gaps} == {4} and report.bookings == [booking]


def test_the_past_is_never_rechecked(night):
    past = SATURDAY - timedelta(days=60)
    with recheck(night, night.supervisors, first=past, last=past) as report:
        Shift.objects.all().delete()
    assert report.gaps == [] and Booking.objects.filter(state=State.CANCELLED).count() == 0


def test_a_failure_inside_leaves_everything_as_it_was(night):
    with pytest.raises(RuntimeError), recheck(night, night.supervisors):
        Shift.objects.all().delete()
        raise RuntimeError
    assert Shift.objects.count() == 4


def test_the_letter_comes_in_french_as_well(night, planner):
    planner.account.language = "fr"
    planner.account.save()
    night.book(night.supervisors[0])
    with recheck(night, night.supervisors[1:2]):
        absent(night, night.supervisors[1])
    sweep(night.scene.now)
    (letter,) = [letter for letter in mail.outbox if letter.to == [planner.email]]
    assert letter.subject == "Couverture\u202f: 1 nouveau manque"


def letters(night) -> dict[str, str]:
    sweep(night.scene.now)
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def test_a_contract_that_ends_is_told_to_the_person_the_manager_and_the_planner(night, planner):
    person = night.supervisors[0]
    booking = night.book(person)
    Message.objects.all().delete()
    with recheck(night, [person], told=True) as report:
        person.contracts.update(end=SATURDAY - timedelta(days=1))
    assert [(one.booking, one.finding.rule) for one in report.ruled] == [
        (booking, "contract_in_force"), (booking, "day_worked")
    ]  # fmt: skip
    booking.refresh_from_db()
    assert booking.is_active, "nothing is cancelled silently"
    bodies = letters(night)
    assert "Your contract ended on" in bodies[person.email]
    assert "Contract" in bodies[planner.email] and "ended on" not in bodies[planner.email]


def test_the_manager_learns_what_a_rule_has_against_telework_of_the_team(night, planner):
    person, actor = night.supervisors[0], planner
    booking = night.book(person)
    Message.objects.all().delete()
    moment = night.scene.by(actor)
    with services.rechecked(people=[person], first=SATURDAY, last=SATURDAY, **moment):
        absent(night, person)
    body = letters(night)[night.scene.manager.email]
    assert "An absence is noted on Saturday 20 June" in body and str(person.uid) in body
    assert "you answer requests for this team" in body
    booking.refresh_from_db()
    assert booking.state == State.REQUESTED


def test_a_cap_passed_by_fewer_days_due_names_only_what_is_over(night):
    person = night.supervisors[0]
    for day in (22, 23, 24):
        night.book(person, day=SATURDAY.replace(day=day))
    span = {"first": SATURDAY, "last": SATURDAY + timedelta(days=7)}
    with recheck(night, [person], **span) as report:
        factories.agreement_in_force(night.scene.team.entity, yearly=2, since=night.scene.today)
    assert [(one.booking.day.day, one.finding.rule) for one in report.ruled] == [(24, "yearly_cap")]


def test_what_a_rule_had_against_telework_before_is_not_told_again(night, planner):
    person = night.supervisors[0]
    night.book(person)
    absent(night, person)
    Message.objects.all().delete()
    with recheck(night, [person]) as report:
        person.shifts.update(site=factories.SiteFactory())
    assert report.ruled == [] and not Message.objects.exists()


def test_half_an_absence_on_a_whole_day_of_telework_is_named(night):
    person = night.supervisors[0]
    booking = night.book(person)
    with recheck(night, [person]) as report:
        add_absence(person, first_day=SATURDAY, last_day=SATURDAY, halves=1, by=person, now=night.scene.now)
    assert report.idle == [booking]


def test_who_starts_to_count_elsewhere_opens_no_gap_that_was_there_before(night):
    """The need of another site lacks people already; it counts somebody only once their shift is moved there."""
    there = factories.SiteFactory()
    factories.requirement(night.scene.team, 5, team=None, site=there)
    with recheck(night, [night.supervisors[0]]) as report:
        night.supervisors[0].shifts.update(site=there)
    assert [gap for need, gap in report.gaps if need.requirement.site_id == there.pk] == []


@pytest.mark.parametrize("people", [1, 4])
def test_a_recheck_asks_the_database_the_same_whoever_is_booked(night, people, django_assert_max_num_queries):
    night.need.slots.update(number=0)
    for person in night.supervisors[:people]:
        for day in (20, 22, 23):
            night.book(person, day=SATURDAY.replace(day=day))
    with django_assert_max_num_queries(45), recheck(night, night.supervisors, told=False):
        Shift.objects.update(zone="Europe/Paris")


def test_a_lost_skill_and_a_new_team_are_rechecked_like_a_roster(night, planner):
    first, second = night.supervisors[:2]
    booking = night.book(first)
    with recheck(night, [second]) as lost:
        second.skills.update(last_day=SATURDAY - timedelta(days=1))
    assert [gap.value for _need, gap in lost.gaps] == [2] and lost.bookings == [booking]

    other = factories.TeamFactory(entity=night.scene.team.entity, site=night.scene.team.site)
    factories.requirement(other, 0, kind="people_remote")
    with recheck(night, [first]) as joined:
        first.memberships.update(team=other)
    assert {(need.requirement.team, gap.value, gap.limit) for need, gap in joined.gaps} == {(other, 1, 0)}
    assert joined.bookings == [booking] and Booking.objects.get(pk=booking.pk).is_active
