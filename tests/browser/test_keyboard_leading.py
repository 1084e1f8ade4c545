"""What those do by keyboard alone who lead, plan and look after people, in French and in English."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from people.models import Shift
from telework import services
from telework.models import Booking, State
from tests import factories
from tests.browser.keys import LANGUAGES, announced, press, reach, stop, stops, words
from tests.telework.conftest import Scene
from tests.telework.coverage.saturday import saturday_of

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]
TODAY = date(2026, 6, 8)
FILE = b"person;start;end\nA;2026-06-20T22:00;2026-06-21T06:00\n"


@pytest.fixture
def lead(transactional_db, clock):
    """A manager with every grant, and three requests to answer."""
    clock("2026-06-08T08:00+00:00")
    team = factories.TeamFactory(name="Auto desk")
    factories.agreement_in_force(team.entity)
    for number, name in enumerate(("Camille", "Hugo", "Inès")):
        person = factories.eligible_person(team=team, first_name=name, number="ABC"[number])
        services.book_days(
            person=person,
            days=[date(2026, 6, 16 + number)],
            actor=person,
            now=datetime(2026, 6, 8, 6, number, tzinfo=UTC),
            today=TODAY,
        )
    found = factories.manager_of(team)
    for role in ("hr", "planner", "admin"):
        factories.grant(found, role)
    return found


@pytest.fixture
def saturday(transactional_db, clock):
    clock("2026-06-08T08:00+00:00")
    team = factories.TeamFactory(name="Auto desk")
    factories.agreement_in_force(team.entity)
    manager = factories.manager_of(team, first_name="Nadia")
    found = saturday_of(Scene(team, manager, manager))
    found.need.slots.update(days=[5])
    return found


def states() -> list[str]:
    return list(Booking.objects.order_by("day").values_list("state", flat=True))


@pytest.mark.parametrize(
    "address",
    [
        "/requests/",
        "/company/",
        "/balances/",
        "/rosters/",
        "/rosters/by-hand/",
        "/coverage/",
        "/coverage/requirements/new/",
        "/people/",
        "/people/import/",
        "/account/",
        "/account/security/",
        "/my-data/",
    ],
)
def test_each_stop_is_seen_and_none_is_a_trap(open_page, lead, language, address):
    page = open_page(lead, address, language=language)
    assert stops(page)[0].startswith("a#.skip")


def test_several_requests_are_approved_together(open_page, lead, language):
    page = open_page(lead, "/requests/", language=language)
    for key in ("j", "Space", "j", "Space"):
        page.keyboard.press(key)
        stop(page)
    approve = page.locator('.bulk button[value="approve"]')
    expect(approve).to_contain_text("2")
    press(page, approve)
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert "2" in announced(page)
    assert states() == [State.APPROVED, State.APPROVED, State.REQUESTED]


def test_a_request_is_opened_and_refused_with_a_reason(open_page, lead, language):
    page = open_page(lead, "/requests/", language=language)
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#request h2[data-focus]")).to_be_focused()
    press(page, page.locator("#decide details.refuse > summary"))
    page.keyboard.press("Escape")
    expect(page.locator("#decide details.refuse > summary")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, page.locator("#one-reason"))
    page.keyboard.press("ArrowDown")
    reach(page, page.locator("#one-text"))
    page.keyboard.type("Training with everybody")
    press(page, page.locator('#decide button[value="refuse"]'))
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert "Hugo" in announced(page)
    assert states() == [State.REQUESTED, State.REFUSED, State.REQUESTED]


def test_the_month_of_the_team_is_one_stop_that_arrows_walk(open_page, lead, language):
    page = open_page(lead, "/team/", language=language)
    cells = page.locator(".month-grid tbody tr")
    reach(page, cells.first.locator("th a"))
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowUp", "Home"):
        page.keyboard.press(key)
        assert stop(page), key
    expect(cells.first.locator("th a")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.month-grid')"), "Tab leaves the grid"


def test_the_map_of_coverage_leads_to_a_gap_and_a_what_if(open_page, saturday, language):
    page = open_page(saturday.planner, "/coverage/2026/", language=language)
    reach(page, page.locator("[data-heat] [data-stop]").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#day-title")).to_be_visible()
    press(page, page.locator(".what-if > summary"))
    choice = page.locator(".what-if select").first
    reach(page, choice)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text(words(language, "What if: nothing is saved"))).to_be_visible()


def test_hours_are_painted_and_said(open_page, lead, language):
    page = open_page(lead, "/coverage/requirements/new/", language=language)
    reach(page, page.locator("#cell-w-0-0"))
    for key in ("ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("#week-said")).to_contain_text("00:00–02:00")
    page.keyboard.type("2")
    expect(page.locator("#week-said")).to_contain_text("00:00–02:00")
    expect(page.locator("#week-said")).to_contain_text("2")
    expect(page.locator("#cell-w-1-60")).to_be_focused()
    page.keyboard.press("Home")
    stop(page)
    expect(page.locator("#cell-w-1-0")).to_be_focused()


def test_a_roster_is_read_and_written(open_page, lead, language):
    page = open_page(lead, "/rosters/", language=language)
    field = page.locator("input[type=file]")
    reach(page, field)
    # The window in which one chooses belongs to the browser; what it hands over is set here.
    field.set_input_files({"name": "june.csv", "mimeType": "text/csv", "buffer": FILE})
    press(page, page.get_by_role("button", name=words(language, "See the difference")))
    press(page, page.get_by_role("button", name=words(language, "Write these changes")))
    expect(page.get_by_text(re.compile("1 change is written|1 changement est écrit"))).to_be_visible()
    assert Shift.objects.count() == 1


def test_the_agreement_is_read_to_its_sum(open_page, lead, language):
    page = open_page(lead, "/agreement/", language=language)
    assert len(stops(page)) > 5
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_more_opens_and_escape_gives_the_focus_back(open_page, lead, language):
    page = open_page(lead, "/places/", language=language)
    summary = page.locator("details.menu.overflow > summary")
    press(page, summary)
    page.keyboard.press("Tab")
    expect(page.locator("details.overflow .menu-list a:visible").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details.overflow .menu-list")).to_be_hidden()
