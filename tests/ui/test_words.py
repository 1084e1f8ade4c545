from datetime import date
from decimal import Decimal

import pytest

from ui import words


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 6, 20), "samedi 20 juin", "Saturday 20 June"),
        (date(2026, 8, 1), "samedi 1er août", "Saturday 1 August"),
        (date(2024, 2, 29), "jeudi 29 février", "Thursday 29 February"),
    ],
)
def test_a_day_is_said_in_both_languages(day, french, english):
    assert words.long_day(day, "fr") == french
    assert words.long_day(day, "en") == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (Decimal("55.50"), "55,5", "55.5"),
        (Decimal("100.00"), "100", "100"),
        (Decimal("0.0"), "0", "0"),
        (30, "30", "30"),
    ],
)
def test_numbers_lose_their_useless_zeros_only(value, french, english):
    assert words.number(value, "fr") == french
    assert words.number(value, "en") == english


def test_money_keeps_two_decimals():
    assert words.money(Decimal("13.8"), "fr") == "13,80\u202f€"
    assert words.money(Decimal("13.8"), "en") == "€13.80"


def test_any_language_tag_is_one_of_ours():
    assert [words.language(code) for code in ("fr-CA", "EN", None, "de")] == ["fr", "en", "fr", "en"]
