"""What a file would change: entries to add, rows to take away, what stays, and every fault with its line."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.imports.directory import Directory
from people.imports.entries import Entry, days_of, read_absence, read_planned
from people.imports.faults import MOST_FAULTS, Fault
from people.imports.instants import Wrong, check_value
from people.imports.lines import Line
from people.imports.passed import Passed
from people.models import Absence, OnCall, Person, Shift


@dataclass(slots=True)
class Plan:
    """The difference between a file and today. ``replaces``: the file is all there is for its people and dates
    (or for ``between``). ``passed``: what of the file is no entry: line and why."""

    what: str
    replaces: bool = False
    between: tuple[date, date] | None = None
    added: list[tuple[int, Entry]] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0
    passed: Sequence[Passed] = ()

    @property
    def people(self) -> dict[int, Person]:
        """Those whose days change, by primary key."""
        return {row.person_id: row.person for row in (*(row for _n, row in self.added), *self.removed)}

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last date that changes."""
        found = [day for row in (*(row for _n, row in self.added), *self.removed) for day in days_of(row)]
        return (min(found), max(found)) if found else None

    @property
    def changes(self) -> bool:
        return bool(self.added or self.removed)

    @property
    def digest(self) -> str:
        """What was looked at, so that nothing else is applied."""
        told = sorted(f"+{_whole(row)}" for _n, row in self.added) + sorted(f"-{_whole(row)}" for row in self.removed)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def plan_shifts(
    lines: Sequence[Line],
    people: QuerySet[Person],
    *,
    replaces: bool = False,
    between: tuple[date, date] | None = None,
) -> Plan:
    """What shifts and on-call periods would change. Six queries, whatever the number of lines, seven with on-call.

    ``replaces``: what the lines do not name between a person's first and last day (or ``between``) is taken away.
    """
    return _plan("shifts", lines, people, read_planned, replaces=replaces, between=between)


def plan_absences(lines: Sequence[Line], people: QuerySet[Person], *, replaces: bool = False) -> Plan:
    """The same for absences."""
    return _plan("absences", lines, people, read_absence, replaces=replaces)


def _plan(
    what: str,
    lines: Sequence[Line],
    people: QuerySet[Person],
    read: Callable,
    *,
    replaces: bool,
    between: tuple[date, date] | None = None,
) -> Plan:
    directory = Directory(people, (line.get("person") for line in lines))
    plan = Plan(what, replaces, between, lines=len(lines), passed=getattr(lines, "passed", ()))
    rows: list[tuple[int, Entry]] = []
    for line in lines:
        try:
            for name, text in line.cells.items():
                check_value(name, text)
            rows.append((line.number, read(line, directory)))
        except Wrong as wrong:
            _fault(plan, line.number, wrong)
        if len(plan.faults) >= MOST_FAULTS:
            return plan
    _compare(plan, rows)
    return plan


def _fault(plan: Plan, number: int, wrong: Wrong) -> None:
    plan.faults.append(Fault(number, wrong.field, wrong.value, wrong.sentence))


def _compare(plan: Plan, rows: list[tuple[int, Entry]]) -> None:
    """Hold the entries against the rows there are: the same, new, in the way, or (where replaced) not in the file."""
    known = _known(plan, [row for _n, row in rows])
    there = {_key(row): row for row in known}
    seen: dict[str, int] = {}
    kept: list[tuple[int, Entry]] = []
    for number, row in rows:
        key = _key(row)
        if key in seen:
            sentence = _("The same entry stands on line %(other)s. Remove one of them.")
            _fault(plan, number, Wrong("person", row.person.name, sentence % {"other": seen[key]}))
            continue
        seen[key] = number
        kept.append((number, row))
        if key in there and not _has_other_breaks(row, there[key]):
            plan.unchanged += 1
            continue
        plan.added.append((number, row))
        if key in there:
            plan.removed.append(there[key])
    if plan.replaces:
        plan.removed += list(_no_longer_named(plan, rows, [row for key, row in there.items() if key not in seen]))
    gone = {row.pk for row in plan.removed}
    _find_overlaps(plan, [(0, row) for row in known if row.pk not in gone and _key(row) not in seen], kept)


def _has_other_breaks(row: Entry, there: Entry) -> bool:
    return getattr(row, "tells_breaks", False) and row.breaks != there.breaks


