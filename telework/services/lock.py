"""The lock under which a person's days are judged and written: what was read stays true until the commit.

SQLite takes its write lock when the transaction begins (IMMEDIATE, see the settings). PostgreSQL locks the rows of the
people's teams, then of the coverage requirements that count one of them (their last place may be wanted by people of
other teams), then of the people, each in id order so that two transactions never wait for one another. NO KEY: rows
that only refer to a person, team or requirement need not wait.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q

from people.models import Person, Team
from policies.models import Requirement
from policies.selectors import requirements_counting

FARTHEST = timedelta(days=1100)


@contextmanager
def guarded(people: Iterable[Person], *, today: date) -> Iterator[None]:
    """One transaction in which nobody else changes the days of ``people`` or of their teams."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            _hold(list(people), today)
        yield


def _hold(people: Sequence[Person], today: date) -> None:
    person_pks = [person.pk for person in people]
    still = Q(memberships__last_day=None) | Q(memberships__last_day__gte=today)
    teams = Team.objects.filter(still, memberships__person__in=person_pks).values("pk")
    requirements = [held.pk for held in requirements_counting(people, today, today + FARTHEST)]
    for rows in (
        Team.objects.filter(pk__in=teams),
        Requirement.objects.filter(pk__in=requirements),
        Person.objects.filter(pk__in=person_pks),
    ):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
