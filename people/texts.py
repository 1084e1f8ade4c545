"""Texts as people type them: tidied before they are kept, folded before they are compared."""

import unicodedata
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from people.errors import BadFact


def tidy(text: str, field: str, longest: int) -> str:
    """One line without control characters; ``BadFact`` when it is longer than ``longest``."""
    found = " ".join("".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text).split())
    if len(found) > longest:
        sentence = _("%(count)d characters are too many; %(longest)d at most.")
        raise BadFact(field, found[:60], sentence % {"count": len(found), "longest": longest})
    return found


def read_day(text: str, field: str) -> date:
    """A date written 2027-03-31; ``BadFact`` for what is none, or far from any working life."""
    try:
        found = date.fromisoformat(text)
    except ValueError as unreadable:
        sentence = _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]}
        raise BadFact(field, text, sentence) from unreadable
    if not 1950 <= found.year <= 2150:
        raise BadFact(field, text, _("The year %(year)s is out of reach. Check it.") % {"year": found.year})
    return found


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


@lru_cache(maxsize=32768)
def folded(text: str) -> str:
    """Without case and accents: what two spellings of a name have in common. “Élodie” and “elodie” are alike."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def plain(text: str) -> str:
    """A title or name without accents, case and punctuation: « Date d’effet » → "date d effet"."""
    apart = unicodedata.normalize("NFKD", str(text))
    spaced = "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in apart)
    return " ".join(spaced.encode("ascii", "ignore").decode().lower().split())
