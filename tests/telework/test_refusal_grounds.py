"""A refusal under the agreement's own clause: its grounds, to whom a reason is owed, and what is left afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from notifications.kinds import render
from notifications.models import Message
from telework import services
from telework.errors import BadWish
from telework.models import State
from telework.refusals import grounds_offered
from tests import factories

CLAUSE = """
[labels]
service_operation = {{ fr = "fonctionnement du service", en = "the running of the service" }}
[[rules]]
kind = "refusal"
article = "1"
[[rules.values]]
from = 2020-01-01
{values}
"""
GROUNDS = 'reason_for = ["everybody"]\ngrounds = ["service_operation"]'
AFTER = GROUNDS + (
    '\nlasts = { n = 3, unit = "month" }\nrecourse_within = { n = 1, unit = "month" }'
    '\nrecourse = { fr = "la direction", en = "the management" }'
)
LISTED = '\n[[refusal_reasons]]\ncode = "season"\nlabel = { fr = "la saison", en = "the season" }\n'


def under(scene, values="", more=""):
    text = factories.agreement_text() + (CLAUSE.format(values=values) if values else "") + more
    factories.agreement_in_force(scene.team.entity, text=text, since=date(2020, 1, 2))
    return services.book_day(day=scene.day(8), **scene.own)


def refuse(scene, booking, reason):
    return services.refuse_bookings(bookings=[booking], reason=reason, **scene.by(scene.manager))[0].booking


def test_only_the_grounds_that_the_clause_admits_may_be_given(scene):
    booking = under(scene, GROUNDS)
    with pytest.raises(BadWish) as wrong:
        refuse(scene, booking, "coverage")
    assert "“coverage” is not a reason. Choose one of: service_operation." in wrong.value.sentence()
    refused = refuse(scene, booking, "service_operation")
    assert (refused.state, refused.reason) == (State.REFUSED, "service_operation")


def test_where_the_clause_names_none_the_reasons_that_the_document_lists_are_offered(scene):
    booking = under(scene, 'reason_for = ["everybody"]', LISTED)
    assert grounds_offered(None, booking.day)[0][0] == "coverage"
    with pytest.raises(BadWish):
        refuse(scene, booking, "coverage")
    assert refuse(scene, booking, "season").state == State.REFUSED


@pytest.mark.parametrize("values", ["", 'reason_for = ["everybody"]', 'reason_for = ["eligible"]'])
def test_a_reason_is_owed_where_the_clause_says_so_and_where_there_is_none(scene, values):
    with pytest.raises(BadWish) as missing:
        refuse(scene, under(scene, values), "")
    assert missing.value.field == "reason"


@pytest.mark.parametrize("whom", ["nobody", "carer"])
def test_no_reason_is_needed_for_whom_the_clause_does_not_name(scene, whom):
    refused = refuse(scene, under(scene, f'reason_for = ["{whom}"]'), "")
    assert (refused.state, refused.reason) == (State.REFUSED, "")
    letter = render(Message.objects.get(kind="booking.refused"))
    assert "could not agree. You can answer here." in letter.text


def test_the_letter_and_the_day_say_when_to_ask_again_and_which_recourse_is_left(scene, client):
    refuse(scene, under(scene, AFTER), "service_operation")
    letter = render(Message.objects.get(kind="booking.refused")).text
    client.force_login(scene.person.account)
    page = client.get(reverse("year_of", args=[2026]), {"day": scene.day(8).isoformat()}).content.decode()
    for said in (letter, page):
        assert "the running of the service" in said
        assert "It can be asked for again from Tuesday 8 September 2026 (art. 1)." in said
        assert "Recourse until Wednesday 8 July 2026: the management (art. 1)." in said


def test_the_managers_page_offers_the_grounds_of_the_agreement(scene, client):
    booking = under(scene, GROUNDS)
    client.force_login(scene.manager.account)
    page = client.get(reverse("request", args=[booking.uid])).content.decode()
    assert '<option value="service_operation">the running of the service</option>' in page
    assert 'value="coverage"' not in page
