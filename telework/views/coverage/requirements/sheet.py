"""The form of a requirement as it was typed: its fields, and its lines by layer. Nothing here is checked or lost.

The lines are what is sent; the grid is drawn from them. A section is a layer: "w" every week, "h" public holidays,
"d0", "d1" … some dates each. Fields of a section carry its key, those of a line its number too: ``start.w.0``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from policies.models import Layer, Requirement, RequirementKind, Slot
from policies.models.requirement import BY_THE_MINUTE
from policies.services import RequirementDraft, SlotDraft, draft_of
from telework.views.coverage.requirements.dates import write_dates
from telework.views.coverage.requirements.rows import WEEK, Row, by_number, clock, spread, whole_days
from ui.drawing.weekgrid import STEPS
from ui.words import number

TEXTS = ("name_fr", "name_en", "one_fr", "many_fr", "one_en", "many_en", "article", "first_day", "last_day", "since")
SCOPE = ("kind", "entity", "team", "site", "skill")
TICKS = ("counts_remote", "counts_on_call", "keep")
MOST_SECTIONS, MOST_ROWS, LONGEST = 60, 60, 200
WEEKLY, HOLIDAY = "w", "h"
_DATED = re.compile(r"d\d{1,3}")


@dataclass(slots=True)
class Section:
    """A layer of the form: its lines, and its dates as typed where it has some."""

    key: str
    rows: list[Row] = field(default_factory=list)
    dates: str = ""

    @property
    def layer(self) -> Layer:
        return {WEEKLY: Layer.WEEKLY, HOLIDAY: Layer.HOLIDAY}.get(self.key, Layer.DATED)

    @property
    def by_weekday(self) -> bool:
        """Whether its lines tell weekdays apart: those of a week do, others where one of them already does."""
        return self.key == WEEKLY or any(row.days not in (WEEK, frozenset()) for row in self.rows)

    @property
    def written(self) -> list[Row]:
        """Lines in which something stands."""
        return [row for row in self.rows if not row.is_blank]


@dataclass(slots=True)
class Sheet:
    """All of the form. ``version`` is the one that was read; ``step`` the minutes of a cell of the grids."""

    fields: dict[str, str]
    sections: list[Section]
    version: str = ""
    step: int = 60
    was_whole: bool = False

    @property
    def kind(self) -> str:
        return self.fields["kind"]

    @property
    def by_the_minute(self) -> bool:
        """Whether its lines have hours; a kind that is not known leaves them as they were sent."""
        return self.kind in BY_THE_MINUTE or (self.kind not in RequirementKind.values and not self.was_whole)

    @property
    def counts_people(self) -> bool:
        return self.kind in (RequirementKind.MINIMUM, RequirementKind.PEOPLE_REMOTE)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def add_dated(self, dates: str) -> Section:
        """A new section for dates of its own."""
        taken = {section.key for section in self.sections}
        key = next(key for number in range(MOST_SECTIONS * 2) if (key := f"d{number}") not in taken)
        self.sections.append(Section(key, dates=dates))
        return self.sections[-1]


def blank(**fields: str) -> Sheet:
    """An empty form."""
    defaults = dict.fromkeys((*TEXTS, *SCOPE, *TICKS), "") | {"kind": RequirementKind.MINIMUM.value}
    nouns = {"one_fr": "personne", "many_fr": "personnes", "one_en": "person", "many_en": "people"}
    return Sheet(defaults | nouns | fields, [Section(WEEKLY), Section(HOLIDAY)])


def sheet_of(requirement: Requirement, slots: Sequence[Slot]) -> Sheet:
    """A requirement as a form."""
    sheet = sheet_of_draft(draft_of(requirement, slots))
    sheet.version = str(requirement.version)
    return sheet


def sheet_of_draft(draft: RequirementDraft) -> Sheet:
    """A draft as a form."""
    sheet = blank(**{name: str(getattr(draft, name) or "") for name in (*TEXTS, "kind") if name != "since"})
    for name in ("entity", "team", "site", "skill"):
        row = getattr(draft, name)
        sheet.fields[name] = name_of_choice(row) if row else ""
    for name in ("counts_remote", "counts_on_call"):
        sheet.fields[name] = "1" if getattr(draft, name) else ""
    dated: dict[str, Section] = {}
    for slot in draft.slots:
        _section_of(sheet, slot, dated).rows.append(_row_of(slot))
    sheet.step = finest_step(sheet)
    return sheet


def name_of_choice(row) -> str:
    """What a row is called in the form: its uid, or the code of a skill."""
    return str(row.uid) if hasattr(row, "uid") else row.code


def _section_of(sheet: Sheet, slot: SlotDraft, dated: dict[str, Section]) -> Section:
    if slot.layer != Layer.DATED:
        return sheet.section(WEEKLY if slot.layer == Layer.WEEKLY else HOLIDAY)
    dates = write_dates(day for day in slot.dates if day.weekday() in (slot.days or WEEK))
    if dates not in dated:
        dated[dates] = sheet.add_dated(dates)
    return dated[dates]


def _row_of(slot: SlotDraft) -> Row:
    days = WEEK if slot.layer == Layer.DATED else frozenset(slot.days) or WEEK
    written = number(slot.number, "en") if slot.number is not None else ""
    if slot.start is None or slot.end is None:
        return Row(days, number=written)
    first, last = (one.hour * 60 + one.minute for one in (slot.start, slot.end))
    return Row(days, clock(first), clock(last, end=True), written)


def read_sheet(post: QueryDict) -> Sheet:
    """The form as it was sent, in the shape of the kind that is now chosen."""
    fields = {name: post.get(name, "").strip()[:LONGEST] for name in (*TEXTS, *SCOPE)}
    fields |= {name: "1" if post.get(name) else "" for name in TICKS}
    keys = dict.fromkeys((WEEKLY, HOLIDAY, *filter(_DATED.fullmatch, post.getlist("section"))))
    was_whole = post.get("shape") == "whole"
    sections = [_read_section(post, key, was_whole) for key in list(keys)[:MOST_SECTIONS]]
    step = post.get("step", "")
    sheet = Sheet(fields, sections, post.get("version", ""), int(step) if step in map(str, STEPS) else 60, was_whole)
    _reshape(sheet)
    return sheet


def _read_section(post: QueryDict, key: str, whole: bool) -> Section:
    dates = post.get(f"dates.{key}", "").strip()[:20_000]
    if whole:
        numbers = {day: post.get(f"whole.{key}.{day}", "").strip()[:LONGEST] for day in range(7)}
        if key != WEEKLY and f"whole.{key}" in post:
            numbers = dict.fromkeys(range(7), post[f"whole.{key}"].strip()[:LONGEST])
        return Section(key, by_number(numbers), dates)
    count = len(post.getlist(f"line.{key}"))
    return Section(key, [_read_row(post, f"{key}.{number}") for number in range(min(count, MOST_ROWS))], dates)


def _read_row(post: QueryDict, place: str) -> Row:
    days = frozenset(int(day) for day in post.getlist(f"days.{place}") if day in "0123456" and len(day) == 1)
    texts = (post.get(f"{name}.{place}", "").strip()[:LONGEST] for name in ("start", "end", "number"))
    return Row(days, *texts) if place.startswith(WEEKLY) else Row(days or WEEK, *texts)


def _reshape(sheet: Sheet) -> None:
    """Lines of hours become numbers of days and the other way round where the kind was changed."""
    if sheet.by_the_minute != sheet.was_whole:
        return
    strictest = max if sheet.kind == RequirementKind.MINIMUM else min
    for section in sheet.sections:
        if sheet.by_the_minute:
            section.rows = [Row(row.days, "00:00", "24:00", row.number) for row in section.rows]
        else:
            section.rows = by_number(whole_days(section.rows, strictest=strictest))
            if not section.by_weekday:
                section.rows = [spread(row) for row in section.rows]


def packed(sheet: Sheet) -> dict[str, object]:
    """A form as JSON, to be written again later."""
    sections = [
        [section.key, section.dates, [[sorted(row.days), row.start, row.end, row.number] for row in section.rows]]
        for section in sheet.sections
    ]
    return {"fields": sheet.fields, "sections": sections}


def unpacked(data: dict) -> Sheet:
    """The form that ``packed`` has put away, as a new one."""
    sections = [
        Section(key, [Row(frozenset(days), *texts) for days, *texts in rows], dates)
        for key, dates, rows in data["sections"]
    ]
    sheet = Sheet(dict(data["fields"]), sections)
    sheet.step = finest_step(sheet)
    return sheet


def finest_step(sheet: Sheet) -> int:
    """The widest cell of the grid at whose edges every line begins and ends."""
    minutes = {minute for section in sheet.sections for row in section.rows for minute in (row.span or ())}
    return next((step for step in STEPS if all(minute % step == 0 for minute in minutes)), STEPS[-1])
