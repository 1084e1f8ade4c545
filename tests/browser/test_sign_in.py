"""The door, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_stranger_is_led_to_the_sign_in_page(open_page, db):
    page = open_page(None, "/accounts/login/")
    expect(page.locator("input[type=password]")).to_be_visible()


def test_a_person_signs_in_with_address_and_password(open_page, person):
    person.account.set_password("a long enough one")
    person.account.save()
    page = open_page(None, "/accounts/login/")
    page.locator("input[type=email]").fill(person.account.email)
    page.locator("input[type=password]").fill("a long enough one")
    page.locator("form button[type=submit]").last.click()
    expect(page.locator("input[type=password]")).to_have_count(0)
