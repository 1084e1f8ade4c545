"""Readings of time and procedure: deadlines, seniority, places, money."""

from .questions import Question

PROCESS: dict[str, Question] = {}
