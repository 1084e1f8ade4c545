"""How accounts sign in: by work address, and with the person loaded in the same query as the account."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.models import Account
from people.prepared import prepared


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
    }

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail leads to our own address, whatever Host header asked for it."""
        return settings.BASE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def is_open_for_signup(self, request) -> bool:
        """Accounts come from HR, never from a form open to everyone."""
        return False
