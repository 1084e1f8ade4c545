"""A provider that lies, or is impersonated: tokens with one fact spoiled, pages that are none, and long silences."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from people.company import oidc
from tests import factories

pytestmark = pytest.mark.django_db
ISSUER, ENTER, BACK = "https://login.example", "/accounts/company/", "/accounts/company/back/"
KEY, OTHER = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})
SECRET = "a-secret-of-the-test-that-is-long-enough"


class Provider:
    """Answers what the product fetches; ``token`` is what it hands out for the code, ``pages`` what else it says."""

    def __init__(self) -> None:
        self.token, self.waits = "", []
        ways = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        self.about = {"issuer": ISSUER} | {way: f"{ISSUER}/{way}" for way in ways}
        self.about["id_token_signing_alg_values_supported"] = ["RS256", "HS256", "none"]

    def answer(self, url: str, **options) -> requests.Response:
        self.waits.append(options.get("timeout"))
        said = {
            "openid-configuration": self.about,
            "jwks_uri": {"keys": [KEY.as_dict(private=False)]},
            "token_endpoint": {"access_token": "a", "token_type": "Bearer", "id_token": self.token},
        }[urlsplit(url).path.rsplit("/", 1)[-1]]
        told = requests.Response()
        told.status_code, told._content = 200, (said if isinstance(said, str) else json.dumps(said)).encode()
        told.headers["Content-Type"] = "application/json"
        return told


@pytest.fixture
def provider(settings, monkeypatch) -> Provider:
    settings.OIDC = {
        "issuer": ISSUER, "client_id": "cent-jours", "client_secret": SECRET, "trusts_second_factor": False, "name": "",
    }  # fmt: skip
    found = Provider()
    monkeypatch.setattr(requests.Session, "request", lambda _session, _method, url, **more: found.answer(url, **more))
    oidc._made.cache_clear()
    yield found
    oidc._made.cache_clear()


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def come_back(provider, browser, email, *, key=KEY, header=None, **spoiled):
    asked = parse_qs(urlsplit(browser.get(ENTER)["Location"]).query)
    now = int(time.time())
    claims = {
        "iss": ISSUER, "aud": "cent-jours", "sub": "1", "iat": now, "exp": now + 300, "nonce": asked["nonce"][0],
        "email": email, "email_verified": True,
    } | spoiled  # fmt: skip
    head = header or {"alg": "RS256", "kid": "one"}
    provider.token = jwt.encode(head, {k: v for k, v in claims.items() if v is not None}, key, algorithms=[head["alg"]])
    return browser.get(BACK, {"code": "c", "state": asked["state"][0]})


def test_an_honest_token_opens_the_account_and_nothing_is_waited_for_without_end(provider, browser):
    person = factories.eligible_person()
    assert come_back(provider, browser, person.account.email)["Location"] == "/"
    assert browser.get("/places/").status_code == 200
    assert provider.waits and all(wait == oidc.WAIT for wait in provider.waits)


SPOILED = {
    "another issuer": {"iss": "https://other.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "other"},
    "among others, for another": {"aud": ["cent-jours", "other"], "azp": "other"},
    "no audience": {"aud": None},
    "over": {"exp": 1},
    "without end": {"exp": None},
    "no nonce": {"nonce": None},
    "another nonce": {"nonce": "x"},
    "signed by another": {"key": OTHER},
    "no signature": {"header": {"alg": "none"}, "key": None},
    "signed with our secret": {"header": {"alg": "HS256"}, "key": OctKey.import_key(SECRET)},
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=list(SPOILED))
def test_a_spoiled_token_opens_nothing(provider, browser, spoiled):
    person = factories.eligible_person()
    answer = come_back(provider, browser, person.account.email, **spoiled)
    assert answer.status_code == 403 and "cannot be used" in answer.content.decode()
    assert browser.get("/places/").status_code == 302


@pytest.mark.parametrize("email", [None, "", 7, ["a@b.fr"], "<b>x</b>@example.org", "a" * 5000, "nul\0@example.org"])
def test_an_address_that_is_none_is_refused_in_words(provider, browser, email):
    answer = come_back(provider, browser, email)
    assert answer.status_code == 403 and "<b>x</b>" not in answer.content.decode()


@pytest.mark.parametrize("page", ["", "<html>", "[]", "null", {"issuer": "https://other.example"}, {"issuer": ISSUER}])
def test_a_provider_that_speaks_nonsense_is_away(provider, browser, page):
    provider.about = page
    answer = browser.get(ENTER)
    assert answer.status_code == 503 and "does not answer" in answer.content.decode()


def test_an_error_of_the_provider_and_junk_are_told(provider, browser):
    for query in ({"error": "access_denied", "error_description": "<b>"}, {"code": "c"}, {"state": "\0"}, {}):
        answer = browser.get(BACK, query)
        assert answer.status_code == 403 and "<b>" not in answer.content.decode()
