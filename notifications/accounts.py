"""What happens to accounts becomes messages: told by ``people.signals``, in the transaction of the fact."""

from datetime import datetime
from uuid import uuid4

from notifications import outbox
from people.models import Account, Person
from people.signals import account_told


def connect() -> None:
    """Listen; called once when the app is ready."""
    account_told.connect(tell, dispatch_uid="notifications.accounts")


def tell(sender, *, account: Account, kind: str, by: Person | None, now: datetime, data: dict, **kwargs) -> None:
    """Put the message to whoever owns the account; an account that is nobody's has nobody to tell."""
    person = getattr(account, "person", None)
    if person is not None:
        told = data | ({"actor": str(by.uid)} if by else {})
        outbox.put(person, kind, f"{kind}:{uuid4()}", told, now)
