"""The clock is read here, once at the edge of a request or a command; everything below takes it as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today(zone: str) -> date:
    """Today's date where the clock of ``zone`` (IANA name) is read."""
    return now().astimezone(ZoneInfo(zone)).date()
