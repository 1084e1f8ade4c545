"""Cells as people write them → dates, rates, kinds. ``Wrong`` where nothing certain can be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people.errors import BadFact
from people.imports.instants import Wrong
from people.imports.staff.fields import words_of
from people.models import ContractStatus, PlaceKind
from people.texts import plain, tidy

FIRST_YEAR, LAST_YEAR = 1930, 2150
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
# the time of a day does not move the day; in UTC it could, but at midnight
_CLOCK = (
    r"(?:[ T]0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})|[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?"
)
_PARTS = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _CLOCK)
_COMPACT = re.compile(r"(19|20|21)(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"-?(?:0|[1-9]\d{0,5})(?:[.,]0+)?")
_WORDS = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,? +)?(\d{1,2})(?:er|st|nd|rd|th)?[ \-/.]*([^\W\d_]{3,9})\.?[ \-/,]*(\d{4}|(?<=[ \-/])\d{2})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.IGNORECASE)
_NEVER = re.compile(r"31[/.\-]12[/.\-](?:9999|2999)|(?:9999|2999)[/.\-]?12[/.\-]?31(?:[ T][\d:.]+)?|2958465(?:[.,]0+)?")
MONTHS = (
    "janvier january januari", "fevrier february februari", "mars march marz maerz maart mrt", "avril april",
    "mai may mei", "juin june juni", "juillet july juli", "aout august augustus", "septembre september",
    "octobre october oktober", "novembre november", "decembre december dezember",
)  # fmt: skip
STATUSES = {alias: status for status, aliases in {
    ContractStatus.PERMANENT: ("permanent", "cdi", "titulaire", "indetermine", "duree indeterminee",
                               "permanente", "open ended", "regular", "unbefristet", "onbepaalde duur",
                               "contrat a duree indeterminee"),
    ContractStatus.FIXED_TERM: ("fixed term", "cdd", "determine", "duree determinee", "temporary",
                                "contrat a duree determinee", "fixed", "befristet", "bepaalde duur"),
    ContractStatus.APPRENTICE: ("apprentice", "apprenti", "apprentie", "alternance", "alternant", "alternante",
                                "apprentissage", "contrat d apprentissage", "professionnalisation",
                                "contrat de professionnalisation", "auszubildende", "auszubildender", "lehrling"),
    ContractStatus.INTERN: ("intern", "stage", "stagiaire", "internship", "convention de stage", "stages",
                            "praktikant", "praktikantin"),
    ContractStatus.AGENCY: ("agency", "agency worker", "interim", "interimaire", "temp", "ctt", "travail temporaire",
                            "leiharbeit", "uitzendkracht"),
}.items() for alias in aliases}  # fmt: skip
PLACES = {alias: kind for kind, aliases in {
    PlaceKind.HOME: ("home", "domicile", "residence principale", "maison"),
    PlaceKind.SECOND_HOME: ("second home", "residence secondaire"),
    PlaceKind.COWORKING: ("coworking", "coworking space", "espace de coworking", "tiers lieu"),
    PlaceKind.OTHER: ("other", "another place", "autre", "autre lieu"),
}.items() for alias in aliases}  # fmt: skip
YES, NO = (
    ("1", "oui", "o", "yes", "y", "true", "vrai", "x", "ja", "j", "wahr"),
    ("0", "non", "n", "no", "false", "faux", "nein", "nee", "falsch"),
)
LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "fra": "fr", "en": "en", "anglais": "en", "english": "en",
             "eng": "en"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a file writes its dates: which of day and month comes first ("" where no value tells), and its first day."""

    order: str = ""
    since_1904: bool = False

    def read(self, field: str, text: str) -> date:
        """The day that a cell names. ``Wrong`` for what is none, and for 02/03/2026 while nothing tells the order."""
        if found := _ISO.fullmatch(text):
            return _real(field, text, int(found[1]), int(found[3]), int(found[4]))
        if found := _PARTS.fullmatch(text):
            return self._by_order(field, text, int(found[1]), int(found[3]), _year(found[4]), found[2])
        if found := _COMPACT.fullmatch(text):
            return _real(field, text, int(found[1] + found[2]), int(found[3]), int(found[4]))
        if _SERIAL.fullmatch(text):
            return self._counted(field, text, int(float(text.replace(",", "."))))
        if (found := _WORDS.fullmatch(text)) and (month := _month(found[2])):
            return _real(field, text, _year(found[3]), month, int(found[1]))
        if (found := _MONTH_FIRST.fullmatch(text)) and (month := _month(found[1])):
            return _real(field, text, int(found[3]), month, int(found[2]))
        sentence = _("“%(value)s” is not a date. Write it as 2026-03-31.")
        raise Wrong(field, text, sentence % {"value": text[:40]})

    def _by_order(self, field: str, text: str, first: int, second: int, year: int, mark: str) -> date:
        order = self.order or (DAY_FIRST if mark == "." or first == second or first > 12 else "")
        if not order and second <= 12:
            sentence = _("“%(value)s” may be read in two ways. Say with the columns whether day or month comes first.")
            raise Wrong(field, text, sentence % {"value": text[:40]})
        day, month = (first, second) if order == DAY_FIRST else (second, first)
        return _real(field, text, year, month, day)

    def _counted(self, field: str, text: str, days: int) -> date:
        """A day as Excel counts: from 1900 (where it knows a 29 February that was none) or from 1904."""
        if days < 0 or (days == 60 and not self.since_1904):
            sentence = _("%(value)s counts a day that no calendar has. Format the cell as a date.")
            raise Wrong(field, text, sentence % {"value": text[:40]})
        start = date(1904, 1, 1) if self.since_1904 else date(1899, 12, 31 if days < 60 else 30)
        found = start + timedelta(days=days)
        return _real(field, text, found.year, found.month, found.day)


