"""A person who has never seen the product, with nothing but a keyboard: what is not reached by Tab is not there.

    walker = Walker(page, "fr")
    walker.write("Work address", "camille@example.org")     # labels and buttons by their English source sentence
    walker.press("Sign in")                                  # Tab until it has the focus, then Enter
    walker.sees("Hello")                                     # and axe finds nothing wrong with the page as it is

With ``WALK_PICTURES`` set to a folder, every look leaves a picture there.
"""

import os
import re
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import violations

MOST_STOPS = 120  # Tabs before somebody gives up
# What lies over the page may not lie over what has the focus (WCAG 2.4.11).
COVERED = """one => {
  const box = one.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !!seen && !one.contains(seen) && !seen.contains(one) && !!seen.closest('.toasts, .bar, .bulk, .decide');
}"""
SOMEWHERE = "() => document.activeElement && document.activeElement !== document.body"


class Walker:
    """Walks one page of a browser in one language, by Tab, Enter, Space, arrows and letters only."""

    def __init__(self, page: Page, language: str, name: str = "walk", *, scripts: bool = True) -> None:
        self.page, self.language, self.name, self.scripts = page, language, name, scripts
        self.looks = 0

    def words(self, sentence: str, *, context: str = "", **values) -> str:
        """The sentence of the catalogue in the language of the walk."""
        with translation.override(self.language):
            said = pgettext(context, sentence) if context else gettext(sentence)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, name: str = "number") -> str:
        with translation.override(self.language):
            return ngettext(one, many, number) % {name: number}

    def reach(self, there: Locator, *, backwards: bool = False) -> None:
        """Tab until ``there`` has the focus, which must also be seen."""
        expect(there).to_be_visible()
        for _stop in range(MOST_STOPS):
            if there.evaluate("one => one === document.activeElement"):
                expect(there).to_be_in_viewport()
                assert not there.evaluate(COVERED), f"{there} lies under something else on {self.page.url}."
                return
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"Tab does not lead to {there} on {self.page.url}.")

    def press(self, name: str, *, key: str = "Enter", role: str = "button", inside: Locator | None = None) -> None:
        """Reach what has this name and press it."""
        self.reach((inside or self.page).get_by_role(role, name=self.words(name), exact=True).first)
        self.page.keyboard.press(key)

    def follow(self, name: str, *, inside: Locator | None = None) -> None:
        self.press(name, role="link", inside=inside)

    def write(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        """Reach the field with this label and type into it."""
        self.reach((inside or self.page).get_by_label(self.words(label), exact=True).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def sees(self, sentence: str, *, inside: str = "main", **values) -> None:
        """The sentence is there to be read; the page it stands on has no fault that axe finds."""
        expect(self.page.locator(inside).first).to_contain_text(self.words(sentence, **values))
        self.look()

    def at(self, path: str) -> None:
        self.page.wait_for_url(re.compile(rf"^https?://[^/]+{path}$"))

    def look(self) -> None:
        """A picture, and axe, which is a script itself and waits for ever where none may run."""
        self.looks += 1
        folder = os.environ.get("WALK_PICTURES")
        if folder:
            width = self.page.viewport_size["width"]
            name = f"{self.name}-{self.language}-{width}-{self.looks:02}.png"
            self.page.screenshot(path=Path(folder) / name, full_page=False)
        found = violations(self.page) if self.scripts else []
        assert not found, f"{self.page.url}, look {self.looks}: " + "\n".join(found)

    def keeps_focus(self) -> None:
        """The focus comes to rest on something after a swap: the next Tab does not begin at the top."""
        self.page.wait_for_function(SOMEWHERE)
