"""The secret address: who gets an answer, who gets none, and what answers carry (requirements 13, 14, 18 to 20, 22)."""

import hashlib
import json
import logging
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from config.redaction import HideSecrets
from people.models import AuditEvent, Contract, Membership, MembershipRole
from telework.feeds.fetching import WRONG_A_MINUTE
from telework.feeds.services import create_feed, revoke_feed, rotate_feed
from telework.models import Feed
from tests import factories

from .conftest import MADE, NOW

UNKNOWN = f"/cal/{'A' * 43}.ics"


@pytest.fixture
def feed(person):
    return create_feed(owner=person, scope="personal", privacy="full", now=MADE)


def path_of(address: str) -> str:
    return address[address.index("/cal/") :]


def signature(response) -> tuple:
    return response.status_code, response.content, sorted(response.headers.items())


def test_the_address_is_https_in_production_short_and_without_a_query(person, settings):
    settings.BASE_URL = "https://telework.example.org"
    address = create_feed(owner=person, scope="personal", privacy="full", now=MADE)[1]
    assert address.startswith("https://telework.example.org/cal/") and address.endswith(".ics")
    assert "?" not in address and len(address) <= 256
    assert len(address.rpartition("/")[2].removesuffix(".ics")) * 6 >= 128


def test_the_secret_is_kept_only_as_a_hash_and_never_enters_the_audit(feed):
    secret = path_of(feed[1]).removeprefix("/cal/").removesuffix(".ics")
    row = Feed.objects.values().get()
    assert row["token_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row) and secret not in json.dumps(list(AuditEvent.objects.values("data", "verb")))


def test_two_addresses_are_never_alike(person):
    made = [create_feed(owner=person, scope="personal", privacy="full", now=MADE)[1] for _ in range(5)]
    assert len(set(made)) == 5


def test_a_calendar_is_answered_at_once_without_cookie_or_redirect(client, feed):
    answer = client.get(path_of(feed[1]))
    assert answer.status_code == 200 and not answer.cookies
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="cent-jours.ics"'
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Vary" not in answer and "Set-Cookie" not in answer and "Content-Language" not in answer
    assert answer["Referrer-Policy"] == "no-referrer" and answer["X-Robots-Tag"] == "noindex"
    assert answer["X-Content-Type-Options"] == "nosniff" and "Content-Security-Policy" in answer


def test_the_secret_is_in_no_header_and_no_body(client, feed):
    path = path_of(feed[1])
    secret = path.removeprefix("/cal/").removesuffix(".ics")
    for answer in (client.get(path), client.head(path), client.post(path), client.get(path + "x")):
        assert secret not in str(answer.headers) and secret.encode() not in answer.content


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"User-Agent": ""}, {"User-Agent": "x" * 5000}, {"User-Agent": "\x00☃"},
        {"Accept": "application/json"}, {"Accept": ""}, {"Authorization": "Bearer nonsense"},
        {"Authorization": "Basic Zm9vOmJhcg=="}, {"Accept-Language": "xx,*;q=0"},
        {"Cookie": "sessionid=forged; csrftoken=1; django_language=de"},
        {"Range": "bytes=0-10"}, {"Origin": "https://evil.example"},
        {"X-Requested-With": "XMLHttpRequest", "HX-Request": "true"},
    ],
)  # fmt: skip
def test_any_client_gets_the_same_answer(client, feed, headers):
    plain = client.get(path_of(feed[1]))
    assert signature(client.get(path_of(feed[1]), headers=headers)) == signature(plain)


def test_someone_signed_in_gets_the_same_answer_and_no_cookie(feed, person):
    stranger, owner = Client(), Client()
    owner.force_login(person.account)
    path = path_of(feed[1])
    assert signature(owner.get(path)) == signature(stranger.get(path)) and not owner.get(path).cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_writes_are_not_allowed_whatever_the_address(feed, method):
    client = Client(enforce_csrf_checks=True)
    answers = [getattr(client, method)(path) for path in (path_of(feed[1]), UNKNOWN)]
    assert answers[0].status_code == 405 and answers[0]["Allow"] == "GET, HEAD"
    assert signature(answers[0]) == signature(answers[1])


def test_every_way_to_miss_gets_the_same_404(client, feed, person, django_assert_num_queries):
    """Unknown, near-miss, cut, of another letter case, without suffix, revoked: body, headers and queries are alike."""
    path = path_of(feed[1])
    revoked, address = create_feed(owner=person, scope="personal", privacy="full", now=MADE)
    revoke_feed(feed=revoked, actor=person, now=NOW)
    letter = "B" if path[5] != "B" else "C"
    wrong = [
        UNKNOWN, f"/cal/{letter}{path[6:]}", path[:-5] + ".ics", path.removesuffix(".ics"),
        f"/cal/{path[5:-4].swapcase()}.ics",
        path + ".ics", path_of(address), "/cal/", "/cal/.ics", "/cal/%00.ics", "/cal/%ff%fe.ics", "/cal/a/b.ics",
        "/cal/" + "é" * 3000, f"{path}/", "/cal/x/../y", path.replace(".ics", ".ICS"),
        f"/cal/{feed[0].token_hash}.ics", f"/cal/{feed[0].uid}.ics",
    ]  # fmt: skip
    expected = signature(client.get(UNKNOWN))
    assert expected[0] == 404
    for address in wrong:
        with django_assert_num_queries(1):
            answer = client.get(
                address, headers={"If-None-Match": "*", "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"}
            )
        assert signature(answer) == expected, address
        assert not answer.cookies
    assert client.get(path).status_code == 200


