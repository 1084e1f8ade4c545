"""Reads about the outbox, for the health page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from notifications.models import Message


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the outbox stands: messages waiting, for how long the oldest is overdue, messages given up."""

    waiting: int
    overdue: timedelta
    abandoned: int


def backlog(now: datetime) -> Backlog:
    """The state of the outbox at ``now``, in one query."""
    waiting = Q(sent_at=None, abandoned_at=None)
    found = Message.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("due_at", filter=waiting),
        abandoned=Count("pk", filter=Q(abandoned_at__isnull=False)),
    )
    oldest = found["oldest"] or now
    return Backlog(found["waiting"], max(now - oldest, timedelta(0)), found["abandoned"])
