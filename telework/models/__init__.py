from .booking import ACTIVE, Booking, BookingNote, RefusalReason, Series, State
from .feed import Feed, Privacy, Scope

__all__ = ["ACTIVE", "Booking", "BookingNote", "Feed", "Privacy", "RefusalReason", "Scope", "Series", "State"]
