"""What a reader who leads the person may do on the day that a panel shows."""

from dataclasses import dataclass
from datetime import date

from people.access import may
from people.models import Person
from telework.models import State
from telework.panel import Panel
from telework.services import grounds_of


@dataclass(frozen=True, slots=True)
class Powers:
    """``grounds``: code and words of those for which the person may be called back; empty when nobody may be."""

    grounds: tuple[tuple[str, str], ...] = ()
    may_remove: bool = False


def powers_over(person: Person, panel: Panel, *, actor: Person, today: date) -> Powers:
    """Only a granted day can be recalled (today or to come) or removed (past, or today)."""
    if not any(booking.state == State.APPROVED for booking in panel.bookings):
        return Powers()
    recalls = panel.day >= today and may(actor, "recall", person)
    grounds = tuple(grounds_of(person, panel.day)) if recalls else ()
    return Powers(grounds, panel.day <= today and may(actor, "answer_request", person))
