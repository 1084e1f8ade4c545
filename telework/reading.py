"""Days and parts as people and machines write them: read strictly, refused with a sentence that helps."""

import calendar
import re
from datetime import date

from django.utils.translation import gettext as _

from policies.core.facts import Part
from telework.errors import BadWish, language
from ui import words

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_day(value: object, field: str = "day") -> date:
    """A date written 2026-06-12; ``BadWish`` says what is wrong: 31 June does not exist, June ends on the 30th."""
    text = value.strip() if isinstance(value, str) else ""
    found = _DAY.fullmatch(text)
    if not found:
        remedy = _("“%(value)s” is not a day. Write it as 2026-06-12.")
        raise BadWish(field, value, remedy % {"value": _short(value)})
    year, month, day = (int(number) for number in found.groups())
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        remedy = _("“%(value)s” is not a day: months go from 01 to 12, years from 1900 to 2200.")
        raise BadWish(field, text, remedy % {"value": text})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = words.MONTHS[language()][month - 1]
        remedy = _("%(month_day)s does not exist. %(Month)s ends on the %(last)s.")
        told = f"{last}" if language() == "fr" else f"{last}{'st' if last == 31 else 'th'}"
        values = {"month_day": f"{day} {name}", "Month": name[0].upper() + name[1:], "last": told}
        raise BadWish(field, text, remedy % values)
    return date(year, month, day)


def read_part(value: object, field: str = "part") -> Part:
    """full, morning or afternoon."""
    try:
        return Part(value)
    except ValueError as fault:
        remedy = _("“%(value)s” is not a part of a day. Choose full, morning or afternoon.")
        raise BadWish(field, value, remedy % {"value": _short(value)}) from fault


def _short(value: object) -> str:
    """At most 40 printable characters of whatever was sent; of what may be endlessly long, only its kind."""
    is_short = value is None or isinstance(value, str | bool | float) or (isinstance(value, int) and abs(value) < 2**99)
    text = str(value) if is_short else type(value).__name__
    return "".join(char for char in text[:40] if char.isprintable())
