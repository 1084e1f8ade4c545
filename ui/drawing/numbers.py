"""Counts of half-days as people read them."""

from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language

from ui import words


def fraction(halves: int, *, zero: str = "0") -> str:
    """A count of half-days with its half as a sign: 15 → 7½, 1 → ½."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}½" if half else str(whole) if whole else zero


def days(halves: int) -> str:
    """A count of half-days in days: 13 → 6,5 or 6.5."""
    return decimal(Decimal(halves) / 2)


def decimal(value: Decimal | int) -> str:
    """A number of days with the decimal sign of the language in use."""
    return _written(value, words.language(get_language()))


@lru_cache(maxsize=4096)
def _written(value: Decimal | int, lang: str) -> str:
    return words.number(value, lang).replace("-", "−")
