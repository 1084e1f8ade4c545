"""When somebody's access ends, their calendar addresses close with it."""

from people.signals import access_ended
from telework.models import Feed


def connect() -> None:
    access_ended.connect(_revoke, dispatch_uid="telework.feeds.leaving")


def _revoke(sender, person, now, **kwargs) -> None:
    Feed.objects.filter(owner=person, revoked_at=None).update(revoked_at=now)
