"""Exceptional days: what is open, preparing and confirming by two people, an earlier or later end, who is where."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from people import access
from people.api.door import Edge, edge, opened_by
from people.errors import BadFact
from people.models import Entity, Person, Team
from policies.models import RegimeTerm
from policies.selectors.regimes import Population
from telework.exceptional import services
from telework.exceptional.access import VIEW, Sight, people_seen, regime_for, sight_for, sights_for
from telework.exceptional.board import board_of
from telework.exceptional.drafts import Draft, answer_of, check, concerned, tidied

from . import exceptional_shapes as shapes
from .paging import Paged

router = Router(tags=["exceptional days"])
READ, WRITE = opened_by("exceptional:read"), opened_by("exceptional:write")


@router.get("/exceptional", auth=READ, response=shapes.RegimePage, summary="Exceptional days that you may see")
def list_exceptional(request: HttpRequest, filters: Query[Paged]):
    """The newest first."""
    here = edge(request)
    opens = access.entities_for(here.actor, services.OPERATION).exists()
    if not opens and not access.people_for(here.actor, VIEW).exclude(pk=here.actor.pk).exists():
        raise Http404
    page = filters.of(sights_for(here.actor))
    return page | {"items": [shapes.sight_shape(sight, here.today) for sight in page["items"]]}


@router.post("/exceptional/preview", auth=WRITE, response=shapes.Looked, summary="Whom would they concern?")
def preview_exceptional(request: HttpRequest, body: shapes.RegimeIn):
    here = edge(request)
    draft = _draft(here, body)
    people = concerned(draft)
    return shapes.looked_shape(draft, people, answer_of(draft, today=here.today))


@router.post("/exceptional", auth=WRITE, response={201: shapes.RegimeOut}, summary="Prepare exceptional days")
def prepare_exceptional(request: HttpRequest, body: shapes.RegimeIn):
    """They hold as soon as another person has confirmed them."""
    here = edge(request)
    term = services.prepare_regime(_draft(here, body), actor=here.actor, now=here.now, today=here.today)
    return Status(201, _seen(here, term.regime.uid))


@router.get("/exceptional/{uid}", auth=READ, response=shapes.RegimeOut, summary="One of them, with who has fired it")
def read_exceptional(request: HttpRequest, uid: str):
    here = edge(request)
    return shapes.sight_shape(sight_for(here.actor, uid), here.today)


@router.get("/exceptional/{uid}/where", auth=READ, response=shapes.BoardOut, summary="Who is where now, by plan")
def read_where(request: HttpRequest, uid: str, filters: Query[shapes.StateFilter]):
    """The people concerned whose whereabouts you may see; never why somebody is absent."""
    here = edge(request)
    sight = sight_for(here.actor, uid)
    first = max(min(here.today, sight.last_day), sight.first_day)
    people = people_seen(here.actor, sight, first, sight.last_day).select_related("site")
    board = board_of(list(people), here.now)
    return shapes.board_shape(board.only(filters.state) if filters.state else board, board.counts)


@router.post("/exceptional/{uid}/confirm", auth=WRITE, response=shapes.Told, summary="Confirm what another prepared")
def confirm_exceptional(request: HttpRequest, uid: str):
    here, waiting = _waiting(request, uid)
    told = services.confirm_term(waiting, actor=here.actor, now=here.now, today=here.today)
    return {"told": told, "regime": _seen(here, uid)}


@router.post("/exceptional/{uid}/dismiss", auth=WRITE, response=shapes.Told, summary="Take back what awaits")
def dismiss_exceptional(request: HttpRequest, uid: str):
    here, waiting = _waiting(request, uid)
    services.dismiss_term(waiting, actor=here.actor, now=here.now)
    return {"told": 0, "regime": _seen(here, uid)}


@router.post("/exceptional/{uid}/extend", auth=WRITE, response=shapes.Told, summary="Prepare a later end")
def extend_exceptional(request: HttpRequest, uid: str, body: shapes.LastDay):
    here = edge(request)
    sight = regime_for(here.actor, uid)
    services.extend_regime(sight.regime, body.last, actor=here.actor, now=here.now, today=here.today)
    return {"told": 0, "regime": _seen(here, uid)}


@router.post("/exceptional/{uid}/end", auth=WRITE, response=shapes.Told, summary="Set an earlier end")
def end_exceptional(request: HttpRequest, uid: str, body: shapes.LastDay):
    """One person is enough. Telework asked for stays, and is held against the rules again."""
    here = edge(request)
    sight = regime_for(here.actor, uid)
    told = services.end_regime(sight.regime, body.last, actor=here.actor, now=here.now, today=here.today)
    return {"told": told, "regime": _seen(here, uid)}


def _waiting(request: HttpRequest, uid: str) -> tuple[Edge, RegimeTerm]:
    here = edge(request)
    waiting = regime_for(here.actor, uid).waiting
    if waiting is None:
        raise services.NotYours(_("Nothing awaits a second person any more. Nothing was changed."))
    return here, waiting


def _seen(here: Edge, uid: UUID | str) -> dict:
    sight: Sight = regime_for(here.actor, uid)
    return shapes.sight_shape(sight, here.today)


def _draft(here: Edge, body: shapes.RegimeIn) -> Draft:
    """What a body means, checked; not found for an entity, a site or a team out of reach."""
    entities = list(access.entities_for(here.actor, services.OPERATION))
    teams = list(Team.objects.filter(entity__in=entities).select_related("site"))
    entity = _called(entities, body.entity) or (entities[0] if len(entities) == 1 else None)
    if not entities:
        raise Http404
    scope = Population(
        entity, _called({team.site for team in teams}, body.site), _called(teams, body.team), _job(entities, body.job)
    )
    plain = {name: getattr(body, name) for name in ("first", "last", "name", "words", "cause", "off_quota")}
    draft = tidied(Draft(scope, **plain))
    check(draft, today=here.today)
    return draft if body.people is None else _of_these(draft, set(body.people))


def _called(rows, uid: UUID | None):
    found = next((row for row in rows if row.uid == uid), None)
    if uid and found is None:
        raise Http404
    return found


def _job(entities: list[Entity], job: str) -> str:
    if job and not Person.objects.filter(entity__in=entities, job=job).exists():
        raise BadFact("job", job, _("“%(value)s” is no job here. Choose one of the list.") % {"value": job[:40]})
    return job


def _of_these(draft: Draft, uids: set[UUID]) -> Draft:
    """Only the people named, who must be among those concerned."""
    people = {person.uid: person.pk for person in concerned(draft)}
    if not uids <= set(people):
        raise Http404
    listed = frozenset(people[uid] for uid in uids)
    return replace(draft, population=draft.population._replace(listed=listed))
