"""Somebody's first days at home: three asked for, one refusal understood, one given back; by key, finger or form."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.walk import Walker
from tests.telework.walking import shipped_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PENDING = re.compile(r"\bpending\b")
BOTH = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture
def colleague(transactional_db, clock):
    """Camille, under a real agreement, on a Wednesday in June."""
    clock("2026-06-03T09:00+02:00")
    team = factories.TeamFactory(name="Sinistres auto")
    factories.agreement_in_force(team.entity, text=shipped_text("ima-gie-2021"))
    factories.manager_of(team, first_name="Nadia", last_name="Benali")
    return factories.eligible_person(team=team, first_name="Camille", last_name="Moreau")


def day(walker: Walker, iso: str):
    return walker.page.locator(f"#d{iso}")


def understand_the_refusal(walker: Walker) -> None:
    """The verdict, the sentence with its numbers, the clause it comes from, and what would do."""
    panel = walker.page.locator("#panel")
    expect(panel.get_by_role("heading", name=walker.words("No telework that day"))).to_be_visible()
    refused = panel.locator(".finding")
    expect(refused).to_have_count(1)
    article = walker.words("article %(article)s", article="3.3.4")
    expect(refused.get_by_text(article, exact=True).locator("visible=true")).to_have_count(1)
    expect(refused.locator(".remedy")).to_contain_text(
        {"fr": "vendredi 5 juin", "en": "Friday 5 June"}[walker.language]
    )
    walker.look()


def walk_to(walker: Walker, iso: str) -> None:
    """Back to the year by Shift and Tab, then to a day by arrows, as somebody does who looks where they are."""
    keys = walker.page.keyboard
    walker.reach(walker.page.locator('#year-grid .day[tabindex="0"]'), backwards=True)
    for _step in range(60):
        here = walker.page.evaluate("document.activeElement.value")
        if here == iso:
            return
        keys.press("ArrowRight" if here < iso else "ArrowLeft")
    raise AssertionError(f"Arrows do not lead to {iso}.")


def states(person) -> list[tuple[str, str]]:
    return [(f"{each.day:%d}", each.state) for each in person.bookings.order_by("day")]


@BOTH
def test_three_days_by_keyboard_one_refusal_understood_and_one_day_given_back(open_page, colleague, language):
    walker = Walker(open_page(colleague, "/year/", language=language), language, "days")
    page, keys = walker.page, walker.page.keyboard
    walker.look()

    walker.reach(page.locator('#year-grid .day[tabindex="0"]'))
    keys.press("ArrowRight")
    keys.press("Enter")  # tomorrow, which is too soon
    expect(page.locator("#panel")).to_be_focused()
    understand_the_refusal(walker)
    friday = page.locator(".near-by button").first
    walker.reach(friday)
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nadia Benali")
    expect(day(walker, "2026-06-05")).to_have_class(PENDING)
    walker.keeps_focus()
    walker.look()

    walk_to(walker, "2026-06-16")
    keys.press("Shift+ArrowRight")
    keys.press("Enter")  # the Tuesday and the Wednesday, judged together
    ask = page.locator("#book-button")
    expect(ask).to_have_text(walker.count("Ask for the %(n)s day", "Ask for these %(n)s days", 2, name="n"))
    expect(ask).to_be_focused()
    walker.look()
    keys.press("Enter")
    expect(day(walker, "2026-06-17")).to_have_class(PENDING)
    assert states(colleague) == [("05", "requested"), ("16", "requested"), ("17", "requested")]
    walker.keeps_focus()
    walker.look()

    walk_to(walker, "2026-06-17")
    keys.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    walker.look()
    walker.press("Take the request back")
    expect(day(walker, "2026-06-17")).not_to_have_class(PENDING)
    walker.keeps_focus()
    walker.look()
    assert states(colleague) == [("05", "requested"), ("16", "requested"), ("17", "cancelled")]


@BOTH
def test_the_article_of_a_refusal_is_one_key_away(open_page, colleague, language):
    walker = Walker(open_page(colleague, "/year/?day=2026-06-04", language=language), language, "article")
    walker.reach(walker.page.locator(".finding a:visible"))
    walker.page.keyboard.press("Enter")
    walker.at("/agreement/#article-3.3.4")
    expect(walker.page.locator("[id='article-3.3.4']")).to_be_in_viewport()
    walker.look()


@BOTH
def test_three_days_with_a_finger_on_a_phone(open_page, colleague, language):
    page = open_page(colleague, "/year/", language=language, width=390, height=844, touch=True)
    walker = Walker(page, language, "finger")
    walker.look()
    day(walker, "2026-06-04").tap()
    understand_the_refusal(walker)
    page.locator(".near-by button").first.tap()
    expect(day(walker, "2026-06-05")).to_have_class(PENDING)
    walker.look()
    for iso in ("2026-06-16", "2026-06-17"):
        day(walker, iso).tap()
        page.locator(f'[data-panel-day="{iso}"] #book-button').tap()
        expect(day(walker, iso)).to_have_class(PENDING)
    walker.look()
    page.get_by_role("button", name=walker.words("Undo")).tap()
    expect(day(walker, "2026-06-17")).not_to_have_class(PENDING)
    walker.look()
    assert states(colleague) == [("05", "requested"), ("16", "requested"), ("17", "cancelled")]


@BOTH
def test_three_days_without_a_script(open_page, colleague, language):
    page = open_page(colleague, "/year/", language=language, scripts=False)
    walker = Walker(page, language, "form", scripts=False)
    day(walker, "2026-06-04").click()
    understand_the_refusal(walker)
    page.locator(".near-by button").first.click()
    expect(day(walker, "2026-06-05")).to_have_class(PENDING)
    page.get_by_role("link", name=walker.words("Ask for a series")).click()
    page.get_by_label(walker.words("From"), exact=True).fill("2026-06-16")
    page.get_by_label(walker.words("Until"), exact=True).fill("2026-06-23")
    page.get_by_label({"fr": "mardi", "en": "Tuesday"}[language], exact=True).check()
    page.get_by_role("button", name=walker.words("Look at the days")).click()
    walker.look()
    page.get_by_role("button", name=walker.count("Ask for the %(n)s day", "Ask for these %(n)s days", 2, "n")).click()
    expect(day(walker, "2026-06-23")).to_have_class(PENDING)
    day(walker, "2026-06-23").click()
    walker.look()
    page.get_by_role("button", name=walker.words("Take the request back")).click()
    expect(day(walker, "2026-06-23")).not_to_have_class(PENDING)
    assert states(colleague) == [("05", "requested"), ("16", "requested"), ("23", "cancelled")]
