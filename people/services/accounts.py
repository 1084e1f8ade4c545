"""Accounts: opened by human resources, invited by mail, helped when the second factor is lost."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Account, Person
from people.sessions.services import end_sessions
from people.signals import account_told

INVITED, FACTOR_RESET = "account.invited", "account.factor_reset"


def tell(
    account: Account, kind: str, *, now: datetime, by: Person | None = None, data: Mapping[str, object] | None = None
) -> None:
    """Tell the rooms above that something happened to ``account``; they write the mail."""
    account_told.send(sender=Account, account=account, kind=kind, by=by, now=now, data=dict(data or {}))


@transaction.atomic
def open_account(person: Person, *, by: Person | None, now: datetime, language: str = "fr") -> Account:
    """Open an account for ``person`` with their work address, and invite them to it; ``BadFact`` when it cannot be."""
    if person.account_id:
        raise BadFact("account", person.email, _("%(name)s has an account already.") % {"name": person.name})
    email = (person.email or "").strip()
    if not email:
        sentence = _("%(name)s has no work address. Write one down first, then open the account.")
        raise BadFact("email", "", sentence % {"name": person.name})
    if Account.objects.annotate(lower=Lower("email")).filter(lower=email.lower()).exists():
        sentence = _("The address %(email)s opens another account. Give %(name)s another address.")
        raise BadFact("email", email, sentence % {"email": email, "name": person.name})
    account = Account(email=Account.objects.normalize_email(email), language=language, created_at=now)
    account.set_unusable_password()
    account.save()
    person.account = account
    person.save(update_fields=["account"])
    record(by, "account.opened", person, now)
    invite_account(account, by=by, now=now)
    return account


@transaction.atomic
def invite_account(account: Account, *, by: Person | None, now: datetime) -> None:
    """Send, or send again, the letter with which a person sets their first password; ``BadFact`` when they have one."""
    person = getattr(account, "person", None)
    if not account.is_active:
        raise BadFact("account", account.email, _("This account is closed. Open it again before inviting."))
    if account.has_usable_password():
        sentence = _("%(name)s has set a password already, and can ask for a new one at the sign-in page.")
        raise BadFact("account", account.email, sentence % {"name": account.get_full_name()})
    if person:
        record(by, "account.invited", person, now)
    tell(account, INVITED, by=by, now=now)


@transaction.atomic
def reset_second_factor(person: Person, *, by: Person | None, now: datetime) -> None:
    """Take every second factor off the account of ``person``, who has lost theirs, and end their sessions.

    Never one's own: whoever still can sign in changes it at Security. ``by``: None from the command line.
    """
    if by and person.pk == by.pk:
        raise BadFact("person", person.name, _("Nobody resets their own second factor; ask a colleague who may."))
    found = (
        Authenticator.objects.filter(user_id=person.account_id) if person.account_id else Authenticator.objects.none()
    )
    if not found.delete()[0]:
        sentence = _("%(name)s has no second factor; there is nothing to reset.")
        raise BadFact("person", person.name, sentence % {"name": person.name})
    end_sessions(person.account)
    record(by, "account.factor_reset", person, now)
    tell(person.account, FACTOR_RESET, by=by, now=now)
