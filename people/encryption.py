"""Encryption of sensitive fields with the keys of the settings, newest first (Fernet, AES-128-CBC with HMAC)."""

import base64
import hashlib
from functools import lru_cache

from django.conf import settings


@lru_cache
def _cipher(secrets: tuple[str, ...]):
    from cryptography.fernet import Fernet, MultiFernet  # here: 6 MiB, and seldom needed by a web process

    keys = (base64.urlsafe_b64encode(hashlib.sha256(b"field:" + secret.encode()).digest()) for secret in secrets)
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Encrypt with the newest of ``settings.FIELD_KEYS``."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypt with any of ``settings.FIELD_KEYS``; ``InvalidToken`` if none fits."""
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
