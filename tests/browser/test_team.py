"""Team month, company month and balances in a real browser."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from telework.models import Booking, State
from tests import factories
from tests.browser.looking import faults_at


@pytest.fixture
def manager(transactional_db, clock):
    clock("2026-06-08T08:00+00:00")
    team = factories.TeamFactory(name="Auto desk")
    factories.agreement_in_force(team.entity)
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    for name, part, state in (("Camille", "full", State.APPROVED), ("Hugo", "morning", State.REQUESTED)):
        person = factories.eligible_person(team=team, first_name=name)
        Booking.objects.create(
            person=person, day=date(2026, 6, 2), part=part, state=state, requested_at=at, updated_at=at
        )
    lead = factories.manager_of(team, first_name="Nadia")
    factories.grant(lead, "hr")
    return lead


def test_the_arrow_keys_walk_the_cells_with_one_tab_stop(open_page, manager):
    page = open_page(manager, "/team/")
    assert page.locator('.month-grid tbody [tabindex="0"]').count() == 1
    page.get_by_role("link", name="Nadia Moreau").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="remote", exact=True)).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("link", name="Camille Moreau")).to_be_focused()


def test_a_pending_cell_leads_the_manager_to_the_request(open_page, manager):
    page = open_page(manager, "/team/")
    page.get_by_role("link", name="first half pending, second half on site").click()
    expect(page.get_by_role("heading", name="Hugo Moreau, Tuesday 2 June")).to_be_visible()


def test_week_and_month_lead_to_each_other(open_page, manager):
    page = open_page(manager, "/team/")
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week 24, 8 to 14 June 2026")
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("June 2026")


@pytest.mark.parametrize("address", ["/team/", "/company/", "/balances/"])
def test_wide_tables_scroll_in_their_own_box(open_page, manager, address):
    assert faults_at(open_page(manager, address), (320, 720, 1440)) == []


def test_the_first_column_stays_in_view(open_page, manager):
    page = open_page(manager, "/team/", width=390, height=844)
    page.locator(".month-box").evaluate("box => { box.scrollLeft = 400; }")
    name = page.get_by_role("link", name="Camille Moreau").bounding_box()
    assert 0 <= name["x"] < 60


def test_the_letters_of_a_company_line_stand_under_their_day(open_page, manager):
    page = open_page(manager, "/company/")
    head = page.locator(".ruler i").nth(1).bounding_box()
    mark = page.locator(".company td b").first.bounding_box()
    assert abs((head["x"] + head["width"] / 2) - (mark["x"] + head["width"] / 2)) < 3
