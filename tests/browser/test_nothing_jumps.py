"""On a phone, the page stands still while its script is on the way."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
SHIFTS = """() => new Promise((done) => {
    let moved = 0;
    const since = (list) => list.getEntries().filter((one) => one.startTime > window.drawn);
    new PerformanceObserver((list) => { for (const one of since(list)) moved += one.value; })
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


@pytest.mark.parametrize("path", ["/year/2026/", "/year/2026/?day=2026-05-12", "/year/2025/"])
def test_my_year_stands_still_while_its_script_comes(path, open_page, person, clock):
    clock("2026-03-02T10:00+01:00")
    page = open_page(person, "/today/", **PHONE)
    # The script comes once the page has been drawn without it.
    page.route("**/ui/year*.js", lambda route: (_drawn(page), route.continue_()))
    page.goto(path)
    page.wait_for_function("document.body.classList.contains('one-month')")
    assert page.evaluate(SHIFTS) < 0.1


def _drawn(page) -> None:
    """Wait for the styles and letters of the page, which are not what this is about."""
    expect(page.locator(".month:visible")).to_have_count(1)
    page.evaluate("document.fonts.ready.then(() => { window.drawn = performance.now(); })")
