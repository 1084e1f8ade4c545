"""Signing in by SAML: metadata, the way there, and answers that a provider of our own signs, honest and spoiled."""

import base64
import os
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import company
from people.models import Account
from tests import factories
from tests.saml.provider import ADDRESS, ISSUER, Provider

pytestmark = pytest.mark.django_db
ENTER, BACK, METADATA = (f"/accounts/company/saml/{end}" for end in ("", "back/", "metadata/"))
BASE = "https://cent-jours.example"
MFA = "https://refeds.org/profile/mfa"


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


@pytest.fixture
def way(provider, settings, tmp_path) -> Path:
    """The product set up for the provider; answers the file of its metadata."""
    file = tmp_path / "idp.xml"
    file.write_text(provider.metadata())
    settings.BASE_URL, settings.ALLOWED_HOSTS = BASE, ["cent-jours.example", "testserver"]
    settings.SAML = company.saml({"SAML_METADATA": str(file)}, production=True)
    return file


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)


def asked(browser: Client, where: str = "") -> str:
    """Go to the provider; the name of the question that was carried there."""
    answer = browser.get(ENTER + (f"?next={where}" if where else ""))
    assert answer.status_code == 302 and answer["Location"].startswith(ADDRESS + "?")
    carried = parse_qs(urlsplit(answer["Location"]).query)["SAMLRequest"][0]
    return ElementTree.fromstring(zlib.decompress(base64.b64decode(carried), -15)).get("ID")


def come_back(browser: Client, answer: str):
    """The provider's form is posted from another site, so without a cookie; then the browser follows by GET."""
    posted = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True).post(BACK, {"SAMLResponse": answer})
    assert "sessionid" not in posted.cookies, "the first step opens nothing"
    return browser.get(posted["Location"]) if posted.status_code == 302 else posted


def is_in(browser: Client) -> bool:
    return browser.get("/places/").status_code == 200


def test_a_signed_answer_opens_the_account_of_that_address_in_any_case(way, provider, browser):
    person = factories.eligible_person()
    answer = come_back(browser, provider.answer(BASE, asked(browser), person.account.email.upper()))
    assert (answer.status_code, answer["Location"]) == (302, "/") and is_in(browser)


