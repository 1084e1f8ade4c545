"""The rules, in the order in which a request meets them. This list is the table of contents of the language."""

from collections.abc import Mapping
from types import MappingProxyType

from . import (
    abroad,
    admission,
    allowances,
    approval,
    authorisations,
    bounds,
    cap,
    caps,
    chains,
    collective,
    days,
    derogations,
    eligibility,
    equipment,
    exempt,
    formulas,
    foundations,
    granularity,
    leaving,
    patterns,
    periods,
    places,
    presence,
    recalls,
    records,
    regimes,
    replies,
    requests,
    rest,
    rounds,
    seniority,
    share,
    states,
    terms,
    thresholds,
    timing,
    transfers,
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
    places.PLACES,
    abroad.ABROAD,
    states.NO_TELEWORK_WHEN,
    leaving.SUSPENSION,
    requests.REQUEST_FORM,
    # Which days.
    days.ALLOWED_WEEKDAYS,
    days.HALF_DAYS,
    granularity.GRANULARITY,
    granularity.ANCHOR_DAYS,
    formulas.FIXED_DAYS,
    patterns.NOT_BOTH_DAYS,
    patterns.CONSECUTIVE_DAYS,
    # When to ask.
    timing.NOTICE,
    timing.HORIZON,
    rounds.PLANNING_ROUND,
    # How many days.
    formulas.FORMULA_CHOICE,
    collective.COLLECTIVE_QUOTA,
    caps.YEARLY_CAP,
    caps.MONTHLY_CAP,
    caps.WEEKLY_CAP,
    cap.CAP,
    transfers.CARRY_OVER,
    transfers.GIVING_DAYS,
    share.SHARE,
    presence.MINIMUM_ON_SITE,
    presence.MINIMUM_TEAM_ON_SITE,
    # Who must be there: the article under which coverage refuses.
    terms.CONTINUITY,
    # Who answers.
    approval.MANAGER_APPROVAL,
    chains.APPROVAL_CHAIN,
    chains.DAYS_SET_BY,
    replies.REPLY_DEADLINE,
    replies.REFUSAL,
    # What lifts other rules.
    derogations.DEROGATION,
    derogations.EXEMPTION,
    regimes.EXCEPTIONAL_REGIME,
    # From the start to the end.
    periods.DEFERRAL,
    periods.ADAPTATION_PERIOD,
    authorisations.AUTHORISATION_LENGTH,
    leaving.REVERSIBILITY,
    # What goes with it; no request is refused by these.
    terms.ALLOWANCE_PER_DAY,
    allowances.ALLOWANCE,
    exempt.EXEMPT_CEILING,
    equipment.MEAL_VOUCHER,
    equipment.EQUIPMENT,
    rest.REST,
    rest.CONTACT_HOURS,
    rest.FLAT_DAY,
    rest.INTERVIEW,
    thresholds.LEGAL_THRESHOLD,
    thresholds.REPORT,
    recalls.RECALL_ON_SITE,
    undertakings.UNDERTAKING,
    # What is asked of the texts below this one.
    bounds.BOUND,
)

BY_KIND: Mapping[str, Rule] = MappingProxyType({rule.kind: rule for rule in RULES})

__all__ = ["BY_KIND", "RULES", "Rule"]
