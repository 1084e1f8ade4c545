"""Rosters for planners and HR: files in, rotations, exchanges, one entry by hand. The effect is shown, then written."""

from .by_hand import roster_by_hand
from .examples import roster_template
from .files import roster_files
from .rotations import roster_rotations
from .swaps import roster_swaps

__all__ = ["roster_by_hand", "roster_files", "roster_rotations", "roster_swaps", "roster_template"]
