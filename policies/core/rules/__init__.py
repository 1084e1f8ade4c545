"""The rules, in the order in which a request meets them. This list is the table of contents of the language."""

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    admission,
    approval,
    bounds,
    caps,
    days,
    eligibility,
    foundations,
    patterns,
    presence,
    recalls,
    records,
    rounds,
    seniority,
    terms,
    timing,
    undertakings,
)
from .base import Rule

RULES: tuple[Rule, ...] = (
    # What a telework day is: these hold even where a document does not write them.
    foundations.AGREEMENT_IN_FORCE,
    foundations.PAST_DAY,
    foundations.CONTRACT_IN_FORCE,
    foundations.DAY_WORKED,
    foundations.ALREADY_BOOKED,
    # Who may telework, and from where.
    eligibility.CONTRACT_STATUS,
    eligibility.JOB_EXCLUDED,
    admission.ACTIVITY,
    admission.MINIMUM_RATE,
    admission.CONTRACT_LENGTH,
    admission.UNIT_SIZE,
    seniority.SENIORITY,
    eligibility.TRIAL_PERIOD,
    eligibility.AUTONOMY,
    records.JUDGEMENT,
    records.ATTESTATION,
    eligibility.DECLARED_PLACE,
    # Which days.
    days.ALLOWED_WEEKDAYS,
    days.HALF_DAYS,
    patterns.NOT_BOTH_DAYS,
    patterns.CONSECUTIVE_DAYS,
    # When to ask.
    timing.NOTICE,
    timing.HORIZON,
    rounds.PLANNING_ROUND,
    # How many days.
    caps.YEARLY_CAP,
    caps.MONTHLY_CAP,
    caps.WEEKLY_CAP,
    presence.MINIMUM_ON_SITE,
    # Who must be there: the article under which coverage refuses.
    terms.CONTINUITY,
    # Who answers.
    approval.MANAGER_APPROVAL,
    # What goes with it; no request is refused by these.
    terms.ALLOWANCE_PER_DAY,
    recalls.RECALL_ON_SITE,
    undertakings.UNDERTAKING,
    # What is asked of the texts below this one.
    bounds.BOUND,
)

BY_KIND: Mapping[str, Rule] = MappingProxyType({rule.kind: rule for rule in RULES})

__all__ = ["BY_KIND", "RULES", "Rule"]
