"""What somebody else has changed since the page was opened, from the audit: field by field, in the reader's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import AuditEvent
from policies.models import Requirement, RequirementKind

VERBS = ("requirement.changed", "requirement.ended")
SILENT = ("staffing",)


@dataclass(frozen=True, slots=True)
class Changed:
    """A field with its words before and after; both empty where only the fact can be told."""

    name: str
    before: str
    after: str


def changes_since(requirement: Requirement, version: str) -> tuple[list[str], list[Changed]]:
    """(names of those who changed it, what they changed) between a version that was read and the one there is."""
    steps = requirement.version - int(version) if version.isascii() and version.isdigit() else 1
    events = AuditEvent.objects.filter(subject_uid=requirement.uid, verb__in=VERBS).select_related("actor")
    last = list(events.order_by("-at", "-pk")[: min(max(steps, 1), 50)])[::-1]
    changed: dict[str, tuple[object, object]] = {}
    for event in last:
        for name, before, after in _differences(event):
            changed[name] = (changed.get(name, (before,))[0], after)
    names = list(dict.fromkeys(event.actor.name for event in last if event.actor))
    told = [_told(name, before, after) for name, (before, after) in changed.items() if before != after]
    return names, told


def _differences(event: AuditEvent) -> list[tuple[str, object, object]]:
    before, after = event.data.get("before"), event.data.get("after")
    if event.verb == "requirement.ended":
        return [("last_day", before, after)]
    before, after = before or {}, after or {}
    return [(name, before.get(name), after[name]) for name in after if before.get(name) != after[name]]


def _told(name: str, before: object, after: object) -> Changed:
    label = labels().get(name, _("Something else"))
    if name in ("slots", "entity", "site", "team", "skill", *SILENT):
        return Changed(label, "", "")
    return Changed(label, _word(name, before), _word(name, after))


def _word(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind" and value in RequirementKind.values:
        return str(RequirementKind(value).label)
    return str(value or "–")


def labels() -> dict[str, str]:
    """The names of fields as the form prints them."""
    return {
        "name_fr": _("Name in French"), "name_en": _("Name in English"), "kind": _("What must hold"),
        "entity": _("Entity"), "team": _("Team"), "site": _("Site"), "skill": _("Skill"),
        "counts_remote": _("People at home count too"), "counts_on_call": _("People on call count too"),
        "article": _("Article"), "first_day": _("First day"), "last_day": _("Last day"), "slots": _("The numbers"),
        "one_fr": _("One, in French"), "many_fr": _("Several, in French"), "one_en": _("One, in English"),
        "many_en": _("Several, in English"), "staffing": _("What was computed"), "zone": _("Clock"),
    }  # fmt: skip
