"""After the fact: record a day that was teleworked, or remove one that was not. Another act than planning.

Who does it decides what it needs. A day recorded by the person awaits the manager's approval; recorded by somebody who
answers requests for that person it counts at once. Only such a person removes an approved past day, because that
gives days back: everybody else withdraws what still awaits an answer, or asks by a note.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from people.models import Person, Place
from policies.core.decision import Verdict
from policies.core.facts import Part, Purpose
from telework.errors import BadWish, LostRace, WrongState, day_starts
from telework.models import Booking, State

from . import lock
from .booking import refusal, write_bookings
from .changing import expect, transition
from .judging import judge, requests_for
from .places import places_for
from .recording import note_changes, tell_person
from .texts import clean_text

OLDEST = timedelta(days=400)


def correct_day(
    *,
    person: Person,
    day: date,
    part: Part = Part.FULL,
    actor: Person,
    now: datetime,
    today: date,
    settled: bool = False,
    place: Place | None = None,
    note: str = "",
    form: str = "",
    reason: str = "",
) -> Booking:
    """Record telework done on ``day`` (today or up to 400 days ago). Caps hold, notice and horizon do not.

    ``settled``: the actor answers requests for this person, so the record needs no other approval.
    """
    note = clean_text("note", note)
    if not today - OLDEST <= day <= today:
        remedy = _("A correction is for days from %(first)s to today. For a day to come, book it.")
        raise BadWish("day", day.isoformat(), remedy % {"first": (today - OLDEST).isoformat()})
    request = requests_for([day], part, Purpose.CORRECTION, form=form, place=place)[0]
    try:
        with lock.guarded([person], today=today):
            judgement = judge(person, request, today=today, reason=reason)
            if judgement.accepted:
                places = places_for(person, [day], place)
                return _record(person, judgement, places, settled, actor=actor, now=now, today=today, note=note)
    except IntegrityError as taken:
        raise LostRace from taken
    raise refusal(judgement)


def _record(person: Person, judgement, places, settled: bool, *, actor, now, today, note: str) -> Booking:
    state = State.APPROVED if settled or judgement.decision.verdict is Verdict.ALLOWED else State.REQUESTED
    if actor.pk == person.pk and not settled:
        state = State.REQUESTED
    booking = write_bookings(
        person, [judgement], places=places, actor=actor, now=now, today=today, note=note, state=state
    )[0]
    if state == State.APPROVED:
        tell_person("booking.corrected", [booking], actor=actor, now=now)
    return booking


def remove_day(
    *, booking: Booking, actor: Person, now: datetime, today: date, text: str, version: int | None = None
) -> Booking:
    """Remove an approved day that has passed and was not teleworked; the person is told, the reason is kept."""
    text = clean_text("text", text, needed=True)
    expect(booking, version, (State.APPROVED,))
    if booking.day > today:
        raise WrongState(booking, _("%s is still to come. Cancel it instead.") % day_starts(booking.day))
    with lock.guarded([booking.person], today=today):
        changed = transition(
            booking, now=now, state=State.CANCELLED, answered_at=now, answered_by=actor, reason="", reason_text=text
        )
        note_changes([changed], "booking.removed", actor=actor, now=now)
        tell_person("booking.removed", [changed], actor=actor, now=now)
        return changed
