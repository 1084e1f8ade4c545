"""The form as a draft that services take, and their faults beside the fields of the form."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from people.imports import Wrong, read_day
from policies.models import Layer, RequirementKind
from policies.services import Fault, RequirementDraft, SlotDraft, faults_of, tidied
from telework.views.coverage.requirements.choices import Choices
from telework.views.coverage.requirements.dates import read_dates
from telework.views.coverage.requirements.rows import DAY, Row, minute_of
from telework.views.coverage.requirements.sheet import Section, Sheet

NAMES = ("name_fr", "name_en", "one_fr", "many_fr", "one_en", "many_en", "article")


class Reading:
    """A sheet read: its draft, what is wrong with it by field of the form, and which line each slot came from."""

    def __init__(self, sheet: Sheet, choices: Choices, *, zone: str = "", staffing: dict | None = None) -> None:
        self.sheet, self.choices = sheet, choices
        self.faults: dict[str, str] = {}
        self.places: list[str] = []
        slots = tuple(slot for section in sheet.sections for slot in self._slots(section))
        texts = {name: sheet.fields[name] for name in NAMES}
        counts = {name: bool(sheet.fields[name]) for name in ("counts_remote", "counts_on_call")}
        days = {name: self._day(name) for name in ("first_day", "last_day")}
        self.since = self._day("since")
        self.draft = tidied(
            RequirementDraft(
                **self._scope(), **texts, **counts, **days, kind=sheet.kind, zone=zone, staffing=staffing or {},
                slots=slots,
            )
        )  # fmt: skip
        self.take(faults_of(self.draft))

    def take(self, faults: Iterable[Fault]) -> None:
        """More faults, each at its field; the first one of a field is told."""
        for field, message in faults:
            self.faults.setdefault(self.field(field), message)

    def field(self, name: str) -> str:
        """A field of the draft as the form calls it: slots.2.number → number.w.2, or whole.w.0."""
        if name.startswith("staffing."):
            return name
        if name == "zone":
            return "site"
        if not name.startswith("slots."):
            return "line.w" if name == "slots" else name
        _slots, number, *rest = name.split(".")
        place, field = self.places[int(number)], rest[0] if rest else "line"
        key, _dot, row = place.partition(".")
        section = self.sheet.section(key)
        if field == "dates" and section.layer == Layer.DATED:
            return f"dates.{key}"
        if self.sheet.by_the_minute:
            return f"{field}.{place}"
        return f"whole.{key}.{min(section.rows[int(row)].days)}" if section.by_weekday else f"whole.{key}"

    def _scope(self) -> dict[str, object]:
        fields, found = self.sheet.fields, {}
        if self.choices.own_team_only:
            fields = fields | {"entity": ""}
        for name in ("entity", "team", "site", "skill"):
            found[name] = self.choices.find(name, fields[name]) if fields[name] else None
            if fields[name] and found[name] is None:
                self.faults[name] = _("This is not one of the list. Choose again.")
        if self.choices.own_team_only and found["team"] is None:
            self.faults.setdefault("team", _("Choose the team of which it is asked."))
        if found["team"] and found["entity"] is None:
            found["entity"] = found["team"].entity
        if found["entity"] is None and len(self.choices.entities) == 1:
            found["entity"] = self.choices.entities[0]
        return found

    def _day(self, name: str) -> date | None:
        text = self.sheet.fields[name]
        try:
            return read_day(name, text) if text else None
        except Wrong as wrong:
            self.faults[name] = wrong.sentence
            return None

    def _slots(self, section: Section) -> Iterable[SlotDraft]:
        dates = self._dates(section)
        for number, row in enumerate(section.rows):
            if row.is_blank:
                continue
            place = f"{section.key}.{number}"
            self.places.append(place)
            if not row.days:
                self.faults[f"days.{place}"] = _("No weekday is chosen. Choose one, or take the line away.")
            days = () if section.layer == Layer.DATED else tuple(sorted(row.days))
            yield SlotDraft(section.layer, days, dates, *self._times(row, place), _number(row.number))

    def _dates(self, section: Section) -> tuple[date, ...]:
        if section.layer != Layer.DATED or not (section.written or section.dates):
            return ()
        field = f"dates.{section.key}"
        try:
            dates = tuple(read_dates(field, section.dates))
        except Wrong as wrong:
            self.faults[field] = wrong.sentence
            return ()
        if not section.written:
            self.faults[field] = _("These dates have no number. Write one, or take the dates away.")
        return dates

    def _times(self, row: Row, place: str) -> tuple[time | None, time | None]:
        if not self.sheet.by_the_minute:
            return None, None
        found = []
        for name, text in (("start", row.start), ("end", row.end)):
            minute = minute_of(text) if text else None
            if text and (minute is None or (name == "start" and minute == DAY)):
                sentence = _("“%(value)s” is not a time. Write it as 07:30.")
                self.faults[f"{name}.{place}"] = sentence % {"value": text[:40]}
                minute = None
            found.append(None if minute is None else time(minute // 60 % 24, minute % 60))
        return found[0], found[1]


def _number(text: str) -> Decimal | str | None:
    """A number as it was typed, with a comma or a point; what is none stays for the service to name."""
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("%")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        return text


def binding(kind: str):
    """Of several numbers that hold at once, the one that binds."""
    return max if kind == RequirementKind.MINIMUM else min
