"""All writes on agreements and on coverage requirements. *now* and *today* come from the caller."""

from .agreements import check_texts, draft_version, install_shipped, publish_version, shipped_slugs, shipped_texts
from .drafts import RequirementDraft, SlotDraft, draft_of, tidied
from .faults import Fault, RequirementRefused, faults_of, remarks_on
from .meetable import unmeetable
from .past import asks_otherwise, faults_of_change, has_held
from .requirements import (
    RequirementStale,
    amend_requirement,
    copy_requirement,
    end_requirement,
    remove_requirement,
    save_requirement,
)
from .staffing import StaffingInputs, inputs_from, staffing_numbers

__all__ = [
    "Fault", "RequirementDraft", "RequirementRefused", "RequirementStale", "SlotDraft", "StaffingInputs",
    "amend_requirement", "asks_otherwise", "check_texts", "copy_requirement", "draft_of", "draft_version",
    "end_requirement", "faults_of", "faults_of_change", "has_held", "inputs_from", "install_shipped",
    "publish_version", "remarks_on", "remove_requirement", "save_requirement", "shipped_slugs", "shipped_texts",
    "staffing_numbers", "tidied", "unmeetable",
]  # fmt: skip
