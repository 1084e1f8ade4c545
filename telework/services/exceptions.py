"""A day granted although coverage stands against it: the reason is kept, and the coverage planners read it."""

from collections.abc import Sequence
from datetime import datetime

from people.models import Person
from policies.coverage.findings import gaps_told
from telework.models import Booking
from telework.recorded import pack
from telework.selectors import planners_of

from .judging import Judgement
from .recording import note_changes, tell_planners


def grant_exceptions(
    granted: Sequence[tuple[Booking, Judgement]], *, reason: str, actor: Person, now: datetime
) -> None:
    """Keep the reason beside each approved booking, in the audit log too, and tell the planners of the people.

    Call it in the transaction that approves, after the approval.
    """
    for booking, judgement in granted:
        booking.exception, booking.reason_text, booking.decision = True, reason, pack(judgement.decision)
        gaps = gaps_told(judgement.decision)
        note_changes(
            [booking], "booking.exception_granted", actor=actor, now=now, shown=False, reason=reason, gaps=gaps
        )
    Booking.objects.bulk_update([booking for booking, _ in granted], ["exception", "reason_text", "decision"])
    for booking, _judgement in granted:
        tell_planners(planners_of(booking.person), [booking], actor=actor, now=now)
