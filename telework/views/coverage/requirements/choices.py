"""What a requirement may be about, for the one who writes it: teams, entities, sites and skills to choose among."""

from collections.abc import Sequence
from dataclasses import dataclass

from people.models import Entity, Person, Site, Skill, Team
from policies.models import Requirement
from telework import access
from telework.services.requirements import EDIT, choices_for
from telework.views.coverage.requirements.sheet import name_of_choice


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows by the name they have in the form. ``own_team_only``: no requirement of a whole entity may be written."""

    actor: Person
    entities: Sequence[Entity]
    teams: Sequence[Team]
    sites: Sequence[Site]
    skills: Sequence[Skill]

    @property
    def own_team_only(self) -> bool:
        return not self.entities

    def options(self, name: str, chosen: str) -> list[tuple[str, str, bool]]:
        """(value, words, chosen) for a select."""
        rows = {"entity": self.entities, "team": self.teams, "site": self.sites, "skill": self.skills}[name]
        twice = _twice(rows) if name == "team" else set()
        return [
            (
                name_of_choice(row),
                f"{row}, {row.site}" if str(row) in twice else str(row),
                name_of_choice(row) == chosen,
            )
            for row in rows
        ]

    def find(self, name: str, value: str):
        """The row of that name; None where there is none to choose."""
        rows = {"entity": self.entities, "team": self.teams, "site": self.sites, "skill": self.skills}[name]
        return next((row for row in rows if name_of_choice(row) == value), None)


def choices_of(actor: Person, held: Requirement | None = None) -> Choices:
    """Not found for those who may write none. What ``held`` is about stays to choose, whatever has become of it."""
    found = choices_for(actor)
    entities, teams, sites, skills = map(list, (found.entities, found.teams, found.sites, found.skills))
    if held:
        kept = ((held.team, teams), (held.site, sites), (held.skill, skills), (entities and held.entity, entities))
        for row, rows in kept:
            if row and row not in rows:
                rows.append(row)
    return Choices(actor, entities, teams, sites, skills)


def requirements_for(actor: Person) -> list[Requirement]:
    """Every requirement that the actor may change, by name."""
    return list(access.requirements_for(actor, EDIT))


def requirement_for(actor: Person, uid) -> Requirement:
    """The requirement called ``uid`` if the actor may change it; else not found."""
    return access.requirement_for(actor, uid, EDIT)


def _twice(rows: Sequence) -> set[str]:
    """Names that several rows have."""
    names = [str(row) for row in rows]
    return {name for name in names if names.count(name) > 1}
