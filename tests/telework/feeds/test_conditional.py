"""ETag, Last-Modified and 304 (requirements 15 to 17): most fetches must cost next to nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.http import http_date

from people.models import Person
from people.services import calendar_changed
from telework.feeds.conditions import is_current
from telework.models import Booking, Feed, State
from tests import factories

from .conftest import NOW, events, unfolded

TAG = "0123abcd"
CHANGED = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def current(**headers) -> bool:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return is_current(sent, etag=TAG, modified_at=CHANGED, now=NOW)


@pytest.mark.parametrize(
    "header", [f'"{TAG}"', f'W/"{TAG}"', f'"x", W/"y" , "{TAG}"', "*", f'  "{TAG}"  ', f'"x","{TAG}","z"']
)
def test_a_tag_that_is_known_alone_in_a_list_weak_or_as_a_star_is_current(header):
    assert current(**{"If_None_Match": header})


@pytest.mark.parametrize("header", ['"other"', TAG, "", '"', 'W/"other", "x"', "gzip", f'"{TAG}-gzip"'])
def test_another_tag_or_one_that_cannot_be_read_is_not(header):
    assert not current(If_None_Match=header)


def test_the_tag_goes_before_the_date():
    later = http_date((CHANGED + timedelta(days=1)).timestamp())
    assert not current(If_None_Match='"other"', If_Modified_Since=later)
    assert current(If_None_Match=f'"{TAG}"', If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")


def test_a_date_from_the_change_on_is_current():
    assert current(If_Modified_Since=http_date(CHANGED.timestamp()))
    assert current(If_Modified_Since=http_date(NOW.timestamp()))


@pytest.mark.parametrize(
    "header",
    [
        http_date(CHANGED.timestamp() - 1), "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "", "-1", "2026-06-10",
        http_date((NOW + timedelta(days=1)).timestamp()), "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 99 Foo 2026 99:99:99 GMT",
    ],
)  # fmt: skip
def test_an_old_or_senseless_date_is_not(header):
    assert not current(If_Modified_Since=header)


def test_two_fetches_are_equal_to_the_octet(client, subscribe, person, book):
    book(person)
    path = subscribe(person)
    first, second = client.get(path), client.get(path)
    assert first.content == second.content
    assert (first["ETag"], first["Last-Modified"]) == (second["ETag"], second["Last-Modified"])
    assert not first["ETag"].startswith("W/")


def test_an_unchanged_personal_feed_is_told_in_one_query(client, subscribe, person, book, django_assert_num_queries):
    book(person)
    path = subscribe(person)
    tag = client.get(path)["ETag"]
    with django_assert_num_queries(1):
        answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 304 and answer.content == b"" and answer["ETag"] == tag
    assert "Content-Type" not in answer and "Content-Length" not in answer


@pytest.mark.parametrize("people", [1, 9])
def test_a_team_feed_costs_the_same_queries_for_any_number_of_people(
    client, subscribe, team, book, django_assert_num_queries, people
):
    reader = factories.eligible_person(team=team)
    for number in range(people):
        member = factories.eligible_person(team=team)
        book(member)
        book(member, date(2026, 6, 15 + number), part="morning")
    path = subscribe(reader, team=team)
    tag = client.get(path)["ETag"]
    with django_assert_num_queries(4):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    with django_assert_num_queries(9):
        assert client.get(path).status_code == 200


def test_a_change_moves_tag_and_date_and_leaves_the_other_events_as_they_were(client, subscribe, person, book):
    book(person, date(2026, 6, 12))
    path = subscribe(person)
    before = client.get(path)
    book(person, date(2026, 6, 15))
    calendar_changed([person.pk])
    after = client.get(path, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and after["ETag"] != before["ETag"]
    assert after["Last-Modified"] > before["Last-Modified"]  # also within one second
    assert events(unfolded(after.content))[0] == events(unfolded(before.content))[0]


def test_the_date_moves_also_when_a_day_leaves(client, subscribe, person, book):
    """Its events all became older by that: their own stamps could not tell."""
    book(person, date(2026, 6, 12))
    book(person, date(2026, 6, 15))
    path = subscribe(person)
    before = client.get(path)["Last-Modified"]
    Booking.objects.filter(day=date(2026, 6, 15)).update(state=State.CANCELLED)
    calendar_changed([person.pk])
    answer = client.get(path, headers={"If-Modified-Since": before})
    assert answer.status_code == 200 and len(events(unfolded(answer.content))) == 1


def test_a_change_that_shows_nothing_new_keeps_the_tag(client, subscribe, person, book):
    book(person)
    path = subscribe(person)
    before = client.get(path)
    calendar_changed([person.pk])
    assert client.get(path, headers={"If-None-Match": before["ETag"]}).status_code == 304
    assert client.get(path)["Last-Modified"] == before["Last-Modified"]


@pytest.mark.parametrize("change", ["joins", "leaves", "renamed", "moved"])
def test_a_team_feed_notices_who_comes_goes_or_changes_name_or_zone(client, subscribe, team, book, change):
    reader, other = factories.eligible_person(team=team), factories.eligible_person(team=team)
    book(other)
    path = subscribe(reader, team=team)
    tag = client.get(path)["ETag"]
    if change == "joins":
        newcomer = factories.eligible_person(team=team)
        book(newcomer)
    elif change == "leaves":
        other.memberships.update(last_day=date(2026, 6, 11))
    elif change == "renamed":
        Person.objects.filter(pk=other.pk).update(last_name="Durand")
    else:
        type(team.site).objects.update(zone="Indian/Reunion")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_next_day_is_built_anew_and_answered_as_unchanged(client, subscribe, person, book, monkeypatch):
    book(person)
    path = subscribe(person)
    tag = client.get(path)["ETag"]
    monkeypatch.setattr("people.clock.now", lambda: NOW + timedelta(days=1))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_head_has_the_headers_of_the_get_and_no_body(client, subscribe, person, book):
    book(person)
    path = subscribe(person)
    get, head = client.get(path), client.head(path)
    assert head.status_code == 200 and head.content == b""
    assert dict(head.headers) == dict(get.headers)
    assert client.head(path, headers={"If-None-Match": get["ETag"]}).status_code == 304


def test_nothing_is_compressed_even_when_asked(client, subscribe, person):
    answer = client.get(subscribe(person), headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in answer and answer.content.startswith(b"BEGIN:VCALENDAR")


def test_a_read_is_noted_once_an_hour(client, subscribe, person, monkeypatch):
    path = subscribe(person)
    client.get(path, headers={"User-Agent": "Mozilla/5.0 (X11) Gecko/20100101 Thunderbird/128.0"})
    feed = Feed.objects.get()
    assert (feed.fetched_at, feed.fetched_by) == (NOW, "Thunderbird")
    monkeypatch.setattr("people.clock.now", lambda: NOW + timedelta(minutes=59))
    client.get(path)
    assert Feed.objects.get().fetched_at == NOW
    monkeypatch.setattr("people.clock.now", lambda: NOW + timedelta(minutes=60))
    client.get(path, headers={"User-Agent": "Google-Calendar-Importer"})
    assert Feed.objects.get().fetched_by == "Google Calendar"
