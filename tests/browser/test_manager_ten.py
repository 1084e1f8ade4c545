"""A manager answers ten requests: several at once, one with a reason, one as an exception, until none is left."""

import re
from datetime import UTC, date, datetime, time

import pytest
from playwright.sync_api import expect

from telework import services
from telework.models import Booking
from tests import factories
from tests.browser.walk import Walker
from tests.telework.walking import shipped_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
NAMES = ("Amel", "Bruno", "Camille", "Denis", "Elsa", "Farid", "Gaëlle", "Hugo", "Inès", "Jeanne")
TODAY = date(2026, 6, 8)
FULL_DAY = date(2026, 6, 26)  # everybody is needed on site


@pytest.fixture
def manager(transactional_db, clock):
    """Ten people ask for a day each, the last for one on which everybody is needed."""
    clock("2026-06-08T10:00+02:00")
    team = factories.TeamFactory(name="Sinistres auto")
    factories.agreement_in_force(team.entity, text=shipped_text("ima-gie-2021"))
    people = [factories.eligible_person(team=team, first_name=name) for name in NAMES]
    everybody = {"start": time(9), "end": time(17), "first_day": FULL_DAY, "last_day": FULL_DAY}
    nadia = factories.manager_of(team, first_name="Nadia", last_name="Benali")
    factories.requirement(team, len(people) + 1, name_fr="Formation", name_en="Training", **everybody)
    for number, person in enumerate(people):
        is_last = number == len(people) - 1
        services.book_days(
            person=person,
            days=[FULL_DAY if is_last else date(2026, 6, 15 + number % 5)],
            actor=person,
            now=datetime(2026, 6, 8, 6, number, tzinfo=UTC),
            today=TODAY,
            exception=is_last,
            note="Mon train ne circule pas ce jour-là." if is_last else "",
        )
    return nadia


def waiting(walker: Walker, number: int) -> None:
    """The number beside Requests, as everybody sees it on every page; none for none."""
    entry = walker.page.locator(".nav a[href='/requests/']")
    expect(entry.locator(".count")).to_have_count(1 if number else 0)
    if number:
        expect(entry.locator(".count")).to_have_text(re.compile(rf"^{number}\s"))


def states() -> dict[str, str]:
    return dict(Booking.objects.values_list("person__first_name", "state"))


@BOTH
def test_ten_requests_by_keyboard(open_page, manager, language):
    walker = Walker(open_page(manager, "/year/", language=language), language, "ten")
    page, keys = walker.page, walker.page.keyboard
    waiting(walker, 10)
    walker.reach(page.locator(".nav a[href='/requests/']"))
    keys.press("Enter")
    expect(page.locator(".ask")).to_have_count(10)
    walker.look()

    for _request in range(7):
        keys.press("j")
        keys.press("Space")
    walker.look()
    walker.reach(page.locator(".bulk button[value=approve]"))
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("7")
    waiting(walker, 3)
    walker.look()
    walker.reach(page.locator(".bulk button[value=approve]"))  # what was said does not lie over what comes next

    keys.press("j")
    keys.press("Enter")  # Hugo
    expect(page.locator("#request h2")).to_be_focused()
    walker.reach(page.locator("#decide summary"))
    keys.press("Enter")
    walker.reach(page.locator("#one-reason"))
    keys.press("ArrowDown")
    walker.reach(page.locator("#one-text"))
    keys.type("Formation de toute l’équipe")
    walker.look()
    walker.press("Refuse", inside=page.locator("#decide"))
    expect(page.get_by_role("status")).to_contain_text("Hugo Moreau")
    waiting(walker, 2)
    walker.look()

    for key in ("j", "j", "Enter"):  # Jeanne, whose day takes somebody who is needed
        keys.press(key)
    expect(page.locator("#request h2")).to_contain_text("Jeanne Moreau")
    expect(page.locator("#request h2")).to_be_focused()
    expect(page.locator("#request .fault")).to_be_visible()
    walker.look()
    walker.reach(page.locator("#override"))
    keys.type("Aucun train ne circule")
    walker.press("Approve as an exception")
    waiting(walker, 1)
    walker.look()

    walker.press("Approve", inside=page.locator("#decide"))
    waiting(walker, 0)
    walker.sees("No request waits for you")
    answered()


def answered() -> None:
    """Nine granted, one of them as an exception whose reason is kept; one refused in words that are kept."""
    assert states() == dict.fromkeys(NAMES, "approved") | {"Hugo": "refused"}
    assert Booking.objects.get(state="refused").reason_text == "Formation de toute l’équipe"
    assert Booking.objects.get(exception=True).person.first_name == "Jeanne"


@BOTH
def test_ten_requests_without_a_script(open_page, manager, language):
    page = open_page(manager, "/requests/", language=language, scripts=False)
    walker = Walker(page, language, "ten-form", scripts=False)
    for name in NAMES[:7]:
        page.get_by_role("checkbox", name=f"{name} Moreau").check()
    page.locator(".bulk button[value=approve]").click()
    waiting(walker, 3)
    page.get_by_role("link", name="Hugo Moreau").click()
    page.locator("#decide summary").click()
    page.locator("#one-reason").select_option(index=1)
    page.locator("#one-text").fill("Formation de toute l’équipe")
    walker.look()
    page.locator("#decide").get_by_role("button", name=walker.words("Refuse"), exact=True).click()
    waiting(walker, 2)
    page.get_by_role("link", name="Jeanne Moreau").click()
    page.locator("#override").fill("Aucun train ne circule")
    page.get_by_role("button", name=walker.words("Approve as an exception")).click()
    waiting(walker, 1)
    page.locator("#decide").get_by_role("button", name=walker.words("Approve"), exact=True).click()
    waiting(walker, 0)
    walker.sees("No request waits for you")
    answered()
