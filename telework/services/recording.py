"""What every change of a booking leaves behind: an audit event, messages, and a newer calendar for the feeds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import uuid4

from notifications import outbox
from people.models import AuditEvent, Person
from people.services import calendar_changed
from telework.models import Booking, BookingNote
from telework.selectors import answerers_of


def note_changes(
    bookings: Sequence[Booking], verb: str, *, actor: Person, now: datetime, shown: bool = True, **data
) -> None:
    """Write one audit event a booking; if the change can be ``shown`` by a feed, let the feeds of its people know."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now,
            actor=actor,
            verb=verb,
            subject_type="booking",
            subject_uid=booking.uid,
            data={"day": booking.day.isoformat(), "part": str(booking.part), "state": str(booking.state), **data},
        )
        for booking in bookings
    )
    if shown and bookings:
        calendar_changed({booking.person_id for booking in bookings})


def tell_answerers(bookings: Sequence[Booking], *, actor: Person, now: datetime, today: date) -> None:
    """One message to each manager and deputy of the person for the whole batch, however many days it has."""
    if bookings:
        person = bookings[0].person
        recipients = [other for other in answerers_of(person, today) if other != actor.pk]
        _tell(recipients, "booking.requested", bookings, actor=actor, now=now)


def tell_answerers_of_note(booking: Booking, note: BookingNote, *, actor: Person, now: datetime, today: date) -> None:
    """Managers and deputies learn that the person wrote to them about a booking."""
    recipients = [other for other in answerers_of(booking.person, today) if other != actor.pk]
    _tell(recipients, "booking.noted", [booking], actor=actor, now=now, note=str(note.uid))


def tell_person(kind: str, bookings: Iterable[Booking], *, actor: Person, now: datetime, **data) -> None:
    """One message to each person concerned, with all of their days in it; nobody is told what they did themselves."""
    by_person: dict[int, list[Booking]] = {}
    for booking in bookings:
        by_person.setdefault(booking.person_id, []).append(booking)
    for person_pk, theirs in by_person.items():
        if person_pk != actor.pk or kind == "booking.cancelled":
            _tell([person_pk], kind, theirs, actor=actor, now=now, **data)


def _tell(recipients: Sequence[int], kind: str, bookings: Sequence[Booking], *, actor, now: datetime, **data) -> None:
    batch = uuid4()
    outbox.put_many(
        [
            outbox.Draft(
                recipient_pk=recipient,
                kind=kind,
                key=f"{kind}:{batch}:{recipient}",
                data={"bookings": [str(booking.uid) for booking in bookings], "actor": str(actor.uid), **data},
            )
            for recipient in recipients
        ],
        now=now,
    )
