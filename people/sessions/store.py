"""The session store: Django's own in the database, with columns that say whose it is and since when.

Source: docs.djangoproject.com, “Extending database-backed session engines”.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from people import clock
from people.models import Account, Session
from people.prepared import prepared

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Visit:
    """What a row says besides the data of the session."""

    uid: UUID = field(default_factory=uuid4)
    account_id: int | None = None
    browser: str = ""
    system: str = ""
    signed_in_at: datetime | None = None
    seen_at: datetime | None = None
    confirmed_at: datetime | None = None


COLUMNS = tuple(column.name for column in fields(Visit))


def ends_at(signed_in_at: datetime | None, now: datetime) -> datetime:
    """When a session used ``now`` for the last time is over."""
    return min(now + IDLE, signed_in_at + LONGEST) if signed_in_at else now + IDLE


@prepared
def _rows(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


class SessionStore(DatabaseStore):
    """``visit`` is what the row says, None until the session was read or made."""

    visit: Visit | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def begin(self, account: Account, *, device: tuple[str, str], now: datetime) -> None:
        """Note that ``account`` signs in here."""
        browser, system = device
        known = {"account_id": account.pk, "browser": browser, "system": system}
        self.visit = replace(self._visit(), **known, signed_in_at=now, seen_at=now, confirmed_at=now)
        self.modified = True

    def confirm(self, now: datetime) -> None:
        """Note that the person has just proved again who they are."""
        self.visit = replace(self._visit(), confirmed_at=now)
        self.modified = True

    def touch(self, now: datetime, *, confirmed: bool = False) -> None:
        """Note that the session is in use; an ended one stays ended. One statement, every few minutes at most."""
        visit = self.visit
        if visit is None or visit.signed_in_at is None or self.modified:
            return  # what is modified is saved with its time anyway
        found = {"seen_at": now} if now - visit.seen_at >= NOTED_EVERY else {}
        if confirmed and now - visit.confirmed_at >= NOTED_EVERY:
            found["confirmed_at"] = now
        if found:
            ending = {"expire_date": ends_at(visit.signed_in_at, now)} if "seen_at" in found else {}
            Session.objects.filter(session_key=self.session_key).update(**found, **ending)
            self.visit = replace(visit, **found)

    def get_expiry_date(self, **kwargs) -> datetime:
        return ends_at(self._visit().signed_in_at, clock.now())

    def create_model_instance(self, data) -> Session:
        row, visit = super().create_model_instance(data), self._visit()
        for column in COLUMNS:
            setattr(row, column, getattr(visit, column))
        row.seen_at = clock.now()
        return row

    def cycle_key(self) -> None:
        self.visit = replace(self._visit(), uid=uuid4())  # for a moment both rows are there
        super().cycle_key()

    def flush(self) -> None:
        super().flush()
        self.visit = None

    def _get_session_from_db(self) -> Session | None:
        row = next((row for row in _rows(self.session_key) if row.expire_date > timezone.now()), None)
        if row is None:
            self._session_key = None
        else:
            self.visit = Visit(**{column: getattr(row, column) for column in COLUMNS})
        return row

    def _visit(self) -> Visit:
        if self.visit is None:
            self._get_session()  # reads the row, if there is one
            self.visit = self.visit or Visit()
        return self.visit
