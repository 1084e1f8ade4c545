"""Charters of teams: what a manager fixes where the agreement leaves a range, and how the team works together."""
