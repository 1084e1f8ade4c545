from .agreement import Agreement, AgreementVersion, CaseSignature, VersionState
from .requirement import Layer, Requirement, RequirementKind, Slot

__all__ = [
    "Agreement",
    "AgreementVersion",
    "CaseSignature",
    "Layer",
    "Requirement",
    "RequirementKind",
    "Slot",
    "VersionState",
]
