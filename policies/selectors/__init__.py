from .agreements import Timeline, agreement_for, timeline_for
from .requirements import (
    families_of,
    parents_of_entities,
    people_who_could,
    requirements_counting,
    requirements_in_force,
    slot_rows,
)

__all__ = [
    "Timeline", "agreement_for", "families_of", "parents_of_entities", "people_who_could",
    "requirements_counting", "requirements_in_force", "slot_rows", "timeline_for",
]  # fmt: skip
