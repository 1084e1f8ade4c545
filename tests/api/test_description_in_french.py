"""The description of the API in the language of its reader: every sentence of it, and nothing but sentences."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from config.api import api as described_api
from config.description import SENTENCES, described
from people.tokens import SCOPES, create_token
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
SAME = {"", "exports", "imports", "organisation"}  # written alike in both languages


def in_language(language: str) -> dict:
    with translation.override(language):
        return described(described_api)


@pytest.fixture(scope="module")
def english() -> dict:
    return in_language("en")


@pytest.fixture(scope="module")
def french() -> dict:
    return in_language("fr")


def sentences(told, place: str = "") -> Iterator[tuple[str, str]]:
    """Each sentence with its place in the description."""
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, part in inner:
        if name in SENTENCES and isinstance(part, str):
            yield f"{place}/{name}", part
        else:
            yield from sentences(part, f"{place}/{name}")


def without_sentences(told):
    if isinstance(told, list):
        return [without_sentences(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: without_sentences(part)
        for name, part in told.items()
        if not (name in SENTENCES and isinstance(part, str))
    }


def test_every_sentence_has_its_french(english, french):
    ours, theirs = dict(sentences(english)), dict(sentences(french))
    assert ours.keys() == theirs.keys() and len(ours) > 1_000
    assert [place for place, words in ours.items() if words == theirs[place] and words not in SAME] == []


def test_every_operation_has_its_french(english, french):
    for path, methods in english["paths"].items():
        for method, told in methods.items():
            assert french["paths"][path][method]["summary"] != told["summary"], f"{method} {path}"


def test_names_paths_and_values_are_the_same_in_both(english, french):
    assert without_sentences(english) == without_sentences(french)


def test_english_is_as_it_stands_in_the_code(english):
    told = english["paths"]["/api/v1/bookings/{uid}/approve"]["post"]
    assert told["summary"] == "Approve one request" and told["tags"] == ["answers"]
    assert english["components"]["schemas"]["SkillGiven"]["description"] == "``skill``: its code."


@pytest.fixture
def french_account(at_nine):
    account = at_nine.person.account
    account.language = "fr"
    account.save()
    return account


def summary_of(answer) -> str:
    return answer.json()["paths"]["/api/v1/bookings/{uid}/approve"]["post"]["summary"]


class TestReaders:
    def test_a_session_reads_the_language_of_its_account(self, french_account, at_nine):
        answer = Caller(at_nine.person)("GET", "/openapi.json")
        assert summary_of(answer) == "Accepter une demande" and answer["Content-Language"] == "fr"
        assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
        french_account.language = "en"
        french_account.save()
        assert summary_of(Caller(at_nine.person)("GET", "/openapi.json")) == "Approve one request"

    @pytest.mark.parametrize(
        ("asked", "summary"),
        [({"Accept-Language": "en"}, "Approve one request"), ({"Accept-Language": "fr"}, "Accepter une demande")],
    )
    def test_a_key_reads_the_language_that_it_asks_for(self, at_nine, client, key, asked, summary):
        answer = client.get("/api/v1/openapi.json", headers={"Authorization": f"Bearer {key}"} | asked)
        assert summary_of(answer) == summary and answer["Content-Language"] == asked["Accept-Language"]
        assert "Accept-Language" in answer["Vary"] and answer["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(("spoken", "summary"), [("en", "Approve one request"), ("fr", "Accepter une demande")])
    def test_a_key_that_asks_for_none_reads_that_of_its_account(self, at_nine, client, spoken, summary):
        account = at_nine.person.account
        account.language = spoken
        account.save()
        key = create_token(account, scopes=SCOPES, now=at_nine.now)
        assert summary_of(client.get("/api/v1/openapi.json", headers={"Authorization": f"Bearer {key}"})) == summary

    def test_the_page_is_in_the_language_of_its_reader_whoever_read_it_before(self, french_account, at_nine):
        def page() -> str:
            return Caller(at_nine.person).client.get("/api/v1/docs").content.decode()

        text = page()
        assert "Accepter une demande" in text and "Approve one request" not in text
        assert ">Réservations</h2>" in text and 'id="tag-bookings"' in text
        assert '<a href="#code-not_found"><code>not_found</code></a>' in text
        french_account.language = "en"
        french_account.save()
        text = page()
        assert "Approve one request" in text and "Accepter une demande" not in text
        assert ">Bookings</h2>" in text and 'id="tag-bookings"' in text
