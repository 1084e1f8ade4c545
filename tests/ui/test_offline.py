"""The installed application: what a phone is told of it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.house.tree import ROOT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "name"), [("fr", "Mon année"), ("en", "My year")])
def test_the_manifest_speaks_the_language_of_the_page(language, name, client):
    answer = client.get(f"/manifest.webmanifest?lang={language}")
    found = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (found["lang"], found["shortcuts"][0]["name"], found["id"]) == (language, name, "/")


def test_an_unknown_language_is_answered_in_the_browsers(client):
    answer = client.get("/manifest.webmanifest?lang=xx", headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["lang"]) == (200, "en")


def test_every_icon_exists_and_is_as_large_as_it_says(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        octets = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()
        width, height = (int.from_bytes(octets[at : at + 4], "big") for at in (16, 20))
        assert f"{width}x{height}" == icon["sizes"]


def test_the_script_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"


def test_every_page_names_the_manifest(client):
    page = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest?lang=en">' in page
    colours = re.findall(r'name="theme-color" content="(#\w+)"', page)
    tokens = (ROOT / "ui/static/ui/tokens.css").read_text("utf-8")
    assert f"--canvas: light-dark({', '.join(colours)})" in tokens
