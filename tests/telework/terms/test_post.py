"""Human resources say since when somebody has been in their post; nobody else does."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(team):
    return factories.eligible_person(team=team, hired_on=date(2020, 1, 6))


def send(client, actor, person, day):
    client.force_login(actor.account)
    return client.post(reverse("person_terms", args=[person.uid]), {"post": "1", "in_post_since": day})


def test_the_first_day_in_the_post_is_kept_and_can_be_emptied(client, person, team):
    hr = factories.eligible_person(team=team)
    factories.grant(hr, "hr")
    for typed, kept in (("2025-09-01", date(2025, 9, 1)), ("", None)):
        assert send(client, hr, person, typed).status_code == 302
        person.refresh_from_db()
        assert person.in_post_since == kept
    for wrong, said in (("2019-12-31", "between hiring and today"), ("soon", "is not a date")):
        answer = send(client, hr, person, wrong)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert send(client, person, person, "2025-09-01").status_code == 404
