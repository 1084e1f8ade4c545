from django.db import models

from .fields import EncryptedTextField, public_uid


class ApiToken(models.Model):
    """A key for scripts, acting as an account within its scopes. Kept only as a hash; shown once when it is made."""

    uid = public_uid()
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)  # its last day; none: until it is revoked
    revoked_at = models.DateTimeField(null=True, blank=True)
    proven = models.BooleanField(default=True)  # made where a second factor was shown, or on the machine itself

    class Meta:
        ordering = ["created_at", "pk"]


class KeyedCall(models.Model):
    """A call that came with an ``Idempotency-Key``, and the answer that it got.

    ``status`` is null as long as the call is under way; ``claim`` names who works on it, so that one that was given up
    can no longer answer. The key is kept as a hash, the answer encrypted (it may hold personal text), for a day.
    """

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    claim = models.UUIDField()
    claimed_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    content = EncryptedTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key_hash"], name="keyed_call_once")]
