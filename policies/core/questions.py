"""A question that a text may leave open, and its named answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .schema import Param
from .text import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One named answer to a question of reading, with the parameters it needs."""

    about: Text
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What is left open, and the answers that can be chosen."""

    asks: Text
    choices: Mapping[str, Choice]
