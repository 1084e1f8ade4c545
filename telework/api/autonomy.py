"""Who can work at a distance: those not yet validated among one's people, and the word of whoever leads them."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema

from people import access, services
from people.api.door import edge, opened_by
from people.models import Person

from . import replies
from .paging import Paged
from .schemas import Day, Strict

router = Router(tags=["autonomy"])
WRITE = opened_by("autonomy:write")
OPERATION = "validate_autonomy"


class Since(Strict):
    """``on``: the first day of the validation, today if not given."""

    on: Day | None = None


class Autonomy(Schema):
    """``validated_on`` is null as long as nobody has said that the person can work at a distance."""

    person: replies.Person
    validated_on: date | None


class AutonomyPage(Schema):
    count: int
    items: list[Autonomy]


class AutonomyFilters(Paged):
    """``validated``: only those whose autonomy is (true) or is not (false) validated."""

    validated: bool | None = None


@router.get("/autonomy", auth=WRITE, response=AutonomyPage, summary="The people of whom you may say it, by name")
def list_autonomy(request: HttpRequest, filters: Query[AutonomyFilters]):
    """Empty for whoever leads nobody."""
    actor = edge(request).actor
    people = access.people_for(actor, OPERATION).order_by("last_name", "first_name", "pk")
    if filters.validated is not None:
        people = people.filter(autonomy_validated_on__isnull=not filters.validated)
    page = people[filters.offset : filters.offset + filters.limit]
    return {"count": people.count(), "items": [_shape(person) for person in page]}


@router.post(
    "/people/{uid}/autonomy", auth=WRITE, response=Autonomy, summary="Say that somebody can work at a distance"
)
def validate_autonomy(request: HttpRequest, uid: str, body: Since | None = None):
    here = edge(request)
    person = access.person_for(here.actor, uid, OPERATION)
    services.validate_autonomy(person, by=here.actor, on=(body and body.on) or here.today, now=here.now)
    return _shape(person)


@router.delete("/people/{uid}/autonomy", auth=WRITE, response=Autonomy, summary="Take the validation back")
def withdraw_autonomy(request: HttpRequest, uid: str):
    """Days already booked stay until somebody decides on them."""
    here = edge(request)
    person = access.person_for(here.actor, uid, OPERATION)
    services.withdraw_autonomy(person, by=here.actor, now=here.now)
    return _shape(person)


def _shape(person: Person) -> dict:
    return {"person": {"uid": person.uid, "name": person.name}, "validated_on": person.autonomy_validated_on}
