"""The editor of requirements in a real browser: hours are painted by drag and by keys, and saving shows the gaps."""

from datetime import time

import pytest
from playwright.sync_api import expect

from policies.models import Requirement
from tests import factories

pytestmark = pytest.mark.browser
NEW = "/coverage/requirements/new/"


@pytest.fixture
def planner(transactional_db, clock):
    """A planner of an entity with two supervisors, who hold the night of Saturday 20 June."""
    clock("2026-06-08T10:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    for _number in range(2):
        person = factories.eligible_person(team=team)
        factories.skilled(person, "supervisor")
        factories.shift(person, "2026-06-20T22:00+02:00", "2026-06-21T06:00+02:00")
    planner = factories.eligible_person(team=team)
    factories.grant(planner, "planner")
    return planner


def cell(page, line: int, hour: int):
    return page.locator(f"#cell-w-{line}-{hour * 60}")


def drag(page, first, last) -> None:
    first.scroll_into_view_if_needed()
    begin, end = first.bounding_box(), last.bounding_box()
    page.mouse.move(begin["x"] + 8, begin["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=5)
    page.mouse.up()


def describe(page, planner) -> None:
    page.get_by_label("Name in English").fill("Night watch")
    page.get_by_label("Name in French").fill("Veille de nuit")
    page.get_by_label("Skill").select_option("supervisor")
    page.get_by_label("On duty at").select_option(str(planner.site.uid))


def test_a_night_is_painted_by_dragging_and_saving_lists_its_gaps(open_page, planner):
    page = open_page(planner, NEW)
    describe(page, planner)
    page.locator("#r-stroke-number-w").fill("2")
    drag(page, cell(page, 5, 22), cell(page, 5, 29))
    expect(page.locator("#requirement-form")).to_have_attribute("data-said", "Saturday, 22:00–06:00: 2")
    expect(cell(page, 5, 25)).to_have_attribute("aria-label", "Saturday, the day after, 01:00, 2")
    expect(page.get_by_label("Name in English")).to_have_value("Night watch")
    page.get_by_role("button", name="See the effect").last.click()
    expect(page.locator("#effect")).to_contain_text("new gap in coverage would open")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#effect")).to_contain_text("Night watch: written.")
    expect(page.get_by_role("link", name="See the day").first).to_be_visible()
    slot = Requirement.objects.get().slots.get()
    assert (slot.days, slot.start, slot.end, slot.number) == ([5], time(22), time(6), 2)


def test_keys_walk_the_grid_extend_write_a_number_and_clear(open_page, planner):
    page = open_page(planner, NEW)
    cell(page, 0, 0).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(cell(page, 1, 2)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#week-said")).to_have_text("Tuesday – Wednesday, 02:00–04:00")
    page.keyboard.type("12")
    expect(page.locator("#week-said")).to_have_text("Tuesday and Wednesday, 02:00–04:00: 12")
    expect(cell(page, 2, 3)).to_be_focused()
    expect(cell(page, 1, 2)).to_have_attribute("aria-label", "Tuesday, 02:00, 12")
    page.keyboard.press("Delete")
    expect(page.locator("#week-said")).to_have_text("Wednesday, 03:00–04:00: cleared")
    expect(cell(page, 2, 3)).to_have_attribute("aria-label", "Wednesday, 03:00, nothing asked")
    expect(cell(page, 1, 3)).to_have_attribute("aria-label", "Tuesday, 03:00, 12")


def test_a_fault_is_in_focus_and_what_was_typed_stays(open_page, planner):
    page = open_page(planner, NEW, dark=True)
    describe(page, planner)
    page.locator("#r-stroke-number-w").fill("9")
    drag(page, cell(page, 0, 8), cell(page, 4, 11))
    expect(page.locator("#requirement-form")).to_have_attribute("data-said", "Monday to Friday, 08:00–12:00: 9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("can hold this post")
    expect(page.get_by_label("Name in English")).to_have_value("Night watch")
    page.get_by_label("Keep it all the same").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#effect")).to_contain_text("Night watch: written.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_phone_chooses_hours_by_two_taps_and_never_scrolls_sideways(open_page, planner, language):
    page = open_page(planner, NEW, width=390, height=844, touch=True, language=language)
    cell(page, 2, 1).tap()
    cell(page, 3, 5).tap()
    expect(page.locator("#r-stroke-start-w")).to_have_value("01:00")
    expect(page.locator("#r-stroke-end-w")).to_have_value("06:00")
    page.locator("#r-stroke-number-w").fill("4")
    page.locator("#act-paint-w").tap()
    expect(page.locator('[data-week="w"] .own')).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page never scrolls sideways"


def test_without_a_script_lines_and_brush_do_the_same(open_page, planner):
    page = open_page(planner, NEW, scripts=False)
    describe(page, planner)
    page.locator("#r-stroke-start-w").fill("22:00")
    page.locator("#r-stroke-end-w").fill("06:00")
    page.locator("#r-stroke-number-w").fill("1")
    page.locator("#act-paint-w").click()
    expect(page.get_by_text("every day, 22:00–06:00: 1").last).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Night watch: written.")).to_be_visible()
