"""What a requirement has asked on days gone by is never rewritten: other numbers hold from a day on, today at first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from policies.models import Requirement
from policies.services.drafts import RequirementDraft, draft_of, tidied
from policies.services.faults import Fault, told_day

SUBSTANCE = ("entity", "site", "team", "skill", "kind", "counts_remote", "counts_on_call", "zone", "slots")


def has_held(requirement: Requirement, *, now: datetime) -> bool:
    """Whether its first day has come, by its own clock."""
    return requirement.first_day <= today_at(requirement.clock, now)


def today_at(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def asks_otherwise(draft: RequirementDraft, requirement: Requirement) -> bool:
    """Whether a draft asks for something else than the requirement does, names and period apart. One query."""
    new, old = tidied(draft), draft_of(requirement)
    return any(getattr(new, name) != getattr(old, name) for name in SUBSTANCE)


def faults_of_change(
    draft: RequirementDraft, requirement: Requirement, *, since: date | None, now: datetime
) -> list[Fault]:
    """What a change would rewrite of days on which the requirement has held; one query."""
    today = today_at(requirement.clock, now)
    if requirement.first_day > today:
        return []
    told = {"first": told_day(requirement.first_day), "today": told_day(today)}
    if since is not None and since < today:
        sentence = _("What was asked in the past stays. Give %(today)s or a later day.")
        return [Fault("since", sentence % told)]
    if since is not None:
        return []
    found = []
    if draft.first_day is not None and draft.first_day != requirement.first_day:
        sentence = _("It has held since %(first)s: that day stays. Say instead from which day on the change holds.")
        found.append(Fault("first_day", sentence % told))
    if asks_otherwise(draft, requirement):
        sentence = _("It has held since %(first)s. Say from which day on the change holds, %(today)s or later.")
        found.append(Fault("since", sentence % told))
    return found
