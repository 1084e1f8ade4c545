"""The choices of a reading that can be tried on a draft: those that need nothing but what the draft already says."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.core.agreement import AgreementError, with_readings
from policies.core.document import Agreement
from policies.core.questions import Choice
from policies.core.readings import READINGS
from policies.core.text import Text

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Tried:
    """One choice and the text under it; ``params`` are the values it was tried with."""

    name: str
    about: Text
    params: Mapping[str, object]
    agreement: Agreement


def tried(agreement: Agreement, reading: str) -> list[Tried]:
    """Every choice of a reading, the one the draft makes first; those that need numbers of their own left out."""
    stated = _stated(agreement, reading)
    found = []
    for name, choice in READINGS[reading].choices.items():
        params = _params(choice, stated)
        if params is None:
            continue
        try:
            under = with_readings(agreement, {reading: {"choice": name, **params}})
        except AgreementError:
            continue
        found.append(Tried(name, choice.about, params, under))
    return sorted(found, key=lambda one: one.name != stated.get("choice"))


def undecided(agreement: Agreement) -> list[str]:
    """The readings of a draft that have several choices, the open ones first."""
    named = dict.fromkeys([*agreement.readings, *(name for rule in agreement.rules for name in rule.readings)])
    several = [name for name in named if name in READINGS and len(READINGS[name].choices) > 1]
    return sorted(several, key=lambda name: _stated(agreement, name).get("choice") != OPEN)


def _stated(agreement: Agreement, reading: str) -> Mapping[str, object]:
    """What the draft says of a reading, for the whole text or for the first rule that has its own."""
    tables = [agreement.raw.get("readings", {}), *(rule.get("readings", {}) for rule in agreement.raw.get("rules", []))]
    return next((table[reading] for table in tables if reading in table), {})


def _params(choice: Choice, stated: Mapping[str, object]) -> dict[str, object] | None:
    """The values a choice is tried with: the draft's own, else the first of a list; None where they are to be found."""
    found: dict[str, object] = {}
    for key, param in choice.params.items():
        if key in stated:
            found[key] = stated[key]
        elif param.type == "choice" and param.choices:
            found[key] = param.choices[0]
        elif param.required:
            return None
    return found
