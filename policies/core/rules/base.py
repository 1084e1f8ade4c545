"""What a rule is made of, and the three answers it may give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..decision import Verdict
from ..schema import Param
from ..situation import Situation
from ..text import Text, both

ALLOWED, NEEDS_APPROVAL, REFUSED = Verdict.ALLOWED, Verdict.NEEDS_APPROVAL, Verdict.REFUSED

# What a rule answers: verdict, sentence, its data, and the sentence of the remedy ("" when there is none).
# None when the rule has nothing to say of this request. Plain tuples: a year is greyed by thousands of them.
Answer = tuple[Verdict, str, Mapping[str, object], str] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of executable clause.

    ``judge`` is None for a clause that no request meets (an allowance). ``always``: it holds even where the document
    does not write it, since it says what a telework day is. ``one_of``: exactly one of these parameters is needed.
    ``readings``: choices the document must make when it has this rule; as (reading, parameter, value), only then.
    ``consult`` answers a question put outside any request (a date due, an amount, a bound), whose keys are ``asks``.
    ``several``: it may be written more than once for the same people, each clause under its own name. ``lifts``: is
    the clause at work in this situation, so that what it names under ``lifts`` and ``replace`` does not hold? It says
    so with the sentence ``lifted``. ``piles_up``: several of them only refuse more, so that two
    never contradict each other. ``prepare`` may raise ``Wrong`` for parameters that do not go together.
    ``tells`` are the numbers, dates and words of its answers that no sentence names, for cases to expect.
    ``example`` is the TOML shown in the reference, ``asked`` the TOML of an ``ask`` there.
    """

    kind: str
    title: Text
    question: Text
    sentences: Mapping[str, Text]
    judge: Callable[[Situation, Mapping[str, object]], Answer] | None = None
    consult: Callable[[Mapping[str, object], Mapping[str, object], Situation], Answer] | None = None
    asks: Mapping[str, Param] = field(default_factory=dict)
    lifts: Callable[[Situation, Mapping[str, object]], bool] | None = None
    params: Mapping[str, Param] = field(default_factory=dict)
    prepare: Callable[[dict], dict] = dict
    one_of: tuple[str, ...] = ()
    readings: tuple[str | tuple[str, str, str], ...] = ()
    always: bool = False
    piles_up: bool = False
    several: bool = False
    tells: tuple[str, ...] = ()
    example: str = ""
    asked: str = ""


def say(fr: str, en: str) -> Text:
    """A sentence template in both languages; see ``wording`` for its fields."""
    return both(fr=fr, en=en)
