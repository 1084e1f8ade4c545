"""Move, withdraw and cancel a booking. Every change of state is a conditional update on (state, version)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from people.models import Person, Place
from policies.core.facts import Part
from telework.errors import LostRace, StaleVersion, TeleworkError, WrongState, day_starts
from telework.models import ACTIVE, Booking, Series, State, StepAnswer
from telework.recorded import pack

from . import lock
from .booking import refusal, state_after, who_answers, write_note
from .giving_up import in_reach
from .judging import hour_of, judge, purpose_of, requests_for
from .places import places_for
from .recording import note_changes, tell_answerers, tell_person
from .texts import clean_text

KEEP = object()


def edit_booking(
    *,
    booking: Booking,
    actor: Person,
    now: datetime,
    today: date,
    version: int | None = None,
    day: date | None = None,
    part: Part | None = None,
    place: Place | object | None = KEEP,
    exception: bool = False,
    note: str = "",
    form: str | None = None,
    reason: str | None = None,
) -> Booking:
    """Move a booking to another day, part, form or place; its uid stays. A new day or part is judged anew.

    If the agreement wants an answer to the new day, the booking is requested again. ``StaleVersion`` when it changed
    since ``version``; ``BookingRefused`` when the new day is refused (the old one then stays). ``exception``: where
    nothing but coverage stands against the new day, ask for it all the same; the note says why.
    """
    note = clean_text("note", note, needed=exception)
    expect(booking, version, ACTIVE)
    day, part = day or booking.day, Part(part or booking.part)
    if booking.day < today:
        raise WrongState(booking, _("%s is past. Use a correction instead.") % day_starts(booking.day))
    form = booking.form if form is None else form
    stated = booking.stated_reason if reason is None else reason
    moved = (day, part, form, stated) != (booking.day, booking.part, booking.form, booking.stated_reason)
    if place is KEEP:
        place = booking.place
    try:
        with lock.guarded([booking.person], today=today):
            changes: dict[str, object] = {"place": places_for(booking.person, [day], place)[day]}
            if moved:
                judgement = judge(
                    booking.person,
                    requests_for(
                        [day], part, purpose_of(booking), form=form, place=place, at=hour_of(booking.person, now)
                    )[0],
                    today=today,
                    without=booking,
                    exception=exception,
                    reason=None if (form, stated) == (booking.form, "") else stated,
                )
                if not judgement.accepted:
                    raise refusal(judgement)
                changes |= _moved_fields(judgement, actor=actor, now=now, today=today)
                StepAnswer.objects.filter(booking=booking).delete()  # another day is asked for anew
            was_approved = booking.state == State.APPROVED
            changed = transition(booking, now=now, **changes)
            if note:
                write_note([changed], note, actor=actor, now=now)
            note_changes([changed], "booking.moved" if moved else "booking.place_changed", actor=actor, now=now)
            if moved and changed.state == State.REQUESTED:
                tell_answerers([changed], actor=actor, now=now, today=today)
            elif moved and was_approved:
                tell_person("booking.moved", [changed], actor=actor, now=now)
            return changed
    except IntegrityError as taken:
        raise LostRace from taken


def _moved_fields(judgement, *, actor: Person, now: datetime, today: date) -> dict[str, object]:
    return {
        "day": judgement.request.day,
        "part": judgement.request.part,
        "form": judgement.request.form,
        "stated_reason": judgement.request.reason,
        "state": state_after(judgement),
        "requested_at": now,
        "requested_by": actor,
        **who_answers(judgement, state_after(judgement), today=today),
        "answered_at": None,
        "answered_by": None,
        "decision": pack(judgement.decision),
        "exception": judgement.is_exception,
        "reason_text": "",
    }


def withdraw_booking(
    *, booking: Booking, actor: Person, now: datetime, today: date, version: int | None = None
) -> Booking:
    """Take back a request that nobody has answered yet (also one whose day has passed)."""
    expect(booking, version, (State.REQUESTED,))
    with lock.guarded([booking.person], today=today):
        changed = transition(booking, now=now, state=State.CANCELLED)
        note_changes([changed], "booking.withdrawn", actor=actor, now=now)
        if changed.sequence > 1:  # it was approved once before it was moved: a calendar may still show it
            tell_person("booking.cancelled", [changed], actor=actor, now=now)
        return changed


def cancel_booking(
    *, booking: Booking, actor: Person, now: datetime, today: date, version: int | None = None
) -> Booking:
    """Give back an approved day, today or later. A past day is not planning any more: see ``correct_day``.

    ``BookingRefused`` where the agreement wants notice and refuses a later word; else ``notice`` says what it means.
    """
    expect(booking, version, (State.APPROVED,))
    if booking.day < today:
        raise WrongState(booking, _("%s is past. Use a correction instead.") % day_starts(booking.day))
    with lock.guarded([booking.person], today=today):
        in_reach([booking], actor, today=today)
        changed = transition(booking, now=now, state=State.CANCELLED)
        late = {"late": changed.notice} if changed.notice else {}
        note_changes([changed], "booking.cancelled", actor=actor, now=now, **late)
        tell_person("booking.cancelled", [changed], actor=actor, now=now)
        return changed


def cancel_series(*, series: Series, actor: Person, now: datetime, today: date) -> list[Booking]:
    """Give back every day of a series from today on that is still active; returns these bookings."""
    with lock.guarded([series.person], today=today):
        return _give_back(Booking.objects.filter(series=series), actor, now, today, series=str(series.uid))


def cancel_together(*, booking: Booking, actor: Person, now: datetime, today: date) -> list[Booking]:
    """Give back all that was asked for at once with ``booking`` and is still active; returns these bookings."""
    expect(booking, None, ACTIVE)
    with lock.guarded([booking.person], today=today):
        together = Booking.objects.filter(person=booking.person, requested_at=booking.requested_at)
        return _give_back(together, actor, now, today)


def _give_back(rows: QuerySet[Booking], actor: Person, now: datetime, today: date, **data) -> list[Booking]:
    """Cancel those of these bookings that are active, today or later. Call it inside ``lock.guarded`` only."""
    still = rows.filter(day__gte=today, state__in=ACTIVE)
    bookings = list(still.select_related("person__site", "person__entity", "place").order_by("day"))
    bookings = in_reach(bookings, actor, today=today)
    approved = [booking for booking in bookings if booking.state == State.APPROVED]
    change_many(bookings, now=now, state=State.CANCELLED)
    note_changes(bookings, "booking.cancelled", actor=actor, now=now, **data)
    tell_person("booking.cancelled", approved, actor=actor, now=now)
    return bookings


def expect(booking: Booking, version: int | None, states: Sequence[str]) -> None:
    """The booking is as the reader saw it, and in one of the states from which the action starts."""
    if version is not None and version != booking.version:
        raise StaleVersion(booking)
    if booking.state not in states:
        raise wrong_state(booking)


def transition(booking: Booking, *, now: datetime, **changes) -> Booking:
    """Change one booking if nobody else has since it was read; otherwise say what happened meanwhile."""
    rows = Booking.objects.filter(pk=booking.pk, state=booking.state, version=booking.version)
    if not rows.update(**changes, updated_at=now, version=F("version") + 1, sequence=F("sequence") + 1):
        raise StaleVersion(Booking.objects.get(pk=booking.pk))
    for name, value in changes.items():
        setattr(booking, name, value)
    booking.version, booking.sequence, booking.updated_at = booking.version + 1, booking.sequence + 1, now
    return booking


def change_many(bookings: Sequence[Booking], *, now: datetime, **changes) -> None:
    """The same for many bookings whose rows were read under the lock, in one statement."""
    rows = Booking.objects.filter(pk__in=[booking.pk for booking in bookings], state__in=ACTIVE)
    rows.update(**changes, updated_at=now, version=F("version") + 1, sequence=F("sequence") + 1)
    for booking in bookings:
        for name, value in changes.items():
            setattr(booking, name, value)
        booking.version, booking.sequence, booking.updated_at = booking.version + 1, booking.sequence + 1, now


def wrong_state(booking: Booking) -> TeleworkError:
    """What a reader may do instead, by the state the booking is in."""
    sentences = {
        State.REQUESTED: _("%s still awaits its answer. Withdraw it instead."),
        State.APPROVED: _("%s is already approved. Cancel it instead."),
        State.REFUSED: _("%s was refused. Ask for it again."),
        State.CANCELLED: _("%s was cancelled meanwhile. Ask for it again."),
    }
    return WrongState(booking, sentences[State(booking.state)] % day_starts(booking.day))
