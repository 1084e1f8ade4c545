"""All writes on telework days. Every function takes *now* and *today* from its caller and raises ``TeleworkError``."""

from .answering import approve_bookings, refuse_bookings
from .booking import book_day, book_days, days_between, preview_days
from .changing import KEEP, cancel_booking, cancel_series, cancel_together, edit_booking, withdraw_booking
from .correcting import correct_day, remove_day
from .notes import add_note
from .outcomes import Answer, Outcome, SeriesOutcome
from .recalls import grounds_of, recall_on_site
from .rechecking import Recheck, rechecked
from .series import book_series, preview_series

__all__ = [
    "KEEP", "Answer", "Outcome", "Recheck", "SeriesOutcome", "add_note", "approve_bookings", "book_day", "book_days",
    "book_series", "cancel_booking", "cancel_series", "cancel_together", "correct_day", "days_between", "edit_booking",
    "grounds_of", "preview_days", "preview_series", "recall_on_site", "rechecked", "refuse_bookings", "remove_day",
    "withdraw_booking",
]  # fmt: skip
