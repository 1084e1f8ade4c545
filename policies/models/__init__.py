from .agreement import Agreement, AgreementVersion, CaseSignature, VersionState
from .charter import TeamCharter
from .regime import Regime, RegimePerson, RegimeTerm
from .requirement import Layer, Requirement, RequirementKind, Slot
from .terms import PersonalTerm

__all__ = [
    "Agreement",
    "AgreementVersion",
    "CaseSignature",
    "Layer",
    "PersonalTerm",
    "Regime",
    "RegimePerson",
    "RegimeTerm",
    "Requirement",
    "RequirementKind",
    "Slot",
    "TeamCharter",
    "VersionState",
]
