"""Decisions read by others than the person: the same sentences, said of them."""

import re

import pytest

from policies.core import explain
from policies.core.decision import Finding, Verdict
from policies.core.rules import BY_KIND, RULES
from policies.core.voice import OF_THEM, THEM

SPEAKS = {
    "fr": re.compile(r"\b(vous|votre|vos)\b|^\w+ez\b|-(le|la|en)\b", re.IGNORECASE),
    "en": re.compile(r"\b(you|your)\b|^(Ask|Declare|Confirm|Add|Record)\b", re.IGNORECASE),
}
EVERY = {f"{rule.kind}.{name}": text for rule in RULES for name, text in rule.sentences.items()}
SPEAKING = sorted(code for code, text in EVERY.items() if any(SPEAKS[lang].search(text.lang(lang)) for lang in SPEAKS))


def test_every_sentence_that_speaks_to_the_person_has_one_that_speaks_of_them():
    assert sorted(OF_THEM) == SPEAKING


@pytest.mark.parametrize("code", SPEAKING)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_said_of_somebody_does_not_speak_to_them_and_names_the_same_numbers(code, lang):
    of_them, to_them = OF_THEM[code].lang(lang), EVERY[code].lang(lang)
    assert not SPEAKS[lang].search(of_them)
    assert set(re.findall(r"\{(\w+)", of_them)) == set(re.findall(r"\{(\w+)", to_them))


@pytest.mark.parametrize(
    ("code", "data", "french", "english"),
    [
        ("yearly_cap.ok", {"left": "32", "total": "100"}, "Il lui resterait 32 jours sur 100",
         "They would have 32 days left of 100"),
        ("already_booked.taken", {"part": "1", "day": "2026-06-17"},
         "La première moitié du mercredi 17 juin est déjà réservée.",
         "The first half of Wednesday 17 June is already held."),
    ],
)  # fmt: skip
def test_the_manager_reads_of_the_person(code, data, french, english):
    finding = Finding(code.partition(".")[0], "3", Verdict.ALLOWED, code, data)
    assert explain.sentence(finding, "fr", voice=THEM) == french
    assert explain.sentence(finding, "en", voice=THEM) == english
    assert explain.sentence(finding, "fr") != french


def test_a_week_without_a_minimum_says_so():
    texts = BY_KIND["minimum_on_site"].sentences["no_minimum"]
    assert (texts.fr, texts.en) == ("{span:span}\u202f: aucun minimum sur site", "{span:span}: no minimum on site")
