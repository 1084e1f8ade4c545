"""Sentences that the catalogues do not hold: the core's tables, the agreements we ship, the demo's words."""

import io
import tokenize
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from policies.core import explain, readings
from policies.core.rules import RULES
from policies.core.text import Text
from policies.coverage import explain as coverage
from telework.demo import cast
from tests.house.tree import ROOT
from ui.typography import faults_anywhere, faults_in_french

SHIPPED = sorted((ROOT / "policies" / "agreements").glob("*.toml"))
PURE = sorted([*(ROOT / "policies" / "core").rglob("*.py"), *(ROOT / "policies" / "coverage").rglob("*.py")])


@pytest.mark.parametrize(
    "words",
    [
        "l'accord", "Motif : x", "Motif: x", "Vraiment ?", "Vraiment?", "« oui »", "«oui»", "80 %", "80%", "20,70 €",
        "{day:date} : x", "%(name)s: x", "l'{thing}",
    ],
)  # fmt: skip
def test_a_fault_of_typography_is_found(words):
    assert list(faults_in_french(words))


@pytest.mark.parametrize(
    "words",
    [
        "l’accord", "Motif\u202f: x", "de 09:00 à 17:00", "https://x.example", "«\u202foui\u202f»", "80\u202f%",
        "{day:date}\u202f: {n:{unit}}", "%(rate)s\u202f%%", "(lu)\u202f; fin", "Fin.",
    ],
)  # fmt: skip
def test_good_typography_passes(words):
    assert list(faults_in_french(words)) == []


def _texts(thing: object, seen: set[int]) -> Iterator[Text]:
    """Every Text within tables, rules and what they hold."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, str):
        return
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _texts(value, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from _texts(value, seen)
    elif type(thing).__module__.startswith("policies."):
        for name in getattr(type(thing), "__dataclass_fields__", ()):
            yield from _texts(getattr(thing, name), seen)


@pytest.mark.parametrize("table", [RULES, vars(explain), vars(readings)], ids=lambda _: "table")
def test_the_sentences_of_the_core_are_set_with_care(table):
    texts = list(_texts(table, set()))
    assert len(texts) >= 3
    faults = [fault for text in texts for fault in (*faults_in_french(text.fr), *faults_anywhere(text.en))]
    assert faults == []


@pytest.mark.parametrize("table", [coverage._SENTENCES, coverage._HELP])
def test_the_sentences_of_coverage_are_set_with_care(table):
    assert [fault for words in _plain(table["fr"]) for fault in faults_in_french(words)] == []
    assert [fault for words in _plain(table["en"]) for fault in faults_anywhere(words)] == []


def _plain(table: Mapping) -> list[str]:
    return [words for said in table.values() for words in ((said,) if isinstance(said, str) else said)]


def _strings(path: Path) -> Iterator[str]:
    """String literals of a module but its docstrings."""
    before = None
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        starts = before in (None, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        if token.type == tokenize.STRING and not starts:
            yield token.string
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_no_straight_apostrophe_stands_in_the_words_of_the_core(path):
    assert [words for words in _strings(path) for _fault in faults_anywhere(words)] == []


def _words(thing: object, language: str = "fr") -> Iterator[tuple[str, str]]:
    """(language, words) of every text in a TOML document; what is not said otherwise is French."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from _words(value, name if name in ("fr", "en") else language)
    elif isinstance(thing, list):
        for value in thing:
            yield from _words(value, language)
    elif isinstance(thing, str):
        yield language, thing


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_agreements_we_ship_are_set_with_care(path):
    found = list(_words(tomllib.loads(path.read_text("utf-8"))))
    checks = {"fr": faults_in_french, "en": faults_anywhere}
    assert len(found) > 10
    assert [fault for language, words in found for fault in checks[language](words)] == []


def test_the_job_titles_of_the_demo_are_set_with_care():
    people = (*cast.NADIAS_TEAM, cast.SECOND_PERSON, cast.HR_PERSON, cast.SECOND_HR_PERSON, cast.ADMIN_PERSON)
    assert [fault for person in people for fault in faults_in_french(person[3])] == []
