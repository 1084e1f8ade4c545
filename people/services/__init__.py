"""Writes about people: each checks what it is told, writes the fact and one audit event, in one transaction."""

from .autonomy import set_in_post_since, validate_autonomy, withdraw_autonomy
from .calendars import calendar_changed, lock_person
from .entries import ALL_HALVES, LONGEST_SHIFT, add_absence, add_shift
from .places import agree_place, declare_place, end_place

__all__ = [
    "ALL_HALVES", "LONGEST_SHIFT", "add_absence", "add_shift", "agree_place", "calendar_changed", "declare_place",
    "end_place", "lock_person", "set_in_post_since", "validate_autonomy", "withdraw_autonomy",
]  # fmt: skip
