"""Rosters for planners and HR: files in, rotations, exchanges. Each shows its difference first, then writes it."""

from .files import roster_files
from .rotations import roster_rotations
from .swaps import roster_swaps

__all__ = ["roster_files", "roster_rotations", "roster_swaps"]
