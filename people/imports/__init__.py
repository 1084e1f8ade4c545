"""Rosters and absences from files: ``read`` bytes into lines, ``plan`` what they would change, ``apply_plan`` it.

All or nothing: a file with one fault writes nothing, and every fault names its line, its field, its value, the remedy.
"""

from .applying import apply_plan
from .directory import Directory
from .entries import days_of, read_absence, read_on_call, read_shift
from .faults import MOST_FAULTS, Fault, Unreadable
from .files import MOST_BYTES, MOST_PEOPLE_BYTES, read, read_tables, too_big
from .instants import Wrong, is_time, read_day
from .lines import Line
from .planning import Plan, plan_absences, plan_shifts
from .rotations import PRESETS, read_exceptions, read_rotation, rotation_lines

__all__ = [
    "MOST_BYTES",
    "MOST_FAULTS",
    "MOST_PEOPLE_BYTES",
    "PRESETS",
    "Directory",
    "Fault",
    "Line",
    "Plan",
    "Unreadable",
    "Wrong",
    "apply_plan",
    "days_of",
    "is_time",
    "plan_absences",
    "plan_shifts",
    "read",
    "read_absence",
    "read_day",
    "read_exceptions",
    "read_on_call",
    "read_rotation",
    "read_shift",
    "read_tables",
    "rotation_lines",
    "too_big",
]  # fmt: skip
