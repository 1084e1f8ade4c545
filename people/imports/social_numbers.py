"""French social security numbers (NIR), told by their shape and their key, in whatever column they stand.

Fifteen signs: sex, year, month, department, commune, order, and a key of 97 minus the rest by 97; in Corsica 2A and 2B
count as 19 and 18 (Insee, Répertoire national d'identification des personnes physiques).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from people.imports.faults import Unreadable

_SHAPE = re.compile(r"([1-478]\d{2}(?:0[1-9]|[2-4]\d|1[0-2]|5\d|[6-9]\d)(?:\d{2}|2[AB])\d{6})(\d{2})")
_BETWEEN = r"[\s.\-/_,:'’]?"
_SIGNS = re.compile(r"[\s.\-/_,:'’]")
_INSIDE = re.compile(
    rf"(?<![1-9])[1-478](?:{_BETWEEN}\d){{5}}{_BETWEEN}[\dAB](?:{_BETWEEN}\d){{8}}(?!\d)", re.IGNORECASE | re.ASCII
)
_KEYLESS = re.compile(r"[12]\d{2}(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)(?:\d{2}|2[AB])\d{6}")


def is_social_number(text: str) -> bool:
    """Whether a text holds a number with the right key, written with spaces or without, alone or among words."""
    if sum(map(str.isdigit, text)) < 14:
        return False
    return any(
        _keyed(_SIGNS.sub("", found[0]).upper()) for found in _INSIDE.finditer(unicodedata.normalize("NFKC", text))
    )


def refuse_social_numbers(rows: Sequence[tuple[int, Sequence[str]]], titles: Sequence[str]) -> None:
    """``Unreadable`` where a file holds such a number; its sentence names line and column, never the number."""
    for line, place in columns_with_social_numbers(rows):
        title = titles[place] if place < len(titles) else ""
        sentence = _(
            "Line %(line)s, column “%(title)s”: a social security number. These have no use here. "
            "Take the column out and choose the file again; nothing of it was kept."
        )
        words = {"line": line, "title": title[:40] or place + 1}
        raise Unreadable(sentence % words, field=title[:40] or "file")


def columns_with_social_numbers(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, int]]:
    """Line and place (from nought) of each cell that holds such a number; the cell itself is never told.

    Without its key a number may be another one: there a whole column must have the shape.
    """
    filled, shaped, first = Counter(), Counter(), {}
    for line, cells in rows:
        for place, cell in enumerate(cells):
            if len(cell) >= 15 and is_social_number(cell):
                yield line, place
            filled[place] += bool(cell)
            if 13 <= len(cell) <= 20 and _KEYLESS.fullmatch(_SIGNS.sub("", cell).upper()):
                shaped[place] += 1
                first.setdefault(place, line)
    for place, line in first.items():
        if 2 * shaped[place] >= filled[place] - 1:  # one is the title
            yield line, place


def _keyed(text: str) -> bool:
    found = _SHAPE.fullmatch(text)
    if not found:
        return False
    digits = found[1].replace("2A", "19").replace("2B", "18")
    return digits.isdigit() and 97 - int(digits) % 97 == int(found[2])
