"""My feeds in a real browser: an address is made, copied and revoked."""

import pytest
from playwright.sync_api import expect

from telework.models import Feed
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def worker(transactional_db):
    return factories.eligible_person(team=factories.TeamFactory(name="Assistance A"))


def test_an_address_is_made_copied_and_revoked(open_page, worker):
    page = open_page(worker, "/feeds/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("Address", exact=True)
    expect(address).to_be_focused()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address.input_value()
    page.reload()
    expect(address).to_have_count(0)
    page.get_by_text("Revoke", exact=True).click()
    page.get_by_role("button", name="Revoke this address").click()
    expect(page.get_by_text("No calendar reads your days yet")).to_be_visible()
    assert Feed.objects.filter(revoked_at=None).count() == 0


def test_the_page_works_without_scripts_and_by_keyboard_names(open_page, worker):
    page = open_page(worker, "/feeds/", scripts=False, width=390, height=844)
    page.get_by_label("Whose days").select_option("Assistance A")
    page.get_by_role("radio", name="Busy or free only").check()
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_role("heading", name="The address of Assistance A")).to_be_visible()


@pytest.mark.parametrize("width", [320, 720, 1440])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_overflows_the_page(open_page, worker, width, language):
    page = open_page(worker, "/feeds/", width=width, language=language)
    page.locator("form.feed-form button").click()
    expect(page.locator("#address")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
