"""Requirements written by people: who may, what it does to telework that is booked, and who is told.

Every write rechecks existing bookings in its own transaction: new gaps are listed and told to the planners, people with
telework in one are told, and nothing is cancelled (``telework.services.rechecking``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from people import access
from people.models import Entity, Person, Site, Skill, Team
from policies import services as law
from policies.models import Requirement
from policies.services import Fault, RequirementDraft, RequirementRefused, RequirementStale
from telework.coverage.meeting import planned_until, thin_hours
from telework.services.rechecking import Recheck, rechecked

MOST_KNOWN = 8
EDIT = "edit_requirement"


@dataclass(slots=True)
class Written:
    """What a write has done: the requirement (None: removed), new gaps and telework in them, and what to know of it.

    ``remarks`` are sentences on fields; none of them stands in the way.
    """

    requirement: Requirement | None
    effect: Recheck = field(default_factory=Recheck)
    remarks: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the actor may name in a requirement. ``entities``: as a whole; ``teams`` bring their own entity along."""

    entities: tuple[Entity, ...]
    teams: tuple[Team, ...]
    sites: tuple[Site, ...]
    skills: tuple[Skill, ...]

    def scope(self, *, entity: object = None, team: object = None, site: object = None, skill: object = None) -> dict:
        """The rows called so (uids; a skill by its code), for a draft. Where a team is named its entity need not be.

        404 for a team or an entity out of reach; ``RequirementRefused`` names a site or a skill that is not known.
        """
        found = {"team": _in_reach(self.teams, team), "site": _called(self.sites, site)}
        found["skill"] = _called(self.skills, skill)
        own = found["team"].entity if found["team"] else None
        found["entity"] = own if own and str(entity or own.uid) == str(own.uid) else _in_reach(self.entities, entity)
        faults = [
            Fault(name, _unknown(name, wanted, rows))
            for name, wanted, rows in (("site", site, self.sites), ("skill", skill, self.skills))
            if wanted and found[name] is None
        ]
        if faults:
            raise RequirementRefused(faults)
        return found


def choices_for(actor: Person) -> Choices:
    """What the actor may write requirements about; 404 for those who may about nothing. Constant queries."""
    entities, teams = tuple(access.entities_for(actor, EDIT)), tuple(access.teams_for(actor, EDIT))
    if not entities and not teams:
        raise Http404
    reach = {row.pk for row in entities} | {team.entity_id for team in teams}
    sites = Site.objects.filter(pk__in=_sites_of(reach)).order_by("name", "pk")
    return Choices(entities, teams, tuple(sites), tuple(Skill.objects.order_by("name", "pk")))


def write_requirement(
    draft: RequirementDraft,
    *,
    requirement: Requirement | None = None,
    version: int | None = None,
    since: date | None = None,
    accept_unmeetable: bool = False,
    write: bool = True,
    actor: Person,
    now: datetime,
    today: date,
) -> Written:
    """Create a requirement or replace one. ``since``: only from that day on, what it asked before stays; one that has
    held already needs it as soon as something else is asked.

    ``write`` False only looks: everything is taken back, nobody is told. 404 for what the actor may not write;
    ``RequirementRefused`` with all faults; ``RequirementStale``.
    """
    _may_write(actor, draft, requirement)
    if requirement is not None and version is not None and version < requirement.version:
        raise RequirementStale(requirement)
    if requirement is not None and (faults := law.faults_of_change(draft, requirement, since=since, now=now)):
        raise RequirementRefused(faults)
    common = {"version": version, "actor": actor, "now": now, "accept_unmeetable": accept_unmeetable}
    until = _until(draft, requirement, today)
    with _effect(requirement, until, actor=actor, now=now, today=today, write=write) as (touched, written):
        if requirement is not None and since is not None:
            saved = law.amend_requirement(draft, requirement=requirement, since=since, **common)
        else:
            saved = law.save_requirement(draft, requirement=requirement, **common)
        touched.append(saved.pk)
        written.requirement = saved
        tidy = law.tidied(draft)
        written.remarks = law.remarks_on(tidy, today=today) + thin_hours(tidy, today=today)
    return written


