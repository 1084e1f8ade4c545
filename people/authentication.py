"""How accounts sign in: by work address, and with the person loaded in the same query as the account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from people.models import Account


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        account = Account.objects.select_related("person__site", "person__entity").filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts come from HR, never from a form open to everyone."""
        return False
