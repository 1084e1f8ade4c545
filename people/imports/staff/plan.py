"""What a file would change, before anything is written: rows to make, rows to change, and each line in words."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Model

from people.imports.faults import MOST_FAULTS, Fault
from people.imports.instants import Wrong
from people.models import Contract, Membership, Person, Place, Team

NEW, CHANGED, LEAVES, SAME = "new", "changed", "leaves", "same"


@dataclass(slots=True)
class Change:
    """One entry of the difference: its number (0: no line), whom or what it is about, and field → from, to."""

    line: int
    what: str
    name: str
    details: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class StaffPlan:
    """The difference between a file and today. ``touched``: uid of a person → the fields that change, for the audit.

    ``passed``: what of the file is not used, and why: line (0: the file as a whole) and sentence.
    """

    kind: str
    lines: int = 0
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    passed: list[tuple[int, str]] = field(default_factory=list)
    passed_count: int = 0
    added: list[Model] = field(default_factory=list)
    changed: dict[Model, set[str]] = field(default_factory=dict)
    removed: list[Model] = field(default_factory=list)
    people: dict[UUID, Person] = field(default_factory=dict)
    touched: dict[UUID, set[str]] = field(default_factory=dict)
    leavers: dict[UUID, date] = field(default_factory=dict)
    languages: dict[UUID, str] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)

    def fault(self, line: int, wrong: Wrong) -> None:
        """Note what is wrong; beyond the number that anybody reads they are only counted."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, wrong.field, wrong.value, wrong.sentence))

    def pass_over(self, line: int, sentence: str) -> None:
        """Note what of the file is not used; beyond the number that anybody reads it is only counted."""
        self.passed_count += 1
        if len(self.passed) < MOST_FAULTS:
            self.passed.append((line, sentence))

    def add(self, row: Model) -> None:
        self.added.append(row)

    def set(self, row: Model, **values) -> None:
        """Change fields of a row that stands, or of one that is being added."""
        for name, value in values.items():
            setattr(row, name, value)
        if row.pk is not None:
            self.changed.setdefault(row, set()).update(values)

    def touch(self, person: Person, *fields: str, day: date | None = None) -> None:
        """Note that something of a person changes; ``day``: from when on their days may."""
        self.people[person.uid] = person
        self.touched.setdefault(person.uid, set()).update(fields)
        if day:
            self.days.append(day)

    def new(self, model: type[Model]) -> list:
        return [row for row in self.added if isinstance(row, model)]

    @property
    def counts(self) -> dict[str, int]:
        """Numbers only: lines, changes by what they are, rows by what they are."""
        found = Counter(change.what for change in self.changes)
        rows = {model.__name__.lower(): len(self.new(model)) for model in (Person, Contract, Membership, Team, Place)}
        told = {"lines": self.lines, "same": self.unchanged, "faults": self.fault_count, "passed": self.passed_count}
        return told | {name: found[name] for name in (NEW, CHANGED, LEAVES)} | {f"rows_{k}": n for k, n in rows.items()}

    @property
    def digest(self) -> str:
        """What was looked at, so that nothing else is written."""
        told = [[change.line, change.what, change.name, change.details] for change in self.changes]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
