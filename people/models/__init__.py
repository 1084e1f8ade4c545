from .accounts import Account, Grant, Role
from .audit import AuditEvent
from .organisation import Entity, Membership, MembershipRole, Site, Team
from .person import Person, Place, PlaceKind
from .tokens import ApiToken
from .work import (
    Absence,
    AbsenceKind,
    Contract,
    ContractStatus,
    OnCall,
    PersonSkill,
    Shift,
    Skill,
    WorkPattern,
)

__all__ = [
    "Absence", "AbsenceKind", "Account", "ApiToken", "AuditEvent", "Contract", "ContractStatus", "Entity", "Grant",
    "Membership", "MembershipRole", "OnCall", "Person", "PersonSkill", "Place", "PlaceKind", "Role", "Shift", "Site",
    "Skill", "Team", "WorkPattern",
]  # fmt: skip
