"""What goes over the wire: pages compressed, files compressed once and kept for ever by name, fonts only where used."""

import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from config.compression import CompressTexts
from tests.house.tree import ROOT

ACCEPTING = {"accept-encoding": "gzip, deflate, br"}
FIRST, NEXT = 200_000, 30_000
A_REQUEST = 600  # headers of an answer, and a little
FACE = re.compile(r'url\("([^"]+\.woff2)"\).*?unicode-range: ([^;]+);', re.S)
LINKED = re.compile(r'<(?:link|script|use)[^>]*(?:href|src)="/static/([^"#]+)')


@pytest.fixture
def year(sign_in, person):
    """My year as the browser gets it: compressed, and read again."""
    answer = sign_in(person).get("/year/", headers=ACCEPTING, follow=True)
    return answer.content, gzip.decompress(answer.content).decode()


def _octets(name: str) -> int:
    """Size on the wire: texts are served compressed."""
    content = Path(finders.find(name)).read_bytes()
    return min(len(content), len(gzip.compress(content, 9)))


def _covers(ranges: str, character: str) -> bool:
    bounds = (part.strip().removeprefix("U+").partition("-") for part in ranges.split(","))
    return any(int(low, 16) <= ord(character) <= int(high or low, 16) for low, _dash, high in bounds)


def _fonts(text: str) -> list[str]:
    """The font files that the characters of a page ask for, in every family that there is."""
    faces = FACE.findall((ROOT / "ui/static/ui/tokens.css").read_text())
    return [f"ui/{name}" for name, ranges in faces if any(_covers(ranges, character) for character in set(text))]


def test_the_first_visit_of_my_year_weighs_little(year):
    packed, text = year
    files = sorted({*LINKED.findall(text), *_fonts(text)})
    assert {"ui/base.css", "ui/icons.svg", "ui/year.js", "django_htmx/htmx-2.min.js"} <= set(files)
    # The service worker asks once more for the page that it keeps.
    weight = 2 * len(packed) + sum(map(_octets, files)) + A_REQUEST * (len(files) + 6)
    assert weight <= FIRST, {name: _octets(name) for name in files}


def test_the_next_visit_is_the_page_alone(year):
    packed, _text = year
    assert len(packed) + A_REQUEST <= NEXT


@pytest.mark.parametrize("language", ["fr", "en"])
def test_neither_language_asks_for_the_letters_of_others(language, year, person, sign_in):
    person.account.language = language
    person.account.save()
    answer = sign_in(person).get("/year/", follow=True)
    assert {Path(name).name for name in _fonts(answer.content.decode())} == {
        "inter-latin-opsz-normal.woff2", "source-serif-4-latin-wght-normal.woff2",
    }  # fmt: skip
    assert len(_fonts("Łódź")) == 4


def test_a_page_goes_as_it_is_to_whoever_cannot_unpack_it(sign_in, person):
    answer = sign_in(person).get("/year/", follow=True)
    assert "Content-Encoding" not in answer and "Accept-Encoding" in answer["Vary"]


def _compressed(answer):
    return CompressTexts(lambda request: answer)(RequestFactory().get("/", headers=ACCEPTING))


def test_equal_pages_have_unequal_lengths():
    """Whoever counts octets must not learn what the page holds (BREACH)."""
    assert len({len(_compressed(HttpResponse("secret " * 200)).content) for _ in range(40)}) > 5


def test_what_is_compressed_in_itself_is_left_alone():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a", "a" * 5000)
    answer = _compressed(HttpResponse(archive.getvalue(), content_type="application/zip"))
    assert answer.content == archive.getvalue() and "Content-Encoding" not in answer
    assert "Content-Encoding" not in _compressed(FileResponse(archive, filename="year.xlsx"))


def test_what_streams_is_compressed_as_it_comes():
    lines = (f"line {n}\n".encode() for n in range(2000))
    answer = _compressed(StreamingHttpResponse(lines, content_type="text/csv"))
    assert gzip.decompress(b"".join(answer)).endswith(b"line 1999\n")


def test_files_are_kept_for_ever_by_name_and_compressed_once(db, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    call_command("collectstatic", "--noinput", "-v0")
    served = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    names = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if re.search(r"\.[0-9a-f]{12}\.", path.name)]
    names = [name for name in names if name.suffix != ".gz"]
    assert len([name for name in names if name.suffix == ".woff2"]) == 4
    for name in names:
        answer = served(RequestFactory().get(f"/static/{name}", headers=ACCEPTING))
        assert answer["Cache-Control"] == "max-age=315360000, public, immutable", name
        assert answer.get("Content-Encoding") == ("gzip" if (tmp_path / f"{name}.gz").exists() else None)
        answer.close()
    unnamed = served(RequestFactory().get("/static/ui/base.css", headers=ACCEPTING))
    assert "immutable" not in unnamed["Cache-Control"]
    unnamed.close()
