"""A requirement that nobody can meet: more heads asked for than there are people who could hold the post."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import RequirementKind
from policies.selectors import people_who_could
from policies.services.drafts import RequirementDraft
from policies.services.faults import Fault


def unmeetable(draft: RequirementDraft, *, today: date) -> list[Fault]:
    """Slots of a minimum that ask for more people than could ever hold them from ``today`` on. Three queries.

    Refused at save unless somebody accepts it on purpose. ``draft`` has no other fault.
    """
    if draft.kind != RequirementKind.MINIMUM:
        return []
    first = max(draft.first_day, today)
    if draft.last_day and draft.last_day < first:
        return []
    able = people_who_could(draft, first, draft.last_day).count()
    return [
        Fault(f"slots.{place}.number", _sentence(able) % {"asked": slot.number, "able": able})
        for place, slot in enumerate(draft.slots)
        if slot.number > able
    ]


def _sentence(able: int) -> str:
    if not able:
        return _("%(asked)s are asked for, and nobody can hold this post. Check the skill, the team and the site.")
    return ngettext(
        "%(asked)s are asked for, and only %(able)s person can hold this post. Ask for fewer, or widen who counts.",
        "%(asked)s are asked for, and only %(able)s people can hold this post. Ask for fewer, or widen who counts.",
        able,
    )
