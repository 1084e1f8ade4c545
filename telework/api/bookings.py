"""Bookings: list, ask, look ahead, move, withdraw, cancel, exchange notes, correct after the fact."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from people import clock
from people.access import may, person_for, team_for
from people.api.door import edge, opened_by
from people.models import Person, Place, What
from people.reads import record_read
from policies.core.facts import Purpose
from telework import services
from telework.access import booking_for, bookings_visible_to, place_for
from telework.errors import BadWish
from telework.models import Booking, State
from telework.selectors import members_bookings

from . import replies, schemas
from .shapes import booking_shape, note_shape, outcomes_shape, whole_shape

router = Router(tags=["bookings"])
READ, WRITE = opened_by("bookings:read"), opened_by("bookings:write")


@router.get("/bookings", auth=READ, response=replies.BookingPage, summary="List bookings that you may see")
def list_bookings(request: HttpRequest, filters: Query[schemas.Filters]):
    """Filtered by person, team, days and state, in the order of their days; ``count`` is the number of all matches."""
    actor = edge(request).actor
    found = _filtered(bookings_visible_to(actor).defer("place__commune"), actor, filters).order_by("day", "pk")
    page = found[filters.offset : filters.offset + filters.limit]
    return {"count": found.count(), "items": [booking_shape(booking) for booking in page]}


def _filtered(found: QuerySet[Booking], actor: Person, filters: schemas.Filters) -> QuerySet[Booking]:
    if filters.person:
        person = person_for(actor, filters.person, "view_year")
        record_read(actor, [person], What.YEAR, clock.now())
        found = found.filter(person=person)
    if filters.team:
        found = members_bookings(found, team_for(actor, filters.team, "view_team_month"))
    if filters.first:
        found = found.filter(day__gte=filters.first)
    if filters.last:
        found = found.filter(day__lte=filters.last)
    return found.filter(state=filters.state) if filters.state else found


@router.post(
    "/bookings",
    auth=WRITE,
    response={200: replies.Outcomes, 201: replies.Booking | replies.Outcomes},
    summary="Ask for a day, several days or a range",
)
def create_bookings(request: HttpRequest, body: schemas.Wish):
    """A single day answers 201 with its booking, or 409 with the decision. Several answer one outcome a day."""
    here = edge(request)
    place = _place(here.actor, body.place)
    common = {"part": body.part, "note": body.note, "place": place, "now": here.now, "today": here.today}
    common |= {"exception": body.exception, "form": body.form, "reason": body.reason}
    if body.day and not (body.days or body.first or body.last):
        booking = services.book_day(person=here.actor, day=body.day, actor=here.actor, **common)
        return _created(booking_shape(booking))
    outcomes = services.book_days(person=here.actor, days=_days(body), actor=here.actor, atomic=body.atomic, **common)
    answer = outcomes_shape(outcomes)
    return _created(answer) if answer["accepted"] else Status(200, answer)


@router.post(
    "/bookings/preview",
    auth=READ,
    response=replies.Outcomes,
    summary="What would the agreement say, article by article?",
)
def preview_bookings(request: HttpRequest, body: schemas.Question):
    """Nothing is written. A single refused day also names free days near by."""
    here = edge(request)
    person = person_for(here.actor, body.person, "view_year") if body.person else here.actor
    return outcomes_shape(
        services.preview_days(
            person=person,
            days=_days(body),
            part=body.part,
            today=here.today,
            purpose=Purpose(body.purpose),
            form=body.form,
            place=_place(person, body.place),
            now=here.now,
        )
    )


@router.get(
    "/bookings/{uid}", auth=READ, response=replies.WholeBooking, summary="One booking with its decision and notes"
)
def read_booking(request: HttpRequest, uid: str):
    booking = booking_for(edge(request).actor, uid, "view_year")
    return whole_shape(booking, list(booking.notes.select_related("author")))


@router.patch(
    "/bookings/{uid}", auth=WRITE, response=replies.Booking, summary="Move a booking to another day, part or place"
)
def change_booking(request: HttpRequest, uid: str, body: schemas.Edit):
    here = edge(request)
    booking = booking_for(here.actor, uid, "book")
    place = _place(booking.person, body.place) if "place" in body.model_fields_set else services.KEEP
    changed = services.edit_booking(
        booking=booking, version=body.version, day=body.day, part=body.part, form=body.form, place=place,
        reason=body.reason,
        exception=body.exception, note=body.note,
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return booking_shape(changed)


@router.delete(
    "/bookings/{uid}",
    auth=WRITE,
    response=replies.Booking,
    summary="Give a day back: withdraw it or cancel it, as its state asks",
)
def delete_booking(request: HttpRequest, uid: str, version: int | None = None):
    here = edge(request)
    booking = booking_for(here.actor, uid, "book")
    act = services.withdraw_booking if booking.state == State.REQUESTED else services.cancel_booking
    changed = act(booking=booking, version=version, actor=here.actor, now=here.now, today=here.today)
    return booking_shape(changed)


@router.post(
    "/bookings/{uid}/withdraw", auth=WRITE, response=replies.Booking, summary="Withdraw a request before it is answered"
)
def withdraw_booking(request: HttpRequest, uid: str, body: schemas.Versioned | None = None):
    here = edge(request)
    booking = booking_for(here.actor, uid, "book")
    version = body.version if body else None
    return booking_shape(
        services.withdraw_booking(booking=booking, version=version, actor=here.actor, now=here.now, today=here.today)
    )


@router.post("/bookings/{uid}/cancel", auth=WRITE, response=replies.Booking, summary="Cancel an approved day to come")
def cancel_booking(request: HttpRequest, uid: str, body: schemas.Versioned | None = None):
    here = edge(request)
    booking = booking_for(here.actor, uid, "book")
    version = body.version if body else None
    return booking_shape(
        services.cancel_booking(booking=booking, version=version, actor=here.actor, now=here.now, today=here.today)
    )


@router.post(
    "/bookings/{uid}/cancel-together",
    auth=WRITE,
    response=replies.Cancelled,
    summary="Give back all that was asked for at once with a booking and is still to come",
)
def cancel_together(request: HttpRequest, uid: str):
    here = edge(request)
    booking = booking_for(here.actor, uid, "book")
    given = services.cancel_together(booking=booking, actor=here.actor, now=here.now, today=here.today)
    return {"cancelled": len(given), "bookings": [booking_shape(each) for each in given]}


@router.post(
    "/bookings/{uid}/notes", auth=WRITE, response={201: replies.Note}, summary="Write a sentence about a booking"
)
def write_note(request: HttpRequest, uid: str, body: schemas.NoteWish):
    here = edge(request)
    booking = booking_for(here.actor, uid, "write_note")
    note = services.add_note(booking=booking, text=body.text, actor=here.actor, now=here.now, today=here.today)
    return _created(note_shape(note))


@router.post(
    "/bookings/{uid}/remove", auth=WRITE, response=replies.Booking, summary="Remove a past day that was not teleworked"
)
def remove_booking(request: HttpRequest, uid: str, body: schemas.Removal):
    here = edge(request)
    booking = booking_for(here.actor, uid, "answer_request")
    return booking_shape(
        services.remove_day(
            booking=booking, version=body.version, text=body.text, actor=here.actor, now=here.now, today=here.today
        )
    )


@router.post("/corrections", auth=WRITE, response={201: replies.Booking}, summary="Record telework after the fact")
def create_correction(request: HttpRequest, body: schemas.Correction):
    """Recorded by the person it awaits approval; by somebody who answers their requests it counts at once."""
    here = edge(request)
    person = person_for(here.actor, body.person, "correct_day") if body.person else here.actor
    booking = services.correct_day(
        person=person, day=body.day, part=body.part, form=body.form, place=_place(person, body.place),
        note=body.note, reason=body.reason,
        settled=may(here.actor, "answer_request", person), actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return _created(booking_shape(booking))


def _created(answer: dict) -> Status[dict]:
    """201, and only after the commit: services close their transaction before they return."""
    return Status(201, answer)


def _place(person: Person, uid: UUID | None) -> Place | None:
    return place_for(person, uid) if uid else None


def _days(body: schemas.Wish | schemas.Question) -> list[date]:
    """The days asked for in exactly one of the three ways."""
    ways = [body.day is not None, body.days is not None, body.first is not None or body.last is not None]
    if sum(ways) != 1:
        raise BadWish("day", "", _("Name the days in one way: day, or days, or first and last."))
    if body.day:
        return [body.day]
    if body.days:
        return body.days
    if body.first is None or body.last is None:
        missing = "first" if body.first is None else "last"
        raise BadWish(missing, "", _("A range needs both its first and its last day."))
    return services.days_between(body.first, body.last)
