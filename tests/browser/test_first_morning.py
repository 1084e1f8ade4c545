"""The first morning of somebody invited: from the mail to the first day, by keyboard, in either language."""

import re

import pytest
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from notifications.services import sweep
from people import clock as product_clock
from people import factor_forms, services
from people.models import Account
from tests import factories
from tests.browser.walk import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "trois mots et une tasse"
MORNING = "2026-06-03T09:00+02:00"
BOTH = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture(autouse=True)
def _first_of_all(settings, live_server, monkeypatch, clock):
    settings.SECOND_FACTOR = True
    settings.BASE_URL = live_server.url
    cache.clear()
    clock(MORNING)
    # The library reads the machine's clock; here time is the product's, so that half a minute can pass at once.
    for module in (auth, factor_forms):
        monkeypatch.setattr(module, "yield_hotp_counters_from_time", lambda: iter([half_minute()]))


def half_minute() -> int:
    return int(product_clock.now().timestamp()) // 30


def code_of(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, half_minute()))


@pytest.fixture
def desk(transactional_db):
    """A team with its agreement; nobody in it has an account yet."""
    team = factories.TeamFactory(name="Sinistres auto")
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    return team


@pytest.fixture
def invited(desk, open_page):
    """Open an account for somebody, and open the link of the mail in their browser."""

    def _invited(person, language: str, **window) -> Walker:
        Account.objects.filter(pk=person.account_id).delete()
        person.refresh_from_db()
        services.open_account(person, by=None, now=product_clock.now(), language=language)
        sweep(product_clock.now())
        letter = next(each for each in mail.outbox if each.to == [person.email])
        link = re.search(r"https?://\S+/password/reset/key/\S+", letter.body)[0]
        return Walker(open_page(None, link, language=language, **window), language, f"{person.first_name}-first")

    return _invited


def choose_password(walker: Walker, person) -> None:
    """The link of the mail, the new password, and the first sign-in."""
    walker.sees("New password")
    walker.write("New password", PASSWORD)
    walker.write("The same once more", PASSWORD)
    walker.page.keyboard.press("Enter")
    walker.sees("Password changed")
    walker.follow("Sign in")
    enter(walker, person)


def enter(walker: Walker, person) -> None:
    walker.sees("Hello")
    walker.write("Work address", person.email)
    walker.write("Password", PASSWORD)
    walker.page.keyboard.press("Enter")


def set_up_app(walker: Walker) -> str:
    """Type the letters that the page shows into an app, and the app's digits into the page; the secret."""
    walker.sees("Give the six digits it shows.")
    secret = walker.page.locator(".secret code").inner_text().replace(" ", "")
    walker.write("Six digits", code_of(secret))
    walker.page.keyboard.press("Enter")
    walker.sees("Recovery codes")
    expect(walker.page.locator("#codes code")).to_have_count(10)
    walker.follow("They are kept safe, go on")
    return secret


def open_menu(walker: Walker) -> None:
    """The menu behind one's own name."""
    walker.reach(walker.page.locator(".bar-end details.menu > summary"))
    walker.page.keyboard.press("Enter")


@BOTH
def test_a_manager_is_led_to_a_second_factor_and_then_to_work(invited, desk, clock, language):
    manager = factories.manager_of(desk, first_name="Nadia", last_name="Benali")
    walker = invited(manager, language)
    choose_password(walker, manager)
    walker.sees("One more step")
    walker.follow("Set up an app")
    set_up_app(walker)
    walker.at("/year/")
    walker.look()


@BOTH
def test_an_employee_sets_up_an_app_by_choice_and_enters_with_it_the_next_time(invited, desk, clock, language):
    factories.manager_of(desk, first_name="Nadia", last_name="Benali")
    employee = factories.eligible_person(team=desk, first_name="Camille", last_name="Moreau")
    walker = invited(employee, language)
    choose_password(walker, employee)
    walker.at("/year/")
    walker.sees("No telework day is booked yet. Choose a round cell in the year to begin.", inside="#panel")
    open_menu(walker)
    walker.follow("My account")
    walker.sees("My account")
    walker.follow("Password and second factor")
    walker.sees("What keeps your account yours. A second factor besides the password is your choice, and a good one.")
    walker.follow("Set up an app")
    secret = set_up_app(walker)
    open_menu(walker)
    walker.press("Sign out")
    walker.at("/accounts/login/")
    clock("2026-06-03T09:02+02:00")
    enter(walker, employee)
    walker.sees("The password is right. Now the code that your app shows, or one of your recovery codes.")
    walker.write("Code", code_of(secret))
    walker.page.keyboard.press("Enter")
    walker.at("/year/")
    walker.look()
