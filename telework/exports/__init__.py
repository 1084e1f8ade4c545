"""The files of telework, each room of it with its own: days, coverage, agreements."""

from . import agreements, coverage, days  # noqa: F401 (each offers its files)
