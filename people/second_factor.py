"""Who must show a second factor when signing in, and whether this session has shown one.

A session that may go on keeps the instant of that answer, so that pages cost no query; it is asked again after half an
hour, and on every page about security itself. The doors are closed by ``config.second_factor``.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models.signals import post_save
from django.http import HttpRequest

from people import access, clock
from people.models import Account
from people.roles import EMPLOYEE
from people.services.accounts import tell

ANSWERED, SHOWN = "second_factor_answered", "second_factor_shown"
HOLDS_FOR = timedelta(minutes=30)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Standing(StrEnum):
    """OPEN: the session may go on; MISSING: a factor is to be set up; UNSHOWN: there is one, and it is to be shown."""

    OPEN = "open"
    MISSING = "missing"
    UNSHOWN = "unshown"


def connect() -> None:
    """Tell of every app that is set up; called once when the app is ready."""
    post_save.connect(_tell_of_app, sender=Authenticator, dispatch_uid="people.second_factor")


def _tell_of_app(sender, *, instance: Authenticator, created: bool, **kwargs) -> None:
    """Here, not where the library would mail: that comes after the commit, and could be lost."""
    if created and instance.type == Authenticator.Type.TOTP:
        tell(instance.user, "account.app_added", now=clock.now())


def needs_second_factor(account: Account) -> bool:
    """Whoever leads a team or was granted a role, and accounts of the machine room; nobody while it is switched off."""
    if not settings.SECOND_FACTOR:
        return False
    if account.is_staff or account.is_superuser:
        return True
    return bool(access.roles_of(getattr(account, "person", None)) - {EMPLOYEE})


def standing(request: HttpRequest, now: datetime, *, fresh: bool = False) -> Standing:
    """Where the signed-in session stands; ``fresh``: asked anew, whatever was answered before."""
    since = now.timestamp() - request.session.get(ANSWERED, 0)
    if not fresh and 0 <= since < HOLDS_FOR.total_seconds():
        return Standing.OPEN
    found = _standing(request)
    if found is Standing.OPEN and not fresh:
        request.session[ANSWERED] = int(now.timestamp())
    return found


def count_as_shown(request: HttpRequest, *, elsewhere: bool = False) -> None:
    """Note that this session has shown a factor: it has just set one up or, ``elsewhere``, at the company's sign-in."""
    request.session[SHOWN] = "elsewhere" if elsewhere else "here"


def has_second_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists()


def proofs_of(account: Account) -> str:
    """The name of the page where ``account`` shows its factor: a code where it has an app, else its passkey."""
    has_app = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def has_shown(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session: here, or at the company's sign-in."""
    return bool(request.session.get(SHOWN)) or _shown_at_sign_in(request)


def _standing(request: HttpRequest) -> Standing:
    if request.session.get(SHOWN) == "elsewhere":
        return Standing.OPEN
    if has_second_factor(request.user):
        return Standing.OPEN if has_shown(request) else Standing.UNSHOWN
    return Standing.MISSING if needs_second_factor(request.user) else Standing.OPEN


def _shown_at_sign_in(request: HttpRequest) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
