"""Signing in through a real provider of OpenID Connect: two processes, and a browser that is only HTTP."""

import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import time_machine

from people.models import Session
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Path(__file__).parent
ENTER, BACK = "/accounts/company/", "/accounts/company/back/"


@pytest.fixture(scope="session")
def modules(tmp_path_factory) -> Path:
    """The provider's own packages, installed once, beside a copy of our small script."""
    assert shutil.which("npm"), (
        "npm is missing: install Node.js 20 with npm, the provider of this test is written in it."
    )
    folder = tmp_path_factory.mktemp("oidc")
    for name in ("package.json", "provider.mjs"):
        shutil.copy(HERE / name, folder)
    told = subprocess.run(
        ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, f"npm could not install the provider: {told.stderr[-400:]}"
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def company(modules, live_server, settings):
    """The provider, open, and the product set up for it; answers a function that says whom it signs in."""
    from people.company import oidc

    port = free_port()
    settings.BASE_URL = live_server.url
    settings.OIDC = {
        "issuer": f"http://127.0.0.1:{port}",
        "client_id": "cent-jours",
        "client_secret": "a-secret-of-the-test",
        "trusts_second_factor": False,
    }
    oidc._made.cache_clear()
    command = ["node", "provider.mjs", str(port), live_server.url + BACK]
    with subprocess.Popen(
        command, cwd=modules, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        lines = iter(process.stdout.readline, "")
        assert any("open" in line for line in lines), "the provider did not start"

        def say(**facts) -> None:
            data = json.dumps(facts).encode()
            urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/say", data=data), timeout=5).read()

        yield say
        process.terminate()


class Browser:
    """Cookies by host and port, one request at a time."""

    def __init__(self, server: str) -> None:
        self.server, self.jars = server, {}

    def get(self, url: str) -> tuple[int, str, str]:
        """Status, where it leads, and the body."""
        parts = urlsplit(url if "://" in url else self.server + url)
        jar = self.jars.setdefault(parts.netloc, {})
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
        line.request(
            "GET", urlunsplit(("", "", parts.path, parts.query, "")), headers=cookies | {"Accept-Language": "en"}
        )
        answer = line.getresponse()
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                jar[name] = morsel.value
        goal = answer.headers.get("Location", "")
        body = answer.read().decode("utf-8", "replace")
        line.close()
        if goal.startswith("/"):
            goal = f"{parts.scheme}://{parts.netloc}{goal}"
        return answer.status, goal, body

    def follow(self, url: str, *, until: str = "\0") -> tuple[int, str, str]:
        """Follow every redirect; stop before an address that holds ``until``."""
        for _step in range(15):
            status, goal, body = self.get(url)
            if not goal:
                return status, url, body
            if until in goal:
                return status, goal, body
            url = goal
        raise AssertionError(f"it goes round in circles at {url}")


@pytest.fixture
def browser(live_server) -> Browser:
    return Browser(live_server.url)


def is_in(browser: Browser) -> bool:
    return browser.get("/places/")[0] == 200


def test_a_verified_address_opens_the_account_that_has_it_in_any_case(company, browser):
    person = factories.eligible_person()
    company(email=person.account.email.upper())
    status, _url, _body = browser.follow(ENTER)
    assert status == 200 and is_in(browser)
    assert Session.objects.get(account=person.account).signed_in_at


def test_the_way_there_carries_state_nonce_and_a_challenge(company, browser):
    _status, goal, _body = browser.get(ENTER)
    asked = parse_qs(urlsplit(goal).query)
    assert asked["code_challenge_method"] == ["S256"] and all(
        asked[name] for name in ("state", "nonce", "code_challenge")
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"email": "stranger@example.org"}, "No account here has the address stranger@example.org"),
        ({"verified": False}, "has not verified your address"),
        ({"verified": "true"}, "has not verified your address"),
    ],
    ids=["unknown", "unverified", "only the word"],
)
def test_who_cannot_be_believed_or_known_is_told_why(company, browser, facts, words):
    from people.models import Account

    person = factories.eligible_person()
    before = Account.objects.count()
    company(**({"email": person.account.email} | facts))
    status, _url, body = browser.follow(ENTER)
    assert (status, words in body) == (403, True), body[-900:]
    assert not is_in(browser) and Account.objects.count() == before


