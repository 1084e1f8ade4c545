"""The words of messages about telework days: one letter a batch, in the recipient's language.

Words are made when the letter leaves, from what is true then: a request withdrawn meanwhile is told to nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from notifications.kinds import Calendar, Mail, register
from notifications.models import Message
from people.models import Person
from telework import letters
from telework.models import Booking, BookingNote, State
from telework.selectors import bookings_shown


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of letter needs: the state its days must still have (None: any) and its calendar method."""

    write: "letters.Writer"
    state: State | None
    method: str = ""


KINDS: Mapping[str, Kind] = {
    "booking.requested": Kind(letters.requested, State.REQUESTED),
    "booking.approved": Kind(letters.approved, State.APPROVED, "REQUEST"),
    "booking.refused": Kind(letters.refused, State.REFUSED, "CANCEL"),
    "booking.cancelled": Kind(letters.cancelled, State.CANCELLED, "CANCEL"),
    "booking.recalled": Kind(letters.recalled, State.CANCELLED, "CANCEL"),
    "booking.moved": Kind(letters.moved, State.APPROVED, "REQUEST"),
    "booking.corrected": Kind(letters.corrected, State.APPROVED),
    "booking.removed": Kind(letters.removed, State.CANCELLED, "CANCEL"),
    "booking.noted": Kind(letters.noted, None),
    "booking.exception_granted": Kind(letters.exception_granted, State.APPROVED),
}
# Mails that one may do without; all others answer somebody, or change one's own days.
TOPICS = {"booking.requested": "requests", "booking.noted": "notes", "booking.exception_granted": "coverage"}


def register_all() -> None:
    """Tell the outbox who writes these letters; called once when the app is ready."""
    from telework import account_letters, gap_letters
    from telework.charters import letters as charters
    from telework.exceptional import letters as exceptional
    from telework.terms import letters as terms

    for kind in KINDS:
        register(kind, render, topic=TOPICS.get(kind))
    register(gap_letters.KIND, gap_letters.render, topic=gap_letters.topic)
    account_letters.register_all()
    exceptional.register_all()
    charters.register_all()
    terms.register_all()


def render(message: Message) -> Mail | None:
    """Write the letter of a message, or None when its days are no longer what it would tell."""
    kind = KINDS[message.kind]
    bookings = _bookings(message, kind)
    if not bookings:
        return None
    actor = Person.objects.filter(uid=message.data.get("actor")).first()
    note = _note(message, bookings)
    facts = letters.Facts(
        recipient=message.recipient, bookings=bookings, actor=actor, note=note, on=_day_of(message, bookings[0].person)
    )
    letter = kind.write(facts)
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
        calendars=_calendars(bookings, kind.method),
    )


def _bookings(message: Message, kind: Kind) -> list[Booking]:
    found = bookings_shown().filter(uid__in=message.data.get("bookings", []))
    return list(found.filter(state=kind.state) if kind.state else found)


def _note(message: Message, bookings: Sequence[Booking]) -> BookingNote | None:
    """The note that the letter is about, or the one that came with the request or the answer."""
    if uid := message.data.get("note"):
        return BookingNote.objects.filter(uid=uid).first()
    return BookingNote.objects.filter(booking__in=bookings, at=message.created_at).order_by("pk").first()


def _day_of(message: Message, person: Person) -> date:
    """The date of the fact where the person works: "today" for the numbers in the letter."""
    return letters.local_date(message.created_at, person.site.zone)


def _calendars(bookings: Sequence[Booking], method: str) -> tuple[Calendar, ...]:
    """The calendar parts; a refusal only takes back what a calendar can hold: a day that was moved before."""
    from telework.feeds.invitation import invitation

    told = [booking for booking in bookings if method == "REQUEST" or booking.sequence > 1] if method else []
    return tuple(
        Calendar(invitation(booking, method=method, organizer=settings.DEFAULT_FROM_EMAIL), method) for booking in told
    )
