"""The declaration is open to everybody, true to what is tested, and dated."""

import re
from datetime import date
from importlib.resources import files

import pytest

from tests.browser.looking import WIDTHS
from tests.browser.test_every_page import PAGES
from tests.ui.test_tokens import SHAPES, TEXT, pairs
from ui.accessibility import figures

ADDRESS = "/accessibility/"


def text_of(client, language: str) -> str:
    return client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE=language).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["is not conformant with the RGAA 4.1", "Défenseur des droits", "Ways of recourse", "axe-core 4."]),
        ("fr", ["n’est pas conforme au RGAA 4.1", "Voies de recours", "Dérogations", "État de conformité"]),
    ],
)
def test_a_stranger_reads_it_in_their_language(client, db, language, words):
    text = text_of(client, language)
    assert [each for each in words if each not in text] == []


def test_the_sign_in_page_leads_to_it(client, db):
    assert f'href="{ADDRESS}"' in client.get("/accounts/login/").content.decode()


def test_the_contact_is_that_of_the_settings_or_human_resources(client, db, settings):
    settings.ACCESSIBILITY_CONTACT = ""
    assert "tell human resources of your company" in text_of(client, "en")
    settings.ACCESSIBILITY_CONTACT = "a11y@example.org"
    assert 'href="mailto:a11y@example.org"' in text_of(client, "en")


def test_the_figures_promise_no_more_than_is_tested():
    told = figures()
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    assert told["axe"] == re.search(r"axe v(\d+\.\d+\.\d+)", axe)[1]
    assert 0 < told["pages"] <= len(PAGES)
    assert tuple(told["widths"]) == WIDTHS
    assert told["contrasts"] == 2 * len(pairs(TEXT) + pairs(SHAPES))
    assert isinstance(told["date"], date)
