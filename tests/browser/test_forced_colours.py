"""Colours that the system imposes, motion that it forbids, and a window enlarged four times."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from people.models import Absence
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.browser
# What tells a day apart when every colour is the system's: its border, its pattern, its sign, its name.
_LOOK = """one => {
  const style = getComputedStyle(one);
  const sign = one.querySelector('i');
  return {
    border: [style.borderTopStyle, style.borderTopWidth].join(' '),
    sign: sign.textContent.trim() + [...sign.querySelectorAll('use')].map((use) => use.href.baseVal.split('#')[1]),
    name: one.getAttribute('aria-label') || one.textContent.trim(),
  };
}"""


@pytest.fixture
def colleague(transactional_db, clock):
    """Somebody with a day asked for, one granted, one half granted and one absent."""
    clock("2026-06-03T09:00+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    factories.manager_of(team)
    found = factories.eligible_person(team=team)
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    for day, part, state in ((16, "full", "requested"), (17, "full", "approved"), (18, "morning", "approved")):
        Booking.objects.create(
            person=found, day=date(2026, 6, day), part=part, state=State(state), requested_at=at, updated_at=at
        )
    Absence.objects.create(person=found, first_day=date(2026, 6, 19), last_day=date(2026, 6, 19))
    return found


def look(page, day: str) -> dict:
    return page.locator(f"#d{day}").evaluate(_LOOK)


@pytest.mark.parametrize("dark", [False, True])
def test_states_of_a_day_are_told_apart_without_our_colours(open_page, colleague, dark):
    page = open_page(colleague, "/year/", dark=dark)
    page.emulate_media(forced_colors="active")
    days = ("2026-06-04", "2026-06-16", "2026-06-17", "2026-06-18", "2026-06-19", "2026-06-22")
    looks = [look(page, day) for day in days]
    told = [(each["border"], each["sign"]) for each in looks]
    assert len(set(told)) == len(days), told
    assert all(each["sign"] for each in looks), "each state has its sign"
    assert len({each["name"].split(", ", 1)[1] for each in looks}) == len(days)


def test_the_day_chosen_and_the_focus_are_seen_without_our_colours(open_page, colleague):
    page = open_page(colleague, "/year/?day=2026-06-22")
    page.emulate_media(forced_colors="active")
    for day in ("2026-06-22", "2026-06-23"):
        page.locator(f"#d{day}").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        style = page.locator(f"#d{day}").evaluate("one => getComputedStyle(one).outlineStyle")
        assert style == "solid"


@pytest.mark.parametrize("address", ["/year/?day=2026-06-22", "/today/", "/team/"])
def test_buttons_and_tabs_keep_an_edge_without_our_colours(open_page, colleague, address):
    page = open_page(colleague, address)
    page.emulate_media(forced_colors="active")
    bare = page.evaluate(
        """[...document.querySelectorAll('main .button:not(.icon-only), .panel .button:not(.icon-only)')]
        .filter((one) => one.offsetWidth && getComputedStyle(one).borderTopStyle === 'none')
        .map((one) => one.outerHTML)"""
    )
    assert bare == []
    here = page.locator(".nav a[aria-current]").first.evaluate("one => getComputedStyle(one).borderBottomStyle")
    assert here == "solid"


@pytest.mark.parametrize("address", ["/year/?day=2026-06-22", "/requests/", "/today/", "/team/"])
def test_nothing_moves_where_motion_is_not_wanted(open_page, colleague, address):
    page = open_page(colleague, address)  # opened with reduced motion
    moving = """[...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.transitionDuration) > 0 && style.transitionProperty !== 'none'
        || style.animationName !== 'none';
    }).map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != [], "the test sees motion where it is admitted"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_enlarged_four_times_the_month_keeps_its_week_and_is_a_list_too(open_page, colleague, language):
    page = open_page(colleague, "/year/", width=320, height=256, language=language)
    month = page.locator(".month:visible")
    expect(month).to_have_count(1)
    edges = {round(each.bounding_box()["x"]) for each in month.locator(".day:visible").all()}
    assert len(edges) == 7
    page.locator("#as-list").focus()
    page.keyboard.press("Space")
    day = month.locator("#d2026-06-17")
    assert day.bounding_box()["width"] > 250
    assert {"fr": "télétravail", "en": "telework"}[language] in day.evaluate(
        "one => one.getAttribute('aria-label') + getComputedStyle(one, '::after').content"
    )
    assert len({round(each.bounding_box()["x"]) for each in month.locator(".day:visible").all()}) == 1
    day.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#d2026-06-18")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
