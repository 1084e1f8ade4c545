"""The secret part of a feed's address: 256 random bits, shown once, kept as a hash."""

import hashlib
import secrets

SUFFIX = ".ics"


def new_token() -> str:
    """A fresh secret of 43 characters that are safe in a path."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the database keeps. A plain hash suffices: nobody can list 2^256 secrets."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(address: str) -> str:
    """The secret in the last part of an address; without ``.ics`` it stays whole, so that it opens nothing."""
    return address.removesuffix(SUFFIX) if address.endswith(SUFFIX) else f"{address}{SUFFIX}"
