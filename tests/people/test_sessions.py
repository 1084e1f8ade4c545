"""How long a browser stays signed in, and what ends it at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Session
from people.services import end_access, end_access_of_leavers
from people.sessions.devices import device
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough one"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SIGN_IN = "/accounts/login/"


def enter(person, *, agent: str = FIREFOX) -> Client:
    """A browser in which ``person`` has signed in with the password."""
    if not person.account.has_usable_password():
        person.account.set_password(PASSWORD)
        person.account.save()
    client = Client(headers={"user-agent": agent})
    answer = client.post(SIGN_IN, {"login": person.account.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[-600:]
    return client


@pytest.fixture
def worker(person):
    person.account.set_password(PASSWORD)
    person.account.save()
    return person


def is_in(client: Client) -> bool:
    answer = client.get("/places/")
    assert answer.status_code == 200 or answer.url.startswith(SIGN_IN)
    return answer.status_code == 200


def test_a_session_is_listed_with_browser_and_system_and_keeps_no_address(worker, clock):
    now = clock("2026-06-03T08:00+02:00")
    enter(worker)
    session = Session.objects.get(account=worker.account)
    assert (session.browser, session.system) == ("Firefox", "Linux")
    assert (session.signed_in_at, session.seen_at, session.confirmed_at) == (now, now, now)
    assert "127.0.0.1" not in str(session.get_decoded()) and "Mozilla" not in str(session.get_decoded())


def test_eight_hours_without_use_end_a_session(worker, clock):
    clock("2026-06-03T08:00+02:00")
    used, unused = enter(worker), enter(worker)
    clock("2026-06-03T15:59+02:00")
    assert is_in(used)
    clock("2026-06-03T16:00+02:00")
    assert is_in(used) and not is_in(unused)


def test_seven_days_end_a_session_however_much_it_is_used(worker, clock):
    start = clock("2026-06-03T08:00+02:00")
    client = enter(worker)
    for hours in range(6, 7 * 24, 6):
        clock((start + timedelta(hours=hours)).isoformat())
        assert is_in(client), hours
    clock((start + timedelta(days=7)).isoformat())
    assert not is_in(client)


def test_use_is_written_every_few_minutes_only(worker, clock):
    clock("2026-06-03T08:00+02:00")
    client = enter(worker)
    session = Session.objects.get(account=worker.account)
    clock("2026-06-03T08:04+02:00")
    client.get("/places/")
    assert Session.objects.get(pk=session.pk).seen_at == session.seen_at
    later = clock("2026-06-03T08:05+02:00")
    client.get("/places/")
    assert Session.objects.get(pk=session.pk).seen_at == later


def test_a_screen_that_asks_by_itself_is_nobody_at_work(clock):
    clock("2026-06-03T08:00+02:00")
    hr = factories.eligible_person()
    factories.grant(hr, "hr")
    regime = factories.regime([hr], timezone.now().date(), timezone.now().date())
    client = enter(hr)
    seen = Session.objects.get(account=hr.account).seen_at
    clock("2026-06-03T12:00+02:00")
    assert client.get(f"/exceptional/{regime.uid}/where/").status_code == 200
    assert Session.objects.get(account=hr.account).seen_at == seen


def test_a_new_password_ends_all_other_sessions(worker):
    here, there = enter(worker), enter(worker)
    answer = here.post(
        "/account/security/password/",
        {"oldpassword": PASSWORD, "password1": "quite another phrase", "password2": "quite another phrase"},
    )
    assert answer.status_code == 302
    assert is_in(here) and not is_in(there)
    assert Session.objects.filter(account=worker.account).count() == 1


def test_who_leaves_is_out_at_once_with_keys_and_calendars(worker, clock):
    from people.tokens import create_token
    from telework.feeds.services import create_feed

    now = clock("2026-06-03T08:00+02:00")
    feed, address = create_feed(owner=worker, scope="personal", privacy="full", now=now)
    key = create_token(worker.account, scopes=["people:read"], now=now)
    client, script = enter(worker), Client(headers={"authorization": f"Bearer {key}"})
    cal = "/cal/" + address.rsplit("/", 1)[1]
    assert is_in(client) and script.get("/api/v1/me").status_code == Client().get(cal).status_code == 200
    assert end_access(worker, by=None, now=now) and not end_access(worker, by=None, now=now)
    assert not is_in(client)
    assert (script.get("/api/v1/me").status_code, Client().get(cal).status_code) == (401, 404)
    assert Client().post(SIGN_IN, {"login": worker.account.email, "password": PASSWORD}).url != "/"
    feed.refresh_from_db()
    assert feed.revoked_at == now and not worker.account.sessions.exists()


def test_access_ends_on_the_day_after_the_last_contract_day_on_the_clock_of_the_site(worker, clock):
    clock("2026-06-03T08:00+02:00")
    client = enter(worker)
    worker.contracts.update(end="2026-06-03")
    last_minute = clock("2026-06-03T23:59+02:00")
    assert end_access_of_leavers(last_minute) == 0
    next_day = clock("2026-06-04T00:00+02:00")
    assert end_access_of_leavers(next_day) == 1
    assert not is_in(client)


def test_who_is_hired_again_or_has_no_contract_keeps_access(worker, clock):
    now = clock("2026-06-03T08:00+02:00")
    old = worker.contracts.get()
    old.end = "2026-05-31"
    old.save()
    old.pk, old.uid, old.start, old.end = None, uuid4(), "2026-06-10", None
    old.save()
    admin = factories.PersonFactory()
    assert admin.account.is_active and not admin.contracts.exists()
    assert end_access_of_leavers(now) == 0


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Safari/604", ("Chrome", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140 Mobile Safari/537", ("Chrome", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit Version/18 Safari/605", ("Safari", "macOS")),
        ("curl/8.0", ("", "")),
    ],
)
def test_a_device_is_told_in_two_words(agent, told):
    assert device(agent) == told


def test_browsers_are_listed_and_signed_out_one_by_one_or_all_others(worker):
    here, there, third = enter(worker), enter(worker, agent="Mozilla Windows Chrome/140"), enter(worker)
    page = here.get("/account/sessions/", headers={"accept-language": "en"}).content.decode()
    assert page.count("/end/") == 3 and "Chrome" in page and "Windows" in page
    other = Session.objects.get(account=worker.account, browser="Chrome")
    assert here.post(f"/account/sessions/{other.uid}/end/").url == "/account/sessions/"
    assert is_in(here) and not is_in(there) and is_in(third)
    here.post("/account/sessions/end-others/")
    assert is_in(here) and not is_in(third)
    mine = Session.objects.get(account=worker.account)
    assert here.post(f"/account/sessions/{mine.uid}/end/").url == SIGN_IN and not is_in(here)


def test_nobody_ends_a_session_of_somebody_else(worker):
    client, other = enter(worker), factories.eligible_person()
    theirs = enter(other)
    uid = Session.objects.get(account=other.account).uid
    assert client.post(f"/account/sessions/{uid}/end/").status_code == 404
    assert is_in(theirs)


def test_a_page_under_way_cannot_bring_an_ended_session_back(worker):
    """The row goes while a request that will write to its session is being answered."""
    from people.sessions import SessionStore

    client = enter(worker)
    under_way = SessionStore(client.session.session_key)
    under_way["said"] = "something"
    end_access(worker, by=None, now=timezone.now())
    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        under_way.save()
    under_way.modified = False
    under_way.touch(timezone.now() + timedelta(hours=1))
    assert not Session.objects.filter(account=worker.account).exists()


def test_colours_and_language_are_kept_together(worker):
    client = enter(worker)
    answer = client.post("/account/", {"language": "en", "theme": "dark"}, follow=True)
    assert 'data-theme="dark"' in answer.content.decode() and 'lang="en"' in answer.content.decode()
    wrong = client.post("/account/", {"language": "fr", "theme": "<b>neon"})
    assert wrong.status_code == 422 and "&lt;b&gt;neon" in wrong.content.decode()
    worker.account.refresh_from_db()
    assert worker.account.language == "en"
    client.cookies["theme"] = '"><script>'
    assert "<script>" not in client.get("/account/").content.decode()
