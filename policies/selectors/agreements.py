"""Which agreement holds for whom on which day. Texts in force never change, so each is parsed once a process."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from people.models import Entity, Person
from policies.core.agreement import load
from policies.core.document import Agreement
from policies.models import AgreementVersion, VersionState


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions in force of one entity over time; where it has none yet, those of the entity above."""

    days: Sequence[date]
    versions: Sequence[UUID]
    above: "Timeline | None" = None

    def version_on(self, day: date) -> UUID | None:
        """Uid of the version in force on ``day``, or None."""
        place = bisect_right(self.days, day)
        if place:
            return self.versions[place - 1]
        return self.above.version_on(day) if self.above else None

    def on(self, day: date) -> Agreement | None:
        """The agreement in force on ``day``; the same object as long as the same version holds."""
        version = self.version_on(day)
        return _parsed(version) if version else None


def agreement_for(whose: Person | int, day: date) -> Agreement | None:
    """The agreement in force on ``day`` for a person or an entity (primary key); None where there is none."""
    return timeline_for(whose).on(day)


def timeline_for(whose: Person | int) -> Timeline:
    """The agreements of a person's entity (or of an entity, by primary key) over time. Two queries."""
    entity = whose.entity_id if isinstance(whose, Person) else whose
    parents = dict(Entity.objects.order_by().values_list("pk", "parent_id"))
    chain = []
    while entity is not None and entity not in chain:
        chain.append(entity)
        entity = parents.get(entity)
    return _timeline(chain)


def _timeline(chain: list[int]) -> Timeline:
    rows = (
        AgreementVersion.objects.filter(state=VersionState.IN_FORCE, agreement__entity__in=chain)
        .order_by("effective_from", "published_at", "pk")
        .values_list("agreement__entity", "effective_from", "uid")
    )
    held: dict[int, dict[date, UUID]] = {}
    for entity, first, version in rows:
        held.setdefault(entity, {})[first] = version
    timeline = None
    for entity in reversed(chain):
        own = held.get(entity, {})
        timeline = Timeline(tuple(own), tuple(own.values()), timeline)
    return timeline


@lru_cache(maxsize=64)
def _parsed(version: UUID) -> Agreement:
    row = AgreementVersion.objects.values_list("text", "agreement__slug", "number").get(uid=version)
    text, slug, number = row
    return load(text, name=f"{slug} {number}")
