"""Writes about people: each checks what it is told, writes the fact and one audit event, in one transaction."""

from .access import end_access, end_access_of_leavers
from .accounts import invite_account, open_account, reset_second_factor
from .autonomy import set_in_post_since, validate_autonomy, withdraw_autonomy
from .calendars import calendar_changed, lock_person
from .contracts import ContractDraft, add_contract, change_contract, end_contract, remove_contract
from .entries import ALL_HALVES, LONGEST_SHIFT, add_absence, add_shift
from .grants import give_role, take_role
from .leaving import end_employment
from .memberships import end_membership, join_team, move_team, without_manager
from .organisation import write_entity, write_site, write_team
from .persons import PersonDraft, change_person, create_person
from .places import agree_place, declare_place, end_place
from .reopening import reopen_access
from .skills import end_skill, give_skill
from .versions import check_version, version_of

__all__ = [
    "ALL_HALVES", "LONGEST_SHIFT", "ContractDraft", "PersonDraft", "add_absence", "add_contract", "add_shift",
    "agree_place", "calendar_changed", "change_contract", "change_person", "check_version", "create_person",
    "declare_place", "end_access", "end_access_of_leavers", "end_contract", "end_employment", "end_membership",
    "end_place", "end_skill", "give_role", "give_skill", "invite_account", "join_team", "lock_person", "move_team",
    "open_account", "remove_contract", "reopen_access", "reset_second_factor", "set_in_post_since", "take_role",
    "validate_autonomy", "version_of", "withdraw_autonomy", "without_manager", "write_entity", "write_site",
    "write_team",
]  # fmt: skip
