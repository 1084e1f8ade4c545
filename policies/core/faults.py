"""What can be wrong with an agreement, said with place, value and remedy."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from .text import Text, both
from .wording import full_date


class Fault(NamedTuple):
    """One fault of a document: line (from 1; 0 when it is the whole document), key, message in both languages."""

    line: int
    key: str
    message: Text

    def sentence(self, name: str = "", lang: str = "en") -> str:
        """``document.toml, line 12, rules[2].limit: …``."""
        place = [name, f"{'ligne' if lang == 'fr' else 'line'} {self.line}" if self.line else "", self.key]
        colon = "\u202f: " if lang == "fr" else ": "
        where = ", ".join(filter(None, place))
        return where + colon + self.message.lang(lang) if where else self.message.lang(lang)


class AgreementError(ValueError):
    """A document that cannot be read as an agreement; ``faults`` lists every fault found, ``name`` the document."""

    def __init__(self, faults: Iterable[Fault], name: str = "") -> None:
        self.faults = tuple(faults)
        self.name = name
        super().__init__("\n".join(fault.sentence(name) for fault in self.faults))

    def sentences(self, lang: str = "en") -> list[str]:
        return [fault.sentence(self.name, lang) for fault in self.faults]

    def told(self, lang: str) -> list[str]:
        """The sentences where the page has named the document already."""
        return [fault.sentence("", lang) for fault in self.faults]


SETTING = "settings."


class NoValueInForce(LookupError):
    """The agreement does not say what is asked on that day: no value in force, or a reading left open."""

    def __init__(
        self, *, document: str, article: str, what: str, day: date | None, choices: Iterable[str] = ()
    ) -> None:
        self.document, self.article, self.what, self.day = document, article, what, day
        self.choices = tuple(choices)
        super().__init__(self.message)

    @property
    def message(self) -> Text:
        if self.what.startswith(SETTING):
            return self._left_to_the_team()
        return both(
            fr=f"« {self.document} »{self._article('article')} ne dit pas « {self.what} »{self._on('fr', ' le ')}."
            f"{self._remedy('fr')}",
            en=f"“{self.document}”{self._article('article')} does not say “{self.what}”{self._on('en', ' on ')}."
            f"{self._remedy('en')}",
        )

    def _left_to_the_team(self) -> Text:
        setting = self.what.removeprefix(SETTING).replace("_", " ")
        return both(
            fr=f"« {self.document} »{self._article('article')} laisse « {setting} » au choix de l’équipe, et rien n’est"
            f" fixé{self._on('fr', ' pour le ')}. Le responsable le fixe dans la charte de l’équipe.",
            en=f"“{self.document}”{self._article('article')} leaves “{setting}” to the team, and nothing is fixed"
            f"{self._on('en', ' for ')}. The manager fixes it in the team’s charter.",
        )

    def _remedy(self, lang: str) -> str:
        names = ", ".join(self.choices)
        if lang == "fr":
            return (
                f" Choisissez parmi {names}." if names else " Complétez l’accord par une valeur datée ou une lecture."
            )
        return f" Choose among {names}." if names else " Complete the agreement with a dated value or a reading."

    def _article(self, word: str) -> str:
        return f", {word} {self.article}," if self.article else ""

    def _on(self, lang: str, preposition: str) -> str:
        return preposition + full_date(self.day, lang) if self.day else ""


def maybe(word: str, known: Iterable[str]) -> tuple[str, str]:
    """« maybe … » in French and English when a known word is close; else the known words."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f" Peut-être « {close[0]} » ?", f" Maybe “{close[0]}”?"
    return f" Possible : {', '.join(names)}.", f" Possible: {', '.join(names)}."


def unknown(word: str, known: Iterable[str]) -> Text:
    """The message for a key or word that the language does not have."""
    word = str(word)[:60]
    fr, en = maybe(word, known)
    return both(fr=f"« {word} » n’est pas connu.{fr}", en=f"“{word}” is not known.{en}")
