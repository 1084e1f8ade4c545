"""My feeds: an address is made, shown once, renewed and revoked (requirement 23)."""

import re

import pytest
from django.urls import reverse

from people.models import AuditEvent
from telework.errors import BadWish
from telework.feeds.clients import client_name
from telework.feeds.services import MOST_FEEDS, create_feed
from telework.models import Feed
from tests import factories

from .conftest import MADE, NOW

ADDRESS = re.compile(r'value="(http[^"]+/cal/[\w-]+\.ics)"')


@pytest.fixture
def page(sign_in, person):
    return sign_in(person)


def shown_address(response) -> str | None:
    found = ADDRESS.search(response.content.decode())
    return found and found.group(1)


def make(page, **fields):
    return page.post("/feeds/", {"whose": "personal", "privacy": "full"} | fields, follow=True)


def test_the_page_begins_empty_and_says_the_next_step(page):
    text = page.get("/feeds/").content.decode()
    assert "No calendar reads your days yet" in text and "Make the address" in text


def test_a_new_address_is_shown_once_and_works(page, person):
    address = shown_address(make(page))
    assert address and page.get(address[address.index("/cal/") :]).status_code == 200
    again = page.get("/feeds/")
    assert shown_address(again) is None and "/cal/" not in again.content.decode()
    assert list(AuditEvent.objects.values_list("verb", "actor")) == [("feed.created", person.pk)]


def test_the_address_does_not_lie_readable_in_the_session(page):
    page.post("/feeds/", {"whose": "personal", "privacy": "full"})
    assert "/cal/" not in str(dict(page.session))
    assert shown_address(page.get("/feeds/"))
    assert "fresh_feed" not in page.session


def test_the_page_is_never_kept_by_a_cache(page):
    assert "no-store" in make(page)["Cache-Control"]


def test_steps_stand_for_each_program_and_apple_gets_webcal(page):
    text = make(page).content.decode()
    for program in ("new Outlook", "classic Outlook", "Google Calendar", "Apple Calendar", "Thunderbird"):
        assert program in text
    assert 'href="webcal://' in text


def test_a_team_is_offered_only_to_who_may_see_it(sign_in, team, person):
    member = factories.eligible_person(team=team)
    assert team.name in sign_in(member).get("/feeds/").content.decode()
    answer = make(sign_in(person), whose=str(team.uid))
    assert answer.status_code == 422 and not Feed.objects.exists()
    assert make(sign_in(member), whose=str(team.uid), privacy="busy").status_code == 200
    assert Feed.objects.values_list("scope", "privacy", "team").get() == ("team", "busy", team.pk)


@pytest.mark.parametrize(
    "fields",
    [
        {"whose": ""},
        {"whose": "nobody"},
        {"whose": "\x00"},
        {"privacy": "all"},
        {"privacy": ""},
        {"privacy": "😀" * 5000},
    ],
)
def test_a_wrong_choice_is_answered_in_a_sentence(page, fields):
    answer = make(page, **fields)
    assert answer.status_code == 422 and 'class="error"' in answer.content.decode() and not Feed.objects.exists()


def test_a_renewed_address_is_shown_and_the_old_one_opens_nothing(page):
    old = shown_address(make(page))
    new = shown_address(page.post(reverse("rotate_feed", args=[Feed.objects.get().uid]), follow=True))
    assert new and new != old
    assert page.get(old[old.index("/cal/") :]).status_code == 404
    assert page.get(new[new.index("/cal/") :]).status_code == 200


def test_a_revoked_address_leaves_the_page(page):
    address = shown_address(make(page))
    answer = page.post(reverse("revoke_feed", args=[Feed.objects.get().uid]), follow=True)
    assert "The address is revoked" in answer.content.decode()
    assert "No calendar reads your days yet" in answer.content.decode()
    assert page.get(address[address.index("/cal/") :]).status_code == 404


@pytest.mark.parametrize("name", ["rotate_feed", "revoke_feed"])
def test_feeds_of_others_and_unknown_ones_are_not_found(page, name):
    other = create_feed(owner=factories.eligible_person(), scope="personal", privacy="full", now=MADE)[0]
    gone = "00000000-0000-4000-8000-000000000000"
    answers = [page.post(reverse(name, args=[uid])) for uid in (other.uid, gone)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert page.get(reverse(name, args=[other.uid])).status_code == 405
    other.refresh_from_db()
    assert other.revoked_at is None


def test_the_last_read_and_its_program_are_told_in_the_clock_of_the_site(page):
    address = shown_address(make(page))
    page.get(address[address.index("/cal/") :], headers={"User-Agent": "Google-Calendar-Importer"})
    assert Feed.objects.get().fetched_at == NOW
    text = page.get("/feeds/").content.decode()
    assert "Last read by Google Calendar on Wednesday 10 June 2026 at 11:30" in text


def test_the_page_speaks_french(page, person):
    type(person.account).objects.update(language="fr")
    text = make(page).content.decode()
    assert "Elle n’est montrée que cette fois" in text and "Créer l’adresse" in text


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/feeds/").status_code == 302 and client.post("/feeds/").status_code == 302


def test_queries_do_not_grow_with_feeds(page, person, django_assert_max_num_queries):
    for _ in range(MOST_FEEDS - 1):
        create_feed(owner=person, scope="personal", privacy="full", now=MADE)
    with django_assert_max_num_queries(7):
        page.get("/feeds/")


def test_there_is_an_end_to_addresses(person):
    for _ in range(MOST_FEEDS):
        create_feed(owner=person, scope="personal", privacy="full", now=MADE)
    with pytest.raises(BadWish, match="You have 20 addresses"):
        create_feed(owner=person, scope="personal", privacy="full", now=MADE)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)", "Outlook"),
        ("Microsoft.Exchange/15.20 (Internet Calendar)", "Outlook.com"),
        ("Google-Calendar-Importer", "Google Calendar"),
        ("iOS/17.5 (21F79) dataaccessd/1.0", "Apple Calendar"),
        ("macOS/14.5 (23F79) CalendarAgent/1", "Apple Calendar"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0", "Thunderbird"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126", "a browser"),
        ("curl/8.5.0", "curl"),
        ("\x00\x1b[31mred", "[31mred"),
        ("x" * 500, "x" * 60),
        ("", ""),
    ],
)
def test_programs_are_named_as_people_know_them(agent, name):
    assert client_name(agent) == name
