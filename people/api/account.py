"""One's own account and the browsers in which one is signed in. Only a session may: a key that leaked must neither
silence mails nor sign anybody out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from people import access, clock
from people.api.door import Session, edge
from people.api.keys import Page
from people.mails import TOPICS, keep_mails
from people.models import Account
from people.sessions.services import end_session, end_sessions, sessions_of

router = Router(tags=["account"])
Told = Annotated[bool, Field(strict=True)]


class Mails(Schema):
    """Which mails come. Answers to one’s own requests, recalls and what protects the account always do."""

    notes: bool
    charters: bool
    requests: bool
    coverage: bool


class MailsWish(Schema):
    model_config = ConfigDict(extra="forbid")

    notes: Told = True
    charters: Told = True
    requests: Told = True
    coverage: Told = True


class AccountOut(Schema):
    email: str
    language: Literal["fr", "en"]
    mails: Mails


class AccountWish(Schema):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["fr", "en"] = "fr"
    mails: MailsWish = Field(default_factory=MailsWish)


class SessionOut(Schema):
    """``current``: the one that asks."""

    uid: UUID
    browser: str
    system: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    expires_at: datetime
    current: bool


class Sessions(Schema):
    count: int
    items: list[SessionOut]


class Ended(Schema):
    ended: int


@router.get("/account", auth=Session(), response=AccountOut, summary="Your account: address, language, mails")
def read_account(request: HttpRequest):
    return _account(edge(request).actor.account)


@router.patch("/account", auth=Session(), response=AccountOut, summary="Change your language, or which mails come")
def change_account(request: HttpRequest, body: AccountWish):
    account = edge(request).actor.account
    told = body.model_dump(exclude_unset=True)
    with transaction.atomic():
        if "language" in told and told["language"] != account.language:
            account.language = told["language"]
            account.save(update_fields=["language"])
        keep_mails(account, told.get("mails", {}))
    return _account(account)


@router.get("/sessions", auth=Session(), response=Sessions, summary="The browsers in which you are signed in")
def list_sessions(request: HttpRequest, page: Query[Page]):
    held = sessions_of(_own(request), clock.now())
    rows = held[page.offset : page.offset + page.limit]
    here = request.session.session_key
    items = [
        {name: getattr(row, name) for name in ("uid", "browser", "system", "signed_in_at", "seen_at")}
        | {"expires_at": row.expire_date, "current": row.session_key == here}
        for row in rows
    ]
    return {"count": held.count(), "items": items}


@router.delete("/sessions/{uid}", auth=Session(), response={204: None}, summary="Sign one of your browsers out")
def delete_session(request: HttpRequest, uid: str):
    account = _own(request)
    if not end_session(account, _uid(uid)):
        raise Http404
    if request.session.visit and str(request.session.visit.uid) == uid.lower():
        request.session.flush()
    return Status(204, None)


@router.delete("/sessions", auth=Session(), response=Ended, summary="Sign all of your other browsers out")
def delete_sessions(request: HttpRequest):
    return {"ended": end_sessions(_own(request), but=request.session.session_key)}


def _own(request: HttpRequest) -> Account:
    actor = edge(request).actor
    if not access.may(actor, "end_session", actor):
        raise Http404
    return actor.account


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _account(account: Account) -> dict:
    mails = {name: name not in account.mails_off for name in TOPICS}
    return {"email": account.email, "language": account.language, "mails": mails}
