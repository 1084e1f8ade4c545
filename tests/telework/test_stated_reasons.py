"""The reason for which one asks, where the agreement wants one; and the place from which, where it looks at places."""

from datetime import date

import pytest
from django.urls import reverse

from people.models import Place
from telework import services
from telework.errors import BookingRefused, TeleworkError
from telework.models import Booking, State
from tests import factories

REASONS = """
[labels]
transport = { fr = "grève des transports", en = "transport strike" }
pollution = { fr = "pic de pollution", en = "pollution peak" }
[[rules]]
kind = "request_form"
article = "1"
[[rules.values]]
from = 2020-01-01
how = "apply"
reasons = ["transport", "pollution"]
"""
ABROAD = """
[readings.days_abroad]
choice = "working_days"
by = "ours"
article = "1"
[[rules]]
kind = "abroad"
article = "1"
[[rules.values]]
from = 2020-01-01
limit = 2
"""


def under(scene, more):
    text = factories.agreement_text(approval=False) + more
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))


def test_a_day_is_refused_without_a_reason_and_the_sentence_names_those_admitted(scene):
    under(scene, REASONS)
    for reason in ("", "holiday"):
        with pytest.raises(TeleworkError) as wrong:
            services.book_day(day=scene.day(8), reason=reason, **scene.own)
        assert wrong.value.field == "reason"
        assert wrong.value.sentence().endswith("Choose one of: transport strike, pollution peak.")
        assert wrong.value.data()["known"] == ["transport", "pollution"]
    assert not Booking.objects.exists()


def test_the_reason_is_kept_as_its_code_and_stays_when_the_day_moves(scene):
    under(scene, REASONS)
    booking = services.book_day(day=scene.day(8), reason="transport", **scene.own)
    assert booking.stated_reason == "transport"
    moved = services.edit_booking(booking=booking, day=scene.day(9), **scene.by(scene.person))
    assert (moved.day, moved.stated_reason) == (scene.day(9), "transport")


def test_several_days_and_a_series_want_it_as_well(scene):
    under(scene, REASONS)
    told = services.book_days(days=[scene.day(8), scene.day(9)], **scene.own)
    assert all(outcome.error and "wants a reason" in outcome.error.sentence() for outcome in told)
    with pytest.raises(TeleworkError, match="wants a reason"):
        services.book_series(first_day=scene.day(8), rrule="FREQ=DAILY;COUNT=2", **scene.own)
    made = services.book_series(first_day=scene.day(8), rrule="FREQ=DAILY;COUNT=2", reason="pollution", **scene.own)
    assert {outcome.booking.stated_reason for outcome in made.outcomes} == {"pollution"}


def test_where_the_agreement_wants_none_a_reason_is_refused(scene):
    with pytest.raises(TeleworkError, match="Leave it out"):
        services.book_day(day=scene.day(8), reason="transport", **scene.own)


def test_the_panel_and_the_days_ask_for_it(scene, client, clock):
    clock(scene.now.isoformat())
    under(scene, REASONS)
    client.force_login(scene.person.account)
    day, last = scene.day(8).isoformat(), scene.day(9).isoformat()
    option = '<option value="transport">Transport strike</option>'
    assert option in client.get(reverse("year_of", args=[2026]), {"day": day}).content.decode()
    assert option in client.get(reverse("year_days"), {"first": day, "last": last}).content.decode()
    wish = {"day": day, "part": "full"}
    assert "wants a reason" in client.post(reverse("book"), wish, follow=True).content.decode()
    client.post(reverse("book"), wish | {"reason": "transport"})
    assert Booking.objects.get(state=State.APPROVED).stated_reason == "transport"


def abroad_place(scene, country="ES", **more):
    return Place.objects.create(
        person=scene.person, label="Sevilla", country=country, declared_on=date(2020, 1, 1),
        secure_internet=True, insured_until=date(2030, 1, 1), **more,
    )  # fmt: skip


def test_the_usual_place_in_another_country_is_judged_as_abroad(scene):
    under(scene, ABROAD)
    scene.person.places.all().delete()
    abroad_place(scene)
    told = services.book_days(days=[scene.day(8), scene.day(9), scene.day(10)], **scene.own)
    assert [outcome.accepted for outcome in told] == [True, True, False]
    with pytest.raises(BookingRefused) as beyond:
        services.book_day(day=scene.day(10), **scene.own)
    assert beyond.value.data()["rule"] == "abroad"


def test_a_place_that_names_the_agreements_own_country_is_not_abroad(scene):
    under(scene, ABROAD)
    scene.person.places.all().delete()
    abroad_place(scene, "FR")
    told = services.book_days(days=[scene.day(ahead) for ahead in (8, 9, 10)], **scene.own)
    assert all(outcome.accepted for outcome in told)


def test_a_place_chosen_in_the_panel_asks_the_agreement_again(scene, client, clock):
    clock(scene.now.isoformat())
    under(scene, ABROAD.replace("limit = 2", 'limit = 2\ncountries = ["IT"]'))
    scene.person.places.all().delete()
    abroad_place(scene, "")
    spain = abroad_place(scene)
    client.force_login(scene.person.account)
    url = reverse("year_day", args=[scene.day(8)])
    plain = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "data-book" in plain and f'<option value="{spain.uid}">' in plain
    chosen = client.get(url, {"place": str(spain.uid)}, headers={"HX-Request": "true"}).content.decode()
    assert f'<option value="{spain.uid}" selected>' in chosen
    assert "data-book" not in chosen and "No telework that day" in chosen
