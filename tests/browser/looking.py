"""What is looked at on every page that a test opens: axe's rules, and that nothing runs out of the window sideways."""

from functools import cache
from importlib.resources import files

# WCAG 2.2 A and AA, with what axe calls best practice: landmarks, headings in order, one main.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
# What is found right is said of each element, which on My year is two megabytes: it stays in the page.
_RUN = "rules => axe.run(document, rules).then(found => found.violations)"
MANY = 4000  # elements: more of the same are measured, not read by axe again, which takes minutes
WIDTHS = (320, 390, 720, 1024, 1440)

_TOO_WIDE = """() => {
  const seen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= seen + 1) return [];
  return [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > seen + 1 && !one.closest('[data-wide], .scroll, svg svg'))
    .slice(0, 5).map(one => one.tagName.toLowerCase() + '.' + one.className);
}"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page) -> list[str]:
    """A line for each rule of axe that the page breaks as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(_RUN, RULES)
    return [f"{one['id']} ({one['help']}): {', '.join(_node(node) for node in one['nodes'][:3])}" for one in found]


def _node(node: dict) -> str:
    why = [check.get("message", "") for check in node["any"] + node["all"]][:1]
    return f"{node['target'][-1]} {' '.join(why)}".strip()


def sideways(page, width: int) -> list[str]:
    """What makes the page wider than a window of ``width`` pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    wide = page.evaluate(_TOO_WIDE)
    scrolls = page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return [f"{width} px: the page scrolls sideways {wide}"] if scrolls else []


def faults_at(page, widths) -> list[str]:
    """What axe finds in a window of each of these widths, and what scrolls it sideways."""
    return [fault for width in widths for fault in sideways(page, width) + violations(page)]
