"""The sweep: deliver what is due. Any number may run at once; each message is sent by the one that leased it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Exists, F, Q
from django.utils import translation

from notifications import kinds
from notifications.channels import email
from notifications.models import Hold, Message
from people import clock
from people.mails import wants

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

logger = logging.getLogger(__name__)


def sweep(now: datetime, *, most: int = 200) -> int:
    """Send up to ``most`` messages that are due at ``now``; returns how many were delivered.

    A message that fails comes back after 1, 2, 4 … 60 minutes and is abandoned after its eighth attempt. Whoever
    dies between sending and noting it leaves a lease: the message is sent again, with the same Message-ID.
    Nothing is sent while a restored database is held (notifications.holding).
    """
    due = Message.objects.filter(
        _free(now), ~Exists(Hold.objects.all()), sent_at=None, abandoned_at=None, due_at__lte=now
    )
    pks = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:most])
    connection = get_connection() if pks else None
    return sum(_try(pk, connection, now) for pk in pks if _claim(pk, now))


def retry_abandoned(now: datetime) -> int:
    """Give abandoned messages another eight attempts, for when the mail server is back; returns how many."""
    return Message.objects.exclude(abandoned_at=None).update(
        abandoned_at=None, attempts=0, due_at=now, leased_until=None
    )


def _free(now: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=now)


def _claim(pk: int, now: datetime) -> bool:
    """Lease a message by a conditional update, so that of two sweeps only one gets it."""
    rows = Message.objects.filter(_free(now), pk=pk, sent_at=None, abandoned_at=None)
    return bool(rows.update(leased_until=now + LEASE, attempts=F("attempts") + 1))


def _try(pk: int, connection, now: datetime) -> bool:
    message = Message.objects.select_related("recipient__account", "recipient__site").get(pk=pk)
    try:
        error = _deliver(message, connection)
    except Exception as failure:  # whatever a renderer or mail server raises must not stop the other messages
        what = (message.uid, message.kind, message.attempts, type(failure).__name__)
        trace = not isinstance(failure, OSError)  # what a mail server says may hold addresses: never in logs
        logger.warning("Message %s (%s): attempt %s failed: %s", *what, exc_info=trace)
        _fail(message, failure, now)
        return False
    # The clock is read again: a slow mail server must not make the delivery look older than it is.
    Message.objects.filter(pk=pk).update(sent_at=clock.now(), leased_until=None, last_error=error)
    return not error


def _deliver(message: Message, connection) -> str:
    """Render and send; "" when sent, otherwise why there was nothing to send."""
    if not email.address_of(message):
        return "no address"
    account = message.recipient.account
    if not wants(account, kinds.topic_of(message)):
        return "switched off by the recipient"
    with translation.override(account.language if account else settings.LANGUAGE_CODE):
        mail = kinds.render(message)
        if mail is None:
            return "nothing to tell any more"
        email.deliver(message, mail, connection)
    return ""


def _fail(message: Message, failure: Exception, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** (message.attempts - 1), LONGEST_PAUSE)
    Message.objects.filter(pk=message.pk).update(
        leased_until=None,
        due_at=now + pause,
        last_error=type(failure).__name__[:200],
        abandoned_at=now if message.attempts >= MOST_ATTEMPTS else None,
    )
