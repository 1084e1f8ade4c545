"""The lines of a file under the names that the product knows, whatever the file calls its columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable
from people.imports.passed import Passed, entries_of
from people.imports.tables import MOST_LINES
from people.texts import folded, plain

# What a column may be called, in French and English; accents, case and punctuation do not matter.
NAMES = {
    "person": ("person", "personne", "matricule", "number", "numero", "employee", "salarie", "nom", "name", "email",
               "mail", "agent"),
    "date": ("date", "jour"),
    "start": ("start", "debut", "begin", "heure debut", "start time", "heure de debut", "de"),
    "end": ("end", "fin", "heure fin", "end time", "heure de fin", "a"),
    "site": ("site", "lieu", "place", "location"),
    "skill": ("skill", "competence", "poste", "post"),
    "first_day": ("first day", "premier jour", "du", "from"),
    "last_day": ("last day", "dernier jour", "au", "until", "to"),
    "kind": ("kind", "type", "nature", "motif"),
    "breaks": ("breaks", "break", "pauses", "pause"),
    "halves": ("halves", "half", "moitie", "demi journee", "part"),
}  # fmt: skip
KNOWN = {alias: name for name, aliases in NAMES.items() for alias in aliases}
FARTHEST_HEAD = 20  # a title, a date and a logo stand above; nothing more
ON_CALL = ("on call", "oncall", "astreinte", "standby")  # kinds of a line, as ``plain`` writes them


@dataclass(slots=True)
class Line:
    """One line: its number in the file and its cells by the product's name."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


class Lines(list[Line]):
    """Entries in the order of their file, and what of it was passed over."""

    passed: Sequence[Passed] = ()


def lines_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Lines:
    """Lines below the row that names the columns. Columns of no known name are passed over."""
    rows = [row for row in rows if any(cell.strip() for cell in row[1])]
    if not rows:
        raise Unreadable(_("The file is empty. It needs a line of column names, then a line for each entry."))
    place = _place_of_head(rows)
    number, head = rows[place]
    columns = _columns(head, number)
    if len(rows) - place - 1 > MOST_LINES:
        sentence = _("The file has %(count)s lines; %(most)s are possible at once. Split it.")
        raise Unreadable(sentence % {"count": len(rows) - place - 1, "most": MOST_LINES})
    fields = {at: name for name, at in columns.items()}
    entries, passed = entries_of(rows[place + 1 :], head, [fields.get(at, "") for at in range(len(head))])
    if not entries:
        raise Unreadable(_("The file has column names but no entry. Add a line for each entry."))
    found = Lines(Line(at, {name: _cell(cells, col) for name, col in columns.items()}) for at, cells in entries)
    found.passed = passed
    return found


def _place_of_head(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The first row that names the person and something else: a title and a date may stand above."""
    for at, (_number, cells) in enumerate(rows[:FARTHEST_HEAD]):
        named = {KNOWN.get(plain(cell)) for cell in cells} - {None}
        if "person" in named and len(named) > 1:
            return at
    return 0


def _columns(head: Sequence[str], number: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, title in enumerate(head):
        name = KNOWN.get(plain(title))
        if name is None:
            continue
        if name in found:
            sentence = _("Line %(line)s: the columns “%(one)s” and “%(other)s” mean the same. Keep one of them.")
            words = {"line": number, "one": head[found[name]][:40], "other": title[:40]}
            raise Unreadable(sentence % words, field=name, value=title)
        found[name] = at
    if "person" not in found:
        sentence = _("Line %(line)s: no column names the person. Call it “person”; found: %(found)s.")
        told = ", ".join(title[:30] for title in head if title.strip())[:200] or "–"
        raise Unreadable(sentence % {"line": number, "found": told}, field="person")
    return found


def _cell(cells: Sequence[str], at: int) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def likened(text: str) -> str:
    """The name of a team, site or entity as people vary it: case, accents, spaces, dashes. 技术 and C++ stay apart."""
    return " ".join(
        "".join(char if char.isalnum() or char in "+#" else " " for char in folded(text).replace("œ", "oe")).split()
    )
