"""A real Chromium against the real product, in the test's own process and database.

    pytestmark = pytest.mark.browser

    def test_a_click_books_the_day(open_page, person, clock):
        clock("2026-06-03T08:00+02:00")              # optional: the product's today
        page = open_page(person, "/year/")           # signed in; person None for a stranger
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_text("is requested")).to_be_visible()

``open_page(person, path, *, width=1440, height=1000, dark=False, language=None, scripts=True, touch=False,
offline=False)`` returns a Playwright page; with ``offline`` the service worker may keep the year. Every page is
watched: a script error, a refused resource (CSP), a 5xx or a request to another origin fails the test when it ends; so
does what axe finds on the page as the test leaves it. Rows come from ``tests.factories`` as everywhere
(``transactional_db`` is used underneath).
Wait with ``playwright.sync_api.expect``, never with a delay.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.browser.looking import violations

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "Chromium is not installed: `apt-get install chromium`, or name one in CHROMIUM."


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a process."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong

    # Playwright's own loop runs in this thread; Django would refuse every query for fear of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, live_server):
    """A function that opens a watched page, signed in as a person."""
    faults: list[str] = []
    contexts = []

    def watch(page) -> None:
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda line: faults.append(f"console: {line.text}") if _is_fault(line) else None)
        page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        page.on("request", lambda sent: faults.append(f"elsewhere: {sent.url}") if _foreign(sent.url) else None)

    def _foreign(url: str) -> bool:
        return not url.startswith((live_server.url, "data:", "blob:", "about:"))

    def _open(
        person, path, *, width=1440, height=1000, dark=False, language=None, scripts=True, touch=False, offline=False
    ):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=language or (person.account.language if person else "en"),
            timezone_id="Europe/Paris",
            java_script_enabled=scripts,
            has_touch=touch,
            reduced_motion="reduce",
            # A page that is kept for reading offline is fetched once more, which only the tests of that want.
            service_workers="allow" if offline else "block",
        )
        contexts.append((context, scripts))
        context.set_default_timeout(60_000)
        if language and person:
            type(person.account).objects.filter(pk=person.account.pk).update(language=language)
        if language:
            context.add_cookies([_cookie(django_settings.LANGUAGE_COOKIE_NAME, language)])
        if person:
            client = Client()
            client.force_login(person.account)
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies([_cookie(name, client.cookies[name].value)])
        page = context.new_page()
        watch(page)
        page.goto(path)
        return page

    def _cookie(name: str, value: str) -> dict:
        return {"name": name, "value": value, "url": live_server.url}

    yield _open
    for context, scripts in contexts:
        for page in context.pages if scripts else ():  # axe is a script, and would wait for ever
            faults.extend(_seen_by_axe(page))
        context.close()
    assert not faults, "\n".join(faults)


def _seen_by_axe(page) -> list[str]:
    """What axe finds wrong in the state in which a test leaves a page of ours."""
    if page.is_closed() or not page.url.startswith("http") or page.locator("main").count() == 0:
        return []
    return [f"{page.url} at {page.viewport_size['width']} px: {fault}" for fault in violations(page)]


def _is_fault(line) -> bool:
    """What Chromium reports as an error, but for a refusal (4xx) answered in words, or a cut of the test."""
    wanted = ("the server responded with a status of 4", "ERR_INTERNET_DISCONNECTED")
    return line.type == "error" and not any(words in line.text for words in wanted)
