"""Rates of work as people write them: 80, 80 %, 0,8, 4/5, full time."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.texts import plain


def read_rate(text: str, *, of_one: bool) -> Decimal:
    """A percentage of full time: 80, 80 %, 62,5, 4/5, full time; 0,8 where the whole column is so (``of_one``).

    ``Wrong`` for 0,8 in a column that counts in percent elsewhere: nothing tells which of the two is meant.
    """
    found, signed = _RATES.get(plain(text)), True
    told = _UNITS.sub("%", _PREFIX.sub("", text))
    found = found or _fraction(told)
    if found is None:
        told = _SPACES.sub("", told)
        signed = told.endswith("%")
        found = _decimal(told.removesuffix("%"))
    if found is not None and not signed and found <= 1:
        if not of_one and found > 0:
            sentence = _("%(value)s may be a percentage or a part of one, for the column holds both. Write it with %%.")
            raise Wrong("rate", text, sentence % {"value": text[:40]})
        found *= 100
    found = found.quantize(Decimal("0.01")) if found is not None and 0 < found <= 100 else None
    if not found:
        sentence = _("%(value)s is no rate. Give a percentage of full time above 0, 100 at most, like 80 or 62.5.")
        raise Wrong("rate", text, sentence % {"value": text[:40]})
    return found


# “TP 80”, “Temps partiel à 80 %”: the number tells; “TP” alone may be either, and is refused.
_PREFIX = re.compile(
    r"^(?:tp|tps partiel|temps[ -]partiel|part[ -]time|teilzeit|deeltijds)\s*[:àa\-–(]*\s*(?=\d)", re.IGNORECASE
)
_UNITS = re.compile(r"\s*(?:pour ?cent|percent|pct|prozent|procent|p\.? ?100|%)\s*\)?$", re.IGNORECASE)
_SPACES = re.compile(r"\s")
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,20})?")
_FRACTION = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)h?(?:eures)?/(\d{1,3}(?:[.,]\d{1,2})?)(?:e|eme|ème|h|heures)?")
_RATES = {
    alias: Decimal(rate)
    for rate, aliases in ((100, ("temps plein", "temps complet", "plein temps", "full time", "tc", "tps complet",
                                 "tps plein", "vollzeit", "voltijds")),
                          (50, ("mi temps", "half time", "halbtags", "halftijds")))
    for alias in aliases
}  # fmt: skip


def _decimal(told: str) -> Decimal | None:
    return Decimal(told.replace(",", ".")) if _NUMBER.fullmatch(told) else None


def _fraction(text: str) -> Decimal | None:
    found = _FRACTION.fullmatch(_SPACES.sub("", text))
    if not found or not (whole := Decimal(found[2].replace(",", "."))):
        return None
    return Decimal(found[1].replace(",", ".")) * 100 / whole


def rates_of_one(values: Iterable[str]) -> bool:
    """Whether a column counts full time as 1: none of its plain numbers is above 1."""
    found = [_decimal(_SPACES.sub("", value)) for value in values]
    return all(value <= 1 for value in found if value is not None)