@pytest.mark.parametrize(
    ("where", "led"),
    [
        ("/places/", "/places/"),
        ("//evil.example/", "/"),
        ("/%5C%5Cevil.example", "/"),
        ("%5C%5Cevil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_comes_to_the_page_one_wanted_and_never_to_another_site(way, provider, browser, where, led):
    person = factories.eligible_person()
    answer = come_back(browser, provider.answer(BASE, asked(browser, where), person.account.email))
    assert answer["Location"] == led


SPOILED = {
    "not signed": {"unsigned": True},
    "another audience": {"audience": "https://other.example/"},
    "another issuer": {"issuer": "https://other.example/"},
    "sent elsewhere": {"destination": "https://other.example/back/"},
    "for another recipient": {"recipient": "https://other.example/back/"},
    "over": {"later": -3600},
    "of tomorrow": {"later": 3600},
    "signed with SHA-1": {"algorithm": "http://www.w3.org/2000/09/xmldsig#rsa-sha1"},
    "failed over there": {"status": "Responder"},
    "begun over there": {"outer": "", "inner": ""},
    "its question written around it": {"inner": ""},
    "another question": {"outer": "_other", "inner": "_other"},
    "with a document type": {"before": '<!DOCTYPE x [<!ENTITY e "e">]>'},
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=list(SPOILED))
def test_an_answer_that_is_not_the_provider_s_to_us_now_is_refused(way, provider, browser, spoiled):
    person = factories.eligible_person()
    answer = come_back(browser, provider.answer(BASE, asked(browser), person.account.email, **spoiled))
    assert answer.status_code == 403 and "cannot be used" in answer.content.decode() and not is_in(browser)


def test_an_address_changed_after_the_signature_is_refused(way, provider, browser):
    person, other = factories.eligible_person(), factories.eligible_person()
    swapped = (person.account.email, other.account.email)
    answer = come_back(browser, provider.answer(BASE, asked(browser), person.account.email, afterwards=swapped))
    assert answer.status_code == 403 and not is_in(browser)


def test_another_key_under_the_same_name_is_refused(way, provider, browser):
    person = factories.eligible_person()
    answer = come_back(browser, provider.answer(BASE, asked(browser), person.account.email, by=Provider()))
    assert answer.status_code == 403 and not is_in(browser)


@pytest.mark.parametrize("junk", ["", "x", "PHg+", "é" * 10, "A" * 300_000, base64.b64encode(b"\0<").decode()])
def test_junk_gives_a_sentence(way, browser, junk):
    answer = browser.post(BACK, {"SAMLResponse": junk})
    assert answer.status_code == 403 and "cannot be used" in answer.content.decode()


def test_an_answer_opens_one_browser_once(way, provider, browser):
    person = factories.eligible_person()
    answer = provider.answer(BASE, asked(browser), person.account.email)
    thief = Client(headers={"accept-language": "en"})
    asked(thief)
    assert come_back(thief, answer).status_code == 403 and not is_in(thief), "somebody else’s answer"
    assert come_back(browser, answer).status_code == 302
    assert come_back(browser, answer).status_code == 403, "the same answer a second time"


def test_who_is_unknown_or_gone_is_told_so_and_no_account_is_made(way, provider, browser):
    person = factories.eligible_person()
    Account.objects.filter(pk=person.account.pk).update(is_active=False)
    before = Account.objects.count()
    gone = come_back(browser, provider.answer(BASE, asked(browser), person.account.email))
    unknown = come_back(browser, provider.answer(BASE, asked(browser), "stranger@example.org"))
    assert "closed" in gone.content.decode() and "No account here has the address" in unknown.content.decode()
    assert {gone.status_code, unknown.status_code} == {403} and Account.objects.count() == before


def test_a_name_that_is_no_address_is_refused_and_the_named_attribute_is_read(way, provider, browser, settings):
    person, unspecified = factories.eligible_person(), "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    bare = come_back(browser, provider.answer(BASE, asked(browser), "u1234", format=unspecified))
    assert bare.status_code == 403 and "has not told your work address" in bare.content.decode()
    settings.SAML = settings.SAML | {"email_attribute": "mail"}
    attributes = (
        '<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>'
        f"{person.account.email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"
    )
    told = provider.answer(BASE, asked(browser), "u1234", format=unspecified, attributes=attributes)
    assert come_back(browser, told).status_code == 302 and is_in(browser)


@pytest.mark.parametrize(("trusted", "context", "opened"), [(False, MFA, True), (True, "x", True), (False, "x", False)])
def test_a_second_factor_over_there_counts_when_told_or_trusted(
    way, provider, browser, settings, trusted, context, opened
):
    manager = factories.manager_of(factories.TeamFactory())
    settings.SECOND_FACTOR, settings.SAML = True, settings.SAML | {"trusts_second_factor": trusted}
    come_back(browser, provider.answer(BASE, asked(browser), manager.account.email, context=context))
    assert is_in(browser) == opened


def test_the_metadata_name_us_by_our_own_address_whatever_host_asks(way):
    told = Client().get(METADATA, headers={"host": "testserver"}).content.decode()
    assert f'entityID="{BASE}{METADATA}"' in told and f'Location="{BASE}{BACK}"' in told and "testserver" not in told


def test_the_button_is_there_with_its_name_and_carries_where_one_wanted_to_go(way, settings):
    browser = Client(headers={"accept-language": "en"})
    page = browser.get("/accounts/login/?next=/year/%3Fday%3D1").content.decode()
    assert f'href="{ENTER}?next=%2Fyear%2F%3Fday%3D1"' in page and "Enter with the company account" in page
    settings.SAML = settings.SAML | {"name": "<b>Garance</b>"}
    assert "Enter with &lt;b&gt;Garance&lt;/b&gt;" in browser.get("/accounts/login/").content.decode()


def test_without_a_setting_there_is_no_way_in(client):
    answers = [client.get(ENTER), client.post(BACK), client.get(METADATA), client.get("/accounts/company/saml/done/a/")]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read"),
        ("no xml", "is no XML"),
        ('<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>', "is no XML"),
        ("<x/>", "names 0 identity providers"),
        ("twice", "names 2 identity providers"),
        ("http", "begins with https://"),
        ("no key", "lacks an entityID"),
    ],
)
def test_a_setting_that_cannot_work_is_told_at_the_start(provider, tmp_path, text, words):
    known = {
        "twice": f"<x>{provider.metadata() * 2}</x>",
        "http": provider.metadata(address="http://idp.example/"),
        "no key": provider.metadata().replace(provider.certificate, ""),
    }
    file = tmp_path / "idp.xml"
    if text is not None:
        file.write_text(known.get(text, text))
    with pytest.raises(ImproperlyConfigured, match=words):
        company.saml({"SAML_METADATA": str(file)}, production=True)


def test_a_setting_without_the_package_is_refused_in_a_sentence(way, monkeypatch):
    monkeypatch.setattr(company, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-saml\.txt"):
        company.saml({"SAML_METADATA": str(way)}, production=False)


def test_settings_read_the_file_and_load_the_library_for_nobody_else(way):
    code = (
        "import sys, django; django.setup(); from django.conf import settings; import config.urls; "
        "print(settings.SAML['issuer'], 'onelogin' in sys.modules, 'lxml' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"SAML_METADATA": str(way), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [ISSUER, "False", "False"]
