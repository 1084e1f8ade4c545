"""The manager's answers: approve, refuse, recall; one or many."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from people.access import people_for
from people.api.door import edge, opened_by
from people.models import Person
from telework import services
from telework.access import booking_for, bookings_for
from telework.models import Booking
from telework.selectors import requests_of

from . import replies, schemas
from .paging import Whole
from .shapes import answers_shape, booking_shape

router = Router(tags=["answers"])
ANSWER = opened_by("requests:answer")


@router.get(
    "/requests",
    auth=ANSWER,
    response=replies.BookingPage,
    summary="Requests that await your answer, the most pressing first",
)
def list_requests(request: HttpRequest, page: Query[Whole]):
    waiting = requests_of(people_for(edge(request).actor, "answer_request").values("pk"))
    return page.shaped(waiting, booking_shape)


@router.post(
    "/bookings/approve", auth=ANSWER, response=replies.Answers, summary="Approve several requests; each is answered for"
)
def approve_many(request: HttpRequest, body: schemas.Approvals):
    here = edge(request)
    bookings = bookings_for(here.actor, body.bookings, "answer_request")
    answers = services.approve_bookings(
        bookings=bookings, versions=body.versions, note=body.note, override=_override(body, here.actor, bookings),
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return answers_shape(answers)


@router.post(
    "/bookings/refuse", auth=ANSWER, response=replies.Answers, summary="Refuse several requests for one reason"
)
def refuse_many(request: HttpRequest, body: schemas.Refusals):
    here = edge(request)
    bookings = bookings_for(here.actor, body.bookings, "answer_request")
    answers = services.refuse_bookings(
        bookings=bookings, reason=body.reason, text=body.text, versions=body.versions,
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return answers_shape(answers)


@router.post("/bookings/{uid}/approve", auth=ANSWER, response=replies.Booking, summary="Approve one request")
def approve_booking(request: HttpRequest, uid: str, body: schemas.Approval | None = None):
    here, body = edge(request), body or schemas.Approval()
    booking = booking_for(here.actor, uid, "answer_request")
    answers = services.approve_bookings(
        bookings=[booking], versions=_versions(booking, body.version), note=body.note,
        override=_override(body, here.actor, [booking]),
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return _only(answers)


@router.post(
    "/bookings/{uid}/refuse", auth=ANSWER, response=replies.Booking, summary="Refuse one request, with a reason"
)
def refuse_booking(request: HttpRequest, uid: str, body: schemas.Refusal):
    here = edge(request)
    booking = booking_for(here.actor, uid, "answer_request")
    answers = services.refuse_bookings(
        bookings=[booking], reason=body.reason, text=body.text, versions=_versions(booking, body.version),
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return _only(answers)


@router.post(
    "/bookings/{uid}/recall",
    auth=ANSWER,
    response=replies.Booking,
    summary="Call a person back on site on an approved day",
)
def recall_booking(request: HttpRequest, uid: str, body: schemas.Recall):
    here = edge(request)
    booking = booking_for(here.actor, uid, "recall")
    changed = services.recall_on_site(
        booking=booking, ground=body.ground, text=body.text, version=body.version,
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return booking_shape(changed)


def _override(body: schemas.Approval | schemas.Approvals, actor: Person, bookings: list[Booking]) -> str:
    """The reason for granting what coverage refuses; not found where the actor may not give one."""
    if body.override:
        bookings_for(actor, [booking.uid for booking in bookings], "override_coverage")
    return body.override


def _versions(booking: Booking, version: int | None) -> dict[UUID, int] | None:
    return {booking.uid: version} if version else None


def _only(answers: list[services.Answer]) -> dict:
    """The booking of a single answer, or its error raised as if alone."""
    if answers[0].error:
        raise answers[0].error
    return booking_shape(answers[0].booking)
