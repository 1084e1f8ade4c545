"""A refusal reads alike on the page, in the API and in the letter; times of the repeated hour carry their offset."""

import html
import json
from datetime import date

import pytest
from django.urls import reverse

from notifications.models import Message
from people.models import Person
from telework import services
from telework.mails import render
from telework.models import Booking
from tests import factories

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 6, 18)


def asks(client, body: dict):
    return client.post("/api/v1/bookings", json.dumps(body), content_type="application/json")


def everywhere(sign_in, person: Person, manager: Person, day: date) -> dict[str, str]:
    """The text of each place that tells why a day is refused."""
    client = sign_in(person)
    client.cookies["django_language"] = person.account.language
    headers = {"accept-language": person.account.language}
    told = {"panel": client.get(f"/year/{day.year}/", {"day": str(day)}, headers=headers).content.decode()}
    told["api"] = asks_in(client, {"day": str(day)}, headers)["detail"]
    told["range"] = client.get(
        reverse("year_days"), {"first": str(day), "last": str(day)}, headers=headers
    ).content.decode()
    client.post(reverse("book"), {"day": str(day), "exception": "yes", "note": "My child is ill."})
    booking = Booking.objects.get(person=person)
    told["inbox"] = sign_in(manager).get(reverse("request", args=[booking.uid]), headers=headers).content.decode()
    letter = render(Message.objects.filter(kind="booking.requested").latest("pk"))
    return {name: html.unescape(text) for name, text in told.items()} | {"mail": letter.text}


def asks_in(client, body: dict, headers: dict) -> dict:
    return client.post("/api/v1/bookings", json.dumps(body), content_type="application/json", headers=headers).json()


@pytest.fixture(autouse=True)
def _monday_morning(clock):
    clock("2026-06-08T08:00+00:00")


@pytest.fixture
def pair(scene):
    """Two people of the scene's team of four; one is remote that Thursday."""
    people = [factories.eligible_person(team=scene.team) for _ in range(2)]
    services.book_day(person=people[0], day=THURSDAY, **scene.by(people[0]))
    return scene, people[1]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("kind", "number", "english", "french"),
    [
        ("minimum", 3, "Thu 09:00–17:00: 2 of 3 people would remain on site.",
         "jeu. 09:00–17:00\u202f: il resterait 2 personnes sur 3 sur site."),
        ("share_at_once", 25, "Thu 09:00–17:00: 2 of 4 people remote with this booking, at most 25%.",
         "jeu. 09:00–17:00\u202f: 2 personnes sur 4 à distance avec cette réservation, 25\u202f% au plus."),
        ("people_remote", 1, "Thu 18/06: 2 people remote with this booking, at most 1.",
         "jeu. 18/06\u202f: 2 personnes à distance avec cette réservation, 1 au plus."),
        ("share_of_people", 25, "Thu 18/06: 2 of 4 people remote with this booking, at most 25%.",
         "jeu. 18/06\u202f: 2 personnes sur 4 à distance avec cette réservation, 25\u202f% au plus."),
        ("share_of_minutes", 25, "Thu 18/06: 16 h of 32 h of work remote with this booking, at most 25%.",
         "jeu. 18/06\u202f: 16\u202fh sur 32\u202fh de travail à distance avec cette réservation, 25\u202f% au plus."),
    ],
)  # fmt: skip
def test_page_api_inbox_and_mail_say_the_same_sentence(pair, sign_in, kind, number, english, french, language):
    scene, person = pair
    factories.requirement(scene.team, number, kind=kind, article="2.1")
    for each in (person, scene.manager):
        each.account.language = language
        each.account.save()
    sentence = english if language == "en" else french
    told = everywhere(sign_in, person, scene.manager, THURSDAY)
    assert {name: sentence in text for name, text in told.items()} == dict.fromkeys(told, True)


def test_the_data_beside_it_names_rule_interval_count_limit_and_scope(pair, sign_in):
    scene, person = pair
    need = factories.requirement(scene.team, 3, article="2.1")
    told = asks(sign_in(person), {"day": str(THURSDAY)}).json()["data"]
    assert (told["rule"], told["article"]) == ("continuity", "2.1")
    numbers = told["numbers"]
    assert numbers["requirement"] == str(need.uid) and numbers["name"]["en"] == "Need"
    assert (numbers["start"], numbers["end"]) == ("2026-06-18T09:00+02:00", "2026-06-18T17:00+02:00")
    assert (numbers["before"], numbers["value"], numbers["limit"]) == (3, 2, 3)
    assert numbers["scope"] == {"team": scene.team.name, "site": scene.team.site.name}


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "day", "interval"),
    [
        ("Europe/Paris", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", date(2026, 10, 25),
         "Sun 02:30 (+02:00)–02:30 (+01:00)"),
        ("Europe/Paris", "2026-10-24T22:00+02:00", "2026-10-25T02:15+01:00", date(2026, 10, 24),
         "Sat 22:00–02:15 (+01:00)"),
        ("America/New_York", "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", date(2026, 11, 1),
         "Sun 01:30 (-04:00)–01:30 (-05:00)"),
        ("America/St_Johns", "2026-11-01T01:15-02:30", "2026-11-01T06:00-03:30", date(2026, 11, 1),
         "Sun 01:15 (-02:30)–06:00"),
    ],
)  # fmt: skip
def test_times_of_the_repeated_hour_carry_their_offset_everywhere(
    scene, sign_in, clock, zone, begins, ends, day, interval
):
    clock("2026-10-12T12:00+00:00")
    scene.team.site.zone = zone
    scene.team.site.save()
    person = factories.eligible_person(team=scene.team)
    factories.shift(person, begins, ends)
    person.shifts.update(zone=zone)
    factories.requirement(scene.team, 1)
    told = everywhere(sign_in, person, scene.manager, day)
    sentence = f"{interval}: 0 of 1 person would remain on site."
    assert {name: sentence in text for name, text in told.items()} == dict.fromkeys(told, True)
