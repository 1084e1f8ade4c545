"""From what a year of a requirement was counted: a stamp that differs as soon as anything it was counted from does.

It holds the version of the requirement, the version of the calendar of everybody it counts (which rises with each of
their shifts, absences, contracts, bookings, teams and skills), and what many share: sites, working patterns, entities.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

import holidays
import numpy as np

from people.models import Membership, Person, PersonSkill, Site, WorkPattern
from policies.models import Requirement
from policies.selectors import families_of
from telework.coverage.columns import table
from telework.coverage.reading import during

SCHEME = 1  # raise it when the same rows give other numbers: nothing kept before then counts


class Stamps:
    """The stamps of some requirements for one civil year, and whom each counts (rows of ``people``). Six queries."""

    def __init__(self, requirements: Iterable[Requirement], year: int):
        self.year, held = year, list(requirements)
        span = date(year, 1, 1) - timedelta(days=2), date(year, 12, 31) + timedelta(days=1)
        self.people = table(Person.objects.order_by("pk").values_list("pk", "entity_id", "calendar_version"), 3)
        self.teams = _holders(Membership, "team_id", {one.team_id for one in held} - {None}, *span)
        self.skilled = _holders(PersonSkill, "skill_id", {one.skill_id for one in held} - {None}, *span)
        self.families = families_of({one.entity_id for one in held})[0]
        self.common = _common()
        self.chosen = {one.pk: self._people_of(one) for one in held}
        self.stamps = {one.pk: self._stamp(one) for one in held}

    def _people_of(self, requirement: Requirement) -> np.ndarray:
        """Rows of ``people`` whom a requirement may count in the year."""
        if requirement.team_id:
            chosen = np.isin(self.people[:, 0], self.teams.get(requirement.team_id, ()))
        else:
            chosen = np.isin(self.people[:, 1], self.families[requirement.entity_id])
        if requirement.skill_id:
            chosen &= np.isin(self.people[:, 0], self.skilled.get(requirement.skill_id, ()))
        return np.flatnonzero(chosen)

    def _stamp(self, requirement: Requirement) -> str:
        counted = self.people[self.chosen[requirement.pk]]
        made = hashlib.blake2b(self.common, digest_size=16)
        made.update(f"{SCHEME} {self.year} {requirement.uid} {requirement.version} {requirement.clock}".encode())
        made.update(np.ascontiguousarray(counted).tobytes())
        return made.hexdigest()


def _holders(model, name: str, wanted: set[int], first: date, last: date) -> dict[int, np.ndarray]:
    """{team or skill: people who are in it, or have it, at some time of a period}."""
    if not wanted:
        return {}
    rows = during(model, first, last).filter(**{f"{name}__in": wanted}).order_by(name)
    held = table(rows.values_list(name, "person_id"), 2)
    names, starts = np.unique(held[:, 0], return_index=True)
    return dict(zip(names.tolist(), np.split(held[:, 1], starts[1:]), strict=True))


def _common() -> bytes:
    """What changes the work of many at once; an upgrade may bring other public holidays."""
    sites = Site.objects.order_by("pk").values_list("pk", "zone", "holiday_region")
    patterns = WorkPattern.objects.order_by("pk").values_list("pk", "anchor", "days", "works_holidays")
    return repr((list(sites), list(patterns), holidays.__version__)).encode()
