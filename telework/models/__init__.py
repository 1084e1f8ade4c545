from .booking import ACTIVE, Booking, BookingNote, RefusalReason, Series, State, StepAnswer
from .coverage import KeptHeat
from .feed import Feed, Privacy, Scope
from .lab import LAB_ACTIVE, LabRun, LabState

__all__ = [
    "ACTIVE",
    "LAB_ACTIVE",
    "Booking",
    "BookingNote",
    "Feed",
    "KeptHeat",
    "LabRun",
    "LabState",
    "Privacy",
    "RefusalReason",
    "Scope",
    "Series",
    "State",
    "StepAnswer",
]
