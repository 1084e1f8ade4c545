"""My year on paper: one landscape A4 in both languages, every day under its weekday, states told by signs in black."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.browser
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
LANDSCAPE = re.compile(rb"/MediaBox\s*\[\s*0 0 84\d(?:\.\d+)? 59\d(?:\.\d+)?\s*\]")


@pytest.fixture
def colleague(transactional_db, clock):
    clock("2026-06-03T09:00+02:00")
    team = factories.TeamFactory(
        entity__name="Compagnie générale d’assistance, de secours et de prévoyance du Grand Est"
    )
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    long = "Marie-Antoinette Joséphine de La Rochefoucauld-Montmorency-Luxembourg"
    found = factories.eligible_person(team=team, first_name=long, last_name="d’Estrées-Vandœuvre de Saint-Hilaire")
    made = {"requested_at": timezone.now(), "updated_at": timezone.now(), "place": found.places.get()}
    Booking.objects.create(person=found, day=date(2026, 6, 18), state=State.APPROVED, **made)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_year_is_one_landscape_page_from_any_screen(open_page, colleague, language, width):
    page = open_page(colleague, "/year/", language=language, width=width, dark=True)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(PAGE.findall(paper)) == 1
    assert LANDSCAPE.search(paper)


@pytest.mark.parametrize("year", [2024, 2026, 2027])
def test_every_day_stands_under_its_weekday(open_page, colleague, year):
    page = open_page(colleague, f"/year/{year}/")
    page.set_viewport_size({"width": 1046, "height": 718})  # A4 landscape without its margins, at 96 to the inch
    page.emulate_media(media="print")
    wrong = page.evaluate(
        """() => {
            const box = (element) => element.getBoundingClientRect();
            const middle = (element) => (box(element).left + box(element).right) / 2;
            const heads = [...document.querySelectorAll(".year-heads span")].map(middle);
            return [...document.querySelectorAll("#year-grid .day")].filter((day) => {
                const weekday = (new Date(day.value).getUTCDay() + 6) % 7;
                const near = heads.findIndex((head) => Math.abs(head - middle(day)) < 6);
                return near < 0 || near % 7 !== weekday;
            }).map((day) => day.value);
        }"""
    )
    assert wrong == []


def test_paper_says_whose_year_it_is_under_which_agreement_and_of_when(open_page, colleague):
    page = open_page(colleague, "/year/", language="en")
    expect(page.get_by_text("printed on")).to_be_hidden()
    page.emulate_media(media="print")
    head = page.get_by_text("printed on Wednesday 3 June 2026")
    expect(head).to_be_visible()
    expect(head).to_contain_text(colleague.name)
    expect(head).to_contain_text(colleague.entity.name)
    for selector in ("#balance .big", ".balance-key", ".legend"):
        expect(page.locator(selector)).to_be_visible()
    for selector in (".bar", "#panel", ".year-tools"):
        expect(page.locator(selector)).to_be_hidden()
    day = page.locator("#d2026-06-18")
    expect(day.locator("i")).to_have_text("T")
    expect(day.locator("i")).to_have_css("color", "rgb(0, 0, 0)")


def test_the_print_button_opens_the_dialogue_of_the_browser(open_page, colleague):
    page = open_page(colleague, "/year/", language="en")
    page.evaluate("window.print = () => { document.title = 'asked to print'; }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("asked to print")
