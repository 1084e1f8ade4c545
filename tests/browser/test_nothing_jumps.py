"""On a phone, the page stands still while its script is on the way."""

import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
SHIFTS = """() => new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; })
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
    assert page.locator(".month:visible").count() == 1
