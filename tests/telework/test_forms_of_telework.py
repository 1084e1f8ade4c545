"""Forms of telework (ordinary, occasional …): chosen in the panel, by the API and in series, counted by themselves."""

from datetime import date

import pytest
from django.urls import reverse

from telework import services
from telework.errors import BadWish, BookingRefused
from telework.models import Booking
from tests import factories

RULES = """
[labels]
occasional = { fr = "télétravail occasionnel", en = "occasional telework" }
[[rules]]
kind = "cap"
name = "weekly"
article = "1"
forms = ["ordinary"]
[[rules.values]]
from = 2020-01-01
limit = 1
unit = "day"
per = "week"
[[rules]]
kind = "cap"
name = "occasional_days"
article = "1"
forms = ["occasional"]
[[rules.values]]
from = 2020-01-01
limit = 1
unit = "day"
per = "month"
"""
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 6, 9), date(2026, 6, 10), date(2026, 6, 11)


@pytest.fixture
def scene(scene):
    text = factories.agreement_text(approval=False) + RULES
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    return scene


def test_an_ordinary_day_and_an_occasional_one_are_counted_apart(scene):
    services.book_day(day=TUESDAY, **scene.own)
    with pytest.raises(BookingRefused) as refused:
        services.book_day(day=WEDNESDAY, **scene.own)
    assert refused.value.decision.failing[0].name == "weekly"
    occasional = services.book_day(day=WEDNESDAY, form="occasional", **scene.own)
    assert (occasional.form, Booking.objects.get(day=TUESDAY).form) == ("occasional", "")
    with pytest.raises(BookingRefused) as refused:
        services.book_day(day=THURSDAY, form="occasional", **scene.own)
    assert refused.value.decision.failing[0].name == "occasional_days"


def test_several_days_at_once_count_each_under_the_form_asked(scene):
    outcomes = services.book_days(days=[TUESDAY, WEDNESDAY], form="occasional", **scene.own)
    assert [outcome.accepted for outcome in outcomes] == [True, False]


def test_a_form_the_agreement_does_not_name_is_told_with_those_it_does(scene):
    with pytest.raises(BadWish, match="Choose one of: occasional"):
        services.book_day(day=TUESDAY, form="exceptional", **scene.own)


def test_a_form_where_there_are_none_is_told_as_well(scene, team):
    other = factories.eligible_person()
    factories.agreement_in_force(other.entity)
    with pytest.raises(BadWish, match="has only the ordinary one"):
        services.book_day(person=other, day=TUESDAY, form="occasional", **scene.by(other))


def test_moving_a_day_keeps_its_form_and_may_change_it(scene):
    booking = services.book_day(day=TUESDAY, form="occasional", **scene.own)
    moved = services.edit_booking(booking=booking, day=WEDNESDAY, **scene.by(scene.person))
    assert (moved.day, moved.form) == (WEDNESDAY, "occasional")
    changed = services.edit_booking(booking=moved, form="", **scene.by(scene.person))
    assert (changed.day, changed.form) == (WEDNESDAY, "")


@pytest.fixture
def page(scene, sign_in, clock):
    clock(scene.now.isoformat())
    return sign_in(scene.person)


def test_the_panel_offers_the_forms_and_looks_at_the_day_under_the_one_chosen(scene, page):
    services.book_day(day=TUESDAY, **scene.own)
    url = reverse("year_day", args=[WEDNESDAY])
    ordinary = page.get(url, headers={"HX-Request": "true"}).content.decode()
    assert '<option value="" selected>Ordinary telework</option>' in ordinary
    assert "No telework that day" in ordinary
    assert 'id="book-form"' not in ordinary
    occasional = page.get(url, {"form": "occasional"}, headers={"HX-Request": "true"}).content.decode()
    assert '<option value="occasional" selected>Occasional telework</option>' in occasional
    assert '<input type="hidden" name="form" value="occasional">' in occasional
    assert 'id="book-form"' in occasional


def test_the_form_is_asked_for_without_a_script_and_shown_on_the_day(scene, page):
    answer = page.post(reverse("book"), {"day": TUESDAY.isoformat(), "part": "full", "form": "occasional"}, follow=True)
    assert Booking.objects.get().form == "occasional"
    assert "occasional telework" in answer.content.decode()


def test_an_unknown_form_in_an_address_is_looked_at_as_the_ordinary_one_and_posted_is_told(scene, page):
    url = reverse("year_day", args=[TUESDAY])
    assert 'value="" selected' in page.get(url, {"form": "x" * 300}, headers={"HX-Request": "true"}).content.decode()
    answer = page.post(
        reverse("book"), {"day": TUESDAY.isoformat(), "form": "bogus"}, headers={"HX-Request": "true"}
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Choose one of: occasional" in answer.content.decode()


def test_a_range_is_looked_at_and_asked_for_under_a_form(scene, page):
    span = {"first": TUESDAY.isoformat(), "last": WEDNESDAY.isoformat(), "part": "full", "form": "occasional"}
    look = page.get(reverse("year_days"), span, headers={"HX-Request": "true"}).content.decode()
    assert '<input type="hidden" name="form" value="occasional">' in look
    page.post(reverse("book_days"), span)
    assert [booking.form for booking in Booking.objects.all()] == ["occasional"]


def test_a_series_is_asked_for_under_a_form(scene):
    booked = services.book_series(first_day=TUESDAY, rrule="FREQ=WEEKLY;COUNT=2", form="occasional", **scene.own)
    assert [bool(outcome.booking) for outcome in booked.outcomes] == [True, False]
