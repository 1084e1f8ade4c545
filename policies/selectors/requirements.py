"""Which requirements there are, and which of them count a person. No writes; a constant number of queries."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from django.db.models import Q, QuerySet

from people.models import Contract, Entity, Membership, OnCall, Person, PersonSkill, Shift
from people.prepared import prepared
from policies.models import Requirement, Slot


def requirements_in_force(first: date, last: date) -> QuerySet[Requirement]:
    """Requirements that hold on a date of the range, in a fixed order, with all that names them."""
    held = Requirement.objects.filter(_during(first, last))
    return held.select_related("entity", "site", "team__site", "skill").order_by("pk")


def requirements_counting(people: Sequence[Person], first: date, last: date) -> list[Requirement]:
    """Those in force on a date of the range that may count one of these people then, at home or on shift elsewhere.

    One query where there are none; two otherwise.
    """
    pks, sites = [person.pk for person in people], {person.site_id for person in people}
    return _of_entities(_counting(pks, sites, first, last), {person.entity_id for person in people})


@prepared
def _counting(people: Collection[int], sites: Collection[int], first: date, last: date) -> QuerySet[Requirement]:
    during = _during(first, last)
    teams = Membership.objects.filter(during, person__in=people).values("team")
    skills = PersonSkill.objects.filter(during, person__in=people).values("skill")
    elsewhere = Shift.objects.filter(person__in=people, day__range=(first, last)).values("site")
    return requirements_in_force(first, last).filter(
        Q(team=None) | Q(team__in=teams),
        Q(skill=None) | Q(skill__in=skills),
        Q(site=None) | Q(site__in=sites) | Q(site__in=elsewhere),
    )


def _of_entities(requirements: list[Requirement], entities: Collection[int]) -> list[Requirement]:
    """Those that count people of these entities: a team's whoever is in it, others by entity."""
    if all(held.team_id or held.entity_id in entities for held in requirements):
        return requirements
    parents = parents_of_entities()
    above = {pk for entity in entities for pk in _chain(entity, parents)}
    return [held for held in requirements if held.team_id or held.entity_id in above]


def slot_rows(requirements: Collection[int]) -> dict[int, list[Slot]]:
    """The slots of requirements (primary keys), by requirement. One query."""
    found: dict[int, list[Slot]] = {}
    for slot in Slot.objects.filter(requirement__in=requirements) if requirements else ():
        found.setdefault(slot.requirement_id, []).append(slot)
    return found


def parents_of_entities() -> dict[int, int | None]:
    """The entity above each entity. One query."""
    return dict(Entity.objects.order_by().values_list("pk", "parent_id"))


def families_of(entities: Collection[int]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Each of these entities with all those below it, and every entity with those above it. One query."""
    parents = parents_of_entities()
    above = {pk: _chain(pk, parents) for pk in parents}
    return {entity: [pk for pk in parents if entity in above[pk]] for entity in entities}, above


def _during(first: date, last: date) -> Q:
    return Q(last_day=None, first_day__lte=last) | Q(last_day__gte=first, first_day__lte=last)


def _chain(entity: int | None, parents: dict[int, int | None]) -> list[int]:
    """An entity and those above it."""
    chain: list[int] = []
    while entity is not None and entity not in chain:
        chain.append(entity)
        entity = parents.get(entity)
    return chain


def people_who_could(scope, first: date, last: date | None) -> QuerySet[Person]:
    """Everybody who could count for ``scope`` (entity, team, skill, site: a requirement or a draft) on a date from
    ``first`` to ``last`` (None: ever after): under contract, with the skill and the team, and of the site or planned
    there at some time from then on."""
    reach = _reaching(first, last)
    working = Contract.objects.filter(_reaching(first, last, "start", "end")).values("person")
    found = Person.objects.filter(pk__in=working)
    if scope.team:
        found = found.filter(pk__in=Membership.objects.filter(reach, team=scope.team).values("person"))
    else:
        found = found.filter(entity__in=families_of([scope.entity.pk])[0][scope.entity.pk])
    if scope.skill:
        found = found.filter(pk__in=PersonSkill.objects.filter(reach, skill=scope.skill).values("person"))
    if scope.site:
        planned = Shift.objects.filter(site=scope.site, day__gte=first).values("person")
        there = Q(site=scope.site) | Q(pk__in=planned)
        if scope.counts_on_call:
            begin = datetime.combine(first, time(), UTC)
            there |= Q(pk__in=OnCall.objects.filter(site=scope.site, end__gt=begin).values("person"))
        found = found.filter(there)
    return found


def _reaching(first: date, last: date | None, start: str = "first_day", end: str = "last_day") -> Q:
    """Rows with dates that meet a period without end, or with one."""
    begun = Q() if last is None else Q(**{f"{start}__lte": last})
    return begun & (Q(**{end: None}) | Q(**{f"{end}__gte": first}))
