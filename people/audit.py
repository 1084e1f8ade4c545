"""Who did what: one event beside every fact, in its transaction."""

from datetime import datetime

from django.db.models import Model

from people.models import AuditEvent, Person


def record(actor: Person | None, verb: str, subject: Model, now: datetime, **data) -> AuditEvent:
    """Write that ``actor`` did ``verb`` to ``subject``, a row with a uid. ``data``: JSON-safe, no personal text."""
    return AuditEvent.objects.create(
        at=now,
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_uid=subject.uid,
        data=data,
    )
