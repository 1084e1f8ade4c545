"""E-mail: text and HTML, the headers that keep automatic answers away, and calendar parts (RFC 6047)."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.kinds import Calendar, Mail
from notifications.models import Message


def address_of(message: Message) -> str:
    """Where the recipient reads mail, or "" (no address, or an account that is closed)."""
    account = message.recipient.account
    if account and not account.is_active:
        return ""
    return message.recipient.email or (account.email if account else "")


def deliver(message: Message, mail: Mail, connection: BaseEmailBackend) -> None:
    """Send one mail. The Message-ID comes from the message's uid: a second attempt is recognised as the same mail."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    letter = EmailMultiAlternatives(
        subject=one_line(mail.subject),
        body=mail.text,
        to=[address_of(message)],
        connection=connection,
        headers={
            "Message-ID": f"<{message.uid}@{host}>",
            "Date": format_datetime(_utc(message.created_at)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Id": f"Cent Jours <messages.{host}>",
        },
    )
    letter.attach_alternative(mail.html, "text/html")
    _attach(letter, mail.calendars)
    letter.send()


def one_line(text: str) -> str:
    """Text for a header: line breaks and controls become spaces; French narrow spaces stay."""
    return re.sub("[\x00-\x1f\x7f\x85\u2028\u2029 ]+", " ", text).strip()


def _attach(letter: EmailMultiAlternatives, calendars: tuple[Calendar, ...]) -> None:
    """One day travels inside the mail, where clients show buttons; several travel as one file each."""
    for number, calendar in enumerate(calendars, start=1):
        kind = f"text/calendar; method={calendar.method}"
        if len(calendars) == 1:
            letter.attach_alternative(calendar.content.decode(), kind)
        else:
            letter.attach(f"telework-{number}.ics", calendar.content.decode(), kind)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
