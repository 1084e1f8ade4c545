"""What human resources may do on the page of a person, by the word in its address."""

from .base import Act
from .contracts import ChangeContract, NewContract, RemoveContract
from .identity import Identity, Leave
from .skills import EndSkill, GiveSkill
from .teams import JoinTeam, LeaveTeam

__all__ = ["ACTS", "Act"]

ACTS: dict[str, type[Act]] = {
    "identity": Identity,
    "contract": NewContract,
    "correct-contract": ChangeContract,
    "remove-contract": RemoveContract,
    "team": JoinTeam,
    "leave-team": LeaveTeam,
    "skill": GiveSkill,
    "end-skill": EndSkill,
    "leaving": Leave,
}
