"""Writes on feeds: make one, give it another address, take it back. The address is answered once and never again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from people.access import may
from people.audit import record
from people.models import Person, Team
from telework.errors import BadWish
from telework.models import Feed, Privacy, Scope

from .selectors import feeds_of
from .tokens import SUFFIX, hash_token, new_token

MOST_FEEDS = 20


@transaction.atomic
def create_feed(
    *, owner: Person, scope: str, privacy: str, now: datetime, team: Team | None = None
) -> tuple[Feed, str]:
    """A new feed and its address. ``BadWish`` names the field; 404 for a team that is not the owner's to see."""
    _check_choice("scope", scope, Scope.values)
    _check_choice("privacy", privacy, Privacy.values)
    if (scope == Scope.TEAM) != (team is not None):
        remedy = _("Choose the team whose days the calendar shows.") if team is None else _("Leave the team out.")
        raise BadWish("team", team.name if team else "", remedy)
    if not may(owner, "make_team_feed" if team else "make_personal_feed", team or owner):
        raise Http404
    if feeds_of(owner).count() >= MOST_FEEDS:
        remedy = _("You have %(count)s addresses. Revoke one you no longer use, then make another.")
        raise BadWish("scope", scope, remedy % {"count": MOST_FEEDS})
    token = new_token()
    feed = Feed.objects.create(
        owner=owner, scope=scope, team=team, privacy=privacy, token_hash=hash_token(token), created_at=now
    )
    record(owner, "feed.created", feed, now, scope=scope, privacy=privacy)
    return feed, address_of(token)


@transaction.atomic
def rotate_feed(*, feed: Feed, actor: Person, now: datetime) -> str:
    """Another address for the same feed; the old one opens nothing from now on. Entries keep their UIDs."""
    token = new_token()
    feed.token_hash, feed.fetched_at, feed.fetched_by = hash_token(token), None, ""
    feed.save(update_fields=["token_hash", "fetched_at", "fetched_by"])
    record(actor, "feed.rotated", feed, now)
    return address_of(token)


@transaction.atomic
def revoke_feed(*, feed: Feed, actor: Person, now: datetime) -> None:
    """Close the address for good; programs that still ask are told that there is no calendar."""
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record(actor, "feed.revoked", feed, now)


def address_of(token: str) -> str:
    """The whole address to give to a calendar program."""
    return f"{settings.BASE_URL}/cal/{token}{SUFFIX}"


def _check_choice(field: str, value: str, known: list[str]) -> None:
    if value not in known:
        remedy = _("“%(value)s” is not a choice here. Choose one of: %(known)s.")
        raise BadWish(field, value, remedy % {"value": str(value)[:40], "known": ", ".join(known)})
