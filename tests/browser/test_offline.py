"""My year without a connection: what was last seen can be read, says so, and is nobody's after signing out."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.browser
KEPT = """async (wanted) => {
    for (let tries = 0; tries < 600; tries++) {
        const found = await caches.match("/year/", { cacheName: "cent-jours-year" });
        if (Boolean(found) === wanted && navigator.serviceWorker.controller) return true;
        await new Promise((done) => setTimeout(done, 50));
    }
    return false;
}"""
DAYS = 24 * 3600 * 1000


@pytest.fixture
def colleague(transactional_db, clock):
    clock("2026-06-03T14:05+02:00")
    team = factories.TeamFactory()
    factories.agreement_in_force(team.entity, notice=2, months_ahead=6)
    return factories.eligible_person(team=team, account__language="en", first_name="Camille")


@pytest.fixture
def year(open_page, colleague):
    """The year of a colleague, visited once and kept."""
    page = open_page(colleague, "/year/", offline=True)
    assert page.evaluate(KEPT, True)
    return page


def cut(page) -> None:
    page.wait_for_load_state()  # what is cut on its way is an error of the console
    page.context.set_offline(True)


def leave(page) -> None:
    page.get_by_text("account menu").locator("xpath=ancestor::summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("input[type=password]")).to_be_visible()


def test_the_last_visit_is_read_without_a_connection_and_says_of_when_it_is(year):
    cut(year)
    year.goto("/year/")
    expect(year.get_by_text("As of 3 June, 14:05; no connection.")).to_be_visible()
    expect(year.locator("#d2026-06-18")).to_have_accessible_name("Thursday 18 June, free")
    assert year.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Inter Variable\"'))")


def test_actions_rest_with_their_reason(year):
    cut(year)
    year.goto("/year/")
    expect(year.get_by_role("link", name="Ask for a series")).to_have_attribute("aria-disabled", "true")
    year.locator("#d2026-06-18").click()
    expect(year.locator("#toasts")).to_contain_text(
        "Thursday 18 June, free. No connection: days can be asked for and changed once it is back."
    )


def test_another_page_says_that_it_needs_a_connection(year):
    cut(year)
    year.goto("/team/")
    expect(year.get_by_role("heading", name="No connection")).to_be_visible()
    year.get_by_role("link", name="My year").click()
    expect(year.get_by_text("As of 3 June")).to_be_visible()


def test_with_a_connection_nothing_old_is_shown(year, colleague):
    made = {"requested_at": timezone.now(), "updated_at": timezone.now(), "place": colleague.places.get()}
    Booking.objects.create(person=colleague, day=date(2026, 6, 18), state=State.APPROVED, **made)
    year.goto("/year/")
    expect(year.locator("#d2026-06-18")).to_have_accessible_name("Thursday 18 June, telework")
    expect(year.get_by_text("no connection.")).to_be_hidden()


def test_signing_out_takes_the_year_away(year):
    leave(year)
    assert year.evaluate(KEPT, False)
    cut(year)
    year.goto("/year/")
    expect(year.get_by_role("heading", name="No connection")).to_be_visible()
    expect(year.get_by_text("As of")).to_be_hidden()


def test_a_page_that_is_still_coming_is_not_kept_after_signing_out(year):
    worker = year.context.service_workers[0]
    worker.evaluate(
        """() => {
            const body = new ReadableStream({ start: (stream) => { self.end = () => stream.close(); } });
            self.slow = keep(new Response(body, { headers: { "Content-Type": "text/html" } }), forgotten);
        }"""
    )
    leave(year)
    worker.evaluate("() => { self.end(); return self.slow; }")
    assert not year.evaluate("caches.match('/year/', { cacheName: 'cent-jours-year' }).then(Boolean)")


def test_a_session_that_ended_takes_the_year_away(year):
    year.context.clear_cookies()
    year.goto("/year/")
    expect(year.locator("input[type=password]")).to_be_visible()
    assert year.evaluate(KEPT, False)


def test_somebody_else_in_the_same_browser_never_sees_it(year, colleague):
    other = factories.eligible_person(account__email="zoe@example.org", account__language="en", first_name="Zoé")
    other.account.set_password("a long enough password")
    other.account.save()
    year.context.clear_cookies()
    year.goto("/accounts/login/")
    assert year.evaluate(KEPT, False)
    cut(year)
    year.goto("/year/")
    expect(year.get_by_text("Camille")).to_have_count(0)


def test_a_page_is_kept_for_seven_days_at_most(year):
    year.evaluate(
        """async (age) => {
            const kept = await caches.open("cent-jours-year"), found = await kept.match("/year/");
            const headers = new Headers(found.headers);
            headers.set("X-Stored-At", String(Date.now() - age));
            await kept.put("/year/", new Response(await found.text(), { headers }));
        }""",
        7 * DAYS + 1,
    )
    cut(year)
    year.goto("/year/")
    expect(year.get_by_role("heading", name="No connection")).to_be_visible()
    assert year.evaluate(KEPT, False)


def test_only_the_year_and_static_files_are_kept(year, colleague):
    for path in ("/team/", "/feeds/", "/agreement/", "/year/"):
        year.goto(path)
    kept = year.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
            return found;
        }"""
    )
    assert {path for path in kept if not path.startswith("/static/")} == {"/year/", "/offline/"}
    text = year.evaluate("caches.open('cent-jours-year').then(c => c.match('/year/')).then(r => r.text())")
    assert 'X-CSRFToken": ""' in text
