"""Access given back to somebody who works here again, or still."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.audit import record
from people.errors import BadFact
from people.models import Person


@transaction.atomic
def reopen_access(person: Person, *, by: Person, now: datetime) -> None:
    """Let somebody sign in again, with the password and the second factor they had; ``BadFact`` when it cannot be.

    Keys and calendar addresses stay closed: their owner makes new ones. Whoever has left is given a contract first.
    """
    account = person.account
    if account is None or account.is_active:
        raise BadFact("account", "", _("There is no closed account of %(name)s to open.") % {"name": person.name})
    held = person.contracts.values_list("end", flat=True)
    if held and all(end is not None and end < now.date() for end in held):
        sentence = _("The last contract of %(name)s is over. Write the new one first.")
        raise BadFact("account", "", sentence % {"name": person.name})
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(by, "access.reopened", person, now)