def test_an_address_opens_its_own_feed_only(client, book, feed, person):
    """In Jorani any valid token opened anyone's feed."""
    other = factories.eligible_person(last_name="Autre")
    book(other)
    answer = client.get(path_of(feed[1]))
    assert "Autre" not in answer.content.decode() and b"BEGIN:VEVENT" not in answer.content


def test_a_new_address_stops_the_old_one_and_keeps_the_uids(client, feed, person, book):
    book(person)
    row = feed[0]
    Feed.objects.update(privacy="busy")
    old = path_of(feed[1])
    before = client.get(old).content
    new = path_of(rotate_feed(feed=row, actor=person, now=NOW))
    assert client.get(old).status_code == 404
    assert client.get(new).content == before


def test_the_feed_of_a_leaver_dies_with_the_contract(client, feed, person):
    Contract.objects.update(end=date(2026, 6, 10))
    assert client.get(path_of(feed[1])).status_code == 200  # the last day
    Contract.objects.update(end=date(2026, 6, 9))
    assert signature(client.get(path_of(feed[1]))) == signature(client.get(UNKNOWN))
    factories.ContractFactory(person=person, start=date(2026, 6, 1), pattern=person.contracts.first().pattern)
    assert client.get(path_of(feed[1])).status_code == 200  # hired anew


def test_the_feed_of_a_closed_account_dies(client, feed, person):
    type(person.account).objects.update(is_active=False)
    assert client.get(path_of(feed[1])).status_code == 404
    type(person.account).objects.all().delete()
    assert client.get(path_of(feed[1])).status_code == 404


@pytest.mark.parametrize("role", [MembershipRole.MEMBER, MembershipRole.MANAGER, MembershipRole.DEPUTY])
def test_a_team_feed_dies_when_its_owner_leaves_the_team(client, subscribe, team, role):
    owner = factories.eligible_person()
    factories.MembershipFactory(person=owner, team=team, role=role)
    path = subscribe(owner, team=team)
    assert client.get(path).status_code == 200
    Membership.objects.filter(person=owner).update(last_day=date(2026, 6, 9))
    assert signature(client.get(path)) == signature(client.get(UNKNOWN))


def test_wrong_addresses_are_slowed_down_and_good_ones_never(client, feed):
    good = path_of(feed[1])
    answers = [client.get(UNKNOWN).status_code for _ in range(WRONG_A_MINUTE + 5)]
    assert answers == [404] * WRONG_A_MINUTE + [429] * 5
    assert client.get(UNKNOWN)["Retry-After"] == "60"
    assert {client.get(good).status_code for _ in range(WRONG_A_MINUTE + 5)} == {200}
    assert client.get(UNKNOWN, REMOTE_ADDR="192.0.2.7").status_code == 404


def test_no_log_line_holds_an_address(client, feed, caplog):
    path = path_of(feed[1])
    with caplog.at_level(logging.DEBUG):
        for answer in (client.get(path), client.get(UNKNOWN), client.post(path), client.get(path + "x")):
            assert answer.status_code in (200, 404, 405)
    assert "/cal/" not in caplog.text


@pytest.mark.parametrize("folder", ["/cal/", "/CAL/"])
def test_a_log_line_that_would_hold_one_is_redacted_with_its_traceback(folder):
    address = f"{folder}Zm9vYmFy.ics"
    try:
        raise ValueError(f"at {address}")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x", 1, "Internal Server Error: %s", (address,),
            (type(error), error, error.__traceback__),
        )  # fmt: skip
    assert HideSecrets().filter(record)
    written = logging.Formatter().format(record)
    assert "Zm9v" not in written and f"{folder}…" in written


def test_a_log_line_does_not_quote_the_row_that_a_database_refused(db):
    name = "Zoé"
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_team (name) VALUES (%s)", [name])
    told = (refused.type, refused.value, refused.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "Refused: %s", (refused.value,), told)
    assert HideSecrets().filter(record)
    written = logging.Formatter().format(record)
    assert name not in written and "IntegrityError" in written


def test_the_log_of_the_product_goes_through_the_filter(settings):
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())


def test_robots_may_read_feeds_and_nothing_else(client, db):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Allow: /cal/" in answer.content.decode() and "Disallow: /\n" in answer.content.decode()