@pytest.mark.parametrize(("later", "opened"), [(500, True), (700, False)])
def test_a_token_that_has_run_out_is_refused(company, browser, later, opened):
    person = factories.eligible_person()
    company(email=person.account.email, life=600)
    _status, answer, _body = browser.follow(ENTER, until=BACK)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=later)):
        status, _goal, body = browser.get(answer)
        assert (status, is_in(browser)) == ((302, True) if opened else (403, False))
        assert opened or "cannot be used" in body


def test_who_has_left_does_not_come_in(company, browser):
    person = factories.eligible_person()
    person.account.is_active = False
    person.account.save()
    company(email=person.account.email)
    status, _url, body = browser.follow(ENTER)
    assert status == 403 and "closed" in body and not is_in(browser)


@pytest.mark.parametrize("spoiled", ["nonce", "state", "code_challenge"])
def test_an_answer_to_another_question_is_refused(company, browser, spoiled):
    person = factories.eligible_person()
    company(email=person.account.email)
    _status, goal, _body = browser.get(ENTER)
    parts = urlsplit(goal)
    other = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | {spoiled: other}
    status, _url, body = browser.follow(urlunsplit(parts._replace(query=urlencode(asked))))
    assert status == 403 and "cannot be used" in body and not is_in(browser)


def test_an_answer_opens_one_browser_once(company, browser, live_server):
    person = factories.eligible_person()
    company(email=person.account.email)
    _status, answer, _body = browser.follow(ENTER, until=BACK)
    thief = Browser(live_server.url)
    assert thief.get(answer)[0] == 403 and not is_in(thief), "stolen on the way, without the session it belongs to"
    assert browser.get(answer)[0] == 302 and is_in(browser)
    assert browser.get(answer)[0] == 403, "the same answer a second time"


@pytest.mark.parametrize("trusted", [True, False])
def test_the_provider_s_second_factor_counts_when_it_is_trusted(company, browser, settings, trusted):
    manager = factories.manager_of(factories.TeamFactory())
    settings.SECOND_FACTOR, settings.OIDC = True, settings.OIDC | {"trusts_second_factor": trusted}
    company(email=manager.account.email)
    browser.follow(ENTER)
    status, goal, _body = browser.get("/places/")
    assert (status == 200) == trusted
    assert trusted or "/account/security/" in goal


@pytest.mark.parametrize(
    ("where", "led"),
    [("/year/", "/year/"), ("//evil.example/", "/"), ("https%3A%2F%2Fevil.example/", "/"), ("/%5C%5Cevil.ex/", "/")],
)
def test_one_comes_to_the_page_one_wanted_and_never_to_another_site(company, browser, live_server, where, led):
    person = factories.eligible_person()
    company(email=person.account.email)
    _status, answer, _body = browser.follow(f"{ENTER}?next={where}", until=BACK)
    assert browser.get(answer)[1] == live_server.url + led


def test_a_provider_that_is_away_gives_a_sentence(company, browser, settings):
    settings.OIDC = settings.OIDC | {"issuer": f"http://127.0.0.1:{free_port()}"}
    status, _url, body = browser.get(ENTER)
    assert status == 503 and "does not answer" in body


def test_without_a_provider_there_is_no_way_in_and_half_a_setting_is_refused(client):
    assert client.get(ENTER).status_code == client.get(BACK).status_code == 404
    assert "company" not in client.get("/accounts/login/").content.decode()
    told = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=HERE.parent.parent,
        env=os.environ | {"OIDC_ISSUER": "https://login.example"},
        capture_output=True,
        text=True,
    )
    assert told.returncode and "OIDC_CLIENT_ID" in told.stderr
