"""The main flows of everybody by keyboard alone, in French and in English: the focus is seen, comes back, and what has
changed is announced."""

import re

import pytest
from playwright.sync_api import expect

from telework.models import State
from tests import factories
from tests.browser.keys import LANGUAGES, announced, keeps, press, reach, stops, words

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]
DAY = "#d2026-06-18"
SAID = {"fr": re.compile("Jeudi 18 juin est demandé"), "en": re.compile("Thursday 18 June is requested")}


@pytest.fixture
def colleague(transactional_db, clock):
    clock("2026-06-03T09:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    factories.manager_of(team, first_name="Nadia", last_name="Benali")
    return factories.eligible_person(team=team)


def year(open_page, colleague, language, **window):
    """My year with Thursday 18 June in focus, reached by Tab and arrows."""
    page = open_page(colleague, "/year/", language=language, **window)
    reach(page, page.locator("#d2026-06-03"))
    page.keyboard.press("End")
    reach(page, page.locator(DAY), "ArrowLeft")
    return page


def ask(page) -> None:
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    press(page, page.locator("#book-button"))


def test_one_signs_in(open_page, colleague, language):
    colleague.account.set_password("a long enough one")
    colleague.account.language = language
    colleague.account.save()
    page = open_page(None, "/accounts/login/", language=language)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, page.locator("input[type=email]"))
    page.keyboard.type(colleague.account.email)
    reach(page, page.locator("input[type=password]"))
    page.keyboard.type("a wrong one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    reach(page, page.locator("input[type=password]"))
    page.keyboard.type("a long enough one")
    page.keyboard.press("Enter")
    expect(page.locator("#year-grid")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "address", ["/year/?day=2026-06-18", "/today/", "/team/", "/agreement/", "/feeds/", "/places/"]
)
def test_each_stop_is_seen_and_none_is_a_trap(open_page, colleague, language, address, width):
    page = open_page(colleague, address, language=language, width=width)
    passed = stops(page)
    assert passed[0].startswith("a#.skip")
    assert len(passed) > 5


def test_the_first_stop_leads_to_the_content(open_page, colleague, language):
    page = open_page(colleague, "/year/", language=language)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_day_is_asked_for_and_undone(open_page, colleague, language):
    page = year(open_page, colleague, language)
    ask(page)
    expect(page.locator("#toasts")).to_contain_text(SAID[language])
    assert SAID[language].search(announced(page))
    keeps(page)
    press(page, page.locator("#toasts .link"))
    expect(page.locator(f"{DAY}.free")).to_be_visible()
    assert colleague.bookings.get().state == State.CANCELLED
    keeps(page)


def test_a_day_is_moved_and_taken_back(open_page, colleague, language):
    page = year(open_page, colleague, language)
    ask(page)
    expect(page.locator("#panel .booked")).to_be_visible()
    press(page, page.locator("#panel summary", has_text=words(language, "Move or change")))
    day = page.locator('#panel input[name="day"][type="date"]').first
    reach(page, day)
    day.fill("2026-06-23")  # a date by keys is the browser's own, and differs by language
    press(page, page.get_by_role("button", name=words(language, "Move"), exact=True))
    expect(page.locator("#d2026-06-23.pending")).to_be_visible()
    keeps(page)
    press(page, page.get_by_role("button", name=words(language, "Take the request back")))
    expect(page.locator("#d2026-06-23.free")).to_be_visible()
    assert colleague.bookings.get().state == State.CANCELLED
    keeps(page)


def test_several_days_are_chosen_with_shift_and_asked_for(open_page, colleague, language):
    page = year(open_page, colleague, language)
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .outcomes li")).to_have_count(3)
    press(page, page.locator("#book-button"))
    expect(page.locator("#year-grid .pending")).to_have_count(3)
    assert "3" in announced(page)
    keeps(page)


def test_a_series_is_looked_at_and_asked_for(open_page, colleague, language):
    page = open_page(colleague, "/year/", language=language)
    press(page, page.locator("[data-panel]"))
    expect(page.locator("#panel")).to_be_focused()
    thursday = page.locator("#panel input[name=weekday]").nth(3)
    reach(page, thursday)
    page.keyboard.press("Space")
    page.locator("#series-first").fill("2026-06-11")
    page.locator("#series-until").fill("2026-07-02")
    press(page, page.get_by_role("button", name=words(language, "Look at the days")))
    expect(page.locator("#panel [data-focus]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#year-grid .pending")).to_have_count(4)
    keeps(page)


def test_the_reason_of_a_refusal_is_reached_and_said(open_page, colleague, language):
    page = open_page(colleague, "/year/", language=language)
    reach(page, page.locator("#d2026-06-03"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .finding")).to_be_visible()
    expect(page.locator("#said")).to_contain_text(words(language, "No telework that day"))
    press(page, page.locator("#panel [data-close-panel]"))
    expect(page.locator("#d2026-06-04")).to_be_focused()


def test_the_account_menu_opens_leads_and_closes(open_page, colleague, language):
    page = open_page(colleague, "/places/", language=language)
    summary = page.locator(".bar-end details.menu > summary")
    press(page, summary)
    page.keyboard.press("Tab")
    expect(page.locator(".bar-end .menu-list a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".bar-end .menu-list")).to_be_hidden()
    page.keyboard.press("Enter")
    press(page, page.locator('.bar-end .menu-list a[href="/help/"]'))
    expect(page.get_by_role("heading", level=1)).to_have_text(words(language, "Help"))


def test_the_language_is_changed_from_the_menu(open_page, colleague, language):
    page = open_page(colleague, "/places/", language=language)
    other = "fr" if language == "en" else "en"
    press(page, page.locator(".bar-end details.menu > summary"))
    press(page, page.locator(f'.bar-end .languages button[lang="{other}"]'))
    expect(page.locator("html")).to_have_attribute("lang", other)


def test_more_opens_on_a_phone_and_escape_gives_the_focus_back(open_page, colleague, language):
    page = open_page(colleague, "/places/", language=language, width=390)
    factories.grant(colleague, "hr")
    page.reload()
    summary = page.locator("details.menu.overflow > summary")
    press(page, summary)
    page.keyboard.press("Tab")
    expect(page.locator("details.overflow .menu-list a:visible").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details.overflow .menu-list")).to_be_hidden()
