"""Words about health in columns that nobody reads: such a column is emptied before anything of the file is kept."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from people.imports.refused import HEALTH, holds
from people.imports.staff import Head
from people.imports.tables import Table
from people.texts import folded

Emptied = list[list]  # table, line and title


def empty_columns(tables: Sequence[Table], heads: Sequence[Head], meaning: Callable[[Head], Sequence[str]]) -> Emptied:
    """Empty the columns without a meaning that hold such a word; ``meaning``: a field for each title, "" for none.

    Names of posts and teams may hold one (“Pôle santé”), so columns that are read are left to their readers.
    """
    found: Emptied = []
    for number, (table, head) in enumerate(zip(tables, heads, strict=True)):
        read = {at for at, name in enumerate(meaning(head)) if name}
        first: dict[int, int] = {}
        for line, cells in table.rows[head.place + 1 :]:
            for at, cell in enumerate(cells):
                if at not in read and at not in first and cell and _tells_health(cell):
                    first[at] = line
        for _line, cells in table.rows[head.place + 1 :] if first else ():
            for at in first.keys() & set(range(len(cells))):
                cells[at] = ""
        titles = dict(enumerate(head.titles))
        found += [[number, line, titles.get(at) or str(at + 1)] for at, line in sorted(first.items())]
    return found


def told_emptied(line: int, title: str) -> str:
    """A column that was emptied, in words; never what it held."""
    sentence = _(
        "Column “%(title)s”: words about health (line %(line)s first). Nothing of this column was kept. "
        "If it names teams or posts, give it such a title and choose the file again."
    )
    return sentence % {"title": title[:40], "line": line}


@lru_cache(maxsize=4096)
def _tells_health(cell: str) -> bool:
    """Letters first, quickly: a file has half a million cells, and few of them come near such a word."""
    if "@" in cell and " " not in cell:
        return False  # an address at a house of health
    return bool(_NEAR.search(_APART.sub("", folded(cell)))) and holds(cell, HEALTH)


_APART = re.compile(r"[^a-z0-9]")
_NEAR = re.compile("|".join(word.removesuffix("*").replace(" ", "") for word in HEALTH))
