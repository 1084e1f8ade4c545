"""Values as cells: texts that no spreadsheet takes for a formula, numbers that stay numbers, dates that stay dates."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

Value = str | int | bool | Decimal | date | datetime | None
# What begins a formula, also as East Asian keyboards write it; “-3,5” as a number is no text and stays as it is.
SIGNS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−")
CONTROLS = frozenset("\t\r\n")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe stands before its sign."""
    begin = next((char for char in text if not _unseen(char)), "")
    return f"'{text}" if begin in SIGNS or text[:1] in CONTROLS else text


def one_line(text: str) -> str:
    """Without line ends and other control characters, which sheets and their readers take apart."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def as_text(value: Value, language: str) -> str:
    """A cell of a CSV file: numbers with the decimal sign of the language, dates by ISO 8601, instants in UTC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        written = f"{plain(value):f}"
        return written.replace(".", ",") if language == "fr" else written
    return str(value) if isinstance(value, int) else harmless(one_line(value))


def as_json(value: Value) -> str | int | float | bool | None:
    """A value of a JSON file: days ISO 8601, instants UTC."""
    if isinstance(value, Decimal):
        tidy = plain(value)
        return int(tidy) if tidy == int(tidy) else float(tidy)
    if isinstance(value, date):
        return as_text(value, "en")
    return value


def plain(value: Decimal) -> Decimal:
    """A number without useless zeros."""
    tidy = value.normalize()
    return tidy.quantize(Decimal(1)) if tidy == tidy.to_integral_value() else tidy


def _unseen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Zs")