def order_of(values: Iterable[str]) -> str:
    """Which of day and month comes first in these cells: what most of those that can be told say; "" for none."""
    firsts = seconds = 0
    for value in values:
        if found := _PARTS.fullmatch(value):
            firsts += int(found[1]) > 12 >= int(found[3])
            seconds += int(found[3]) > 12 >= int(found[1])
    if not firsts and not seconds:
        return ""
    return DAY_FIRST if firsts >= seconds else MONTH_FIRST


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 50 else 1900)


def _month(word: str) -> int:
    """The number of a month by its name or the first letters of it; 0 where they may be those of two."""
    told = plain(word)
    found = [number for number, names in enumerate(MONTHS, 1) if any(name.startswith(told) for name in names.split())]
    return found[0] if len(found) == 1 else 0


def _real(field: str, text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(field, text, _("The year %(year)s is out of reach. Check it.") % {"year": year})
    try:
        return date(year, month, day)
    except ValueError as impossible:
        sentence = _("%(value)s does not exist in the calendar. Check the day and the month.")
        raise Wrong(field, text, sentence % {"value": text[:40]}) from impossible


def no_date(text: str) -> bool:
    """Whether a cell means that there is no day, as programs write it: 00/00/0000, 01/01/0001, 30/12/1899."""
    return bool(_NO_DATE.fullmatch(text))


_NO_DATE = re.compile(
    r"(?:0?0[/.\-]0?0[/.\-]0{2,4}|0{4}[/.\-]0?0[/.\-]0?0|0{8}|0?1[/.\-]0?1[/.\-]0001|0001-01-01"
    r"|30[/.\-]12[/.\-]1899|12/30/1899|1899-12-30)(?:[ T][\d:.]+)?"
)


def open_ended(text: str) -> bool:
    """Whether a cell means “no last day”, as payroll writes it: 31/12/9999."""
    return bool(_NEVER.fullmatch(text))


def read_choice(field: str, text: str, known: dict[str, str]) -> str:
    """A word of a short list, alone or among others that say no other of them: “01 - CDI temps partiel”."""
    found = {known[told]} if (told := plain(text)) in known else _said(told, known)
    if len(found) != 1:
        sentence = _("“%(value)s” is not known as %(field)s. Known: %(known)s.")
        words = {"value": text[:40], "field": words_of(field), "known": ", ".join(dict.fromkeys(known.values()))}
        raise Wrong(field, text, sentence % words)
    return next(iter(found))


def _said(told: str, known: dict[str, str]) -> set[str]:
    """What the words of a text name; nothing where one of them denies it. C.D.I. is CDI."""
    if set(told.split()) & DENIALS:
        return set()
    spelt = f" {told} {_SPELT.sub(lambda letters: letters[0].replace(' ', ''), told)} "
    return {value for alias, value in known.items() if len(alias) > 2 and f" {alias} " in spelt}


DENIALS = frozenset(("non", "pas", "hors", "not", "no", "sans", "without", "ex", "ancien", "kein", "nicht", "niet"))
_SPELT = re.compile(r"\b(?:[a-z] )+[a-z]\b")


def read_yes(field: str, text: str) -> bool:
    told = plain(text)
    if told in YES or told in NO:
        return told in YES
    raise Wrong(field, text, _("“%(value)s” is neither yes nor no. Write one of them.") % {"value": text[:40]})


def read_number(text: str) -> str:
    """A staff number as it is written; 123.0 is 123. ``Wrong`` for 1,23E+11, of which the last digits are lost."""
    if _EXPONENT.fullmatch(text):
        sentence = _("%(value)s: this number was shortened by a spreadsheet. Format the column as text and fill it in.")
        raise Wrong("number", text, sentence % {"value": text[:40]})
    found = tidy_field("number", text, 40)
    return found.partition(".")[0] if _WHOLE.fullmatch(found) else found


_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_WHOLE = re.compile(r"\d+\.0+")


def tidy_field(name: str, text: str, longest: int) -> str:
    """A text on one line. ``Wrong`` where it is too long."""
    try:
        return tidy(text, name, longest)
    except BadFact as bad:
        raise Wrong(name, text, bad.sentence) from bad


def read_address(text: str) -> str:
    """A mail address in small letters; out of “Léa Martin <lea@example.org>” and mailto:, too."""
    address = found[1] if (found := _ADDRESS.fullmatch(text)) else text
    try:
        validate_email(address)
    except ValidationError as wrong:
        sentence = _("“%(value)s” is no mail address. Write one such as camille.moreau@example.org.")
        raise Wrong("email", text, sentence % {"value": text[:60]}) from wrong
    return address.lower()


_ADDRESS = re.compile(r"(?:[^<>@]*<|mailto:)([^<>\s]+)>?", re.IGNORECASE)
_CIVILITY = re.compile(r"(?:m|mr|mrs|ms|mme|mlle|dr|monsieur|madame|mademoiselle)\.?\s+", re.IGNORECASE)
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "van", "von", "der", "den", "di", "da", "el", "al", "ben"))


