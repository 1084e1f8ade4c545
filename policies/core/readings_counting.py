"""Readings of what is counted: caps, shares, entitlement, presence."""

from .questions import Question

COUNTING: dict[str, Question] = {}
