"""The calendar part of a mail (iMIP, RFC 6047): what must be seen today, in every client, at once."""

from datetime import datetime
from email.utils import parseaddr

from django.utils import translation

from telework.models import Booking

from .calendar import END, PRODUCT, Calendar, event, timezones
from .entries import entry_of
from .lines import fold, one_line, parameter

METHODS = ("REQUEST", "CANCEL")


def invitation(booking: Booking, *, method: str, organizer: str) -> bytes:
    """One event for ``text/calendar; method=…``: REQUEST puts the day into the calendar, CANCEL takes it out.

    ``organizer`` is the sender of the mail, as an address with or without a name. The UID is that of the personal feed
    with full detail, so that mail and feed show one day, not two. SEQUENCE must have risen since the last mail.
    """
    if method not in METHODS:
        raise ValueError(f"An invitation is one of {', '.join(METHODS)}, not {method!r}.")
    account = booking.person.account
    with translation.override(account.language if account else None):
        entry = entry_of(booking)
    calendar = Calendar("", "", entry.zone, booking.day.year - 1, "full")
    status = "CANCELLED" if method == "CANCEL" else ""
    body = event(_opening(booking, organizer), entry, calendar, status=status)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    zones = timezones(calendar, [entry]) if isinstance(entry.start, datetime) else []
    return "".join([*map(fold, head), *zones, body, END]).encode()


def _opening(booking: Booking, organizer: str) -> str:
    person = booking.person
    email = person.email or (person.account.email if person.account else "")
    attendee = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
    return (
        "BEGIN:VEVENT\r\n"
        + fold(f"ORGANIZER{_who(*parseaddr(organizer))}")
        + fold(f"{attendee}{_who(person.name, email)}")
    )


def _who(name: str, email: str) -> str:
    return f";CN={parameter(name or email)}:mailto:{one_line(email, 320)}"
