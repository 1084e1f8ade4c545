"""Numbers of days as people read them."""

from decimal import Decimal

from django.utils.translation import get_language


def fraction(halves: int, *, zero: str = "0") -> str:
    """A count of half-days with its half as a sign: 15 → 7½, 1 → ½."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}½" if half else str(whole) if whole else zero


def decimal(value: Decimal | int | float | None) -> str:
    """A number without needless zeros, with the decimal sign of the language in use: 6,5 or 6.5."""
    if value is None:
        return "–"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "−")
    return text.replace(".", ",") if (get_language() or "").startswith("fr") else text


def days(halves: int) -> str:
    """A count of half-days in days: 13 → 6,5 or 6.5."""
    return decimal(Decimal(halves) / 2)
