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
    """One text of an agreement (TOML) and its cases (TOML). Immutable once in force; amending adds a version.

    ``edition`` rises with every change of a draft, so that two people who edit one do not overwrite each other.
    """

    uid = public_uid()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    cases = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
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


class CaseSignature(models.Model):
    """Somebody’s name under one case of a version: that this is what was agreed.

    ``fingerprint`` is of the case as it was written and of everything the engine answered to it that day; when either
    changes, the signature no longer holds and is shown as such. ``signer_name`` stays when the account goes.
    """

    uid = public_uid()
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="signatures")
    case = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    signer = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    signer_name = models.CharField(max_length=120)
    capacity = models.CharField(max_length=80)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "case", "signer_name"], name="case_signed_once_a_person")
        ]
