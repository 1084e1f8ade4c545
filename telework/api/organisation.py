"""Teams, entities and sites, for human resources and administrators: read, created, changed."""

from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from people import access, services
from people.access import entities_organised, sites_organised
from people.api.door import edge, opened_by
from people.errors import BadFact
from people.models import Entity, Site, Team
from people.selectors import sites_of

from . import replies
from .paging import Paged
from .schemas import Strict
from .texts import Word

router = Router(tags=["organisation"])
READ, WRITE = opened_by("staff:read"), opened_by("organisation:write")
VIEW, TEAMS = "view_people", "edit_teams"
Print = Annotated[Word, Field(min_length=1)]


class NewTeam(Strict):
    """``codes``: by which agreements name such units (branch, head_office)."""

    name: Word
    entity: UUID
    site: UUID
    codes: Annotated[list[Word], Field(max_length=50)] = []


class TeamChange(NewTeam):
    """All that the team is. ``version``: as it was read."""

    version: Print


class NewEntity(Strict):
    """``parent``: the entity above it."""

    name: Word
    parent: UUID


class EntityChange(Strict):
    """``parent`` null: as it is."""

    name: Word
    parent: UUID | None = None
    version: Print


class NewSite(Strict):
    """``zone``: like Europe/Paris; ``holiday_region``: a country, then a region where holidays differ: FR, FR-57."""

    name: Word
    zone: Word = "Europe/Paris"
    holiday_region: Word = "FR"


class SiteChange(NewSite):
    version: Print


class StaffTeam(replies.Named):
    entity: replies.Named
    site: replies.Named
    codes: list[str]
    version: str


class StaffTeams(Schema):
    count: int
    items: list[StaffTeam]


class StaffEntity(replies.Named):
    """``parent`` is null at the top, and where it is out of your reach."""

    parent: replies.Named | None
    version: str


class StaffSite(replies.Named):
    """``yours``: nobody of another entity works there, so that you may change it."""

    zone: str
    holiday_region: str
    yours: bool
    version: str


class Organisation(Schema):
    entities: list[StaffEntity]
    sites: list[StaffSite]


@router.get("/staff-teams", auth=READ, response=StaffTeams, summary="The teams of your entities, by name")
def list_staff_teams(request: HttpRequest, filters: Query[Paged]):
    actor = edge(request).actor
    if not access.entities_for(actor, VIEW).exists():
        raise Http404
    page = filters.of(list(access.teams_for(actor, VIEW)))
    return page | {"items": [_team_shape(team) for team in page["items"]]}


@router.post("/staff-teams", auth=WRITE, response={201: StaffTeam}, summary="Create a team")
def create_team(request: HttpRequest, body: NewTeam):
    return Status(201, _team_written(request, None, body))


@router.put("/staff-teams/{uid}", auth=WRITE, response=StaffTeam, summary="Name a team, and say where it is")
def change_team(request: HttpRequest, uid: str, body: TeamChange):
    return _team_written(request, access.team_for(edge(request).actor, uid, TEAMS), body, version=body.version)


@router.get("/organisation", auth=READ, response=Organisation, summary="Entities and sites that you administer")
def read_organisation(request: HttpRequest):
    actor = edge(request).actor
    entities = list(entities_organised(actor).select_related("parent"))
    sites = [_site_shape(site, yours) for site, yours in sites_organised(actor)]
    return {"entities": [_entity_shape(entity, entities) for entity in entities], "sites": sites}


@router.post("/entities", auth=WRITE, response={201: StaffEntity}, summary="Create an entity below one of yours")
def create_entity(request: HttpRequest, body: NewEntity):
    here = edge(request)
    entities = list(entities_organised(here.actor))
    parent = _one(entities, body.parent, "parent")
    written = services.write_entity(None, name=body.name, parent=parent, by=here.actor, now=here.now)
    return Status(201, _entity_shape(written, entities))


@router.put("/entities/{uid}", auth=WRITE, response=StaffEntity, summary="Name an entity, and put it below another")
def change_entity(request: HttpRequest, uid: str, body: EntityChange):
    here = edge(request)
    entities = list(entities_organised(here.actor).select_related("parent"))
    held = _called(entities, uid)
    parent = _one(entities, body.parent, "parent") if body.parent else held.parent
    edged = {"by": here.actor, "now": here.now, "version": body.version}
    return _entity_shape(services.write_entity(held, name=body.name, parent=parent, **edged), entities)


@router.post("/sites", auth=WRITE, response={201: StaffSite}, summary="Create a site")
def create_site(request: HttpRequest, body: NewSite):
    here = edge(request)
    entities_organised(here.actor)
    return Status(201, _site_shape(services.write_site(None, **body.model_dump(), by=here.actor, now=here.now), True))


@router.put("/sites/{uid}", auth=WRITE, response=StaffSite, summary="Change a site, with its clock and its holidays")
def change_site(request: HttpRequest, uid: str, body: SiteChange):
    """They are those of everybody who works there."""
    here = edge(request)
    held = _called([site for site, yours in sites_organised(here.actor) if yours], uid)
    return _site_shape(services.write_site(held, **body.model_dump(), by=here.actor, now=here.now), True)


def _team_written(request: HttpRequest, team: Team | None, body: NewTeam, *, version: str = "") -> dict:
    here = edge(request)
    entities = list(access.entities_for(here.actor, TEAMS))
    if not entities:
        raise Http404
    entity, site = _one(entities, body.entity, "entity"), _one(sites_of(entities), body.site, "site")
    edged = {"by": here.actor, "now": here.now, "version": version}
    return _team_shape(services.write_team(team, entity=entity, site=site, name=body.name, codes=body.codes, **edged))


def _called(rows, uid: str):
    found = next((row for row in rows if row.uid == access.read_uid(uid)), None)
    if found is None:
        raise Http404
    return found


def _one(rows, uid: UUID, field: str):
    """The row of that uid among those one may choose."""
    found = next((row for row in rows if row.uid == uid), None)
    if found is None:
        raise BadFact(field, uid, _("This is not one of those you may choose. Send the uid of one of yours."))
    return found


def _team_shape(team: Team) -> dict:
    named = {"entity": _named(team.entity), "site": _named(team.site)}
    return _named(team) | named | {"codes": list(team.codes), "version": services.version_of(team)}


def _entity_shape(entity: Entity, reach: list[Entity]) -> dict:
    known = {each.pk: each for each in reach}
    parent = known.get(entity.parent_id)
    return _named(entity) | {"parent": _named(parent) if parent else None, "version": services.version_of(entity)}


def _site_shape(site: Site, yours: bool) -> dict:
    plain = {name: getattr(site, name) for name in ("zone", "holiday_region")}
    return _named(site) | plain | {"yours": yours, "version": services.version_of(site)}


def _named(row: Team | Entity | Site) -> dict:
    return {"uid": row.uid, "name": row.name}
