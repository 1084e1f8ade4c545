"""Where a person stands on a day: the teams they are in or lead, and the entities their granted roles reach."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.models import Entity, Grant, Membership, Person
from people.prepared import prepared
from people.roles import DEPUTY, EMPLOYEE, MANAGER, Circle

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """``memberships``: employee (in any way), manager, deputy → teams; ``reach``: granted role → entities."""

    day: date
    entity: int
    memberships: dict[str, frozenset[int]]
    reach: dict[str, frozenset[int]]

    @property
    def roles(self) -> frozenset[str]:
        led = (role for role in (MANAGER, DEPUTY) if self.memberships.get(role))
        return frozenset((EMPLOYEE, *led, *self.reach))

    @property
    def led(self) -> frozenset[int]:
        return self.teams(MANAGER) | self.teams(DEPUTY)

    def teams(self, role: str) -> frozenset[int]:
        """Teams that are one's own in this role: led for manager and deputy, else those one is in."""
        return self.memberships.get(role if role in (MANAGER, DEPUTY) else EMPLOYEE, NONE)

    def inside(self, role: str) -> frozenset[int]:
        """Entities that are not "other" in this role: the grant's reach, or one's own entity."""
        return self.reach.get(role) or frozenset({self.entity})

    def circle(self, role: str, *, entity: int, teams: set[int]) -> Circle:
        """The circle in which somebody else of that entity and those teams stands."""
        if self.teams(role) & teams:
            return Circle.OWN_TEAM
        return Circle.OTHER_TEAM if entity in self.inside(role) else Circle.OTHER_ENTITY


def memberships_in_force(day: date, *, prefix: str = "") -> Q:
    """Memberships that hold on ``day``; ``prefix`` is the way to them (``memberships__`` from a person or a team)."""
    begun = Q(**{f"{prefix}first_day__lte": day})
    return begun & (Q(**{f"{prefix}last_day": None}) | Q(**{f"{prefix}last_day__gte": day}))


def standing_of(actor: Person, day: date) -> Standing:
    """The standing of ``actor`` on ``day``, kept on the object: it holds as long as the actor is not loaded anew."""
    kept = actor.__dict__.setdefault("_standings", {})
    if day not in kept:
        kept[day] = Standing(day, actor.entity_id, _memberships(actor, day), _reach(actor))
    return kept[day]


def _memberships(actor: Person, day: date) -> dict[str, frozenset[int]]:
    found = defaultdict(set)
    for team, role in _teams_and_roles(actor.pk, day):
        found[EMPLOYEE].add(team)
        found[role].add(team)
    return {role: frozenset(teams) for role, teams in found.items()}


def _reach(actor: Person) -> dict[str, frozenset[int]]:
    granted = defaultdict(set)
    for role, entity in _grants(actor.pk):
        granted[role].add(entity)
    if not granted:
        return {}
    children = defaultdict(set)
    for entity, parent in Entity.objects.exclude(parent=None).values_list("pk", "parent"):
        children[parent].add(entity)
    return {role: _below(entities, children) for role, entities in granted.items()}


@prepared
def _teams_and_roles(person: int, day: date) -> QuerySet:
    return Membership.objects.filter(memberships_in_force(day), person=person).values_list("team", "role")


@prepared
def _grants(person: int) -> QuerySet:
    return Grant.objects.filter(person=person).values_list("role", "entity")


def _below(entities: set[int], children: dict[int, set[int]]) -> frozenset[int]:
    reached, waiting = set(), set(entities)
    while waiting:
        reached |= waiting
        waiting = {child for entity in waiting for child in children[entity]} - reached
    return frozenset(reached)
