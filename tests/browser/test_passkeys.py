"""Passkeys and recovery codes in a real browser, with an authenticator that Chromium plays (WebAuthn over CDP)."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough one"


@pytest.fixture
def account(person):
    person.account.set_password(PASSWORD)
    person.account.save()
    return person.account


def authenticator(page, *, present: bool = True) -> tuple:
    """A key of the machine itself, which knows its owner; with ``present`` False nobody touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": present, "automaticPresenceSimulation": present,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def enter(page, account) -> None:
    page.locator("input[type=email]").fill(account.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page) -> None:
    page.goto("/account/security/passkeys/add/")
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_a_password(open_page, account):
    page = open_page(None, "/accounts/login/")
    authenticator(page)
    enter(page, account)
    page.wait_for_url("**/year/")
    add_passkey(page)
    expect(page.locator("#codes code")).to_have_count(10)
    page.goto("/account/security/")
    expect(page.get_by_text("My telephone", exact=True).first).to_be_visible()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Enter with a passkey").click()
    page.wait_for_url("**/year/")


def test_after_the_password_the_passkey_is_the_second_factor(open_page, account):
    page = open_page(None, "/accounts/login/")
    authenticator(page)
    enter(page, account)
    page.wait_for_url("**/year/")
    add_passkey(page)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    enter(page, account)
    expect(page.get_by_role("heading", name="The second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/year/")


def test_the_passkey_of_another_account_opens_nothing(open_page, account):
    page = open_page(None, "/accounts/login/")
    authenticator(page)
    enter(page, account)
    page.wait_for_url("**/year/")
    add_passkey(page)
    Authenticator.objects.filter(user=account).update(user=factories.PersonFactory().account)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Enter with a passkey").click()
    expect(page.get_by_text("could not be checked")).to_be_visible()
    page.goto("/year/")
    expect(page.locator("input[type=password]")).to_be_visible()


def test_a_passkey_that_is_not_given_is_said(open_page, account):
    page = open_page(None, "/accounts/login/")
    authenticator(page)
    page.get_by_role("button", name="Enter with a passkey").click()
    expect(page.get_by_text("No passkey was given")).to_be_visible()


def test_without_scripts_an_app_is_offered_instead(open_page, account):
    page = open_page(None, "/accounts/login/", scripts=False)
    expect(page.get_by_role("button", name="Enter with a passkey")).to_be_hidden()
    enter(page, account)
    page.goto("/account/security/passkeys/add/")
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def test_recovery_codes_are_saved_as_a_file(open_page, account):
    page = open_page(None, "/accounts/login/")
    authenticator(page)
    enter(page, account)
    page.wait_for_url("**/year/")
    add_passkey(page)
    shown = page.locator("#codes code").all_inner_texts()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    assert saved.value.path().read_text().split() == shown
