"""My year with a mouse, a keyboard, a finger, and without a script."""

import pytest
from playwright.sync_api import expect

from telework.models import State
from tests import factories
from tests.browser.looking import faults_at

pytestmark = pytest.mark.browser


@pytest.fixture
def colleague(transactional_db, clock):
    clock("2026-06-03T09:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    factories.manager_of(team, first_name="Nadia", last_name="Benali")
    return factories.eligible_person(team=team)


def cell(page, day: str):
    return page.locator(f"#d{day}")


def test_a_click_opens_a_day_and_another_books_it_and_undo_takes_it_back(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-18").click()
    expect(page.locator("#panel h2")).to_have_text("Thursday 18 June")
    page.get_by_role("button", name="Ask for this day").click()
    expect(page.get_by_role("status")).to_contain_text("Thursday 18 June is requested. Nadia Benali will answer by")
    expect(cell(page, "2026-06-18")).to_have_accessible_name("Thursday 18 June, pending")
    expect(page.locator("#balance .big")).to_have_text("99")
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, "2026-06-18")).to_have_accessible_name("Thursday 18 June, free")
    assert colleague.bookings.get().state == State.CANCELLED


def test_what_opens_is_said_in_a_sentence(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-04").click()
    expect(page.locator("#said")).to_have_text("Thursday 4 June. No telework that day")


def test_signed_out_meanwhile_leads_to_the_sign_in_page(open_page, colleague):
    page = open_page(colleague, "/year/")
    page.context.clear_cookies()
    cell(page, "2026-06-18").click()
    expect(page.locator("input[type=password]")).to_be_visible()


def test_a_day_low_on_the_screen_is_not_hidden_by_its_sheet(open_page, colleague):
    page = open_page(colleague, "/year/", width=390, height=844, touch=True)
    cell(page, "2026-06-30").tap()
    expect(page.locator("#panel h2")).to_have_text("Tuesday 30 June")
    page.wait_for_function(
        "document.getElementById('d2026-06-30').getBoundingClientRect().bottom"
        " <= document.getElementById('panel').getBoundingClientRect().top"
    )


def test_a_free_day_near_by_is_one_tap_away(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-04").click()
    expect(page.get_by_role("heading", name="No telework that day")).to_be_visible()
    page.locator(".near-by button").first.click()
    expect(page.get_by_role("status")).to_contain_text("is requested")
    assert colleague.bookings.get().state == State.REQUESTED


def test_the_grid_is_one_stop_and_arrows_walk_it(open_page, colleague):
    page = open_page(colleague, "/year/")
    assert page.locator('#year-grid .day[tabindex="0"]').count() == 1
    expect(page.locator('#year-grid .day[tabindex="0"]')).to_have_id("d2026-06-03")
    cell(page, "2026-06-18").focus()
    for key, day in (
        ("ArrowRight", "2026-06-19"),
        ("ArrowDown", "2026-07-17"),  # the same weekday of the line below
        ("ArrowUp", "2026-06-19"),
        ("PageDown", "2026-07-19"),
        ("Home", "2026-07-01"),
        ("ArrowLeft", "2026-06-30"),
    ):
        page.keyboard.press(key)
        expect(cell(page, day)).to_be_focused()
    assert page.locator('#year-grid .day[tabindex="0"]').count() == 1


def test_t_books_the_day_under_the_keys_and_the_focus_stays(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-18").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("status")).to_contain_text("is requested")
    expect(cell(page, "2026-06-18")).to_be_focused()


def test_enter_opens_the_panel_and_escape_comes_back(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-18").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, "2026-06-18")).to_be_focused()


def test_shift_and_arrows_choose_days_that_are_judged_then_asked(open_page, colleague):
    page = open_page(colleague, "/year/")
    cell(page, "2026-06-16").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .outcomes li")).to_have_count(3)
    expect(page.get_by_role("button", name="Ask for these 3 days")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("3 days are requested.")
    assert colleague.bookings.count() == 3


def test_a_drag_over_days_asks_for_them_after_a_look(open_page, colleague):
    page = open_page(colleague, "/year/")
    first, last = (cell(page, day).bounding_box() for day in ("2026-06-15", "2026-06-19"))
    page.mouse.move(first["x"] + 8, first["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + 8, last["y"] + 8, steps=12)
    page.mouse.up()
    expect(page.locator("#panel .outcomes li")).to_have_count(5)
    assert colleague.bookings.count() == 0
    page.get_by_role("button", name="Ask for these 5 days").click()
    expect(page.locator("#year-grid .pending")).to_have_count(5)


def test_a_series_is_looked_at_then_asked(open_page, colleague):
    page = open_page(colleague, "/year/")
    page.get_by_role("link", name="Ask for a series").click()
    page.get_by_label("Thursday", exact=True).check()
    page.get_by_label("From", exact=True).fill("2026-06-11")
    page.get_by_label("Until", exact=True).fill("2026-07-02")
    page.get_by_role("button", name="Look at the days").click()
    page.get_by_role("button", name="Ask for these 4 days").click()
    expect(page.get_by_role("status")).to_contain_text("4 days are requested.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("4 days of the series are given back.")


def test_without_a_script_a_day_is_chosen_and_booked(open_page, colleague):
    page = open_page(colleague, "/year/", scripts=False)
    cell(page, "2026-06-18").click()
    page.get_by_role("button", name="Ask for this day").click()
    expect(page.get_by_role("status")).to_contain_text("is requested")
    expect(cell(page, "2026-06-18")).to_have_accessible_name("Thursday 18 June, pending")


def test_a_phone_shows_one_month_and_turns_it(open_page, colleague):
    page = open_page(colleague, "/year/", width=390, height=844, touch=True)
    expect(page.locator(".month:visible h2")).to_contain_text("June")
    page.get_by_role("button", name="Next month").click()
    expect(page.locator(".month:visible h2")).to_contain_text("July")
    cell(page, "2026-07-16").tap()
    page.get_by_role("button", name="Ask for this day").tap()
    expect(page.get_by_role("status")).to_contain_text("is requested")
    expect(page.locator(".month:visible h2")).to_contain_text("July")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_never_scrolls_sideways(open_page, colleague, language):
    page = open_page(colleague, "/year/?day=2026-06-18", language=language)
    widths = (320, 390, 560, 720, 899, 1039, 1040, 1279, 1280, 1440)
    assert faults_at(page, widths) == []


def test_targets_are_large_enough_for_a_finger(open_page, colleague):
    page = open_page(colleague, "/year/", width=390, height=844, touch=True)
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
        .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
        .filter(([_, box]) => box.width && box.top > -1 && (box.height < 43.5 || box.width < 43.5))
        .map(([html]) => html)"""
    )
    assert small == []


def test_dark_is_as_complete_as_light(open_page, colleague):
    page = open_page(colleague, "/year/", dark=True)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 27)"
    assert page.evaluate("getComputedStyle(document.querySelector('.day.free')).backgroundColor") == "rgb(24, 32, 39)"


def test_the_year_prints_on_one_sheet(open_page, colleague):
    page = open_page(colleague, "/year/?day=2026-06-18")
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
