from django.db import models
from django.db.models import Q

from people.models.fields import public_uid


class Message(models.Model):
    """The outbox: a message to one person, written in the same transaction as the fact it tells.

    ``kind`` names the renderer, ``data`` holds ids only: the words are made when it is delivered. ``key`` makes a
    message unique, so that a repeated fact is told once. ``leased_until`` keeps two sweeps from sending it together.
    """

    uid = public_uid()
    recipient = models.ForeignKey("people.Person", models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=10, default="email")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, abandoned_at=None), name="message_waiting")
        ]


class Heartbeat(models.Model):
    """The last sign of life of a process that sweeps: the worker, the watchdog."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()


class Hold(models.Model):
    """While this row stands, nothing leaves: the database was restored, and what it holds may have been told before.

    ``as_of`` is the instant of the backup: messages made until then are the old ones. ``since``: when it was restored.
    """

    name = models.CharField(max_length=10, primary_key=True, default="restored", editable=False)
    as_of = models.DateTimeField()
    since = models.DateTimeField()
