from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.fields import public_uid


class Scope(models.TextChoices):
    PERSONAL = "personal", _("my days")
    TEAM = "team", _("a team’s days")


class Privacy(models.TextChoices):
    FULL = "full", _("telework, place and status")
    BUSY = "busy", _("busy or free only")


class Feed(models.Model):
    """A secret calendar address and what it may show.

    The token itself is shown once and kept only as a hash. ``etag``, ``modified_at`` and ``built_for`` remember the
    last bytes: as long as ``built_for`` (the fingerprint of what the feed shows) holds, a 304 needs no calendar.
    """

    uid = public_uid()
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="feeds")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.PERSONAL)
    team = models.ForeignKey("people.Team", models.CASCADE, null=True, blank=True, related_name="+")
    privacy = models.CharField(max_length=4, choices=Privacy.choices, default=Privacy.FULL)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    fetched_by = models.CharField(max_length=60, blank=True)
    etag = models.CharField(max_length=64, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    built_for = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="personal", team=None) | Q(scope="team", team__isnull=False),
                name="feed_team_by_scope",
            )
        ]
