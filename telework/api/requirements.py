"""Coverage requirements: list, read, look ahead, create, replace, copy, end, take away."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from people import access
from people.api.door import edge, opened_by
from people.models import Person
from telework.access import requirement_for, requirements_for
from telework.services import requirements as services
from telework.services.requirements import EDIT, choices_for

from .paging import Whole
from .requirement_shapes import (
    Copying,
    Ending,
    RequirementChange,
    RequirementIn,
    RequirementOut,
    Requirements,
    WrittenOut,
    draft_from,
    requirement_shape,
    written_shape,
)

router = Router(tags=["requirements"])
READ, WRITE = opened_by("requirements:read"), opened_by("requirements:write")
VIEW = "view_coverage"


@router.get("/requirements", auth=READ, response=Requirements, summary="Requirements that you may see, by name")
def list_requirements(request: HttpRequest, page: Query[Whole]):
    """Those of teams and of whole entities, ended ones too."""
    actor = edge(request).actor
    if not access.teams_for(actor, VIEW).exists() and not access.entities_for(actor, VIEW).exists():
        raise Http404
    held = requirements_for(actor, VIEW).prefetch_related("slots")
    return page.shaped(held, requirement_shape)


@router.post("/requirements", auth=WRITE, response={201: WrittenOut}, summary="Write a requirement")
def create_requirement(request: HttpRequest, body: RequirementIn):
    """Existing telework is held against it: new gaps are answered, and told to planners; nothing is cancelled."""
    return Status(201, _written(request, body))


@router.post(
    "/requirements/preview", auth=READ, response=WrittenOut, summary="What would a requirement do? Nothing is written"
)
def preview_requirement(request: HttpRequest, body: RequirementIn):
    """As a new one; ``requirement`` stays null, since there is none."""
    return _written(request, body, write=False)


@router.get("/requirements/{uid}", auth=READ, response=RequirementOut, summary="One requirement with its layers")
def read_requirement(request: HttpRequest, uid: str):
    return requirement_shape(requirement_for(edge(request).actor, uid, VIEW))


@router.put(
    "/requirements/{uid}", auth=WRITE, response=WrittenOut, summary="Replace a requirement, or only from a day on"
)
def replace_requirement(request: HttpRequest, uid: str, body: RequirementChange):
    requirement = requirement_for(edge(request).actor, uid, EDIT)
    return _written(request, body, requirement=requirement, version=body.version, since=body.since)


@router.post("/requirements/{uid}/end", auth=WRITE, response=WrittenOut, summary="Give a requirement its last day")
def end_requirement(request: HttpRequest, uid: str, body: Ending):
    here = edge(request)
    requirement = requirement_for(here.actor, uid, EDIT)
    written = services.end_requirement(
        requirement, body.last_day, version=body.version, actor=here.actor, now=here.now, today=here.today
    )
    return written_shape(written, here.actor)


@router.delete(
    "/requirements/{uid}", auth=WRITE, response={204: None}, summary="Take away a requirement that has never held"
)
def delete_requirement(request: HttpRequest, uid: str, version: int | None = None):
    here = edge(request)
    requirement = requirement_for(here.actor, uid, EDIT)
    services.remove_requirement(requirement, version=version, actor=here.actor, now=here.now, today=here.today)
    return Status(204, None)


@router.post(
    "/requirements/{uid}/copy", auth=WRITE, response={201: WrittenOut}, summary="The same for another team or site"
)
def copy_requirement(request: HttpRequest, uid: str, body: Copying):
    here = edge(request)
    source = requirement_for(here.actor, uid, EDIT)
    scope = _targets(here.actor, body.team, body.site)
    draft = services.copied(source, **scope, first_day=body.first_day, actor=here.actor)
    written = services.write_requirement(
        draft, accept_unmeetable=body.accept_unmeetable, actor=here.actor, now=here.now, today=here.today
    )
    return Status(201, written_shape(written, here.actor))


def _targets(actor: Person, team: UUID | None, site: UUID | None) -> dict:
    found = choices_for(actor).scope(team=team, site=site)
    return {"team": found["team"], "site": found["site"]}


def _written(request: HttpRequest, body: RequirementIn, *, write: bool = True, **how) -> dict:
    here = edge(request)
    draft = draft_from(body, choices_for(here.actor))
    common = {"accept_unmeetable": body.accept_unmeetable, "actor": here.actor, "now": here.now, "today": here.today}
    written = services.write_requirement(draft, write=write, **common, **how)
    if not write:
        written.requirement = None
    return written_shape(written, here.actor)
