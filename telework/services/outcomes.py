"""What a service answers when it handles several days: one line for each, so that nothing is decided in silence."""

from dataclasses import dataclass
from datetime import date

from policies.core.decision import Decision, Verdict
from policies.core.facts import Part
from telework.errors import TeleworkError
from telework.models import Booking, Series


@dataclass(frozen=True, slots=True)
class Outcome:
    """One day asked for (or only previewed): its decision, and the booking it became, None if refused or previewed.

    ``error`` is set when it could not even be judged (no agreement in force, a value left open).
    """

    day: date
    part: Part
    decision: Decision | None = None
    booking: Booking | None = None
    error: TeleworkError | None = None
    free_days: tuple[date, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.decision is not None and self.decision.verdict is not Verdict.REFUSED

    @property
    def needs_approval(self) -> bool:
        return self.decision is not None and self.decision.verdict is Verdict.NEEDS_APPROVAL


@dataclass(frozen=True, slots=True)
class SeriesOutcome:
    """A recurring wish: the series (None if only previewed or no day was accepted) and each of its days.

    ``cut_after`` is the last day that was looked at when the rule goes on beyond what may be asked today.
    """

    series: Series | None
    outcomes: tuple[Outcome, ...]
    cut_after: date | None = None

    @property
    def accepted(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.accepted)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one booking among several: the booking as it now is, and why it was not changed, or None."""

    booking: Booking
    error: TeleworkError | None = None

    @property
    def done(self) -> bool:
        return self.error is None
