"""The staffing helper inside the form: calls typed by interval, heads computed, and taken as numbers of the week."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from policies.services import inputs_from, staffing_numbers
from policies.services.staffing import BadInputs, Heads
from telework.views.coverage.requirements.rows import Stroke, clock, minute_of, painted
from telework.views.coverage.requirements.sheet import WEEKLY, Sheet
from ui.words import number

NUMBERS = ("seconds", "percent", "within", "away", "busiest")
DEFAULTS = {"minutes": "30", "first": "08:00", "calls": "", "seconds": "", "percent": "80", "within": "20",
            "away": "", "busiest": ""}  # fmt: skip
WORKWEEK = frozenset(range(5))
LONGEST = 4000


@dataclass(slots=True)
class Helper:
    """What was typed, on which weekdays its numbers are meant, and what comes of it."""

    fields: dict[str, str] = field(default_factory=lambda: dict(DEFAULTS))
    days: frozenset[int] = WORKWEEK
    heads: tuple[Heads, ...] = ()
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def is_used(self) -> bool:
        return bool(self.fields["calls"])

    @property
    def data(self) -> dict[str, object]:
        """The inputs as the requirement keeps them; nothing where no calls were typed."""
        if not self.is_used:
            return {}
        found = {name: _number(self.fields[name]) for name in NUMBERS if self.fields[name]}
        found["minutes"] = _number(self.fields["minutes"])
        start = minute_of(self.fields["first"])
        found["first"] = self.fields["first"] if start is None else clock(start)
        found["calls"] = [_number(piece) for piece in re.split(r"[\s;]+", self.fields["calls"]) if piece]
        return found

    def compute(self) -> None:
        """Heads by interval, or the faults of the fields."""
        try:
            self.heads = staffing_numbers(inputs_from(self.data)) if self.is_used else ()
        except BadInputs as bad:
            for name, sentence in bad.faults:
                self.faults.setdefault(f"staffing.{name.partition('.')[0]}", sentence)

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """(start, end, heads), minutes of the day."""
        found = []
        for start, end, heads in self.heads:
            first, last = (moment.hour * 60 + moment.minute for moment in (start, end))
            found.append((first, last or 1440, heads))
        return found

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """(hours, calls, heads) of each interval."""
        calls = self.data.get("calls", [])
        return [
            (f"{clock(first)}–{clock(last, end=True)}", str(typed), heads)
            for (first, last, heads), typed in zip(self.spans, calls, strict=True)
        ]


def read_helper(post: QueryDict) -> Helper:
    """The helper as it was sent; computed where calls were typed."""
    fields = {name: post.get(f"staffing.{name}", DEFAULTS[name]).strip()[:LONGEST] for name in DEFAULTS}
    days = frozenset(int(day) for day in post.getlist("staffing.days") if day in ("0", "1", "2", "3", "4", "5", "6"))
    helper = Helper(fields, days if "staffing.shown" in post else WORKWEEK)
    helper.compute()
    return helper


def helper_of(staffing: Mapping) -> Helper:
    """The helper as it is kept with a requirement."""
    if not staffing:
        return Helper()
    fields = dict.fromkeys(DEFAULTS, "")
    for name, value in staffing.items():
        if name in fields and value is not None:
            fields[name] = " ".join(_written(one) for one in value) if name == "calls" else _written(value)
    helper = Helper(fields)
    helper.compute()
    return helper


def take_heads(sheet: Sheet, helper: Helper) -> None:
    """The computed numbers as lines of the week, on the weekdays of the helper; the other hours stay."""
    section = sheet.section(WEEKLY)
    rows = [row for row in section.rows if not row.is_blank]
    for start, end, heads in helper.spans:
        rows = painted(rows, Stroke(helper.days, start, end, str(heads) if heads else ""), repeats=True)
    section.rows = rows


def _number(text: str) -> float | int | str:
    """A number as typed; what is none stays, for the service to name."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text[:40]
    return int(value) if value.is_integer() and abs(value) < 1e12 else value


def _written(value) -> str:
    return number(value, "en") if isinstance(value, int | float) else str(value)
