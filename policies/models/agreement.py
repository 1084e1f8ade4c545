from django.db import models
from django.db.models import Q

from people.models.fields import public_uid


class Agreement(models.Model):
    """The telework agreement of an entity; what it says is in its versions."""

    uid = public_uid()
    entity = models.ForeignKey("people.Entity", models.PROTECT, related_name="agreements")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "slug"], name="agreement_once_an_entity")]

    def __str__(self) -> str:
        return self.title


class VersionState(models.TextChoices):
    """draft → tested (its cases pass) → in_force (from ``effective_from``; the text never changes again)."""

    DRAFT = "draft"
    TESTED = "tested"
    IN_FORCE = "in_force"


class AgreementVersion(models.Model):
    """One text of an agreement (TOML) and its cases (TOML). Immutable once in force; amending adds a version."""

    uid = public_uid()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    cases = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    effective_from = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(effective_from__isnull=False), name="version_in_force_is_dated"
            ),
        ]