def split_name(text: str) -> tuple[str, str]:
    """First and last name of a full one: "MOREAU Camille" and "Camille MOREAU" by capitals, "Moreau, Camille" by the
    comma. ``Wrong`` where nothing tells them apart."""
    told = _CIVILITY.sub("", text, count=1) if _CIVILITY.match(text) else text
    if "," in told:
        last, _comma, first = told.partition(",")
        return first.strip(), last.strip()
    words = told.split()
    loud = [_is_loud(word) for word in words]
    for at in range(len(words) - 2, -1, -1):  # Jean de LA TOUR
        loud[at] = loud[at] or (loud[at + 1] and words[at].lower() in _PARTICLES)
    first = [word for word, is_loud in zip(words, loud, strict=True) if not is_loud]
    last = [word for word, is_loud in zip(words, loud, strict=True) if is_loud]
    if first and last:
        return " ".join(first), " ".join(last)
    if len(words) == 2:
        raise Wrong("full_name", text, _("Nothing tells first and last name apart. Give them in two columns."))
    raise Wrong("full_name", text, _("“%(value)s” is no full name. Give first and last name in two columns.") % {
        "value": text[:60]})  # fmt: skip


def _is_loud(word: str) -> bool:
    """Two capitals side by side, as in O’BRIEN and d’ORMESSON; not in J.-P. or 小明."""
    letters = word.replace("'", "").replace("’", "")
    return any(one.isupper() and other.isupper() for one, other in pairwise(letters))
