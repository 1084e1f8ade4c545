"""Requirements → plain rules for the pure core, and the words their gaps are told in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from people.holidays import public_holidays
from policies.coverage.explain import Whom
from policies.coverage.requirements import (
    EVERY_DAY,
    Layer,
    Minimum,
    RemotePeopleOfDay,
    RemoteShareAtOnce,
    RemoteShareOfDay,
    Rule,
    Scope,
)
from policies.coverage.windows import days_between
from policies.models import Requirement, RequirementKind, Slot
from policies.selectors import slot_rows

OWN_CLAUSE = "continuity"


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement as the core reads it: one rule a slot, all of one group, for the dates asked about."""

    requirement: Requirement
    rules: tuple[Rule, ...]

    @property
    def scope(self) -> Scope:
        return scope_of(self.requirement)

    def whom(self, lang: str) -> Whom:
        """The nouns of those counted."""
        held = self.requirement
        return Whom(held.one_fr, held.many_fr) if lang == "fr" else Whom(held.one_en, held.many_en)

    def name(self, lang: str) -> str:
        return self.requirement.name_fr if lang == "fr" else self.requirement.name_en


def needs_of(requirements: Iterable[Requirement], first: date, last: date) -> list[Need]:
    """The rules of requirements for the windows and dates that start from ``first`` to ``last``. One query."""
    requirements = list(requirements)
    slots = slot_rows([requirement.pk for requirement in requirements])
    return [need_of(held, slots.get(held.pk, ()), first, last) for held in requirements]


def need_of(requirement: Requirement, slots: Sequence[Slot], first: date, last: date) -> Need:
    """The same for one requirement and slots at hand, saved or not."""
    return Need(requirement, tuple(_rules(requirement, slots, first, last)))


def scope_of(requirement: Requirement) -> Scope:
    """Whom it counts, in the names that ``telework.coverage`` gives: the entity stands for the widest team."""
    held = requirement
    return Scope(
        skill=skill_name(held.skill_id) if held.skill_id else None,
        team=team_name(held.team_id) if held.team_id else entity_name(held.entity_id),
        site=site_name(held.site_id) if held.site_id else None,
    )


def skill_name(pk: int) -> str:
    return f"skill {pk}"


def team_name(pk: int) -> str:
    return f"team {pk}"


def entity_name(pk: int) -> str:
    return f"entity {pk}"


def site_name(pk: int) -> str:
    return f"site {pk}"


def _rules(requirement: Requirement, slots: Sequence[Slot], first: date, last: date) -> Iterator[Rule]:
    common = {"zone": requirement.clock, "scope": scope_of(requirement), "group": str(requirement.uid)}
    for number, slot in enumerate(slots):
        dates = _dates(requirement, slot, first, last)
        if dates is None or dates:
            days = frozenset(slot.days) or EVERY_DAY
            shape = {"name": f"{requirement.uid} {number}", "days": days, "layer": Layer(slot.layer), "dates": dates}
            yield _rule(requirement, slot, **common, **shape)


def _rule(requirement: Requirement, slot: Slot, **shape) -> Rule:
    kind, hours = RequirementKind(requirement.kind), {"start": slot.start, "end": slot.end}
    match kind:
        case RequirementKind.MINIMUM:
            counts = {"anyone": requirement.counts_remote, "on_call": requirement.counts_on_call}
            return Minimum(required=int(slot.number), **counts, **hours, **shape)
        case RequirementKind.SHARE_AT_ONCE:
            return RemoteShareAtOnce(percent=Fraction(slot.number), **hours, **shape)
        case RequirementKind.PEOPLE_REMOTE:
            return RemotePeopleOfDay(limit=int(slot.number), **shape)
    return RemoteShareOfDay(percent=Fraction(slot.number), minutes=kind == RequirementKind.SHARE_OF_MINUTES, **shape)


def _dates(requirement: Requirement, slot: Slot, first: date, last: date) -> frozenset[date] | None:
    """The dates to which a slot is bound: its own, public holidays, or the days its requirement holds; None is any."""
    begin, end = max(first, requirement.first_day), min(last, requirement.last_day or last)
    if slot.layer == Layer.DATED or slot.dates:
        named = {date.fromisoformat(text) for text in slot.dates}
    elif slot.layer == Layer.HOLIDAY:
        named = set(public_holidays(_region(requirement), first.year, last.year, "fr"))
    elif (begin, end) == (first, last):
        return None
    else:
        named = set(days_between(begin, end))
    return frozenset(day for day in named if begin <= day <= end)


def _region(requirement: Requirement) -> str:
    """Whose public holidays count: those of the site, of the team's site, else those of the whole country."""
    site = requirement.site or (requirement.team.site if requirement.team else None)
    return site.holiday_region if site else "FR"
