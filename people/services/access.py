"""The end of somebody's access: sessions, keys, calendars and the account itself, in one transaction."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from people.audit import record
from people.models import Account, Person
from people.sessions.services import end_sessions
from people.signals import access_ended
from people.tokens import revoke_tokens


@transaction.atomic
def end_access(person: Person, *, by: Person | None, now: datetime) -> bool:
    """Close the account of ``person`` with all that it opens; False when nothing was open.

    From the commit on no request of theirs is answered: each reads its session, key or feed and finds none.
    """
    account = Account.objects.select_for_update().filter(pk=person.account_id, is_active=True).first()
    if account is None:
        return False
    Account.objects.filter(pk=account.pk).update(is_active=False)
    if "account" in person._state.fields_cache:
        person.account.is_active = False
    end_sessions(account)
    revoke_tokens(account, now)
    access_ended.send(sender=Person, person=person, by=by, now=now)
    record(by, "access.ended", person, now)
    return True


def leavers(now: datetime) -> list[Person]:
    """People whose account is open though their last contract day is over on the clock of their site.

    Whoever has no contract at all (an administrator of the house) is no leaver.
    """
    open_ones = Person.objects.filter(account__is_active=True).exclude(contracts__end=None)
    dated = open_ones.annotate(until=Max("contracts__end")).filter(until__lte=now.date())
    return [
        person
        for person in dated.select_related("site", "account").order_by("pk")
        if person.until < now.astimezone(ZoneInfo(person.site.zone)).date()
    ]


def end_access_of_leavers(now: datetime) -> int:
    """End the access of everybody whose last contract day is over; how many these were."""
    return sum(end_access(person, by=None, now=now) for person in leavers(now))
