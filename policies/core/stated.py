"""The readings that a document states: for all of it, or for one rule."""

from collections.abc import Mapping

from .document import Reading
from .faults import unknown
from .positions import Path
from .readings import READINGS
from .schema import Param, Reader
from .text import Text, both

CHOSEN_BY = ("text", "ours")
_READING = {
    "choice": Param("string", both(fr="la réponse choisie, ou open", en="the answer chosen, or open")),
    "by": Param("choice", both(fr="text ou ours : qui a choisi", en="text or ours: who chose"), choices=CHOSEN_BY),
    "article": Param("string", both(fr="l’article lu", en="the article read"), required=False, default=""),
    "why": Param("words", both(fr="pourquoi ce choix", en="why this choice"), required=False, default=Text("")),
}


def stated_readings(reader: Reader, raw: object, path: Path, articles: Mapping[str, object]) -> dict[str, Reading]:
    """The readings of a table ``[readings]``, faults gathered."""
    readings = {}
    for name, table in reader.table(raw, path).items():
        at = (*path, name)
        if name not in READINGS:
            reader.fault(at, unknown(name, READINGS))
            continue
        reading = _reading(reader, reader.table(table, at), at)
        if reading:
            readings[name] = reading
            check_article(reader, at, reading.article, articles)
    return readings


def _reading(reader: Reader, table: Mapping[str, object], path: Path) -> Reading | None:
    choices = READINGS[path[-1]].choices
    choice = table.get("choice")
    if isinstance(choice, str) and choice not in choices and choice != "open":
        reader.fault((*path, "choice"), unknown(choice, [*choices, "open"]))
        return None
    own = choices[choice].params if isinstance(choice, str) and choice in choices else {}
    found = reader.params(table, path, {**_READING, **own})
    params = {key: found[key] for key in own}
    return Reading(
        path[-1], str(found["choice"]), str(found["by"]), article_number(found["article"]), found["why"], params
    )


def article_number(article: object) -> str:
    """An article's number; a rule whose text has none says "-"."""
    return "" if article in (None, "-") else str(article)


def check_article(reader: Reader, path: Path, article: object, articles: Mapping[str, object]) -> None:
    if article and article != "-" and article not in articles:
        reader.fault((*path, "article"), unknown(str(article), [*articles, "-"]))
