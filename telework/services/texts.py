"""What people type: notes and reasons, cleaned once, with a sentence when they cannot be kept."""

import unicodedata

from django.utils.translation import gettext as _

from telework.errors import BadWish

LONGEST = 1000


def clean_text(field: str, text: str, *, needed: bool = False) -> str:
    """Trim and check a short text: no control characters (a database refuses NUL), at most 1,000 characters."""
    text = str(text or "").replace("\r\n", "\n").strip()
    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t":
            remedy = _("Character %(position)s is a control character. Remove it.") % {"position": position}
            raise BadWish(field, text[:80].encode("unicode_escape").decode(), remedy)
    if len(text) > LONGEST:
        remedy = _("This text has %(length)s characters; %(most)s are possible. Shorten it.")
        raise BadWish(field, text[:80], remedy % {"length": len(text), "most": LONGEST})
    if needed and not text:
        raise BadWish(field, "", _("Write a short reason: the person will read it."))
    return text
