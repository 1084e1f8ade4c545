"""Dates and numbers as people say them, in French and English. No domain words here."""

from datetime import date
from decimal import Decimal

WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
SHORT_MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
INITIALS = {"fr": "LMMJVSD", "en": "MTWTFSS"}


def language(code: str | None) -> str:
    """``fr`` or ``en`` for any language tag."""
    return "fr" if (code or "fr").lower().startswith("fr") else "en"


def day_number(day: date, lang: str) -> str:
    """The number of a day in its month; French says "1er"."""
    return "1er" if lang == "fr" and day.day == 1 else str(day.day)


def long_day(day: date, lang: str, *, year: bool = False) -> str:
    """Like "samedi 20 juin" / "Saturday 20 June", with the year on demand."""
    words = f"{WEEKDAYS[lang][day.weekday()]} {day_number(day, lang)} {MONTHS[lang][day.month - 1]}"
    return f"{words} {day.year}" if year else words


def short_day(day: date, lang: str) -> str:
    """Like "sam. 20 juin" / "Sat 20 June"."""
    return f"{SHORT_WEEKDAYS[lang][day.weekday()]} {day_number(day, lang)} {SHORT_MONTHS[lang][day.month - 1]}"


def plain_day(day: date, lang: str) -> str:
    """Like "20 juin 2026" / "20 June 2026"."""
    return f"{day_number(day, lang)} {MONTHS[lang][day.month - 1]} {day.year}"


def month_name(day: date, lang: str) -> str:
    return f"{MONTHS[lang][day.month - 1]} {day.year}"


def number(value: Decimal | int | float, lang: str) -> str:
    """A number without useless zeros; French writes a comma."""
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "fr" else text


def money(value: Decimal, lang: str) -> str:
    """Like "13,80 €" / "€13.80"."""
    text = f"{value:.2f}"
    return f"{text.replace('.', ',')}\u202f€" if lang == "fr" else f"€{text}"
