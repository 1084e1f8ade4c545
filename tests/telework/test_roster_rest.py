"""An exchange of shifts is held against rest and skills too; who goes on all the same says why, and it is kept."""

from datetime import date

import pytest

from people.models import AuditEvent, Contract, Shift
from tests import factories

pytestmark = pytest.mark.django_db
SWAP = {"person": "A", "day": "2026-06-20", "other": "B", "other_day": "2026-06-21"}


@pytest.fixture
def posts(scene, clock, sign_in):
    """A holds Saturday's day and Sunday's morning posts, B Sunday's late one; both live by rosters."""
    clock("2026-06-08T10:00+02:00")
    planner = factories.eligible_person(team=scene.team)
    factories.grant(planner, "planner")
    one, other = (
        factories.eligible_person(team=scene.team, number=name, first_name=name, last_name="Post") for name in "AB"
    )
    Contract.objects.update(rostered=True)
    factories.shift(one, "2026-06-20T06:00+02:00", "2026-06-20T14:00+02:00")
    factories.shift(other, "2026-06-21T06:00+02:00", "2026-06-21T14:00+02:00")
    factories.shift(other, "2026-06-19T22:00+02:00", "2026-06-20T05:00+02:00")
    client = sign_in(planner)
    client.cookies["django_language"] = "en"
    return client, one, other


def test_an_exchange_that_takes_the_daily_rest_is_shown_with_its_text_and_needs_a_reason(posts):
    client, one, _other = posts
    page = client.post("/rosters/swaps/", SWAP).content.decode()
    assert "B Post: 1 h of rest between" in page and "of 11 h at least (Code du travail, art. L3131-1)" in page
    assert 'name="reason"' in page
    refused = client.post("/rosters/swaps/", SWAP | {"write": "1"})
    assert refused.status_code == 422 and refused.context["error"].field == "reason"
    assert 'id="roster-reason"' in refused.content.decode() and not AuditEvent.objects.exists()
    assert Shift.objects.get(day=date(2026, 6, 20)).person == one

    done = client.post("/rosters/swaps/", SWAP | {"write": "1", "reason": "Agreed with both, storm."})
    assert done.status_code == 302
    reasons = {event.data["reason"] for event in AuditEvent.objects.filter(verb="shift.swapped")}
    assert reasons == {"Agreed with both, storm."}


def test_an_exchange_that_leaves_enough_rest_asks_for_no_reason(posts):
    client, _one, other = posts
    other.shifts.filter(day=date(2026, 6, 19)).delete()
    page = client.post("/rosters/swaps/", SWAP).content.decode()
    assert "Less rest" not in page and 'name="reason"' not in page
    assert client.post("/rosters/swaps/", SWAP | {"write": "1"}).status_code == 302


def test_a_rest_that_was_too_short_before_is_no_reason_against_it(posts):
    client, one, _other = posts
    factories.shift(one, "2026-06-17T22:00+02:00", "2026-06-18T06:00+02:00")
    factories.shift(one, "2026-06-18T10:00+02:00", "2026-06-18T14:00+02:00")
    page = client.post("/rosters/swaps/", SWAP | {"day": "2026-06-17", "other_day": "2026-06-21"}).content.decode()
    assert "A Post: 4 h" not in page


def test_a_week_without_its_long_rest_is_named(posts):
    client, one, _other = posts
    for number in range(15, 20):
        factories.shift(one, f"2026-06-{number}T06:00+02:00", f"2026-06-{number}T14:00+02:00")
    factories.shift(one, "2026-06-24T06:00+02:00", "2026-06-24T14:00+02:00")
    page = client.post("/rosters/swaps/", SWAP | {"day": "2026-06-24"}).content.decode()
    assert "in the week of Monday 15 June" in page and "L3132-2" in page


def test_a_post_that_asks_for_a_skill_goes_to_who_has_it(posts):
    client, one, other = posts
    other.shifts.filter(day=date(2026, 6, 19)).delete()
    held = factories.skilled(one, "supervisor").skill
    Shift.objects.filter(person=one).update(skill=held)
    answer = client.post("/rosters/swaps/", SWAP | {"write": "1"})
    assert answer.status_code == 422
    assert "B Post does not have the skill “supervisor” on 2026-06-20" in answer.context["error"].sentence
    factories.skilled(other, "supervisor")
    assert client.post("/rosters/swaps/", SWAP | {"write": "1"}).status_code == 302


def test_a_reason_that_cannot_be_kept_is_named(posts):
    client, _one, _other = posts
    answer = client.post("/rosters/swaps/", SWAP | {"write": "1", "reason": "x" * 1001})
    assert answer.status_code == 422 and "1001" in answer.content.decode().replace("\u202f", "").replace(",", "")


def test_a_rotation_a_file_and_an_entry_by_hand_tell_of_short_rest_and_leave_the_choice(posts):
    client, _one, _other = posts
    rotation = {"cycle": "14:00-22:00\n06:00-14:00", "people": "A", "first": "2026-07-06", "last": "2026-07-07"}
    said = "A Post: 8 h of rest between Mon 6 July, 22:00 and Tue 7 July, 06:00"
    assert said in client.post("/rosters/rotations/", rotation).content.decode()
    hand = {"what": "shift", "person": "A", "first_day": "2026-06-21", "start": "00:00", "end": "05:00"}
    assert "A Post: 10 h of rest" in client.post("/rosters/by-hand/", hand).content.decode()
    assert client.post("/rosters/by-hand/", hand | {"write": "1"}).status_code == 302


def test_an_absence_takes_rest_from_nobody_and_costs_no_look_at_it(posts):
    client, _one, _other = posts
    hand = {"what": "absence", "person": "B", "first_day": "2026-06-21", "last_day": "2026-06-21", "part": "3"}
    assert "Less rest" not in client.post("/rosters/by-hand/", hand).content.decode()
