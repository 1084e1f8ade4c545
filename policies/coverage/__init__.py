"""Who is on site at every minute, and what one telework booking would change: pure, exact through clock changes.

The semantics of a case are those of ``tests/cases/coverage/README.md``; read a booking's way in ``check.py``.
"""

from policies.coverage.check import Check, Outcome, check, check_rows, moves, moves_by_day, tight
from policies.coverage.presence import stretches
from policies.coverage.requirements import Gap, Layer, Scope
from policies.coverage.rows import Person, Roster, Staff, State, Stretches
from policies.coverage.yearmap import CoverageMap

__all__ = [
    "Check",
    "CoverageMap",
    "Gap",
    "Layer",
    "Outcome",
    "Person",
    "Roster",
    "Scope",
    "Staff",
    "State",
    "Stretches",
    "check",
    "check_rows",
    "moves",
    "moves_by_day",
    "stretches",
    "tight",
]
