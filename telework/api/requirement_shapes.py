"""What the endpoints about requirements read and answer, and the way between JSON and drafts."""

from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from people import access
from people.models import Person, Site, Team
from policies.models import Layer, Requirement
from policies.services import RequirementDraft, SlotDraft, draft_of
from telework.errors import language
from telework.services.rechecking import told
from telework.services.requirements import Choices, Written

from . import replies
from .schemas import Day, Strict, Text, Version

Kind = Literal["minimum", "share_at_once", "share_of_people", "share_of_minutes", "people_remote"]
LayerName = Literal["weekly", "holiday", "dated"]
MOST_SHOWN = 200


def _clock(value: object) -> time | None:
    if value is None or type(value) is time:
        return value
    try:
        if isinstance(value, str) and len(value) == len("07:30"):
            return time.fromisoformat(value)
    except ValueError:
        pass
    raise _fault(_("“%(value)s” is not a time. Write it as 07:30."), value)


def _number(value: object) -> Decimal:
    try:
        if isinstance(value, int | float | str | Decimal) and not isinstance(value, bool) and len(str(value)) <= 20:
            return Decimal(str(value))
    except (InvalidOperation, ValueError):
        pass
    raise _fault(_("“%(value)s” is not a number. Write one, such as 3."), value)


def _fault(sentence: str, value: object) -> PydanticCustomError:
    shown = str(value)[:40] if isinstance(value, str | float | bool) else type(value).__name__
    shown = "".join(char for char in shown if char.isprintable())
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence % {"value": shown}})


Clock = Annotated[time | None, BeforeValidator(_clock), WithJsonSchema({"type": "string", "examples": ["22:00"]})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})]


class SlotIn(Strict):
    """People, or percent, on some weekdays (0 = Monday; none: every day) or dates; see ``policies.models.Slot``."""

    layer: LayerName = "weekly"
    days: Annotated[list[int], Field(max_length=7)] = []
    dates: Annotated[list[Day], Field(max_length=400)] = []
    start: Clock = None
    end: Clock = None
    number: Number


class RequirementIn(Strict):
    """All that a requirement says. ``accept_unmeetable``: written although it asks for more people than there are."""

    entity: UUID | None = None
    team: UUID | None = None
    site: UUID | None = None
    skill: Text = ""
    name_fr: Text = ""
    name_en: Text = ""
    kind: Kind = "minimum"
    counts_remote: bool = False
    counts_on_call: bool = False
    zone: Text = ""
    article: Text = ""
    one_fr: Text = "personne"
    many_fr: Text = "personnes"
    one_en: Text = "person"
    many_en: Text = "people"
    staffing: dict[str, Any] = {}
    first_day: Day
    last_day: Day | None = None
    slots: Annotated[list[SlotIn], Field(max_length=200)]
    accept_unmeetable: bool = False


class RequirementChange(RequirementIn):
    """``version`` is the one that was read; ``since``: only from that day on, what was asked before stays."""

    version: Version
    since: Day | None = None


class Ending(Strict):
    last_day: Day
    version: Version | None = None


class Copying(Strict):
    """For another team, or another site; from ``first_day`` on."""

    team: UUID | None = None
    site: UUID | None = None
    first_day: Day
    accept_unmeetable: bool = False


class SlotOut(Schema):
    layer: str
    days: list[int]
    dates: list[date]
    start: str | None
    end: str | None
    number: str


class SkillOut(Schema):
    code: str
    name: str


class RequirementOut(Schema):
    """``clock`` is the zone in which its times are read."""

    uid: UUID
    version: int
    entity: replies.Named
    team: replies.Named | None
    site: replies.Named | None
    skill: SkillOut | None
    name_fr: str
    name_en: str
    kind: str
    counts_remote: bool
    counts_on_call: bool
    zone: str
    clock: str
    article: str
    one_fr: str
    many_fr: str
    one_en: str
    many_en: str
    staffing: dict[str, Any]
    first_day: date
    last_day: date | None
    slots: list[SlotOut]


class Requirements(Schema):
    count: int
    items: list[RequirementOut]


class GapOut(Schema):
    requirement: UUID
    day: date
    start: str | None
    end: str | None
    before: int
    value: int
    limit: int
    detail: str


class Met(Schema):
    person: replies.Person
    day: date
    part: str


class Remark(Schema):
    field: str
    detail: str


class WrittenOut(Schema):
    """``gaps``: what newly does not hold; ``concerned``: telework that stands in it, which nobody has cancelled."""

    requirement: RequirementOut | None
    gap_count: int
    gaps: list[GapOut]
    concerned_count: int
    concerned: list[Met]
    remarks: list[Remark]


def draft_from(body: RequirementIn, choices: Choices) -> RequirementDraft:
    """The draft that a body describes; 404 for a team or an entity out of reach."""
    scope = choices.scope(entity=body.entity, team=body.team, site=body.site, skill=body.skill)
    plain = {name: getattr(body, name) for name in RequirementIn.model_fields if name not in NOT_PLAIN}
    return RequirementDraft(**scope, **plain, slots=tuple(_slot(slot) for slot in body.slots))


NOT_PLAIN = {"entity", "team", "site", "skill", "slots", "accept_unmeetable"}


def _slot(slot: SlotIn) -> SlotDraft:
    layer = Layer[slot.layer.upper()]
    return SlotDraft(layer, tuple(slot.days), tuple(slot.dates), slot.start, slot.end, slot.number)


def requirement_shape(requirement: Requirement) -> dict:
    """One requirement with its slots, of which the number is a decimal text. No query where slots are prefetched."""
    draft = draft_of(requirement)
    plain = {name: getattr(draft, name) for name in RequirementIn.model_fields if name not in NOT_PLAIN}
    return plain | {
        "uid": requirement.uid,
        "version": requirement.version,
        "entity": _named(draft.entity),
        "team": _named(draft.team),
        "site": _named(draft.site),
        "skill": {"code": draft.skill.code, "name": draft.skill.name} if draft.skill else None,
        "clock": draft.clock,
        "slots": [_slot_shape(slot) for slot in draft.slots],
    }


def _named(row: Site | Team | None) -> dict | None:
    return None if row is None else {"uid": row.uid, "name": row.name}


def _slot_shape(slot: SlotDraft) -> dict:
    start, end = (moment and moment.isoformat("minutes") for moment in (slot.start, slot.end))
    layer = Layer(slot.layer).name.lower()
    return {"layer": layer, "days": slot.days, "dates": slot.dates, "start": start, "end": end,
            "number": f"{slot.number:f}"}  # fmt: skip


def written_shape(written: Written, actor: Person) -> dict:
    """What a write has done; telework only of people whom the actor may know of."""
    effect, lang = written.effect, language()
    gaps = [told(need, gap) for need, gap in effect.gaps[:MOST_SHOWN]]
    concerned = effect.concerned
    known = set()
    if concerned:
        people = access.people_for(actor, "view_coverage").filter(pk__in={one.person_id for one in concerned})
        known = set(people.values_list("pk", flat=True))
    return {
        "requirement": requirement_shape(written.requirement) if written.requirement else None,
        "gap_count": len(effect.gaps),
        "gaps": [gap | {"detail": gap[f"said_{lang}"]} for gap in gaps],
        "concerned_count": len(concerned),
        "concerned": [
            {"person": {"uid": one.person.uid, "name": one.person.name}, "day": one.day, "part": str(one.part)}
            for one in concerned
            if one.person_id in known
        ][:MOST_SHOWN],
        "remarks": [{"field": field, "detail": message} for field, message in written.remarks],
    }
