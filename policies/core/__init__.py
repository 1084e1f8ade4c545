"""The law of telework, pure: no Django, no clock, no database."""

from .answers import Allowance, Balance, Entitlement, Gauge, Glance, Line
from .decision import Decision, Finding, Verdict
from .engine import consult, decide, free_days_near, glance
from .entitlements import balance, entitlement, gauges
from .facts import ContractFacts, Facts, Part, PlaceFacts, Purpose, RegimeFacts, Request, TraitFacts, Workday
from .faults import AgreementError, NoValueInForce
from .payments import allowance
from .rules.recalls import recall

__all__ = [
    "AgreementError", "Allowance", "Balance", "ContractFacts", "Decision", "Entitlement", "Facts", "Finding",
    "Gauge", "Glance", "Line", "NoValueInForce", "Part", "PlaceFacts", "Purpose", "RegimeFacts", "Request",
    "TraitFacts", "Verdict", "Workday", "allowance", "balance", "consult", "decide", "entitlement",
    "free_days_near", "gauges", "glance", "recall",
]  # fmt: skip
