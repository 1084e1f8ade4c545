"""The form made ready for the template: each field with its value, its fault and its hint, each layer with its grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.imports import Wrong
from policies.models import RequirementKind
from telework.views.coverage.requirements.choices import Choices
from telework.views.coverage.requirements.dates import read_dates, told_dates
from telework.views.coverage.requirements.grids import grid_of, said_rows
from telework.views.coverage.requirements.rows import WEEK, whole_days
from telework.views.coverage.requirements.sheet import HOLIDAY, TEXTS, WEEKLY, Section, Sheet
from telework.views.coverage.requirements.stale import labels
from telework.wording import language
from ui import words

MOST_SAID = 4
FIRST = ("kind", "entity", "team", "skill", "site", *TEXTS)
Options = Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Field:
    """A control: its name, what stands in it, what is wrong with it, and whether the page begins there."""

    name: str
    value: str = ""
    fault: str = ""
    focus: bool = False
    options: Options = ()

    @property
    def id(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays to tick: (number, initial, name, ticked)."""

    name: str
    days: Sequence[tuple[int, str, str, bool]]
    fault: str = ""
    focus: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a layer."""

    number: int
    days: Days | None
    start: Field | None
    end: Field | None
    count: Field
    fault: str
    blank: bool = False

    @property
    def position(self) -> int:
        return self.number + 1

    @property
    def faults(self) -> list[str]:
        parts = (self.days, self.start, self.end, self.count)
        return [text for text in (self.fault, *(part.fault for part in parts if part)) if text]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A layer: its title, what it says, its grid with its brush, its lines or its whole-day numbers."""

    key: str
    title: str
    said: Sequence[str]
    more: int
    dates: Field | None
    first: Field | None
    last: Field | None
    grid: SafeString | str
    brush: Mapping[str, object]
    lines: Sequence[LineView]
    whole: Sequence[tuple[str, str, Field]]
    fault: Field

    @property
    def is_dated(self) -> bool:
        return self.dates is not None

    @property
    def is_empty(self) -> bool:
        return not self.said and not self.lines

    @property
    def open(self) -> bool:
        """Whether its lines are shown from the start: one waits to be filled in, or is wrong."""
        return any(line.blank or line.faults for line in self.lines)


class Form:
    """What the template reads."""

    def __init__(self, sheet: Sheet, choices: Choices, faults: Mapping[str, str], brushes: Mapping) -> None:
        self.sheet, self.choices = sheet, choices
        self.faults = dict(sorted(faults.items(), key=lambda fault: _place(fault[0])))
        self.focus = next(iter(faults)) if len(faults) == 1 else ""
        self.sections = [self._section(section, brushes[section.key]) for section in sheet.sections]

    @property
    def fields(self) -> dict[str, Field]:
        """The plain fields by name."""
        found = {name: self.field(name, self.sheet.fields[name]) for name in TEXTS}
        for name in ("entity", "team", "site", "skill"):
            value = self.sheet.fields[name]
            found[name] = self.field(name, value, self.choices.options(name, value))
        kinds = [(value, words_, value == self.sheet.kind) for value, words_ in RequirementKind.choices]
        return found | {"kind": self.field("kind", self.sheet.kind, kinds)}

    def field(self, name: str, value: str = "", options: Options = ()) -> Field:
        return Field(name, value, self.faults.get(name, ""), name == self.focus, options)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of every fault."""
        named, colon = labels(), pgettext("before a value", ":")
        return [
            (id_of(name), f"{named[name]}{colon} {sentence}" if name in named else sentence)
            for name, sentence in self.faults.items()
        ]

    @property
    def is_minimum(self) -> bool:
        return self.sheet.kind == RequirementKind.MINIMUM

    @property
    def layers(self) -> list[SectionView]:
        """The weeks and the public holidays."""
        return [view for view in self.sections if not view.is_dated]

    @property
    def dated(self) -> list[SectionView]:
        return [view for view in self.sections if view.is_dated]

    @property
    def new_dates(self) -> tuple[Field, Field]:
        return self.field("first.new"), self.field("last.new")

    @property
    def unit(self) -> str:
        """What the numbers are."""
        return _("people") if self.sheet.counts_people else "%"

    def _section(self, section: Section, brush: Mapping) -> SectionView:
        said, dated = said_rows(self.sheet, section), section.key not in (WEEKLY, HOLIDAY)
        by_minute = self.sheet.by_the_minute
        title = _title(section)
        return SectionView(
            key=section.key,
            title=title,
            said=said[:MOST_SAID],
            more=max(0, len(said) - MOST_SAID),
            dates=self.field(f"dates.{section.key}", section.dates) if dated else None,
            first=self.field(f"first.{section.key}") if dated else None,
            last=self.field(f"last.{section.key}") if dated else None,
            grid=grid_of(self.sheet, section, title=title) if by_minute else "",
            brush=self._brush(section, brush) if by_minute else {},
            lines=[self._line(section, number) for number in range(len(section.rows))] if by_minute else (),
            whole=() if by_minute else self._whole(section),
            fault=self.field(f"line.{section.key}"),
        )

    def _brush(self, section: Section, brush: Mapping) -> dict[str, object]:
        key = section.key
        days = self.days(f"stroke.days.{key}", brush["days"]) if section.by_weekday else None
        texts = {name: self.field(f"stroke.{name}.{key}", str(brush[name])) for name in ("start", "end", "number")}
        faults = [part.fault for part in (days, *texts.values()) if part and part.fault]
        return {"days": days, "faults": faults, **texts}

    def days(self, name: str, chosen) -> Days:
        lang = language()
        days = [(day, words.INITIALS[lang][day], words.WEEKDAYS[lang][day], day in chosen) for day in range(7)]
        return Days(name, days, self.faults.get(name, ""), name == self.focus)

    def _line(self, section: Section, number: int) -> LineView:
        row, place = section.rows[number], f"{section.key}.{number}"
        return LineView(
            number=number,
            days=self.days(f"days.{place}", row.days) if section.by_weekday else None,
            start=self.field(f"start.{place}", row.start),
            end=self.field(f"end.{place}", row.end),
            count=self.field(f"number.{place}", row.number),
            fault=self.faults.get(f"line.{place}", ""),
            blank=row.is_blank,
        )

    def _whole(self, section: Section) -> list[tuple[str, str, Field]]:
        """(short name, long name, field) of each weekday, or one for all dates of the layer."""
        if not section.by_weekday:
            written = section.rows[0].number if section.rows else ""
            return [("", _("Number"), self.field(f"whole.{section.key}", written))]
        lang, held = language(), whole_days(section.rows)
        return [
            (words.SHORT_WEEKDAYS[lang][day], words.WEEKDAYS[lang][day],
             self.field(f"whole.{section.key}.{day}", held.get(day, "")))
            for day in sorted(WEEK)
        ]  # fmt: skip


def _place(name: str) -> int:
    """Where a field stands on the page."""
    if name in FIRST:
        return FIRST.index(name)
    return len(FIRST) + name.startswith("staffing.")


def id_of(name: str) -> str:
    return f"r-{name.replace('.', '-')}"


def _title(section: Section) -> str:
    if section.key == WEEKLY:
        return _("Every week")
    if section.key == HOLIDAY:
        return _("Public holidays")
    try:
        return told_dates(read_dates("dates", section.dates))
    except Wrong:
        return _("Some dates")
