"""How accounts sign in: by work address, and with the person loaded in the same query as the account."""

import logging
from time import time
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import clock, encryption, limits
from people.models import Account
from people.prepared import prepared
from people.services.accounts import tell

logger = logging.getLogger(__name__)

TOLD = {
    "account/email/password_changed": "account.password_changed",
    "account/email/password_reset": "account.password_changed",
    "mfa/email/totp_deactivated": "account.app_removed",
    "mfa/email/webauthn_added": "account.passkey_added",
    "mfa/email/webauthn_removed": "account.passkey_removed",
    "mfa/email/recovery_codes_generated": "account.codes_made",
}
WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code of your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        account = next(iter(_accounts(user_id)), None)
        return account if account and self.user_can_authenticate(account) else None


@prepared
def _accounts(pk: int):
    return Account.objects.select_related("person__site", "person__entity").filter(pk=pk)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not go together. Check both, or ask for a new password."
        ),
        "account_inactive": _("This account is closed. Human resources can open it again."),
        "too_many_login_attempts": _("Too many attempts in a row. Wait five minutes, or ask for a new password."),
        "rate_limited": _("Too many attempts in a row. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your present password. Write it again, or ask for a new one by mail."),
        "incorrect_password": _("This is not your password. Write it again, or ask for a new one by mail."),
    }

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail leads to our own address, whatever Host header asked for it."""
        return settings.BASE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is away is told in words; the same for an address that is unknown here."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # what it says may hold addresses: never in logs
            logger.warning("A mail (%s) could not be sent: %s", template_prefix, type(error).__name__)
            request = allauth_context.request
            raise ImmediateHttpResponse(render(request, "account/mail_away.html", status=503)) from None

    def send_notification_mail(self, template_prefix: str, user: Account, context=None, email=None) -> None:
        """The library names a mail by its template; ours is a message in the outbox, with the fact."""
        if template_prefix in TOLD:
            tell(user, TOLD[template_prefix], now=clock.now())

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Whoever has signed in within five minutes is not asked again; everybody else as the library says."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(time() - record["at"] < REAUTHENTICATION_TIMEOUT for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Account) -> list[dict]:
        """The ways to prove oneself again, in our words."""
        found = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS[method["id"]]} for method in found]

    def get_client_ip(self, request) -> str:
        """The address before our own proxies; a header that a stranger cut short never stops an answer."""
        try:
            return get_client_ip(request) or clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"
        except ImproperlyConfigured:
            return clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"

    def pre_authenticate(self, request, **credentials) -> None:
        self._login_failed_rl_usage = limits.try_sign_in(request, credentials.get("email", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials) -> Account | None:
        account = super().authenticate(request, **credentials)
        if account:
            limits.remember(request, credentials.get("email", ""))
        return account

    def is_open_for_signup(self, request) -> bool:
        """Accounts come from HR, never from a form open to everyone."""
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted; sentences say what to do next."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong, too old or used already. Wait for the next one, and give that."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Cent Jours"}

    def generate_authenticator_name(self, user: Account, type) -> str:
        """The name of a passkey to which none was given."""
        count = user.authenticator_set.filter(type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}
