"""Places of telework: one's own, with their commune; those of others as far as one may know them, to agree to."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status

from people import access, services
from people.access import read_uid
from people.api.door import edge, opened_by
from people.models import Person, Place, What
from people.reads import record_read

from . import replies
from .paging import Whole
from .schemas import Day, Strict, Text

router = Router(tags=["places"])
READ, WRITE = opened_by("places:read"), opened_by("places:write")


class Declaration(Strict):
    """``declared_on``: the first day, today if not given. ``country``: two letters, "" for that of the agreement."""

    label: Text
    commune: Text = ""
    declared_on: Day | None = None
    secure_internet: bool = False
    insured_until: Day | None = None
    kind: Literal["home", "second_home", "coworking", "other"] = "home"
    country: Text = ""


class PlaceEnd(Strict):
    """``last_day``: today if not given, or the day of the declaration where that is to come."""

    last_day: Day | None = None


class Agreed(Strict):
    agreed: bool


class DeclaredPlace(Schema):
    """``commune`` is null for whoever may not see it. ``until``, ``insured_until``: last days, null while open."""

    uid: UUID
    label: str
    commune: str | None
    kind: str
    country: str
    declared_on: date
    until: date | None
    secure_internet: bool
    insured_until: date | None
    agreed: bool


class Places(Schema):
    person: replies.Person
    count: int
    items: list[DeclaredPlace]


@router.get("/places", auth=READ, response=Places, summary="Your places of telework")
def list_places(request: HttpRequest, page: Query[Whole]):
    actor = _self(request)
    return _places_shape(actor, actor.places.all(), page, sees=True)


@router.post("/places", auth=WRITE, response={201: DeclaredPlace}, summary="Declare a place of telework")
def declare_place(request: HttpRequest, body: Declaration):
    here, actor = edge(request), _self(request)
    values = body.model_dump() | {"declared_on": body.declared_on or here.today, "country": body.country.strip()}
    place = services.declare_place(actor, **values, by=actor, now=here.now)
    return Status(201, _place_shape(place, sees=True))


@router.post("/places/{uid}/end", auth=WRITE, response=DeclaredPlace, summary="Give one of your places its last day")
def end_place(request: HttpRequest, uid: str, body: PlaceEnd | None = None):
    here, actor = edge(request), _self(request)
    place = actor.places.filter(uid=read_uid(uid)).first()
    if place is None:
        raise Http404
    last_day = (body and body.last_day) or max(here.today, place.declared_on)
    services.end_place(place, last_day=last_day, by=actor, now=here.now)
    return _place_shape(place, sees=True)


@router.get(
    "/people/{uid}/places", auth=READ, response=Places, summary="The places of somebody to whose places you may agree"
)
def list_person_places(request: HttpRequest, uid: str, page: Query[Whole]):
    here = edge(request)
    actor, person = here.actor, access.person_for(here.actor, uid, "agree_place")
    record_read(actor, [person], What.PLACES, here.now)
    sees = access.may(actor, "view_places", person)
    places = person.places.all() if sees else person.places.defer("commune")
    return _places_shape(person, places, page, sees=sees)


@router.post("/places/{uid}/agree", auth=WRITE, response=DeclaredPlace, summary="Agree to a place, or no longer")
def agree_place(request: HttpRequest, uid: str, body: Agreed):
    here = edge(request)
    rows = Place.objects.select_related("person__site", "person__entity").defer("commune")
    place = rows.filter(uid=read_uid(uid)).first()
    if not access.may(here.actor, "agree_place", place.person if place else access.NOBODY) or place is None:
        raise Http404
    services.agree_place(place, agreed=body.agreed, by=here.actor, now=here.now)
    return _place_shape(place, sees=access.may(here.actor, "view_places", place.person))


def _self(request: HttpRequest) -> Person:
    actor = edge(request).actor
    return access.person_for(actor, actor.uid, "declare_place")


def _places_shape(person: Person, places, page: Whole, *, sees: bool) -> dict:
    listed = page.shaped(places, lambda place: _place_shape(place, sees=sees))
    return {"person": {"uid": person.uid, "name": person.name}} | listed


def _place_shape(place: Place, *, sees: bool) -> dict:
    plain = {name: getattr(place, name) for name in DeclaredPlace.model_fields if name != "commune"}
    return plain | {"commune": place.commune if sees else None}
