"""Signs of life of the processes that sweep, so that a standstill is seen from outside."""

from datetime import datetime, timedelta

from notifications.models import Heartbeat

PAUSE = timedelta(seconds=30)
MISSED_AFTER = timedelta(minutes=3)
EXPECTED = ("worker", "watchdog")


def beat(name: str, now: datetime) -> None:
    """Note that ``name`` lives; one write in half a minute at most."""
    if not Heartbeat.objects.filter(name=name, at__gt=now - PAUSE).exists():
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def missed(now: datetime) -> dict[str, datetime | None]:
    """Who gave no sign of life for three minutes, and when the last one was (None: never)."""
    seen = dict(Heartbeat.objects.values_list("name", "at"))
    return {name: seen.get(name) for name in EXPECTED if name not in seen or seen[name] < now - MISSED_AFTER}
