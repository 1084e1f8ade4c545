"""The daily run: what is past its time goes, a few hundred rows at once, so that it may stop and go on at any point."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from people.models import AuditEvent
from people.services import calendar_changed

from .registry import classes
from .retention import Kept, due_on

AT_ONCE = 500
LONGEST_RUN = timedelta(seconds=120)  # well below the worker's limit; the rest is another task
VERB = "retention.applied"


def forget(clock: Callable[[], datetime], *, longest: timedelta = LONGEST_RUN) -> bool:
    """Let go what is past its time; True while there is more. ``clock`` is read between two pieces.

    Each piece is one transaction with its audit event: who stops it in between loses nothing and repeats nothing.
    """
    start = clock()
    today = start.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    for kept in classes():
        while _forget_some(kept, today, clock()):
            if clock() - start > longest:
                return True
    return False


@transaction.atomic
def _forget_some(kept: Kept, today: date, now: datetime) -> bool:
    """Let one piece of a class go; whether there may be more of it."""
    pks = list(due_on(kept, today).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not pks:
        return False
    rows = kept.rows.objects.filter(pk__in=pks)
    if kept.planned:
        _tell_calendars(set(rows.values_list(kept.person, flat=True)))
    if kept.go:
        kept.go(pks, now)
    else:
        rows.delete()
    _note(kept, len(pks), today, now)
    return len(pks) == AT_ONCE


def _tell_calendars(people: set[int]) -> None:
    calendar_changed(people - {None})


def _note(kept: Kept, count: int, today: date, now: datetime) -> None:
    """One event a class and day, which grows with each piece: numbers only."""
    about = {
        "verb": VERB,
        "subject_type": "people.retention",
        "subject_uid": uuid5(NAMESPACE_URL, f"retention:{kept.code}"),
    }
    data = {"class": kept.code, "day": today.isoformat()}
    known = AuditEvent.objects.filter(**about, data__day=data["day"]).first()
    if known:
        known.data["rows"] += count
        known.save(update_fields=["data"])
    else:
        AuditEvent.objects.create(at=now, actor=None, data=data | {"rows": count}, **about)
