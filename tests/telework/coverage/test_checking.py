"""A request is held against coverage in the transaction that books it; who decides otherwise gives a reason."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from notifications.models import Message
from people.models import Absence, AuditEvent, Role
from policies.core import Verdict
from policies.core.facts import Part
from telework import services
from telework.errors import BadWish, BookingRefused
from telework.mails import render
from telework.models import Booking, State
from tests import factories

from .conftest import SATURDAY, supervisor

pytestmark = pytest.mark.django_db
SENTENCE = "Sat 22:00–06:00: 2 of 3 supervisors would remain on site."


def continuity(decision):
    return next((found for found in decision.findings if found.rule == "continuity"), None)


def refused(act, *args, **wish) -> BookingRefused:
    with pytest.raises(BookingRefused) as caught:
        act(*args, **wish)
    return caught.value


def preview(night, person, day=SATURDAY, part=Part.FULL):
    return services.preview_days(person=person, days=[day], part=part, today=night.scene.today)[0]


def test_the_last_place_is_granted_without_margin_and_the_next_request_is_refused_in_numbers(night):
    assert continuity(preview(night, night.supervisors[0]).decision).code == "continuity.tight"
    night.book(night.supervisors[0])
    no = refused(night.book, night.supervisors[1])
    found = continuity(no.decision)
    assert (found.verdict, found.article) == (Verdict.REFUSED, "2.1")
    assert {key: found.data[key] for key in ("before", "value", "limit", "start", "end")} == {
        "before": 3, "value": 2, "limit": 3, "start": "2026-06-20T22:00+02:00", "end": "2026-06-21T06:00+02:00"
    }  # fmt: skip
    assert found.data["scope"]["skill"] == "supervisor"
    assert no.sentence().startswith(SENTENCE) and "1 more supervisor on site" in no.sentence()
    with override("fr"):
        assert "il resterait 2 superviseurs sur 3 sur site" in no.sentence()
    assert Booking.objects.count() == 1


def test_a_request_holds_its_place_until_it_is_withdrawn(night):
    booking = night.book(night.supervisors[0])
    assert booking.state == State.REQUESTED
    refused(night.book, night.supervisors[1])
    services.withdraw_booking(booking=booking, **night.scene.by(night.supervisors[0]))
    night.book(night.supervisors[1])


def test_half_a_night_takes_half_a_place(night):
    night.book(night.supervisors[0], part=Part.MORNING)
    refused(night.book, night.supervisors[1], part=Part.MORNING)
    night.book(night.supervisors[1], part=Part.AFTERNOON)


def test_a_shortage_that_telework_leaves_as_it_is_never_refuses(night):
    """The need is unmet that night already; somebody outside its scope, or counted wherever they are, may book."""
    night.need.slots.update(number=9)
    officer = factories.eligible_person(team=night.scene.team)
    factories.shift(officer, f"{SATURDAY}T22:00+02:00", "2026-06-21T06:00+02:00")
    assert continuity(preview(night, officer).decision) is None
    night.book(officer)
    refused(night.book, night.supervisors[0])
    night.need.counts_remote = True
    night.need.save()
    night.book(night.supervisors[0])


def test_an_absence_a_shift_elsewhere_or_a_lost_skill_leaves_fewer(night):
    Absence.objects.create(person=night.supervisors[3], first_day=SATURDAY, last_day=SATURDAY)
    refused(night.book, night.supervisors[0])
    Absence.objects.all().delete()
    night.supervisors[3].shifts.update(site=factories.SiteFactory())
    refused(night.book, night.supervisors[0])
    night.supervisors[3].shifts.update(site=night.scene.team.site)
    night.supervisors[3].skills.update(last_day=SATURDAY - timedelta(days=1))
    refused(night.book, night.supervisors[0])


def test_a_holiday_or_dated_layer_takes_the_place_of_the_weekly_number(night):
    for layer in ({"layer": 1, "number": 4}, {"layer": 2, "number": 2, "dates": ["2026-07-14"]}):
        night.need.slots.create(start="00:00", end="00:00", **layer)
    for person in night.supervisors:
        for day in (13, 14):
            factories.shift(person, f"2026-07-{day}T08:00+02:00", f"2026-07-{day}T16:00+02:00")
    assert preview(night, night.supervisors[0], date(2026, 7, 13)).accepted
    night.need.slots.filter(layer=2).update(number=4)
    assert not preview(night, night.supervisors[0], date(2026, 7, 14)).accepted
    night.need.slots.filter(layer=2).delete()
    assert not preview(night, night.supervisors[0], date(2026, 7, 14)).accepted


def test_several_days_are_judged_each_with_the_accepted_ones_before(night):
    outcomes = services.book_days(
        person=night.supervisors[0], days=[SATURDAY, date(2026, 6, 22)], **night.scene.by(night.supervisors[0])
    )
    assert [outcome.accepted for outcome in outcomes] == [True, True]
    outcomes = services.preview_days(
        person=night.supervisors[1], days=[SATURDAY, date(2026, 6, 22)], today=night.scene.today
    )
    assert [outcome.accepted for outcome in outcomes] == [False, False]


def test_shares_of_a_team_remote_are_counted_by_the_day_at_once_and_in_heads(scene):
    people = [factories.eligible_person(team=scene.team) for _ in range(2)]
    day = scene.day(3)
    for kind, number, said in (
        ("share_of_people", 25, "2 of 4 people remote with this booking, at most 25%"),
        ("share_of_minutes", 25, "16 h of 32 h of work remote with this booking, at most 25%"),
        ("share_at_once", 25, "2 of 4 people remote with this booking, at most 25%"),
        ("people_remote", 1, "2 people remote with this booking, at most 1"),
    ):
        need = factories.requirement(scene.team, number, kind=kind)
        first = services.book_day(person=people[0], day=day, **scene.by(people[0]))
        with pytest.raises(BookingRefused) as caught:
            services.book_day(person=people[1], day=day, **scene.by(people[1]))
        assert said in caught.value.sentence()
        first.delete()
        need.delete()


def test_an_exception_needs_a_reason_and_only_coverage_against_it(night):
    night.book(night.supervisors[0])
    with pytest.raises(BadWish):
        night.book(night.supervisors[1], exception=True)
    refused(night.book, night.supervisors[1], exception=True, note="please", day=date(2026, 6, 21))
    booking = night.book(night.supervisors[1], exception=True, note="My child is ill.")
    assert (booking.state, booking.exception) == (State.REQUESTED, True)
    letter = Message.objects.filter(kind="booking.requested").latest("pk")
    assert SENTENCE in render(letter).text


def test_a_plain_approval_of_an_exception_changes_nothing_and_one_with_a_reason_is_kept_and_told(night):
    planner = factories.eligible_person(team=night.scene.team)
    factories.grant(planner, Role.PLANNER)
    night.book(night.supervisors[0])
    booking = night.book(night.supervisors[1], exception=True, note="My child is ill.")
    assert SENTENCE in night.approve(booking)[0].error.sentence()
    booking.refresh_from_db()
    assert booking.state == State.REQUESTED

    assert night.approve(booking, override="Inès comes in early.")[0].done

    booking.refresh_from_db()
    assert (booking.state, booking.exception, booking.reason_text) == (State.APPROVED, True, "Inès comes in early.")
    event = AuditEvent.objects.get(verb="booking.exception_granted")
    assert (event.actor, event.data["reason"]) == (night.scene.manager, "Inès comes in early.")
    assert event.data["gaps"][0]["value"] == 2
    told = Message.objects.get(kind="booking.exception_granted")
    assert told.recipient == planner
    assert SENTENCE in render(told).text and "Inès comes in early" in render(told).text


def test_a_reason_grants_nothing_that_the_agreement_refuses(night):
    booking = night.book(night.supervisors[0])
    factories.agreement_in_force(night.scene.team.entity, yearly=0, since=night.scene.today)
    assert not night.approve(booking, override="Because.")[0].done


def test_what_is_granted_in_one_answer_counts_for_the_next_in_it(night):
    night.supervisors.append(supervisor(night.scene.team))
    first = night.book(night.supervisors[0])
    night.need.slots.update(number=4)
    second = night.book(night.supervisors[1], exception=True, note="Once.")
    third = night.book(night.supervisors[2], exception=True, note="Once.")
    night.need.slots.update(number=3)
    answers = night.approve(first, second, third)
    assert [answer.done for answer in answers] == [True, True, False]


def test_a_past_day_and_a_correction_are_not_held_against_coverage(night):
    night.need.slots.update(number=9)
    person, today = night.supervisors[0], SATURDAY + timedelta(days=3)
    edge = {"actor": night.scene.manager, "now": night.scene.now, "today": today}
    assert services.correct_day(person=person, day=SATURDAY, settled=True, **edge).state == State.APPROVED


@pytest.mark.parametrize("others", [1, 6])
def test_the_check_asks_the_database_the_same_however_many_there_are(night, others, django_assert_max_num_queries):
    for _ in range(others):
        supervisor(night.scene.team)
    with django_assert_max_num_queries(34):
        night.book(night.supervisors[0])
