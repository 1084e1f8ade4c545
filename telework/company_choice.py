"""Whom a company month is about: an entity with all below it, one site or one team of these."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from people import access
from people.models import Entity, Person, Site, Team

OPERATION = "view_company_month"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a company month shows: an entity with all below it, one site or team of these on demand."""

    entities: list[Entity]
    entity: Entity
    reach: list[int]
    sites: list[Site]
    teams: list[Team]
    site: Site | None
    team: Team | None

    @classmethod
    def read(cls, query: Mapping[str, str], actor: Person) -> "Choice":
        """From the query; not found for what the actor may not see."""
        entities = list(access.entities_for(actor, OPERATION))
        entity = _named(entities, query.get("entity")) or _widest(entities)
        if entity is None:
            raise Http404
        reach = _below(entity, entities)
        teams = list(Team.objects.filter(entity__in=reach).select_related("site").order_by("name", "pk"))
        sites = sorted({team.site for team in teams}, key=lambda site: site.name)
        return cls(
            entities,
            entity,
            reach,
            sites,
            teams,
            _named(sites, query.get("site")),
            _named(teams, query.get("team")),
        )


def _named(rows, uid: str | None):
    if not uid:
        return None
    found = next((row for row in rows if str(row.uid) == uid), None)
    if found is None:
        raise Http404
    return found


def _widest(entities: list[Entity]) -> Entity | None:
    """The entity that is above the others, else the first by name."""
    known = {entity.pk for entity in entities}
    return next((entity for entity in entities if entity.parent_id not in known), None)


def _below(entity: Entity, entities: list[Entity]) -> list[int]:
    reach, waiting = [], [entity.pk]
    while waiting:
        pk = waiting.pop()
        reach.append(pk)
        waiting += [other.pk for other in entities if other.parent_id == pk and other.pk not in reach]
    return reach
