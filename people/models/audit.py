from django.db import models


class AuditEvent(models.Model):
    """Who did what to which object, written in the same transaction as the fact. Never changed, never personal text."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_uid = models.UUIDField(db_index=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
