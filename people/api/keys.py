"""Personal keys: list, make, revoke. Only a session may: a key that leaked must not be able to make others."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from people import access, tokens
from people.api.bodies import Day
from people.api.door import Edge, Session, edge
from people.models import ApiToken
from people.second_factor import has_shown

router = Router(tags=["keys"])


class KeyWish(Schema):
    """``expires_on``: the last day on which the key opens; null for a key that holds until it is revoked."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(strict=True, min_length=1, max_length=tokens.LONGEST_NAME)]
    scopes: Annotated[list[Annotated[str, Field(json_schema_extra={"enum": list(tokens.SCOPES)})]], Field(min_length=1)]
    expires_on: Day | None = None


class KeyOut(Schema):
    uid: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    used_on: date | None
    expires_on: date | None


class FreshKey(KeyOut):
    """``key`` is told only by this answer."""

    key: str


class Keys(Schema):
    count: int
    items: list[KeyOut]


class Page(Schema):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("/keys", auth=Session(), response=Keys, summary="Your keys in force, with the last day each was used")
def list_keys(request: HttpRequest, page: Query[Page]):
    here = _holder(request)
    held = tokens.keys_of(request.user, here.today)
    return {"count": held.count(), "items": list(held[page.offset : page.offset + page.limit])}


@router.post("/keys", auth=Session(), response={201: FreshKey}, summary="Make a key; keep it, it is told only now")
def create_key(request: HttpRequest, body: KeyWish):
    here = _holder(request)
    wish = body.model_dump() | {"proven": has_shown(request)}
    token, raw = tokens.make_own_key(request.user, **wish, now=here.now, today=here.today)
    return Status(201, _shape(token) | {"key": raw})


@router.delete("/keys/{uid}", auth=Session(), response={204: None}, summary="Revoke a key for good")
def delete_key(request: HttpRequest, uid: str):
    here = _holder(request)
    tokens.revoke_key(tokens.key_for(request.user, uid, here.today), by=request.user, now=here.now)
    return Status(204, None)


def _holder(request: HttpRequest) -> Edge:
    here = edge(request)
    if not access.may(here.actor, "hold_keys", here.actor):
        raise Http404
    return here


def _shape(token: ApiToken) -> dict:
    return {name: getattr(token, name) for name in KeyOut.model_fields}
