"""Field helpers shared by all models of the house."""

import uuid

from django.db import models

from people.encryption import decrypt, encrypt


def public_uid() -> models.UUIDField:
    """The only name by which the outside may call a row: random, so that it reveals neither order nor number."""
    return models.UUIDField(default=uuid.uuid4, unique=True, editable=False)


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database; it can be read back but never searched."""

    def get_prep_value(self, value):
        return encrypt(value) if value else ""

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else ""
