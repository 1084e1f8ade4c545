"""The editor of requirements: which there are, one form with its week grid, and their end."""

from .editor import requirement_edit, requirement_new
from .ending import requirement_end
from .listing import requirement_copy, requirement_list

__all__ = ["requirement_copy", "requirement_edit", "requirement_end", "requirement_list", "requirement_new"]
