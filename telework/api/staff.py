"""People as human resources keep them: found, added, changed; contracts, teams and a last day."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from people import access, services
from people.api.door import Edge, edge, opened_by
from people.errors import BadFact
from people.listing import Shown, Wanted, found_people
from people.models import Contract, Membership, Person, Team, What
from people.reads import record_read
from people.selectors import sites_of
from people.services import contracts, persons, version_of
from telework.staff.services import carry_out, leave
from telework.staff.weeks import offered_patterns

from . import replies
from .paging import Paged
from .schemas import Day, Strict, Text

router = Router(tags=["staff"])
READ, WRITE = opened_by("staff:read"), opened_by("staff:write")
VIEW, ADD, EDIT = "view_people", "add_people", "edit_people"
Fingerprint = Annotated[str, Field(strict=True, max_length=40)]
Rate = Annotated[str, Field(strict=True, max_length=12, pattern=r"^\d{1,3}(\.\d{1,2})?$")]


class StaffFilters(Paged):
    """``q``: part of a name, number or address, with or without accents; ``team`` and ``entity``: uids."""

    q: Text = ""
    team: UUID | None = None
    entity: UUID | None = None
    status: Literal["active", "leaving", "coming", "left", "no_contract"] | None = None


class NewPerson(Strict):
    """``job``: the code by which agreements name the activity."""

    entity: UUID
    site: UUID
    first_name: Text
    last_name: Text
    number: Text = ""
    email: Text = ""
    job: Text = ""
    job_title: Text = ""
    hired_on: Day | None = None


class PersonChange(Strict):
    """Only what is given is changed. ``version``: as it was read; another one by now is refused."""

    version: Fingerprint
    entity: UUID | None = None
    site: UUID | None = None
    first_name: Text | None = None
    last_name: Text | None = None
    number: Text | None = None
    email: Text | None = None
    job: Text | None = None
    job_title: Text | None = None
    hired_on: Day | None = None


class NewContract(Strict):
    """Holds from ``start`` on; the one that is open then ends the day before. ``rate``: percent, as a decimal text.

    ``pattern``: the name of a week in use; left out for whoever works by roster (``rostered``).
    """

    start: Day
    end: Day | None = None
    status: Literal["permanent", "fixed_term", "apprentice", "intern", "agency"] = "permanent"
    rate: Rate = "100"
    pattern: Text = ""
    rostered: bool = False
    trial_end: Day | None = None


class NewMembership(Strict):
    """``move``: the teams somebody is a member of end the day before."""

    team: UUID
    role: Literal["member", "manager", "deputy"] = "member"
    first_day: Day
    move: bool = False


class Leaving(Strict):
    last_day: Day


class StaffRow(Schema):
    uid: UUID
    name: str
    number: str
    email: str
    job_title: str
    entity: str
    site: str
    teams: list[str]
    status: Literal["active", "leaving", "coming", "left", "no_contract"]
    has_account: bool


class StaffPage(Schema):
    count: int
    items: list[StaffRow]


class StaffPerson(Schema):
    """``version`` is to be sent back with a change."""

    uid: UUID
    name: str
    first_name: str
    last_name: str
    number: str
    email: str
    job: str
    job_title: str
    hired_on: date | None
    entity: replies.Named
    site: replies.Named
    has_account: bool
    version: str


class StaffContract(Schema):
    """``version`` is to be sent back with a correction."""

    uid: UUID
    start: date
    end: date | None
    status: str
    rate: str
    pattern: str | None
    rostered: bool
    trial_end: date | None
    version: str


class StaffContracts(Schema):
    items: list[StaffContract]


class StaffMembership(Schema):
    team: replies.Named
    role: Literal["member", "manager", "deputy"]
    first_day: date
    last_day: date | None


class StaffMemberships(Schema):
    items: list[StaffMembership]


class LeavingEffect(Schema):
    """``cancelled``: days of telework after the last day that are no longer booked."""

    last_day: date
    cancelled: list[date]


@router.get("/people", auth=READ, response=StaffPage, summary="The people you look after, by name")
def list_people(request: HttpRequest, filters: Query[StaffFilters]):
    here = edge(request)
    if not access.entities_for(here.actor, VIEW).exists():
        raise Http404
    people = access.people_for(here.actor, VIEW)
    entity = _one(access.entities_for(here.actor, VIEW), filters.entity) if filters.entity else None
    team = _one(access.teams_for(here.actor, VIEW), filters.team) if filters.team else None
    wanted = Wanted(
        words=filters.q.replace("\0", " ")[:200],
        entity=entity and entity.pk,
        team=team and team.pk,
        status=filters.status or "",
    )
    count, rows = found_people(people, wanted, first=filters.offset, most=filters.limit, today=here.today)
    return {"count": count, "items": [_row_shape(row) for row in rows]}


@router.post("/people", auth=WRITE, response={201: StaffPerson}, summary="Add a person")
def create_person(request: HttpRequest, body: NewPerson):
    here = edge(request)
    draft = services.PersonDraft(**(body.dict() | _place(here, ADD, body.entity, body.site)))
    return Status(201, _person_shape(services.create_person(draft, by=here.actor, now=here.now)))


@router.get("/people/{uid}", auth=READ, response=StaffPerson, summary="Who somebody is")
def read_person(request: HttpRequest, uid: str):
    here = edge(request)
    person = access.person_for(here.actor, uid, VIEW)
    record_read(here.actor, [person], What.PERSON, here.now)
    return _person_shape(person)


@router.patch("/people/{uid}", auth=WRITE, response=StaffPerson, summary="Change who somebody is, and where")
def change_person(request: HttpRequest, uid: str, body: PersonChange):
    """Telework is held against the rules of the new place; those concerned are told."""
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    given = body.dict(exclude_unset=True, exclude={"version"})
    given = {name: value for name, value in given.items() if value is not None or name == "hired_on"}
    if {"entity", "site"} & set(given):
        given |= _place(here, EDIT, body.entity or person.entity.uid, body.site or person.site.uid, own=person)
    held = {name: getattr(person, name) for name in persons.FIELDS}
    draft = services.PersonDraft(**(held | given))

    def change() -> None:
        services.change_person(person, draft, by=here.actor, now=here.now, version=body.version)

    _carry_out(here, person, change, here.today)
    return _person_shape(_fresh(person))


@router.get("/people/{uid}/contracts", auth=READ, response=StaffContracts, summary="The contracts of somebody")
def list_contracts(request: HttpRequest, uid: str):
    here = edge(request)
    person = access.person_for(here.actor, uid, VIEW)
    record_read(here.actor, [person], What.PERSON, here.now)
    rows = Contract.objects.filter(person=person).select_related("pattern").order_by("start")
    return {"items": [contract_shape(row) for row in rows]}


@router.post(
    "/people/{uid}/contracts", auth=WRITE, response={201: StaffContract}, summary="Write a contract from a day on"
)
def add_contract(request: HttpRequest, uid: str, body: NewContract):
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    draft = contract_draft(here, body)
    made: list[Contract] = []

    def change() -> None:
        made.append(services.add_contract(person, draft, by=here.actor, now=here.now))

    _carry_out(here, person, change, draft.start)
    return Status(201, contract_shape(Contract.objects.select_related("pattern").get(pk=made[0].pk)))


@router.get("/people/{uid}/memberships", auth=READ, response=StaffMemberships, summary="The teams of somebody")
def list_memberships(request: HttpRequest, uid: str):
    person = access.person_for(edge(request).actor, uid, VIEW)
    return {"items": memberships_of(person)}


@router.post("/people/{uid}/memberships", auth=WRITE, response={201: StaffMembership}, summary="Put somebody in a team")
def add_membership(request: HttpRequest, uid: str, body: NewMembership):
    """As a member or at its head, from a day on; a circle of managers is refused."""
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    team = access.teams_for(here.actor, "edit_teams").filter(uid=body.team).first()
    if team is None:
        raise BadFact("team", body.team, _("This is no team of your entities. Send the uid of one of them."))
    if body.move and body.role != "member":
        raise BadFact("move", body.role, _("“move” goes with the role “member”. Leave it out."))
    made: list[Membership] = []

    def change() -> None:
        edge_of = {"first_day": body.first_day, "by": here.actor, "now": here.now}
        join = services.move_team if body.move else services.join_team
        made.append(join(person, team, **edge_of, **({} if body.move else {"role": body.role})))

    _carry_out(here, person, change, body.first_day)
    return Status(201, _membership_shape(made[0]))


@router.post("/people/{uid}/leaving", auth=WRITE, response=LeavingEffect, summary="Give somebody their last day")
def give_last_day(request: HttpRequest, uid: str, body: Leaving):
    """Contract, teams and skills end; telework after it is cancelled, access ends the day after."""
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    effect = leave(person, last_day=body.last_day, actor=here.actor, now=here.now, today=here.today)
    return {"last_day": body.last_day, "cancelled": [booking.day for booking in effect.cancelled]}


def _carry_out(here: Edge, person: Person, change, first: date) -> None:
    carry_out(person, change, first=first, actor=here.actor, now=here.now, today=here.today, write=True)


def _place(here: Edge, operation: str, entity: UUID, site: UUID, *, own: Person | None = None) -> dict[str, object]:
    """Entity and site in reach; the site where the person already is may stay."""
    entities = list(access.entities_for(here.actor, operation))
    found = next((one for one in entities if one.uid == entity), None)
    where = next((one for one in sites_of(entities) if one.uid == site), None)
    if own and where is None and own.site.uid == site:
        where = own.site
    if found is None:
        raise Http404
    if where is None:
        raise BadFact("site", site, _("This is no site of your entities. Send the uid of one of them."))
    return {"entity": found, "site": where}


def _one(rows, uid: UUID):
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("entity", "site").get(pk=person.pk)


def contract_draft(here: Edge, body: NewContract, held: Contract | None = None) -> contracts.ContractDraft:
    """What a body says of a contract; the week of the one ``held`` may stay, whoever else uses it."""
    pattern = None
    if body.pattern:
        pattern = next((one for one in offered_patterns(here.actor, held) if one.name == body.pattern), None)
        if pattern is None:
            sentence = _(
                "“%(value)s” is no working week in use. Take a name from /api/v1/work-patterns, or add one there."
            )
            raise BadFact("pattern", body.pattern, sentence % {"value": body.pattern[:40]})
    values = body.dict(include=set(contracts.FIELDS) - {"pattern", "rate"})
    return contracts.ContractDraft(**values, rate=Decimal(body.rate), pattern=pattern)


def _row_shape(row: Shown) -> dict:
    line = row.person
    names = ("uid", "name", "number", "email", "job_title", "entity", "site")
    found = {name: getattr(line, name) for name in names}
    return found | {"teams": list(row.teams), "status": str(row.status), "has_account": line.account is not None}


def _person_shape(person: Person) -> dict:
    names = ("uid", "name", "first_name", "last_name", "number", "email", "job", "job_title", "hired_on")
    return {name: getattr(person, name) for name in names} | {
        "entity": {"uid": person.entity.uid, "name": person.entity.name},
        "site": {"uid": person.site.uid, "name": person.site.name},
        "has_account": person.account_id is not None,
        "version": version_of(Person.objects.get(pk=person.pk)),
    }


def contract_shape(row: Contract) -> dict:
    names = ("uid", "start", "end", "status", "rostered", "trial_end")
    shown = {name: getattr(row, name) for name in names}
    return (
        shown
        | {"rate": f"{row.rate.normalize():f}", "pattern": row.pattern.name if row.pattern else None}
        | {"version": version_of(row)}
    )


def memberships_of(person: Person) -> list[dict]:
    """Every place in a team, ended ones too, as they began."""
    rows = person.memberships.select_related("team").order_by("first_day", "pk")
    return [_membership_shape(row) for row in rows]


def _membership_shape(row: Membership) -> dict:
    team: Team = row.team
    dates = {"first_day": row.first_day, "last_day": row.last_day}
    return {"team": {"uid": team.uid, "name": team.name}, "role": str(row.role), **dates}
