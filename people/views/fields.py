"""What a form sends, as values."""

from datetime import date

from django.utils.translation import gettext as _

from people.errors import BadFact


def date_field(form, name: str) -> date | None:
    """The date of a field, None when it is empty; a sentence when it is none."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as unreadable:
        sentence = _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]}
        raise BadFact(name, text, sentence) from unreadable
    if not 1950 <= found.year <= 2150:
        raise BadFact(name, text, _("The year %(year)s is out of reach. Check it.") % {"year": found.year})
    return found
