"""The doors to a feed: the owner's, and that of whoever holds the secret address."""

from datetime import date
from uuid import UUID

from django.http import Http404

from people.access import may
from people.models import Person
from telework.models import Feed, Scope

from .selectors import feeds_of


def feed_for(owner: Person, uid: UUID | str) -> Feed:
    """One of the owner's feeds in use; 404 for any other."""
    try:
        found = feeds_of(owner).filter(uid=uid if isinstance(uid, UUID) else UUID(str(uid))).first()
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def is_alive(feed: Feed, today: date) -> bool:
    """Whether the feed may still show its days: its owner works here and may see them. ``feed`` as found by secret."""
    owner = feed.owner
    if owner.account is None or not owner.account.is_active:
        return False
    if feed.works_until is not None and feed.works_until < today:
        return False
    return feed.scope == Scope.PERSONAL or may(owner, "make_team_feed", feed.team, day=today)
