"""Field helpers shared by all models of the house."""

import logging
import uuid
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import models

from people.encryption import decrypt, encrypt

log = logging.getLogger(__name__)
FALLBACK_ZONE = "UTC"


def public_uid() -> models.UUIDField:
    """The only name by which the outside may call a row: random, so that it reveals neither order nor number."""
    return models.UUIDField(default=uuid.uuid4, unique=True, editable=False)


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database; it can be read back but never searched."""

    def get_prep_value(self, value):
        return encrypt(value) if value else ""

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else ""


@lru_cache(maxsize=512)
def known_zone(name: str) -> str:
    """The zone itself, or UTC with a line in the log where the machine knows none of that name."""
    if is_zone(name):
        return name
    log.error("“%s” is no time zone; UTC is used. Write one such as Europe/Paris.", name)
    return FALLBACK_ZONE


def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


class ZoneField(models.CharField):
    """The name of a time zone; one written around the checks is read as UTC, so that pages still open."""

    def from_db_value(self, value, expression, connection):
        return known_zone(value) if value is not None else value

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
