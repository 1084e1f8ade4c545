"""The inbox with a mouse, by keyboard, on a phone and without a script."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from telework import services
from telework.models import Booking, State
from tests import factories

TODAY = date(2026, 6, 8)


@pytest.fixture
def manager(transactional_db, clock):
    clock("2026-06-08T08:00+00:00")
    team = factories.TeamFactory(name="Auto desk")
    factories.agreement_in_force(team.entity)
    for number, name in enumerate(("Camille", "Hugo", "Inès")):
        person = factories.eligible_person(team=team, first_name=name)
        services.book_days(
            person=person,
            days=[date(2026, 6, 16 + number)],
            actor=person,
            now=datetime(2026, 6, 8, 6, number, tzinfo=UTC),
            today=TODAY,
        )
    return factories.manager_of(team)


def states() -> dict[str, str]:
    return {booking.person.first_name: booking.state for booking in Booking.objects.select_related("person")}


def test_a_click_opens_a_request_beside_the_list_and_approves_it(open_page, manager):
    page = open_page(manager, "/requests/")
    expect(page.get_by_role("heading", name="Camille Moreau, Tuesday 16 June")).to_be_visible()
    page.get_by_role("link", name="Hugo Moreau").click()
    expect(page.get_by_role("heading", name="Hugo Moreau, Wednesday 17 June")).to_be_focused()
    page.locator("#decide").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("Hugo Moreau, Wednesday 17 June: approved.")
    assert states() == {"Camille": State.REQUESTED, "Hugo": State.APPROVED, "Inès": State.REQUESTED}


def test_the_keyboard_walks_chooses_and_approves_two(open_page, manager):
    page = open_page(manager, "/requests/")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Camille Moreau")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("2 chosen")).to_be_visible()
    page.get_by_role("button", name="Approve 2").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 days of 2 people approved.")
    assert states() == {"Camille": State.APPROVED, "Hugo": State.APPROVED, "Inès": State.REQUESTED}


def test_enter_opens_the_request_in_focus(open_page, manager):
    page = open_page(manager, "/requests/")
    for key in ("j", "j", "j", "k", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Hugo Moreau, Wednesday 17 June")).to_be_visible()


def test_a_refusal_names_its_reason(open_page, manager):
    page = open_page(manager, "/requests/")
    page.get_by_text("Refuse with a reason").click()
    box = page.locator("#decide")
    box.get_by_label("Reason of the refusal").select_option("on_site_event")
    box.get_by_label("In your words").fill("Training with everybody")
    box.get_by_role("button", name="Refuse", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Camille Moreau, Tuesday 16 June: refused.")
    assert Booking.objects.get(person__first_name="Camille").reason_text == "Training with everybody"


def test_a_phone_shows_the_list_then_the_request(open_page, manager):
    page = open_page(manager, "/requests/", width=390, height=844, touch=True)
    expect(page.locator("#request")).to_be_hidden()
    page.get_by_role("link", name="Inès Moreau").tap()
    expect(page.get_by_role("heading", name="Inès Moreau, Thursday 18 June")).to_be_visible()
    expect(page.get_by_role("link", name="Camille Moreau")).to_be_hidden()
    page.get_by_role("link", name="All requests").tap()
    expect(page.get_by_role("link", name="Camille Moreau")).to_be_visible()


def test_without_a_script_the_form_answers_all_the_same(open_page, manager):
    page = open_page(manager, "/requests/", scripts=False)
    page.get_by_role("checkbox", name="Choose Inès Moreau, Thu 18 June").check()
    page.locator(".bulk").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("Inès Moreau, Thursday 18 June: approved.")
    assert states()["Inès"] == State.APPROVED


@pytest.mark.parametrize("width", [320, 390, 720, 1024, 1440])
def test_the_page_never_scrolls_sideways(open_page, manager, width):
    page = open_page(manager, "/requests/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
