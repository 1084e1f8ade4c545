"""What a look at coverage is about: whose requirements, which of them, and who may be named. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from people import access
from people.models import Person, Team
from people.standing import memberships_in_force
from policies.models import Requirement
from policies.selectors import requirements_counting, requirements_in_force

VIEW, EDIT = "view_coverage", "edit_requirement"


@dataclass(frozen=True, slots=True)
class Choice:
    """Teams and requirements that the actor may choose among, and what is chosen (None: all of them)."""

    actor: Person
    teams: Sequence[Team]
    team: Team | None
    needs: Sequence[Requirement]
    need: Requirement | None

    @property
    def chosen(self) -> list[Requirement]:
        return [self.need] if self.need else list(self.needs)

    @property
    def may_edit(self) -> bool:
        """Whether the actor may write requirements of somebody."""
        rows = (access.teams_for(self.actor, EDIT), access.entities_for(self.actor, EDIT))
        return any(found.exists() for found in rows)

    @property
    def query(self) -> dict[str, str]:
        """What keeps the choice in an address."""
        named = {"team": self.team, "need": self.need}
        return {name: str(row.uid) for name, row in named.items() if row}


def read_choice(query: Mapping[str, str], actor: Person, first: date, last: date) -> Choice:
    """From ?team= and ?need=; not found for those who may see nobody's coverage, or not this one."""
    teams = list(access.teams_for(actor, VIEW))
    entities = {entity.pk for entity in access.entities_for(actor, VIEW)}
    if not teams and not entities:
        raise Http404
    team = _named(teams, query.get("team"))
    if team is None and not entities and len(teams) == 1:
        team = teams[0]
    needs = visible(actor, [team] if team else teams, entities if team is None else set(), first, last)
    return Choice(actor, teams, team, needs, _named(needs, query.get("need")))


def visible(actor: Person, teams: Sequence[Team], entities: set[int], first: date, last: date) -> list[Requirement]:
    """Requirements of these entities, and those that count people of these teams."""
    if entities:
        reach = {team.pk for team in teams}
        held = requirements_in_force(first, last)
        return [one for one in held if (one.team_id in reach if one.team_id else one.entity_id in entities)]
    today = access.today_of(actor)
    in_teams = memberships_in_force(today, prefix="memberships__")
    people = Person.objects.filter(in_teams, memberships__team__in=[team.pk for team in teams]).distinct()
    found = requirements_counting(list(people), first, last)
    return [one for one in found if one.team_id is None or one.team_id in {team.pk for team in teams}]


def _named(rows, uid: str | None):
    if not uid:
        return None
    found = next((row for row in rows if str(row.uid) == uid), None)
    if found is None:
        raise Http404
    return found
