"""Whoever leads a person, and human resources, may agree to a place; only the former see its commune."""

import pytest
from django.urls import reverse

from people.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(team):
    person = factories.eligible_person(team=team)
    return factories.PlaceFactory(person=person, label="Atelier", commune="Niort", kind="coworking")


def test_the_manager_agrees_to_a_place_and_takes_it_back(client, place, manager):
    client.force_login(manager.account)
    page = client.get(reverse("person_places", args=[place.person.uid])).content.decode()
    assert "Atelier" in page and "Niort" in page
    for agreed in ("1", ""):
        client.post(reverse("agree_place", args=[place.uid]), {"agreed": agreed})
        place.refresh_from_db()
        assert place.agreed is bool(agreed)
    assert list(AuditEvent.objects.filter(subject_uid=place.uid).values_list("verb", flat=True).order_by("pk")) == [
        "place.agreed", "place.not_agreed",
    ]  # fmt: skip


def test_human_resources_agree_without_seeing_the_commune(client, place, team):
    hr = factories.eligible_person(team=factories.TeamFactory(entity=team.entity))
    factories.grant(hr, "hr")
    client.force_login(hr.account)
    page = client.get(reverse("person_places", args=[place.person.uid])).content.decode()
    assert "Atelier" in page and "Niort" not in page
    assert client.post(reverse("agree_place", args=[place.uid]), {"agreed": "1"}).status_code == 302


def test_nobody_agrees_to_their_own_place_or_a_colleagues(client, place, team):
    for actor in (place.person, factories.eligible_person(team=team)):
        client.force_login(actor.account)
        assert client.get(reverse("person_places", args=[place.person.uid])).status_code == 404
        assert client.post(reverse("agree_place", args=[place.uid]), {"agreed": "1"}).status_code == 404
    place.refresh_from_db()
    assert not place.agreed
