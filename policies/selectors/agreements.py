"""Which agreement holds for whom on which day. Texts in force never change, so each is parsed once a process."""

import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from people.models import Entity, Person
from people.rows import as_text, read_date
from policies.core.agreement import load
from policies.core.document import Agreement
from policies.core.faults import AgreementError
from policies.core.levels import completed
from policies.core.unreadable import stand_in
from policies.models import Agreement as StoredAgreement
from policies.models import AgreementVersion, VersionState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions in force of one entity over time; where it has none yet, those of the entity above."""

    days: Sequence[date]
    versions: Sequence[str]
    above: "Timeline | None" = None

    def version_on(self, day: date) -> str | None:
        """Uid of the version in force on ``day``, or None."""
        place = bisect_right(self.days, day)
        if place:
            return self.versions[place - 1]
        return self.above.version_on(day) if self.above else None

    def on(self, day: date) -> Agreement | None:
        """The agreement in force on ``day``; the same object as long as the same versions hold.

        A text that names a base is completed by what is in force above it on that day."""
        place = bisect_right(self.days, day)
        if not place:
            return self.above.on(day) if self.above else None
        version = self.versions[place - 1]
        document = _parsed(version)
        upper = self.above.on(day) if self.above and document.base else None
        return _completed(version, upper) if upper else document


def agreement_for(whose: Person | int, day: date) -> Agreement | None:
    """The agreement in force on ``day`` for a person or an entity (primary key); None where there is none."""
    return timeline_for(whose).on(day)


def timeline_for(whose: Person | int) -> Timeline:
    """The agreements of a person's entity (or of an entity, by primary key) over time. Two queries."""
    entity = whose.entity_id if isinstance(whose, Person) else whose
    parents, held = dict(_rows(_entities)), defaultdict(dict)
    for owner, first, version in _rows(_versions_in_force):
        held[owner][read_date(first)] = version
    return _timeline(entity, parents, held)


def _timeline(entity: int | None, parents: dict[int, int | None], held: dict[int, dict[date, str]]) -> Timeline | None:
    if entity is None:
        return None
    own = held.get(entity, {})
    above = parents.pop(entity, None)  # taken out: entities that are each other's parents end there
    return Timeline(tuple(own), tuple(own.values()), _timeline(above, parents, held))


def _entities() -> QuerySet:
    return Entity.objects.order_by().values_list("pk", "parent_id")


def _versions_in_force() -> QuerySet:
    return (
        AgreementVersion.objects.filter(state=VersionState.IN_FORCE)
        .order_by("effective_from", "published_at", "pk")
        .values_list("agreement__entity", as_text("effective_from"), as_text("uid"))
    )


def _rows(read: Callable[[], QuerySet]) -> list[tuple]:
    """Rows of a read without arguments: every booking asks for them, so its SQL is made once a process."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(read, connection.vendor))
        return cursor.fetchall()


@lru_cache(maxsize=8)
def _statement(read: Callable[[], QuerySet], vendor: str) -> tuple[str, tuple]:
    return read().query.sql_with_params()


def above(agreement: StoredAgreement, day: date) -> Agreement | None:
    """What is in force on ``day`` above the entity of an agreement; None for the topmost one. Two queries."""
    parent = agreement.entity.parent_id
    return timeline_for(parent).on(day) if parent else None


@lru_cache(maxsize=64)
def _completed(version: str, upper: Agreement) -> Agreement:
    return completed(_parsed(version), upper)


@lru_cache(maxsize=64)
def _parsed(version: str) -> Agreement:
    row = AgreementVersion.objects.values_list("text", "agreement__slug", "number").get(uid=version)
    text, slug, number = row
    try:
        return load(text, name=f"{slug} {number}")
    except AgreementError as error:
        log.error("Agreement %s %s, in force, cannot be read: %s", slug, number, error)
        return stand_in(error)
