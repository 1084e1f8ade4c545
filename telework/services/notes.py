"""Sentences between the person and those who answer, about one booking."""

from datetime import date, datetime

from django.db import transaction

from people.models import Person
from telework.models import Booking, BookingNote

from .recording import note_changes, tell_answerers_of_note, tell_person
from .texts import clean_text


def add_note(*, booking: Booking, text: str, actor: Person, now: datetime, today: date) -> BookingNote:
    """Add a sentence; the other side gets a message. The text itself never enters the audit."""
    text = clean_text("text", text, needed=True)
    with transaction.atomic():
        note = BookingNote.objects.create(booking=booking, author=actor, at=now, text=text)
        note_changes([booking], "booking.noted", actor=actor, now=now, shown=False)
        if actor.pk == booking.person_id:
            tell_answerers_of_note(booking, note, actor=actor, now=now, today=today)
        else:
            tell_person("booking.noted", [booking], actor=actor, now=now, note=str(note.uid))
        return note
