"""Recurring wishes: look ahead, ask, give back."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from people.api.door import edge, opened_by
from telework import services
from telework.access import place_for, series_for
from telework.selectors import series_of

from . import replies, schemas
from .paging import Whole
from .shapes import booking_shape, held_series_shape, series_shape

router = Router(tags=["series"])
READ, WRITE = opened_by("bookings:read"), opened_by("bookings:write")


@router.get("/series", auth=READ, response=replies.HeldSeries, summary="Your series that have days to come")
def list_series(request: HttpRequest, page: Query[Whole]):
    here = edge(request)
    return page.shaped(series_of(here.actor, here.today), held_series_shape)


@router.post(
    "/series/preview",
    auth=READ,
    response=replies.Series,
    summary="Every day of a rule with its decision; nothing is written",
)
def preview_series(request: HttpRequest, body: schemas.SeriesWish):
    here = edge(request)
    return series_shape(
        services.preview_series(
            person=here.actor,
            first_day=body.first_day,
            rrule=body.rrule,
            part=body.part,
            today=here.today,
            form=body.form,
            place=place_for(here.actor, body.place) if body.place else None,
        )
    )


@router.post(
    "/series",
    auth=WRITE,
    response={201: replies.Series},
    summary="Ask for the days of a rule; those refused are told beside the rest",
)
def create_series(request: HttpRequest, body: schemas.SeriesWish):
    here = edge(request)
    outcome = services.book_series(
        person=here.actor, first_day=body.first_day, rrule=body.rrule, part=body.part, note=body.note,
        exception=body.exception, form=body.form, reason=body.reason,
        place=place_for(here.actor, body.place) if body.place else None,
        actor=here.actor, now=here.now, today=here.today,
    )  # fmt: skip
    return Status(201, series_shape(outcome))


@router.delete(
    "/series/{uid}", auth=WRITE, response=replies.Cancelled, summary="Give back every day to come of a series"
)
def delete_series(request: HttpRequest, uid: str):
    here = edge(request)
    series = series_for(here.actor, uid, "book")
    cancelled = services.cancel_series(series=series, actor=here.actor, now=here.now, today=here.today)
    return {"cancelled": len(cancelled), "bookings": [booking_shape(booking) for booking in cancelled]}
