"""Coverage: the heat map of a year, a month, a week, the day behind it, and the requirements it is measured against."""

from . import requirements
from .page import coverage_home, coverage_period

__all__ = ["coverage_home", "coverage_period", "requirements"]
