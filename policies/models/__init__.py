from .agreement import Agreement, AgreementVersion, VersionState
from .requirement import Layer, Requirement, RequirementKind, Slot

__all__ = ["Agreement", "AgreementVersion", "Layer", "Requirement", "RequirementKind", "Slot", "VersionState"]
