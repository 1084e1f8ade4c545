from django.db import models
from django.db.models import Q

from people.models.fields import public_uid


class LabState(models.TextChoices):
    """waiting → running → done | failed, and waiting or running → cancelled. The last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LAB_ACTIVE = (LabState.WAITING, LabState.RUNNING)


class LabRun(models.Model):
    """A past period asked again under the rules of a draft, as they stand on ``as_of``.

    ``reading``: instead of a draft against what was in force, the choices of that reading against each other. ``text``
    is the draft as it was at ``edition``. While it runs, ``partial`` holds sums over the first ``reached`` people and
    ``refused`` the bookings refused (primary keys, little-endian int64) that coverage is counted without; both are
    emptied at the end. ``result`` holds what may be shown: sums only, none over fewer than five people.
    ``touched_at``: when somebody last worked on it, so that another may go on where a process died.
    """

    uid = public_uid()
    version = models.ForeignKey("policies.AgreementVersion", models.CASCADE, related_name="lab_runs")
    entity = models.ForeignKey("people.Entity", models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    text = models.TextField()
    reading = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateField()
    state = models.CharField(max_length=9, choices=LabState.choices, default=LabState.WAITING)
    reached = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    partial = models.JSONField(default=dict)
    refused = models.BinaryField(default=b"")
    result = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], condition=Q(state__in=["waiting", "running"]), name="lab_runs_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="lab_period_ends_after_start"),
        ]

    @property
    def is_active(self) -> bool:
        return self.state in LAB_ACTIVE

    @property
    def percent(self) -> int:
        """How far it is. The last tenth is what comes after the people: coverage and the sums."""
        if self.state == LabState.DONE:
            return 100
        return 90 * self.reached // self.people if self.people else 0
