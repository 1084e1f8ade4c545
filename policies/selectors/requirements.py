"""Which requirements there are, and which of them count a person. No writes; a constant number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.models import Entity, Membership, Person, PersonSkill, Shift
from policies.models import Requirement, Slot


@dataclass(frozen=True, slots=True)
class Standing:
    """Where people stand for requirements over some dates, by primary keys: entities and those above them, teams,
    skills, and sites at home or on shift."""

    entities: frozenset[int]
    teams: frozenset[int]
    skills: frozenset[int]
    sites: frozenset[int]

    def __or__(self, other: "Standing") -> "Standing":
        return Standing(
            self.entities | other.entities,
            self.teams | other.teams,
            self.skills | other.skills,
            self.sites | other.sites,
        )


def requirements_in_force(first: date, last: date) -> QuerySet[Requirement]:
    """Requirements that hold on a date of the range, in a fixed order, with all that names them."""
    held = Requirement.objects.filter(Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last)
    return held.select_related("entity", "site", "team__site", "skill").order_by("pk")


def requirements_counting(standing: Standing, first: date, last: date) -> QuerySet[Requirement]:
    """Those of ``requirements_in_force`` that may count somebody of this standing."""
    return requirements_in_force(first, last).filter(
        Q(team=None) | Q(team__in=standing.teams),
        Q(skill=None) | Q(skill__in=standing.skills),
        Q(site=None) | Q(site__in=standing.sites),
        entity__in=standing.entities,
    )


def standing_of_people(people: Collection[Person], first: date, last: date) -> Standing:
    """Where these people stand on some date of the range. Four queries."""
    pks = [person.pk for person in people]
    held = Q(last_day=None) | Q(last_day__gte=first)
    parents = parents_of_entities()
    entities = {above for person in people for above in _chain(person.entity_id, parents)}
    teams = Membership.objects.filter(held, person__in=pks, first_day__lte=last).values_list("team", flat=True)
    skills = PersonSkill.objects.filter(held, person__in=pks, first_day__lte=last).values_list("skill", flat=True)
    posts = Shift.objects.filter(person__in=pks, day__range=(first, last)).order_by()
    sites = {person.site_id for person in people} | set(posts.values_list("site", flat=True).distinct())
    return Standing(frozenset(entities), frozenset(teams), frozenset(skills), frozenset(sites))


def slot_rows(requirements: Collection[int]) -> dict[int, list[Slot]]:
    """The slots of requirements (primary keys), by requirement. One query."""
    found: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(requirement__in=requirements):
        found.setdefault(slot.requirement_id, []).append(slot)
    return found


def parents_of_entities() -> dict[int, int | None]:
    """The entity above each entity. One query."""
    return dict(Entity.objects.order_by().values_list("pk", "parent_id"))


def family_of(entity: int) -> list[int]:
    """An entity and all those below it, by primary key. One query."""
    parents = parents_of_entities()
    return [pk for pk in parents if entity in _chain(pk, parents)]


def _chain(entity: int | None, parents: dict[int, int | None]) -> list[int]:
    """An entity and those above it."""
    chain: list[int] = []
    while entity is not None and entity not in chain:
        chain.append(entity)
        entity = parents.get(entity)
    return chain
