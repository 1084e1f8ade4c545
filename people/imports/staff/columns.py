"""The head of a table: where it stands, what its columns are taken to mean, what may not be there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable
from people.imports.lines import FARTHEST_HEAD, Line, Lines
from people.imports.passed import entries_of
from people.imports.refused import holds, refused_titles
from people.imports.social_numbers import refuse_social_numbers
from people.imports.staff.fields import KINDS, names_of, words_of
from people.imports.tables import Table
from people.models import ImportKind
from people.texts import plain

NEEDED = {
    ImportKind.PEOPLE: ("number", "email"),
    ImportKind.CONTRACTS: ("number", "email", "full_name", "last_name"),
    ImportKind.TEAMS: ("team",),
    ImportKind.MANAGERS: ("team",),
    ImportKind.PLACES: ("number", "email", "full_name", "last_name"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The line that names the columns: its place among the rows, its number in the file, its titles."""

    place: int
    line: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody said of a file: a field (or "") for each column, and how to take what it leaves open.

    ``order`` of day and month; ``as_of``, the day from which changes without a day of their own count; ``whole``:
    those not in the file have left; ``pattern``: name of the working days of those whose line names none.
    """

    columns: tuple[str, ...]
    as_of: date
    order: str = ""
    create_teams: bool = False
    whole: bool = False
    invite: bool = False
    pattern: str = ""


def heads(tables: Sequence[Table], kind: str) -> list[Head]:
    """The head of each table."""
    return [_head_of(table, kind) for table in tables]


def _head_of(table: Table, kind: str) -> Head:
    """The row that names most fields among the first ones; where none does, the first with two cells."""
    first = table.rows[:FARTHEST_HEAD]
    scores = [sum(bool(name) for name in columns_of(cells, kind)) for _line, cells in first]
    place = scores.index(max(scores)) if any(scores) else _first_wide(first)
    line, cells = table.rows[place]
    return Head(place, line, tuple(" ".join(cell.split()) for cell in cells))


def _first_wide(rows: Sequence[tuple[int, list[str]]]) -> int:
    return next((at for at, (_line, cells) in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) > 1), 0)


def columns_of(titles: Sequence[str], kind: str) -> list[str]:
    """A field for each title by its name, "" where none is known; a field is given once, to its likeliest title.

    FirstName, first_name and first-name are one; a “Name” beside a column of first names holds last names.
    """
    found = [""] * len(titles)
    ranks: dict[str, tuple[int, int]] = {}
    for at, title in enumerate(titles):
        told = plain(title)
        for name in KINDS[kind]:
            names = _joined(name)
            if (joined := told.replace(" ", "")) and joined in names:
                rank = (names.index(joined), at)
                if not found[at] and rank < ranks.get(name, (999, 0)):
                    if name in ranks:
                        found[ranks[name][1]] = ""
                    found[at], ranks[name] = name, rank
    if "first_name" in ranks and "last_name" not in ranks and "full_name" in ranks:
        found[ranks["full_name"][1]] = "last_name"
    return found


@cache
def _joined(name: str) -> tuple[str, ...]:
    return tuple(alias.replace(" ", "") for alias in names_of(name))


def titles_key(titles: Sequence[str]) -> str:
    """The same for two files with the same titles in the same order."""
    return hashlib.sha256("\n".join(map(plain, titles)).encode()).hexdigest()


def refuse_columns(tables: Sequence[Table], kind: str) -> None:
    """``Unreadable`` where a file holds roles, social security numbers, health, or a title twice. Nothing is kept."""
    for table in tables:
        if not table.rows:
            continue
        head = _head_of(table, kind)
        _refuse_titles(head, kind)
        for _line, cells in table.rows[: head.place]:
            if sum(bool(cell.strip()) for cell in cells) > 1:  # titles of groups of columns; a heading stands alone
                _refuse_words(cells, kind)
        refuse_social_numbers(table.rows, head.titles)


def _refuse_titles(head: Head, kind: str) -> None:
    seen: dict[str, str] = {}
    for title in head.titles:
        told = plain(title)
        if told and told in seen:
            sentence = _("Line %(line)s: the column “%(title)s” stands there twice. Keep one of them.")
            raise Unreadable(sentence % {"line": head.line, "title": title[:40]}, value=title)
        seen[told] = title
    _refuse_words(head.titles, kind)


def _refuse_words(titles: Sequence[str], kind: str) -> None:
    """All of them at once, so that a file is corrected once."""
    told = []
    for words, why in refused_titles(kind):
        found = [title[:40] for title in titles if holds(title, words)]
        if found:
            told.append(_("“%(titles)s”: %(why)s") % {"titles": "”, “".join(found[:8]), "why": why})
    if told:
        sentence = _("Column %(told)s Take it out and choose the file again; nothing of it was kept.")
        raise Unreadable(sentence % {"told": " ".join(told)})


def check_choices(columns: Sequence[str], head: Head, kind: str) -> None:
    """``Unreadable`` for a field that is none, that is given twice, or without which no line can be read."""
    if len(columns) != len(head.titles):
        raise Unreadable(_("The columns are not those of the file. Choose them again."), field="columns")
    seen: dict[str, str] = {}
    for name, title in zip(columns, head.titles, strict=True):
        if name and name not in KINDS[kind]:
            sentence = _("“%(value)s” is no field of such a file. Choose one of the list.")
            raise Unreadable(sentence % {"value": name[:40]}, field="columns", value=name)
        if name and name in seen:
            sentence = _("The columns “%(one)s” and “%(other)s” mean the same (%(field)s). Keep one of them.")
            words = {"one": seen[name][:40], "other": title[:40], "field": words_of(name)}
            raise Unreadable(sentence % words, field="columns", value=title)
        if name:
            seen[name] = title
    if not any(name in seen for name in NEEDED[kind]):
        sentence = _("No column says who or what a line is about. Choose one for: %(fields)s.")
        words = {"fields": ", ".join(map(words_of, NEEDED[kind]))}
        raise Unreadable(sentence % words, field="columns")


def lines_under(table: Table, head: Head, columns: Sequence[str]) -> Lines:
    """The lines below the head, by field. ``Unreadable`` where there is none."""
    named = [(at, name) for at, name in enumerate(columns) if name]
    entries, passed = entries_of(table.rows[head.place + 1 :], head.titles, columns)
    if not entries:
        raise Unreadable(_("The file has column names but no entry. Add a line for each entry."))
    found = Lines(
        Line(number, {name: _tidied(cells[at]) if at < len(cells) else "" for at, name in named})
        for number, cells in entries
    )
    found.passed = passed
    return found


def _tidied(cell: str) -> str:
    """A cell on one line; "-" and "  /  /  " are how exports write nothing."""
    told = " ".join(cell.split())
    return "" if not told.strip("-–—_./ ") else told
