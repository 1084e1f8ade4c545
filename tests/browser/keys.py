"""Hands that have a keyboard only: reach by Tab, press, and see where the focus is at each stop."""

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

LANGUAGES = ("fr", "en")
FAR = 140

# What the eye sees of the element in focus, and of the label that stands for an input hidden in it.
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = [one, one.closest('label')].filter(Boolean).some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const ring = () => {  // what is drawn has a stroke for an outline
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--focus)';
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return [one, ...one.querySelectorAll('*')].some((each) => {
      const style = getComputedStyle(each);
      return style.stroke === colour && parseFloat(style.strokeWidth) >= 2;
    });
  };
  const box = one.getBoundingClientRect();
  const parts = one.type === 'date';  // its calendar button is a stop inside it, with a ring of the browser's own
  return {
    name: [one.tagName.toLowerCase(), '#', one.id, '.', one.getAttribute('class') || '', ' ', one.textContent.trim()]
      .join('').slice(0, 80),
    parts,
    seen: seen || one instanceof SVGElement && ring() || parts && !one.matches(':focus-visible'),
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
    order: one.tabIndex,
    at: (window.__stops ||= new Map()).get(one) ?? (window.__stops.set(one, window.__stops.size), -1),
  };
}"""


def words(language: str, text: str, **values) -> str:
    """A sentence of the product as a page of that language says it."""
    with translation.override(language):
        said = gettext(text)
    return said % values if values else said


def stop(page) -> dict | None:
    """The stop of the Tab key at which one is; None outside the page. Fails where the focus cannot be seen."""
    found = page.evaluate(_STOP)
    if found:
        assert found["seen"], f"the focus cannot be seen on {found['name']}"
        assert found["inside"], f"the focus is out of sight on {found['name']}"
        assert found["order"] <= 0, f"{found['name']} jumps the order of the page"
    return found


def keeps(page) -> None:
    """After a swap the focus comes to rest on something that is seen; it settles a moment after what it stands on."""
    page.wait_for_function("() => document.activeElement && document.activeElement !== document.body")
    stop(page)


def stops(page) -> list[str]:
    """Every stop from the top of the page to its end; fails on a trap, or where the focus is not seen."""
    passed = []
    for _press in range(FAR):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None or (passed and here["at"] == 0):
            return passed
        if here["parts"] and here["name"] == passed[-1]:
            continue  # day, month and year are stops of their own
        assert here["at"] == -1, f"the Tab key comes back to {here['name']} before the end: a trap"
        passed.append(here["name"])
    raise AssertionError(f"more than {FAR} stops; the last: {passed[-1]}")


def reach(page, goal, key: str = "Tab") -> None:
    """Press ``key`` until ``goal`` has the focus."""
    expect(goal).to_be_visible()
    wanted = goal.element_handle()
    for _press in range(FAR):
        if page.evaluate("one => one === document.activeElement", wanted):
            stop(page)
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {goal}")


def press(page, goal, key: str = "Enter") -> None:
    """Reach a button, link or summary, and press it."""
    reach(page, goal)
    page.keyboard.press(key)


def announced(page) -> str:
    """What the live regions of the page hold, for a screen reader to say."""
    regions = page.locator('[aria-live="polite"], [role="status"], [role="alert"]')
    return " ".join(each.strip() for each in regions.all_text_contents() if each.strip())
