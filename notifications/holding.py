"""The hold of a restored database: no message leaves until somebody says what becomes of the old ones."""

from datetime import datetime

from django.db import transaction

from notifications.models import Hold, Message

DROPPED = "not sent: from before a restore"


def hold(*, as_of: datetime, since: datetime) -> None:
    """Hold all messages. ``as_of``: the instant of the backup; ``since``: now. A second restore replaces the first."""
    Hold.objects.update_or_create(name="restored", defaults={"as_of": as_of, "since": since})


def current_hold() -> Hold | None:
    """The hold in force, if any."""
    return Hold.objects.first()


def old_messages(found: Hold):
    """What waited or was given up when the backup was made; it may have been sent since, by the database it is of."""
    return Message.objects.filter(sent_at=None, created_at__lte=found.as_of)


def release(now: datetime, *, send_old: bool) -> tuple[int, int]:
    """End the hold; old messages are sent or dropped. Returns how many are sent from now on, and how many never.

    Dropped messages stay in the outbox as told, with the reason, so that their keys are still known.
    """
    with transaction.atomic():
        found = Hold.objects.select_for_update().first()
        if found is None:
            return 0, 0
        old = old_messages(found)
        dropped = 0 if send_old else old.update(sent_at=now, abandoned_at=None, leased_until=None, last_error=DROPPED)
        waiting = Message.objects.filter(sent_at=None, abandoned_at=None)
        sent = waiting.update(leased_until=None, due_at=now)
        found.delete()
    return sent, dropped
