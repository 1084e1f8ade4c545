"""The roster pages in a real browser: a file is chosen, its difference read, then written."""

import pytest
from playwright.sync_api import expect

from people.models import Shift
from tests import factories

pytestmark = pytest.mark.browser
FILE = "person;start;end\nA;2026-06-20T22:00;2026-06-21T06:00\n"


@pytest.fixture
def planner(transactional_db, clock):
    clock("2026-06-08T10:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity)
    factories.eligible_person(team=team, number="A", first_name="Alma", last_name="Ferrand")
    person = factories.eligible_person(team=team)
    factories.grant(person, "planner")
    return person


def choose(page, text: str) -> None:
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "june.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="See the difference").click()


def test_a_file_is_read_then_written_on_a_phone(open_page, planner):
    page = open_page(planner, "/rosters/", width=390, height=844)
    choose(page, FILE)
    expect(page.get_by_text("No new gap in coverage.")).to_be_visible()
    expect(page.get_by_role("cell", name="22:00–06:00")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page never scrolls sideways"
    page.get_by_role("button", name="Write these changes").click()
    expect(page.get_by_text("1 change is written.")).to_be_visible()
    assert Shift.objects.count() == 1


def test_a_bad_line_is_named_beside_its_number(open_page, planner):
    page = open_page(planner, "/rosters/", dark=True)
    choose(page, FILE + "A;2026-06-22T22:00;2026-06-22T06:00\n")
    expect(page.get_by_role("alert")).to_contain_text("1 line cannot be used")
    expect(page.get_by_role("row").nth(1)).to_contain_text("The shift ends before it starts")
    assert not Shift.objects.exists()
