from django.db import models

from .fields import public_uid


class ApiToken(models.Model):
    """A key for scripts, acting as an account within its scopes. Kept only as a hash; shown once when it is made."""

    uid = public_uid()
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
