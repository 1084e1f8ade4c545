"""A requirement as it is written down before it is saved: plain values, equal when they say the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation

from people.models import Entity, Site, Skill, Team
from policies.models import Layer, Requirement, RequirementKind, Slot
from policies.models.requirement import BY_THE_MINUTE


@dataclass(frozen=True, slots=True)
class SlotDraft:
    """A number on some weekdays (0 = Monday; none: every day) or, on the dated layer, on some dates.

    ``start`` and ``end`` are clock times (an end at or before the start is on the next day; equal times are a whole
    day), None for kinds about whole dates. ``number`` is people or a percentage.
    """

    layer: int = Layer.WEEKLY
    days: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    start: time | None = None
    end: time | None = None
    number: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementDraft:
    """All that a requirement says; see ``policies.models.Requirement`` for what the fields mean."""

    entity: Entity | None
    site: Site | None = None
    team: Team | None = None
    skill: Skill | None = None
    name_fr: str = ""
    name_en: str = ""
    kind: str = RequirementKind.MINIMUM
    counts_remote: bool = False
    counts_on_call: bool = False
    zone: str = ""
    article: str = ""
    one_fr: str = "personne"
    many_fr: str = "personnes"
    one_en: str = "person"
    many_en: str = "people"
    first_day: date | None = None
    last_day: date | None = None
    staffing: Mapping = field(default_factory=dict)
    slots: tuple[SlotDraft, ...] = ()

    @property
    def by_the_minute(self) -> bool:
        """Whether its slots have clock times."""
        return self.kind in BY_THE_MINUTE

    @property
    def in_percent(self) -> bool:
        """Whether its numbers are percentages rather than people."""
        return self.kind not in (RequirementKind.MINIMUM, RequirementKind.PEOPLE_REMOTE)

    @property
    def place(self) -> Site | None:
        """The site whose clock and public holidays are meant where none is written."""
        return self.site or (self.team.site if self.team else None)

    @property
    def clock(self) -> str:
        """The zone in which its clock times are read; "" where nothing says it."""
        return self.zone or (self.place.zone if self.place else "")


TEXTS = ("name_fr", "name_en", "zone", "article", "one_fr", "many_fr", "one_en", "many_en")
SCOPE = ("entity", "site", "team", "skill")
PLAIN = (*TEXTS, "kind", "counts_remote", "counts_on_call", "first_day", "last_day")


def tidied(draft: RequirementDraft) -> RequirementDraft:
    """The same without what has no meaning: spaces, one name for both languages, who counts towards a maximum,
    the order of days, dates and slots. What is saved is tidied, and reads back equal."""
    texts = {name: " ".join(str(getattr(draft, name)).replace("\0", " ").split()) for name in TEXTS}
    texts["name_fr"], texts["name_en"] = texts["name_fr"] or texts["name_en"], texts["name_en"] or texts["name_fr"]
    minimum = draft.kind == RequirementKind.MINIMUM
    counts = {name: minimum and bool(getattr(draft, name)) for name in ("counts_remote", "counts_on_call")}
    slots = tuple(sorted((_tidied(slot) for slot in draft.slots), key=lambda slot: slot.layer))
    return replace(draft, **texts, **counts, kind=str(draft.kind), staffing=dict(draft.staffing), slots=slots)


def _tidied(slot: SlotDraft) -> SlotDraft:
    days = tuple(sorted(set(slot.days)))
    number = _plain(slot.number)
    return replace(
        slot, layer=int(slot.layer), days=() if len(days) == 7 else days, dates=tuple(sorted(set(slot.dates))),
        number=number,
    )  # fmt: skip


def _plain(number) -> Decimal | None:
    """60.000 and 60 are one number; what is none stays as it is, for ``faults_of`` to name."""
    try:
        exact = Decimal(str(number))
    except InvalidOperation:
        return number
    if not exact.is_finite() or abs(exact.adjusted()) > 12:
        return exact
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def draft_of(requirement: Requirement, slots: Iterable[Slot] | None = None) -> RequirementDraft:
    """What a saved requirement says. One query for its slots where they are not at hand."""
    rows = requirement.slots.all() if slots is None else slots
    plain = {name: getattr(requirement, name) for name in (*SCOPE, *PLAIN, "staffing")}
    return tidied(RequirementDraft(**plain, slots=tuple(_slot(row) for row in rows)))


def _slot(row: Slot) -> SlotDraft:
    dates = tuple(date.fromisoformat(text) for text in row.dates)
    return SlotDraft(row.layer, tuple(row.days), dates, row.start, row.end, row.number)


def as_json(draft: RequirementDraft) -> dict[str, object]:
    """A draft as the audit keeps it: uids and plain texts."""
    scope = {name: _uid(getattr(draft, name)) for name in SCOPE}
    plain = {name: _text(getattr(draft, name)) for name in PLAIN}
    return {**scope, **plain, "staffing": dict(draft.staffing), "slots": [_slot_json(slot) for slot in draft.slots]}


def _uid(row) -> str | None:
    return None if row is None else row.code if isinstance(row, Skill) else str(row.uid)


def _text(value):
    return value.isoformat() if isinstance(value, date) else value


def _slot_json(slot: SlotDraft) -> dict[str, object]:
    start, end = (moment and moment.isoformat("minutes") for moment in (slot.start, slot.end))
    dates = [day.isoformat() for day in slot.dates]
    return {"layer": Layer(slot.layer).name.lower(), "days": list(slot.days), "dates": dates, "start": start,
            "end": end, "number": str(slot.number)}  # fmt: skip
