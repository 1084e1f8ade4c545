"""What a form sends, as values."""

from datetime import date

from people.texts import read_day


def date_field(form, name: str) -> date | None:
    """The date of a field, None when it is empty; a sentence when it is none."""
    text = form.get(name, "").strip()
    return read_day(text, name) if text else None
