"""Who is signed in, and how it ends. An ended session is refused at its next request, whatever is under way there."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from people.models import Account, Session


def sessions_of(account: Account, now: datetime) -> QuerySet[Session]:
    """The sessions of ``account`` that are open, the one used last first."""
    return Session.objects.filter(account=account, expire_date__gt=now)


def end_session(account: Account, uid: UUID) -> bool:
    """End one session of ``account``; False when there is none of that name."""
    return bool(Session.objects.filter(account=account, uid=uid).delete()[0])


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End every session of ``account`` besides the one with the key ``but``; how many these were."""
    return Session.objects.filter(account=account).exclude(session_key=but or "").delete()[0]


def drop_ended(now: datetime) -> int:
    """Remove the rows of sessions that are over; how many these were."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]
