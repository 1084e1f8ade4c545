"""Keys for scripts: made once, shown once, kept as a hash; each acts as its account within its scopes."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.errors import BadFact
from people.models import Account, ApiToken

PREFIX = "cj_"
SCOPES = {
    "people:read": gettext_lazy("Read years, balances and teams."),
    "bookings:read": gettext_lazy("Read bookings."),
    "bookings:write": gettext_lazy("Book, move, withdraw and cancel days; write notes and corrections."),
    "requests:answer": gettext_lazy("Approve and refuse requests."),
    "feeds:write": gettext_lazy("Make and revoke calendar feeds."),
    "requirements:read": gettext_lazy("Read coverage requirements, and look at what one would do."),
    "requirements:write": gettext_lazy("Write, copy, end and take away coverage requirements."),
}

    "my_data:read": gettext_lazy("Read all that is kept on you."),

def create_token(account: Account, *, scopes: Collection[str], now: datetime, name: str = "") -> str:
    """Make a key for ``account`` and return it; nobody can read it again. ``BadFact`` for a scope that is not known."""
    if unknown := sorted(set(scopes) - set(SCOPES)):
        sentence = _("The scope “%(scope)s” is not known; use %(known)s.")
        raise BadFact("scope", unknown[0], sentence % {"scope": unknown[0], "known": ", ".join(SCOPES)})
    if not scopes:
        raise BadFact("scope", "", _("A key without a scope opens nothing; name at least one."))
    raw = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        account=account, name=name[:80], token_hash=_hash(raw), scopes=sorted(set(scopes)), created_at=now
    )
    return raw


def token_behind(raw: str, today: date) -> ApiToken | None:
    """The key in force that ``raw`` opens, with its account and person, or None. Its last day of use is noted."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    tokens = ApiToken.objects.select_related("account__person__site", "account__person__entity")
    token = tokens.filter(token_hash=_hash(raw), revoked_at=None, account__is_active=True).first()
    if token and token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return token


def revoke_tokens(account: Account, now: datetime) -> int:
    """Close every key of ``account``; returns how many."""
    return ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=now)


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
