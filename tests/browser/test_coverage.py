"""Coverage in a real browser: from the year to the person one asks, with the mouse, with the keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from people.models import AuditEvent
from telework.models import Booking
from tests import factories
from tests.browser.looking import faults_at
from tests.telework.conftest import Scene
from tests.telework.coverage.saturday import saturday_of

GAP = "Sat 22:00–06:00: 2 of 3 supervisors on site"
HOLDS = "Supervisors: everything holds"


@pytest.fixture
def saturday(transactional_db, clock):
    clock("2026-06-08T08:00+00:00")
    team = factories.TeamFactory(name="Auto desk")
    factories.agreement_in_force(team.entity)
    manager = factories.manager_of(team, first_name="Nadia")
    found = saturday_of(Scene(team, manager, manager))
    found.need.slots.update(days=[5])
    return found


def headline(page):
    return page.locator("#day-title")


def written() -> tuple[int, list]:
    return AuditEvent.objects.count(), list(Booking.objects.order_by("pk").values_list("pk", "state", "version"))


def test_with_the_mouse_from_the_year_to_the_letter_and_a_what_if(open_page, saturday):
    before = written()
    page = open_page(saturday.planner, "/coverage/2026/")
    expect(page.get_by_role("heading", name="1 gap to come")).to_be_visible()
    page.get_by_role("link", name="Month", exact=True).click()
    page.get_by_role("link", name="Supervisors, Saturday 20 June: gap: 1 person is missing").click()
    expect(headline(page)).to_have_text(GAP)
    page.get_by_role("link", name="Day", exact=True).click()
    page.goto("/coverage/2026-06-20/")
    page.locator(".gap-list a").click()
    expect(page.get_by_role("heading", name="Who could hold the post?")).to_be_visible()
    letter = page.get_by_role("link", name="Ask Otto Moreau")
    assert letter.get_attribute("href").startswith(f"mailto:{saturday.people['Otto'].email}?subject=sam.")
    page.locator(".coverage-acts").get_by_role("link", name="What if…").click()
    page.get_by_label(re.compile("^Otto Moreau")).select_option(label="on site")
    expect(headline(page)).to_have_text(HOLDS)
    expect(page.get_by_text("What if: nothing is saved")).to_be_visible()
    page.get_by_role("link", name="As planned").click()
    expect(headline(page)).to_have_text(GAP)
    assert written() == before


def test_with_the_keyboard_from_the_year_to_a_what_if_on_a_phone(open_page, saturday):
    page = open_page(saturday.planner, "/coverage/2026/", width=390, height=844)
    assert page.locator('[data-heat] [tabindex="0"]').count() == 1
    cell = page.get_by_role("link", name="Saturday 20 June: gap: 1 person is missing")
    cell.focus()
    page.keyboard.press("Enter")
    expect(headline(page)).to_have_text(GAP)
    ask = page.get_by_role("link", name="Ask Otto Moreau")
    ask.focus()
    expect(ask).to_be_focused()
    summary = page.locator(".what-if > summary")
    summary.focus()
    page.keyboard.press("Enter")
    choice = page.get_by_label(re.compile("^Otto Moreau"))
    choice.focus()
    page.keyboard.press("ArrowDown")
    expect(headline(page)).to_have_text(HOLDS)


def test_the_arrow_keys_walk_the_map_and_home_and_end_its_line(open_page, saturday):
    saturday.need.slots.update(days=[])
    type(saturday.need).objects.update(last_day="2026-06-22", version=2)
    page = open_page(saturday.planner, "/coverage/2026-06/")
    page.locator("[data-stop]").first.focus()
    for key, name in (("ArrowRight", "Sunday 21"), ("End", "Monday 22"), ("Home", "Saturday 20")):
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=re.compile(f"^Supervisors, {name} June"))).to_be_focused()


def test_without_scripts_a_what_if_is_a_form(open_page, saturday):
    page = open_page(saturday.planner, "/coverage/2026-06-20/", scripts=False)
    page.locator(".what-if > summary").click()
    page.get_by_label(re.compile("^Otto Moreau")).select_option(label="on site")
    page.get_by_role("button", name="See", exact=True).click()
    expect(headline(page)).to_have_text(HOLDS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("period", ["2026", "2026-06", "2026-W25", "2026-06-20"])
def test_the_page_never_scrolls_sideways(open_page, saturday, period, language):
    type(saturday.need).objects.update(name_fr="Superviseurs de nuit, de week-end et de jour férié, à Niort")
    page = open_page(saturday.planner, f"/coverage/{period}/", language=language)
    assert faults_at(page, (320, 390, 1440)) == []


def boxes(page, selector: str) -> list[dict]:
    return [box for box in (each.bounding_box() for each in page.locator(selector).all()) if box]


@pytest.mark.parametrize("width", [390, 1440])
def test_no_hour_or_number_of_a_curve_covers_another(open_page, saturday, width):
    page = open_page(saturday.planner, "/coverage/2026-06-20/", width=width, height=844)
    for drawing in (".curve-hours text:visible", ".curve text:visible"):
        found = boxes(page, drawing)
        assert found
        for number, one in enumerate(found):
            for two in found[number + 1 :]:
                beside = one["x"] + one["width"] <= two["x"] + 1 or two["x"] + two["width"] <= one["x"] + 1
                apart = one["y"] + one["height"] <= two["y"] + 5 or two["y"] + two["height"] <= one["y"] + 5
                assert beside or apart


def test_a_long_name_stands_whole_beside_its_line(open_page, saturday):
    type(saturday.need).objects.update(name_en="Supervisors of nights, of weekends and holidays")
    page = open_page(saturday.planner, "/coverage/2026-06/")
    name = page.locator(".heat-names b")
    whole = "name => name.scrollHeight <= name.clientHeight + 1 && name.scrollWidth <= name.clientWidth + 1"
    assert name.evaluate(whole)
    line = page.locator("[data-stop] > rect").first.bounding_box()
    assert abs(name.bounding_box()["y"] - line["y"]) < 20


def test_a_finger_finds_cells_of_44_pixels(open_page, saturday):
    page = open_page(saturday.planner, "/coverage/2026/", width=390, height=844, touch=True)
    cell = page.locator("[data-stop] > rect").first.bounding_box()
    assert cell["width"] >= 40 and cell["height"] >= 44


def test_the_words_of_the_header_stand_in_one_line_on_a_phone(open_page, saturday):
    page = open_page(saturday.planner, "/coverage/2026/", width=390, height=844)
    head, kinds = (page.locator(each).bounding_box() for each in ("h1", ".coverage-acts .segmented"))
    assert abs(head["x"] - kinds["x"]) < 2 and kinds["width"] > 340
    assert len({box["y"] for box in boxes(page, ".coverage-acts .segmented > a")}) == 1
