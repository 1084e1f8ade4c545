"""What every change of a booking leaves behind: an audit event, messages, and a newer calendar for the feeds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import uuid4

from notifications import outbox
from people.models import AuditEvent, Person
from people.services import calendar_changed
from telework.chain import OF_MANAGERS
from telework.models import Booking, BookingNote
from telework.selectors import answerers_of, hr_of

FOR_THE_CALENDAR = frozenset({"booking.approved", "booking.cancelled", "booking.moved"})


def note_changes(
    bookings: Sequence[Booking], verb: str, *, actor: Person | None, now: datetime, shown: bool = True, **data
) -> None:
    """Write one audit event a booking; if the change can be ``shown`` by a feed, let the feeds of its people know.

    ``actor``: None where the agreement itself answers."""
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
    """One message to each of those whose turn it is, for the whole batch of one person, however many days it has."""
    by_step: dict[bool, list[Booking]] = {}
    for booking in bookings:
        by_step.setdefault(booking.awaits in OF_MANAGERS, []).append(booking)
    for of_managers, group in by_step.items():
        person = group[0].person
        recipients = _answerers(person, actor, today) if of_managers else _of_hr(person, actor)
        _put([(recipient, group) for recipient in recipients], "booking.requested", actor=actor, now=now)


def tell_answerers_of_note(booking: Booking, note: BookingNote, *, actor: Person, now: datetime, today: date) -> None:
    """Managers and deputies learn that the person wrote to them about a booking."""
    recipients = _answerers(booking.person, actor, today)
    _put(
        [(recipient, [booking]) for recipient in recipients], "booking.noted", actor=actor, now=now, note=str(note.uid)
    )


def tell_planners(planners: Sequence[int], bookings: Sequence[Booking], *, actor: Person, now: datetime) -> None:
    """The coverage planners learn of days granted although coverage stood against them."""
    letters = [(planner, bookings) for planner in planners if planner != actor.pk]
    _put(letters, "booking.exception_granted", actor=actor, now=now)


def tell_person(kind: str, bookings: Iterable[Booking], *, actor: Person | None, now: datetime, **data) -> None:
    """One message to each person concerned, with all of their days in it.

    What they did themselves is told only when their calendar must follow.
    """
    by_person: dict[int, list[Booking]] = {}
    for booking in bookings:
        if actor is None or booking.person_id != actor.pk or kind in FOR_THE_CALENDAR:
            by_person.setdefault(booking.person_id, []).append(booking)
    _put(list(by_person.items()), kind, actor=actor, now=now, **data)


def _of_hr(person: Person, actor: Person) -> list[int]:
    return [other for other in hr_of(person) if other not in (actor.pk, person.pk)]


def _answerers(person: Person, actor: Person, today: date) -> list[int]:
    return [other for other in answerers_of(person, today) if other != actor.pk]


def _put(
    letters: Sequence[tuple[int, Sequence[Booking]]], kind: str, *, actor: Person | None, now: datetime, **data
) -> None:
    """Messages to recipients (primary keys), each about some bookings, in one statement."""
    batch, by = uuid4(), {"actor": str(actor.uid)} if actor else {}
    outbox.put_many(
        [
            outbox.Draft(
                recipient_pk=recipient,
                kind=kind,
                key=f"{kind}:{batch}:{recipient}",
                data={"bookings": [str(booking.uid) for booking in bookings], **by, **data},
            )
            for recipient, bookings in letters
        ],
        now=now,
    )
