"""What planning a file works with: the lines read into values, what stands today, and the plan that grows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.imports.instants import Wrong, check_value
from people.imports.lines import Line
from people.imports.refused import HEALTH, holds
from people.imports.staff.columns import Choices
from people.imports.staff.fields import DATES, words_of
from people.imports.staff.plan import StaffPlan
from people.imports.staff.present import Present
from people.imports.staff.rates import rates_of_one, read_rate
from people.imports.staff.values import (
    LANGUAGES,
    PLACES,
    STATUSES,
    Calendar,
    no_date,
    open_ended,
    order_of,
    read_address,
    read_choice,
    read_number,
    read_yes,
    tidy_field,
)
from people.models import Contract, Person

LENGTHS = {"number": 40, "first_name": 80, "last_name": 80, "full_name": 161, "email": 254, "job": 60, "job_title": 80,
           "team": 120, "label": 60}  # fmt: skip
UNWORDED = frozenset(("rate", "status", "pattern", "rostered", "place_kind", "codes", "language"))
LAST_DAYS = frozenset(("contract_end", "trial_end", "left_on", "until", "insured_until"))


@dataclass(slots=True)
class Desk:
    """One planning: what was chosen, who does it and when, and what lines before have said."""

    plan: StaffPlan
    present: Present
    choices: Choices
    today: date
    by: Person
    readers: Mapping[str, Callable[[str], object]] = field(default_factory=dict)
    named: dict[UUID, int] = field(default_factory=dict)
    wanted: list[tuple[int, Person, str]] = field(default_factory=list)

    def stays(self, person: Person) -> bool:
        """Whether somebody works here on the day from which changes count, or later; with no contract: not yet told.

        Files go on naming the last team and manager of those who have left.
        """
        rows = self.present.contracts.get(person.pk or person.uid, [])
        return not rows or any(row.end is None or row.end >= self.choices.as_of for row in rows)

    def values(self, line: Line) -> dict[str, object]:
        """The cells that hold something, read. Every fault of the line is noted; ``Wrong`` when there was one."""
        found, wrong = {}, None
        for name, text in line.cells.items():
            if text and not (name in LAST_DAYS and open_ended(text)) and not (name in DATES and no_date(text)):
                try:
                    check_value(name, text)
                    _check_health(name, text)
                    found[name] = self._read(name, text)
                except Wrong as bad:
                    if wrong:
                        self.plan.fault(line.number, wrong)
                    wrong = bad
        if wrong:
            raise wrong
        return found

    def _read(self, name: str, text: str) -> object:
        read = self.readers.get(name)
        return read(text) if read else tidy_field(name, text, LENGTHS.get(name, 200))


def readers_of(lines: Sequence[Line], choices: Choices, *, since_1904: bool) -> dict[str, Callable[[str], object]]:
    """How to read the cells of each column. A column whose dates do not tell their order goes by the other columns."""
    names = {name for line in lines[:1] for name in line.cells}
    columns = {name: [line.get(name) for line in lines if line.get(name)] for name in names & (DATES | {"rate"})}
    orders = {name: order_of(cells) for name, cells in columns.items() if name in DATES}
    known = {order for order in orders.values() if order}
    common = choices.order or (next(iter(known)) if len(known) == 1 else "")
    found: dict[str, Callable[[str], object]] = {
        name: partial(Calendar(choices.order or order or common, since_1904).read, name)
        for name, order in orders.items()
    }
    return found | {
        "rate": partial(read_rate, of_one=rates_of_one(columns.get("rate", ()))),
        "email": read_address,
        "number": read_number,
        "status": partial(read_choice, "status", known=STATUSES),
        "language": partial(read_choice, "language", known=LANGUAGES),
        "place_kind": partial(read_choice, "place_kind", known=PLACES),
        "rostered": partial(read_yes, "rostered"),
        "secure_internet": partial(read_yes, "secure_internet"),
    }


def _check_health(name: str, text: str) -> None:
    """``Wrong`` for words about health where no name of a post or team can hold them; the value is not repeated."""
    if name in UNWORDED and holds(text, HEALTH):
        raise Wrong(name, "", _("Nothing about health is kept here. Leave the cell empty, or write only the rate."))


def shown(value: object) -> str:
    """A value as the difference shows it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f} %"
    return str(value)


def detail(name: str, before: object, after: object) -> tuple[str, str, str]:
    """A field from → to."""
    return words_of(name), shown(before), shown(after)


def told_contract(row: Contract) -> str:
    """A contract in a line: dates, kind, rate."""
    until = f" – {shown(row.end)}" if row.end else ""
    return f"{shown(row.start)}{until}, {row.get_status_display()}, {shown(row.rate)}"
