"""What a restored database must not do: tell old news, run old tasks, let back in who was shut out since.

Statements for one transaction with the restore itself, so that there is no instant at which a worker could act.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

EMPTIED = ("django_q_ormq", "django_session", "people_session")
GRACE = timedelta(hours=1)


def statements(tables: Collection[str], *, as_of: datetime, since: datetime, schema: str = "") -> list[str]:
    """SQL for a copy that has ``tables``. ``as_of``: the instant of the backup, ``since``: now.

    A copy from before the table of holds existed gets leases instead, until it is migrated and held.
    """
    prefix = f'"{schema}".' if schema else ""
    found = [f'DELETE FROM {prefix}"{name}"' for name in EMPTIED if name in tables]
    if "notifications_hold" in tables:
        row = f"'restored', {_instant(as_of)}, {_instant(since)}"
        found += [
            f'DELETE FROM {prefix}"notifications_hold"',
            f'INSERT INTO {prefix}"notifications_hold" (name, as_of, since) VALUES ({row})',
        ]
    elif "notifications_message" in tables:
        until = _instant(since + GRACE)
        found.append(f'UPDATE {prefix}"notifications_message" SET leased_until = {until} WHERE sent_at IS NULL')
    return found


def _instant(instant: datetime) -> str:
    """As both databases keep it: SQLite as text in UTC, PostgreSQL reads the same text in a session set to UTC."""
    return f"'{instant.astimezone(UTC).replace(tzinfo=None).isoformat(' ', 'microseconds')}'"
