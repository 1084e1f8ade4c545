from django.db import models

from .fields import EncryptedTextField, public_uid


class ImportKind(models.TextChoices):
    """What a file of human resources tells of."""

    PEOPLE = "people"
    CONTRACTS = "contracts"
    TEAMS = "teams"
    MANAGERS = "managers"
    PLACES = "places"


class ImportState(models.TextChoices):
    """COLUMNS: read, its columns to be confirmed → CHECKING → READY or FAULTY → APPLYING → DONE.

    FAILED: something of ours broke, nothing was written. GONE: given up, or kept for its hour. A file is kept,
    encrypted, until DONE, FAILED or GONE.
    """

    COLUMNS = "columns"
    CHECKING = "checking"
    READY = "ready"
    FAULTY = "faulty"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"
    GONE = "gone"


class ImportRun(models.Model):
    """A file of human resources on its way: what it holds, what was chosen for it, what it would change.

    ``content`` (its rows) and ``report`` (changes and faults, in words) name people: encrypted, and gone with the run.
    ``counts`` are numbers only and stay. ``digest`` stands for the difference that was shown.
    """

    uid = public_uid()
    entity = models.ForeignKey("people.Entity", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.COLUMNS)
    name = models.CharField(max_length=120, blank=True)
    content = EncryptedTextField(blank=True)
    report = EncryptedTextField(blank=True)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=32, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"])]


class ColumnMemory(models.Model):
    """What the columns of a file were said to mean, so that the next file with the same titles is read alike."""

    entity = models.ForeignKey("people.Entity", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    titles = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "kind", "titles"], name="columns_once_a_file_head")]
