from .agreements import Timeline, agreement_for, timeline_for
from .requirements import (
    Standing,
    family_of,
    requirements_counting,
    requirements_in_force,
    slot_rows,
    standing_of_people,
)

__all__ = [
    "Standing", "Timeline", "agreement_for", "family_of", "requirements_counting", "requirements_in_force", "slot_rows",
    "standing_of_people", "timeline_for",
]  # fmt: skip
