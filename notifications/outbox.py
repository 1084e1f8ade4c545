"""The outbox: messages are rows written in the transaction of the fact they tell; the sweep delivers them later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from notifications import tasks
from notifications.models import Message
from people.models import Person


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be: ``key`` makes it unique for ever, ``data`` holds ids, never words."""

    recipient_pk: int
    kind: str
    key: str
    data: Mapping[str, object] = field(default_factory=dict)


def put(recipient: Person, kind: str, key: str, data: Mapping[str, object], now: datetime) -> None:
    """Put one message into the outbox; the same key again is told only once. Call it inside the fact's transaction."""
    put_many([Draft(recipient.pk, kind, key, data)], now=now)


def put_many(drafts: Sequence[Draft], *, now: datetime) -> None:
    """Put several messages in one statement, and wake the worker with the same commit."""
    if not drafts:
        return
    Message.objects.bulk_create(
        (
            Message(
                recipient_id=draft.recipient_pk,
                kind=draft.kind,
                key=draft.key,
                data=dict(draft.data),
                created_at=now,
                due_at=now,
            )
            for draft in drafts
        ),
        ignore_conflicts=True,
    )
    tasks.wake()
