"""Writes on requirements: each checks the whole draft, then writes it with its slots and one audit event, or nothing.

Whoever saves names the ``version`` that was read: a change not seen is never overwritten. Callers that may touch
telework go through ``telework.services.requirements``, which rechecks what is booked.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from people.audit import record
from people.models import Person, Site, Team
from policies.models import Layer, Requirement, Slot
from policies.services.drafts import PLAIN, SCOPE, RequirementDraft, as_json, draft_of, tidied
from policies.services.faults import Fault, RequirementRefused, faults_of, told_day
from policies.services.meetable import unmeetable
from policies.services.past import has_held, today_at

ONE_DAY = timedelta(days=1)


class RequirementStale(Exception):
    """Somebody changed or removed the requirement since it was read; ``requirement`` is as it is now, or None."""

    def __init__(self, requirement: Requirement | None) -> None:
        self.requirement = requirement
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        if self.requirement is None:
            return _("This requirement has been removed meanwhile. Nothing was changed.")
        return _("This requirement has changed meanwhile. Nothing was changed; look at it again, then decide.")


@transaction.atomic
def save_requirement(
    draft: RequirementDraft,
    *,
    requirement: Requirement | None = None,
    version: int | None = None,
    actor: Person | None,
    now: datetime,
    accept_unmeetable: bool = False,
) -> Requirement:
    """Create a requirement, or replace all fields and slots of ``requirement``.

    ``RequirementRefused`` names every fault; asking for more people than there are is one unless it is accepted, and
    then the audit keeps that. ``RequirementStale`` where ``version`` (None: not looked at) is no longer the one.
    """
    draft = tidied(draft)
    doubts = _checked(draft, now, accept_unmeetable)
    before = {} if requirement is None else as_json(draft_of(requirement))
    if requirement is None:
        saved = Requirement.objects.create(**_fields(draft))
    else:
        saved = _taken(requirement, version, **_fields(draft))
        saved.slots.all().delete()
    Slot.objects.bulk_create(_rows(saved, draft))
    verb = "requirement.changed" if requirement else "requirement.created"
    record(actor, verb, saved, now, before=before, after=as_json(draft), accepted=[list(doubt) for doubt in doubts])
    return saved


@transaction.atomic
def amend_requirement(
    draft: RequirementDraft,
    *,
    requirement: Requirement,
    since: date,
    version: int | None = None,
    actor: Person | None,
    now: datetime,
    accept_unmeetable: bool = False,
) -> Requirement:
    """Replace a requirement from ``since`` on: what it asked before stays, as a requirement of its own that has ended.

    The requirement keeps its uid and now begins on ``since``; dates of dated lines before are left to the other one.
    """
    if since <= requirement.first_day:
        return save_requirement(
            draft, requirement=requirement, version=version, actor=actor, now=now, accept_unmeetable=accept_unmeetable
        )
    if requirement.last_day and since > requirement.last_day:
        sentence = _("The requirement ends on %(last)s. Give a day until then.") % {
            "last": told_day(requirement.last_day)
        }
        raise RequirementRefused([Fault("since", sentence)])
    old = _before(draft_of(requirement), since)
    saved = save_requirement(
        _from(draft, since), requirement=requirement, version=version, actor=actor, now=now,
        accept_unmeetable=accept_unmeetable,
    )  # fmt: skip
    if old.slots:
        closed = Requirement.objects.create(**_fields(old))
        Slot.objects.bulk_create(_rows(closed, old))
        record(actor, "requirement.kept", closed, now, of=str(saved.uid), after=as_json(old))
    return saved


@transaction.atomic
def end_requirement(
    requirement: Requirement, last_day: date, *, version: int | None = None, actor: Person | None, now: datetime
) -> Requirement:
    """Give a requirement its last day, yesterday at the earliest: the days on which it has held stay as they were."""
    today = today_at(requirement.clock, now)
    earliest = max(requirement.first_day, today - ONE_DAY)
    if requirement.last_day and requirement.last_day < today - ONE_DAY:
        sentence = _("The requirement has ended on %(last)s. Nothing to do.") % {"last": told_day(requirement.last_day)}
        raise RequirementRefused([Fault("last_day", sentence)])
    if last_day < earliest:
        sentence = _("%(day)s is too early: what was asked until then stays. Give %(earliest)s or later.")
        raise RequirementRefused(
            [Fault("last_day", sentence % {"day": told_day(last_day), "earliest": told_day(earliest)})]
        )
    before = requirement.last_day
    saved = _taken(requirement, version, last_day=last_day)
    told = {"before": before and before.isoformat(), "after": last_day.isoformat()}
    record(actor, "requirement.ended", saved, now, **told)
    return saved


@transaction.atomic
def remove_requirement(
    requirement: Requirement, *, version: int | None = None, actor: Person | None, now: datetime
) -> None:
    """Take away a requirement that has never held. One that has is ended instead: its past stays computable."""
    if has_held(requirement, now=now):
        sentence = _("The requirement has held since %(first)s. End it instead; what it asked until then stays.")
        raise RequirementRefused([Fault("requirement", sentence % {"first": told_day(requirement.first_day)})])
    before = as_json(draft_of(requirement))
    saved = _taken(requirement, version)
    record(actor, "requirement.removed", saved, now, before=before)
    saved.delete()


def copy_requirement(
    source: Requirement, *, first_day: date, team: Team | None = None, site: Site | None = None
) -> RequirementDraft:
    """A draft with the layers and numbers of ``source`` for another team or site, from ``first_day`` on without end.

    Nothing is written. Dates that lie before are left out; clock times are read on the clock of the new place.
    """
    draft = draft_of(source)
    if team is not None:
        site = site or (team.site if draft.site else None)
        draft = replace(draft, team=team, entity=team.entity, site=site, zone="")
    elif site is not None:
        draft = replace(draft, site=site, zone="")
    return replace(_from(draft, first_day), last_day=None)


def _checked(draft: RequirementDraft, now: datetime, accept_unmeetable: bool) -> list[Fault]:
    """Faults of the draft raised; what nobody can meet answered where it is accepted, raised otherwise."""
    faults = faults_of(draft)
    if faults:
        raise RequirementRefused(faults)
    doubts = unmeetable(draft, today=today_at(draft.clock, now))
    if doubts and not accept_unmeetable:
        raise RequirementRefused(doubts, unmeetable=doubts)
    return doubts


def _taken(requirement: Requirement, version: int | None, **values) -> Requirement:
    """The requirement with these values and its next version, held until the end of the transaction: of several
    writers who have read the same version, one gets it."""
    rows = Requirement.objects.filter(pk=requirement.pk)
    if version is not None:
        rows = rows.filter(version=version)
    changed = rows.update(**values, version=F("version") + 1)
    named = Requirement.objects.select_related("entity", "site", "team__site", "team__entity", "skill")
    found = named.filter(pk=requirement.pk).first()
    if not changed:
        raise RequirementStale(found)
    return found


def _fields(draft: RequirementDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in (*SCOPE, *PLAIN)} | {"staffing": dict(draft.staffing)}


def unsaved(draft: RequirementDraft) -> tuple[Requirement, list[Slot]]:
    """The rows that a draft would be, not written: for those who count what it would ask."""
    requirement = Requirement(**_fields(draft))
    return requirement, _rows(requirement, draft)


def _rows(requirement: Requirement, draft: RequirementDraft) -> list[Slot]:
    return [
        Slot(
            requirement=requirement, layer=slot.layer, days=list(slot.days), start=slot.start, end=slot.end,
            dates=[day.isoformat() for day in slot.dates], number=slot.number,
        )
        for slot in draft.slots
    ]  # fmt: skip


def _from(draft: RequirementDraft, first: date) -> RequirementDraft:
    """A draft that begins on a day, without the dates before; a line of which no date is left goes."""
    return replace(draft, first_day=first, slots=_within(draft, lambda day: day >= first))


def _before(draft: RequirementDraft, end: date) -> RequirementDraft:
    return replace(draft, last_day=end - ONE_DAY, slots=_within(draft, lambda day: day < end))


def _within(draft: RequirementDraft, kept) -> tuple:
    slots = (
        replace(slot, dates=tuple(filter(kept, slot.dates))) if slot.layer == Layer.DATED else slot
        for slot in draft.slots
    )
    return tuple(slot for slot in slots if slot.layer != Layer.DATED or slot.dates)
