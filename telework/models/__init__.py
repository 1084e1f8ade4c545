from .booking import ACTIVE, Booking, BookingNote, RefusalReason, Series, State, StepAnswer
from .coverage import KeptHeat
from .feed import Feed, Privacy, Scope

__all__ = [
    "ACTIVE",
    "Booking",
    "BookingNote",
    "Feed",
    "KeptHeat",
    "Privacy",
    "RefusalReason",
    "Scope",
    "Series",
    "State",
    "StepAnswer",
]
