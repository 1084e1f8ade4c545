from .accounts import Account, Grant, Role
from .audit import AuditEvent
from .imports import ColumnMemory, ImportKind, ImportRun, ImportState
from .organisation import Entity, Membership, MembershipRole, Site, Team
from .person import Person, Place, PlaceKind
from .reads import ReadEvent, What
from .sessions import Session
from .tokens import ApiToken, KeyedCall
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
    "Absence", "AbsenceKind", "Account", "ApiToken", "AuditEvent", "ColumnMemory", "Contract", "ContractStatus",
    "Entity", "Grant",
    "ImportKind", "ImportRun", "ImportState",
    "KeyedCall", "Membership", "MembershipRole", "OnCall", "Person", "PersonSkill", "Place", "PlaceKind",
    "ReadEvent", "Role", "Session", "Shift", "Site", "Skill", "Team", "What", "WorkPattern",
]  # fmt: skip