def end_requirement(
    requirement: Requirement,
    last_day: date,
    *,
    version: int | None = None,
    actor: Person,
    now: datetime,
    today: date,
) -> Written:
    """Give a requirement its last day. What it asked until then stays."""
    _may_write(actor, law.draft_of(requirement), requirement)
    until = _until(law.draft_of(requirement), requirement, today)
    with _effect(requirement, until, actor=actor, now=now, today=today) as (_touched, written):
        written.requirement = law.end_requirement(requirement, last_day, version=version, actor=actor, now=now)
    return written


def remove_requirement(
    requirement: Requirement, *, version: int | None = None, actor: Person, now: datetime, today: date
) -> None:
    """Take away a requirement that has never held; there is nothing to recheck."""
    _may_write(actor, law.draft_of(requirement), requirement)
    law.remove_requirement(requirement, version=version, actor=actor, now=now)


def copied(
    source: Requirement, *, team: Team | None = None, site: Site | None = None, first_day: date, actor: Person
) -> RequirementDraft:
    """A draft for another team or site with the layers of ``source``, to be looked at and written; 404 as ever."""
    if not access.may(actor, EDIT, source.team or source.entity):
        raise Http404
    return law.copy_requirement(source, team=team, site=site, first_day=first_day)


@contextmanager
def _effect(
    requirement: Requirement | None, until: date, *, actor: Person, now: datetime, today: date, write: bool = True
) -> Iterator[tuple[list[int], Written]]:
    """The recheck around a write; without ``write`` all of it is taken back."""
    touched = [requirement.pk] if requirement else []
    written = Written(requirement)
    with transaction.atomic():
        with rechecked(
            requirements=touched, first=today, last=until, actor=actor, now=now, today=today, told=write
        ) as report:
            written.effect = report
            yield touched, written
        if not write:
            transaction.set_rollback(True)


def _until(draft: RequirementDraft, requirement: Requirement | None, today: date) -> date:
    """How far telework is looked at again: as far as anything is planned for those whom it counts, or counted."""
    drafts = [draft] if requirement is None else [draft, law.draft_of(requirement)]
    return max((planned_until(one, today=today) for one in drafts if one.entity), default=today)


def _may_write(actor: Person, draft: RequirementDraft, requirement: Requirement | None) -> None:
    """404 where the actor may not write requirements about what it counted, or will."""
    targets = [requirement.team or requirement.entity] if requirement else []
    if draft.team or draft.entity:
        targets.append(draft.team or draft.entity)
    if not all(access.may(actor, EDIT, target) for target in targets):
        raise Http404


def _called(rows, wanted: object):
    return next((row for row in rows if wanted and str(wanted) == _name(row)), None)


def _in_reach(rows, wanted: object):
    """404 for what is named and not there, None where nothing is."""
    found = _called(rows, wanted)
    if wanted and found is None:
        raise Http404
    return found


def _name(row) -> str:
    return row.code if isinstance(row, Skill) else str(row.uid)


def _unknown(name: str, wanted: object, rows) -> str:
    sentences = {
        "site": _("The site “%(value)s” is not known. Known: %(known)s."),
        "skill": _("The skill “%(value)s” is not known. Known: %(known)s."),
    }
    known = ", ".join(row.name for row in rows[:MOST_KNOWN]) + (" …" if len(rows) > MOST_KNOWN else "")
    return sentences[name] % {"value": str(wanted)[:60], "known": known or "–"}


def _sites_of(entities: set[int]) -> list[int]:
    """Sites where somebody of these entities works, or a team of theirs."""
    homes = Person.objects.filter(entity__in=entities).order_by().values_list("site", flat=True).distinct()
    teams = Team.objects.filter(entity__in=entities).order_by().values_list("site", flat=True).distinct()
    return list(homes.union(teams))
