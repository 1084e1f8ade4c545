"""Giving a granted day up under an agreement that wants notice: told before and after, refused where it says so."""

from datetime import date

import pytest
from django.urls import reverse

from telework import services
from telework.errors import BookingRefused
from telework.models import Booking, State
from tests import factories

CLAUSE = """
[[rules]]
kind = "cancellation"
article = "1"
[[rules.values]]
from = 2020-01-01
limit = 3
late = "{late}"
"""


def granted(scene, late, ahead=2):
    text = factories.agreement_text(approval=False) + CLAUSE.format(late=late)
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    return services.book_day(day=scene.day(ahead), **scene.own)


def give_up(scene, booking, actor=None):
    return services.cancel_booking(booking=booking, **scene.by(actor or scene.person))


def test_a_later_word_is_refused_where_the_clause_says_so_with_its_sentence(scene):
    booking = granted(scene, "refused")
    with pytest.raises(BookingRefused) as late:
        give_up(scene, booking)
    assert late.value.sentence().startswith("A day is given up 3 days before at least.")
    assert late.value.data()["article"] == "1"
    assert Booking.objects.get().state == State.APPROVED


def test_in_time_nothing_is_said(scene):
    given = give_up(scene, granted(scene, "refused", ahead=3))
    assert (given.state, given.notice) == (State.CANCELLED, "")


@pytest.mark.parametrize(
    ("late", "said"),
    [("counted", "the day stays counted (art. 1)."), ("given_back", "the day goes back all the same (art. 1).")],
)
def test_elsewhere_it_is_told_what_the_late_word_means(scene, late, said):
    given = give_up(scene, granted(scene, late))
    assert given.state == State.CANCELLED
    assert given.notice.endswith(said)


def test_a_request_not_yet_granted_is_withdrawn_at_any_time(scene):
    text = factories.agreement_text() + CLAUSE.format(late="refused")
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    booking = services.book_day(day=scene.day(1), **scene.own)
    assert services.withdraw_booking(booking=booking, **scene.by(scene.person)).state == State.CANCELLED


def test_of_a_series_what_is_still_in_time_is_given_back(scene):
    granted(scene, "refused", ahead=1)
    Booking.objects.all().delete()
    made = services.book_series(first_day=scene.day(1), rrule="FREQ=DAILY;COUNT=4", **scene.own)
    given = services.cancel_series(series=made.series, **scene.by(scene.person))
    assert [booking.day for booking in given] == [scene.day(3), scene.day(4)]


def test_the_page_tells_it_before_and_after(scene, client, clock):
    clock(scene.now.isoformat())
    booking = granted(scene, "counted")
    client.force_login(scene.person.account)
    page = client.get(reverse("year_of", args=[2026]), {"day": booking.day.isoformat()}).content.decode()
    assert "Given up less than 3 days before: the day stays counted (art. 1)." in page
    answer = client.post(reverse("booking_cancel", args=[booking.uid]), follow=True).content.decode()
    assert "Given up less than 3 days before: the day stays counted (art. 1)." in answer
