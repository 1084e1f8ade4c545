"""Charters of teams: what a team has fixed within the agreement's ranges, and the writing of it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from people import access, clock
from people.api.door import edge, opened_by
from people.models import Team
from policies.models import TeamCharter
from policies.selectors import timeline_for
from policies.selectors.charters import charter_of
from telework.charters.ranges import Setting, ranges_of
from telework.charters.services import write_charter
from telework.charters.told import told_value

from . import replies
from .numbers import Amount
from .schemas import Day, Strict
from .texts import Letter, Word

router = Router(tags=["charters"])
READ, WRITE = opened_by("charters:read"), opened_by("charters:write")


class CharterIn(Strict):
    """From ``first`` on (today if not given). A setting left out is left to the agreement."""

    first: Day | None = None
    values: Annotated[dict[Word, Amount], Field(max_length=60)] = {}
    words: Letter = ""


class CharterOut(Schema):
    uid: UUID
    first_day: date
    values: dict[str, str]
    words: str


class Range(Schema):
    """What the agreement leaves to the team: from ``lowest`` to ``highest``; ``said``: both in words."""

    name: str
    label: str
    article: str
    lowest: str
    highest: str
    weekday: bool
    unit: str
    said: list[str]


class CharterPage(Schema):
    """``charter`` holds today, ``coming`` is the next one written; both null where there is none."""

    team: replies.Named
    charter: CharterOut | None
    coming: CharterOut | None
    ranges: list[Range]
    yours_to_write: bool


@router.get("/teams/{uid}/charter", auth=READ, response=CharterPage, summary="The charter of a team")
def read_charter(request: HttpRequest, uid: str):
    actor = edge(request).actor
    team = access.team_for(actor, uid, "view_charter")
    today = _today(team)
    coming = TeamCharter.objects.filter(team=team, first_day__gt=today).order_by("first_day").first()
    return {
        "team": {"uid": team.uid, "name": team.name},
        "charter": _shape(charter_of(team, today)),
        "coming": _shape(coming),
        "ranges": [_range(one) for one in ranges_of(timeline_for(team.entity_id).on(today), today)],
        "yours_to_write": access.may(actor, "write_charter", team),
    }


@router.put("/teams/{uid}/charter", auth=WRITE, response=CharterOut, summary="Write the charter of a team")
def put_charter(request: HttpRequest, uid: str, body: CharterIn):
    """That of the same day is replaced, those before stay. The team is told and its days are held against it."""
    here = edge(request)
    team = access.team_for(here.actor, uid, "write_charter")
    today = _today(team)
    text = body.words.replace("\r\n", "\n")
    written = write_charter(
        team, values=body.values, text=text, first=body.first or today, actor=here.actor, now=here.now, today=today
    )
    return _shape(written)


def _today(team: Team) -> date:
    return clock.today(team.site.zone)


def _shape(charter: TeamCharter | None) -> dict | None:
    if charter is None:
        return None
    return {name: getattr(charter, name) for name in ("uid", "first_day", "values", "words")}


def _range(one: Setting) -> dict:
    plain = {name: getattr(one, name) for name in ("name", "label", "article", "weekday", "unit")}
    bounds = {"lowest": f"{one.lowest:f}", "highest": f"{one.highest:f}"}
    return plain | bounds | {"said": [told_value(one, one.lowest), told_value(one, one.highest)]}
