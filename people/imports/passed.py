"""Lines below the head that are no entries: the head again, totals, remarks, empty ones. Passed over, and said so."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.imports.refused import HEALTH, holds
from people.imports.tables import Row
from people.texts import plain

# What a line of totals begins with, in the languages that payroll speaks here.
TOTALS = frozenset((
    "total", "totals", "totaux", "totale", "totaal", "somme", "sommes", "sum", "summe", "gesamt", "gesamtsumme",
    "insgesamt", "zwischensumme", "subtotal", "subtotals", "moyenne", "average", "durchschnitt", "mittelwert",
    "effectif", "effectifs", "headcount", "nombre", "nb", "anzahl", "count",
))  # fmt: skip
BESIDE = TOTALS | {"general", "generale", "generaux", "grand", "sous", "de", "des", "salaries", "employees", "rows",
                   "lignes", "personnes", "people", "mitarbeiter", "overall"}  # fmt: skip
NAMES = ("last_name", "first_name", "full_name", "person", "manager", "deputy")  # a name may begin as a total does
SPELT = (*NAMES, "team", "label", "entity", "site", "job", "job_title")  # words that people choose themselves
WHO = frozenset(("number", "email", "full_name", "last_name", "person"))
Passed = tuple[int, str]


def entries_of(rows: Sequence[Row], titles: Sequence[str], fields: Sequence[str]) -> tuple[list[Row], list[Passed]]:
    """The rows that are entries, and why the others are none: line (0: several) and sentence.

    ``rows`` are those below the head, ``fields`` what each column means, "" for one that is not read.
    """
    entries, passed = [], []
    for number, cells in rows:
        why = _why_none({at: cell for at, cell in enumerate(cells) if cell.strip()}, titles, fields)
        if why:
            passed.append((number, why))
        elif any(cell.strip() for cell in cells):
            entries.append((number, cells))
    held = [number for number, cells in rows if any(cell.strip() for cell in cells)]
    if empty := sum(after - before - 1 for before, after in pairwise(held)):
        sentence = ngettext(
            "%(count)s empty line between the others was passed over.",
            "%(count)s empty lines between the others were passed over.",
            empty,
        )
        passed.append((0, sentence % {"count": empty}))
    return entries, passed


def _why_none(filled: Mapping[int, str], titles: Sequence[str], fields: Sequence[str]) -> str:
    """Why a line is no entry; "" for one that is, or that is empty."""
    if not filled:
        return ""
    if _names_columns(filled, titles):
        return _("The names of the columns again; passed over.")
    if not any(char.isalnum() for cell in filled.values() for char in cell):
        return _("A line of signs; passed over.")
    first = next(iter(filled))
    named = {fields[at]: cell for at, cell in filled.items() if at < len(fields) and fields[at] and at != first}
    field = fields[first] if first < len(fields) else ""
    if _is_total(filled[first], field, named, fields):
        return _("Totals (“%(value)s”), nobody’s line; passed over.") % {"value": filled[first].strip()[:40]}
    if len(filled) == 1 and len(titles) > 2 and _is_remark(filled[first], field):
        told = "" if holds(filled[first], HEALTH) else filled[first].strip()[:40]
        return _("A remark (“%(value)s”), no entry; passed over.") % {"value": told or "…"}
    if not named and not field:
        return _("Nothing in the columns that are read; passed over.")
    return ""


def _names_columns(filled: Mapping[int, str], titles: Sequence[str]) -> bool:
    again = all(at < len(titles) and plain(cell) == plain(titles[at]) for at, cell in filled.items())
    return again and len(filled) >= min(2, sum(bool(title) for title in titles))


def _is_total(text: str, field: str, named: Mapping[str, str], fields: Sequence[str]) -> bool:
    """Whether a line begins as totals do, and nothing else in it says whose it would be."""
    words = plain(text).split()
    begins = bool(words) and (words[0] in TOTALS or (words[0] in BESIDE and len(words) > 1 and words[1] in TOTALS))
    if not begins or (field in SPELT and not all(word in BESIDE or word.isdigit() for word in words)):
        return False
    return not _says_whose(named, field, fields)


def _says_whose(named: Mapping[str, str], field: str, fields: Sequence[str]) -> bool:
    """Whether the other cells of a line name somebody: totals of people stand in columns of numbers and names, too."""
    if not WHO & set(fields):
        return "team" in named
    worded = {name for name, cell in named.items() if not any(map(str.isdigit, cell))}
    if "@" in named.get("email", "") or "person" in named or "full_name" in worded:
        return True
    if "first_name" in worded and (field == "last_name" or "last_name" in worded):
        return True
    return "number" in named and not (field in NAMES and "first_name" in fields)


def _is_remark(text: str, field: str) -> bool:
    """Whether a cell alone on its line is one: names hold no digit and no colon, numbers and addresses no spaces."""
    words = text.split()
    if field in ("number", "email"):
        return ":" in text or len(words) > 2 or plain(text).startswith("page ")
    if field in SPELT:
        return field in NAMES and len(words) > 1 and any(char.isdigit() or char == ":" for char in text)
    return len(words) > 1
