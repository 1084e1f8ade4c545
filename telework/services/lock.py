"""The lock under which a person's days are judged and written: what was read stays true until the commit.

SQLite takes its write lock when the transaction begins (IMMEDIATE, see the settings). PostgreSQL locks the rows of the
people's teams, then of the people, each in id order so that two transactions never wait for one another. NO KEY: rows
that only refer to a person or team need not wait.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.db.models import Q

from people.models import Person, Team


@contextmanager
def guarded(people: Iterable[Person], *, today: date) -> Iterator[None]:
    """One transaction in which nobody else changes the days of ``people`` or of their teams."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            _hold([person.pk for person in people], today)
        yield


def _hold(person_pks: list[int], today: date) -> None:
    still = Q(memberships__last_day=None) | Q(memberships__last_day__gte=today)
    teams = Team.objects.filter(still, memberships__person__in=person_pks).values("pk")
    list(Team.objects.filter(pk__in=teams).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Person.objects.filter(pk__in=person_pks).order_by("pk").select_for_update(no_key=True).values_list("pk"))
