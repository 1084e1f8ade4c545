"""The demo's quick way into the database leaves what Django's own way leaves."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import connection

from people.models import Absence, Shift
from telework.demo.writing import much_memory, write
from telework.models import Booking, State
from tests import factories

pytestmark = pytest.mark.django_db
EAST = timezone(timedelta(hours=2))
NOON = datetime(2026, 6, 9, 12, 0, 0, 250, tzinfo=EAST)


def _rows(person, uid: int) -> list:
    """One row of each kind with every sort of value; ``uid`` makes their names unique."""
    names = (UUID(int=uid + number, version=4) for number in range(3))
    day, whose = date(2026, 6, 9 + uid % 7), {"person_id": person.pk}
    return [
        Shift(uid=next(names), day=day, start=NOON, end=NOON + timedelta(hours=8), zone="Europe/Paris",
              site_id=person.site_id, **whose),
        Absence(uid=next(names), kind="leave", first_day=day, last_day=day, halves=1, **whose),
        Booking(uid=next(names), day=day, state=State.REQUESTED, requested_at=NOON, requested_by_id=person.pk,
                updated_at=NOON.astimezone(UTC), decision={"é": [1, None, "’"], "x": {"y": True}}, **whose),
    ]  # fmt: skip


OWN = ("id", "uid", "day", "first_day", "last_day", "person_id", "requested_by_id")


def _stored(model) -> list[tuple]:
    """What lies in the table, apart from what differs between two rows."""
    names = (
        connection.ops.quote_name(field.column) for field in model._meta.concrete_fields if field.column not in OWN
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {model._meta.db_table}")
        return cursor.fetchall()


def test_rows_written_at_once_are_those_that_django_would_have_written():
    one = factories.eligible_person()
    two = factories.eligible_person(site=one.site)
    for slow, quick in zip(_rows(one, 1), _rows(two, 11), strict=True):
        type(slow).objects.bulk_create([slow])
        with much_memory():
            write([quick])
        by_django, by_us = _stored(type(slow))
        assert by_django == by_us
        found = type(slow).objects.get(uid=quick.uid)
        for field in quick._meta.concrete_fields[1:]:
            assert getattr(found, field.attname) == getattr(quick, field.attname), field
    write([])
