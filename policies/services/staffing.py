"""Heads from calls: the inputs of the staffing helper, as they are kept with a requirement."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import time
from fractions import Fraction
from math import ceil, isfinite
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policies.coverage.staffing import BadVolume, Volume, heads_for

LENGTHS = (15, 30, 60)
DAY_MINUTES = 1440
FIELDS = ("minutes", "first", "calls", "seconds", "percent", "within", "away", "busiest")


class BadInputs(ValueError):
    """Inputs with which nothing can be computed; ``faults`` are (field, sentence)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = list(faults)
        super().__init__(self.faults[0][1])


class Heads(NamedTuple):
    """``heads`` people from ``start`` to ``end`` (00:00 at the end of the day)."""

    start: time
    end: time
    heads: int


@dataclass(frozen=True, slots=True)
class StaffingInputs:
    """Calls of a day by interval of ``minutes`` (15, 30 or 60) from the clock time ``first`` ("08:00") on.

    A call lasts ``seconds`` on average; ``percent`` of them are answered ``within`` seconds. ``away`` is the
    percentage of paid time off the phone (shrinkage), ``busiest`` the highest occupancy in percent (None: any).
    """

    calls: tuple[float, ...]
    seconds: float
    percent: float
    within: float
    minutes: int = 30
    first: str = "00:00"
    away: float = 0
    busiest: float | None = None

    def as_json(self) -> dict[str, object]:
        """What ``Requirement.staffing`` keeps; ``inputs_from`` reads it back."""
        return asdict(self) | {"calls": list(self.calls)}


def inputs_from(data: Mapping) -> StaffingInputs:
    """Inputs from their JSON form. ``BadInputs`` names every field that will not do, and computes nothing."""
    faults = [(name, _("“%(name)s” is not known here. Leave it out.") % {"name": str(name)[:40]})
              for name in data if name not in FIELDS]  # fmt: skip
    faults += [(name, _("This number is missing.")) for name in FIELDS[2:6] if name not in data]
    if faults:
        raise BadInputs(faults)
    calls = data["calls"]
    if not isinstance(calls, list | tuple) or not calls:
        raise BadInputs([("calls", _("No calls are given. Write the number of calls of each interval."))])
    inputs = StaffingInputs(**{**data, "calls": tuple(calls)})
    faults = [*_frame(inputs), *_volumes(inputs)]
    if faults:
        raise BadInputs(faults)
    return inputs


def staffing_numbers(inputs: StaffingInputs) -> tuple[Heads, ...]:
    """The heads that each interval needs (Erlang C by interval); ``BadInputs`` where a number will not do."""
    faults = [*_frame(inputs), *_volumes(inputs)]
    if faults:
        raise BadInputs(faults)
    begin = _minute(inputs.first)
    return tuple(
        Heads(_clock(begin + place * inputs.minutes), _clock(begin + (place + 1) * inputs.minutes),
              _heads(inputs, calls))
        for place, calls in enumerate(inputs.calls)
    )  # fmt: skip


def _heads(inputs: StaffingInputs, calls: float) -> int:
    found = heads_for(_volume(inputs, calls))
    if inputs.busiest is None:
        return found.heads
    least = ceil(Fraction(found.traffic) * 100 / Fraction(str(inputs.busiest)))
    present = 1 - Fraction(str(inputs.away)) / 100
    return max(found.heads, ceil(least / present))


def _volume(inputs: StaffingInputs, calls: float) -> Volume:
    return Volume(calls, inputs.minutes, inputs.seconds, inputs.percent, inputs.within, inputs.away)


def _frame(inputs: StaffingInputs) -> list[tuple[str, str]]:
    found = []
    if inputs.minutes not in LENGTHS or isinstance(inputs.minutes, bool):
        sentence = _("Intervals of %(value)s minutes are not known. Choose 15, 30 or 60.")
        return [("minutes", sentence % {"value": str(inputs.minutes)[:20]})]
    begin = _minute(inputs.first)
    if begin is None or begin % inputs.minutes:
        sentence = _("“%(value)s” is not the start of an interval. Write a time such as 08:00.")
        return [("first", sentence % {"value": str(inputs.first)[:20]})]
    room = (DAY_MINUTES - begin) // inputs.minutes
    if len(inputs.calls) > room:
        sentence = _("%(count)s intervals go past midnight; %(most)s fit. Leave some out.")
        found.append(("calls", sentence % {"count": len(inputs.calls), "most": room}))
    busiest = inputs.busiest
    if busiest is not None and not (_is_number(busiest) and 1 <= busiest <= 100):
        sentence = _("The highest occupancy is “%(value)s”. Give a number from 1 to 100, or leave it empty.")
        found.append(("busiest", sentence % {"value": str(busiest)[:20]}))
    return found


def _volumes(inputs: StaffingInputs) -> list[tuple[str, str]]:
    """The first fault of each field, in the language of the reader."""
    if inputs.minutes not in LENGTHS:
        return []
    found: dict[str, str] = {}
    lang = "fr" if (get_language() or "").startswith("fr") else "en"
    for place, calls in enumerate(inputs.calls):
        try:
            _volume(inputs, calls)
        except BadVolume as bad:
            name = f"calls.{place}" if bad.field == "calls" else bad.field
            found.setdefault(name, bad.sentence(lang))
    return list(found.items())


def _is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _minute(text: str) -> int | None:
    try:
        moment = time.fromisoformat(text) if len(text) == 5 else None
    except (TypeError, ValueError):
        return None
    return None if moment is None else moment.hour * 60 + moment.minute


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