def _no_longer_named(plan: Plan, rows: list, others: Iterable[Entry]) -> Iterator[Entry]:
    """Each kind of entry replaces its own: a file of on-call periods leaves shifts as they are."""
    spans = {whose: plan.between or (min(days), max(days)) for whose, days in _days_told(rows).items()}
    for row in others:
        first, last = spans.get((type(row), row.person_id), (date.max, date.min))
        if first <= days_of(row)[0] and days_of(row)[1] <= last:
            yield row


def _known(plan: Plan, rows: Sequence[Entry]) -> list[Entry]:
    if not rows:
        return []
    pks = {row.person_id for row in rows}
    edges = [day for row in rows for day in days_of(row)] + list(plan.between or ())
    first, last = min(edges) - timedelta(days=2), max(edges) + timedelta(days=2)
    if plan.what == "shifts":
        shifts = Shift.objects.filter(person__in=pks, day__range=(first, last)).select_related("person__site")
        return [*shifts, *(_known_calls(pks, first, last) if any(isinstance(row, OnCall) for row in rows) else ())]
    near = Absence.objects.filter(person__in=pks, first_day__lte=last, last_day__gte=first)
    return list(near.select_related("person__site"))


def _known_calls(people: set[int], first: date, last: date) -> QuerySet[OnCall]:
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    return OnCall.objects.filter(person__in=people, start__lte=end, end__gte=begin).select_related("person__site")


def _days_told(rows: Iterable[tuple[int, Entry]]) -> dict[tuple[type, int], list[date]]:
    found = defaultdict(list)
    for _number, row in rows:
        found[type(row), row.person_id] += days_of(row)
    return found


def _find_overlaps(plan: Plan, kept: list[tuple[int, Entry]], rows: list) -> None:
    """Two shifts (or absences) of one person at the same time: the later line is named, with what it meets."""
    by_person = defaultdict(list)
    for number, row in chain(kept, rows):
        by_person[row.person_id].append((*_minutes(row), number, row))
    for held in by_person.values():
        under_way: list[tuple] = []
        for two in sorted(held, key=lambda one: (one[0], one[2])):
            under_way = [one for one in under_way if one[1] > two[0]]
            met = next((one for one in under_way if (one[2] or two[2]) and _meet(one[3], two[3])), None)
            if met:
                first, second = sorted((met, two), key=lambda each: each[2])
                _fault(plan, second[2], _overlap(first[2], first[3], second[3]))
            under_way.append(two)


def _meet(one: Entry, two: Entry) -> bool:
    if type(one) is not type(two):
        return False
    if not isinstance(one, Absence):
        return True
    return bool(one.halves & two.halves) and bool(one.start) == bool(two.start)


def _overlap(line: int, met: Entry, row: Entry) -> Wrong:
    words = {"name": row.person.name, "other": _told(met), "line": line}
    if line:
        sentence = _("%(name)s: overlaps line %(line)s (%(other)s). Correct one of the two.")
    else:
        sentence = _("%(name)s already has %(other)s at that time. Correct the line, or replace what was planned.")
    return Wrong("start", _told(row), sentence % words)


def _told(row: Entry) -> str:
    if row.start is None:
        return f"{row.first_day} – {row.last_day}"
    zone = ZoneInfo(row.person.site.zone if isinstance(row, Absence) else row.zone)
    start, end = row.start.astimezone(zone), row.end.astimezone(zone)
    return f"{start:%Y-%m-%d %H:%M} – {end:{'%Y-%m-%d %H:%M' if isinstance(row, OnCall) else '%H:%M'}}"


def _minutes(row: Entry) -> tuple[datetime, datetime]:
    if row.start is not None:
        return row.start, row.end
    return (
        datetime.combine(row.first_day, time(), UTC),
        datetime.combine(row.last_day + timedelta(days=1), time(), UTC),
    )


def _key(row: Entry) -> str:
    """What makes two entries the same."""
    if isinstance(row, Shift):
        return f"{row.person_id} {row.start.timestamp()} {row.end.timestamp()} {row.site_id} {row.skill_id}"
    if isinstance(row, OnCall):
        return f"on call {row.person_id} {row.start.timestamp()} {row.end.timestamp()} {row.site_id}"
    hours = f"{row.start.timestamp()} {row.end.timestamp()}" if row.start else f"{row.halves}"
    return f"{row.person_id} {row.kind} {row.first_day} {row.last_day} {hours}"


def _whole(row: Entry) -> str:
    """All that an entry says."""
    return f"{_key(row)} {row.breaks}" if isinstance(row, Shift) else _key(row)
