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
from people.imports.faults import MOST_FAULTS, Fault
from people.imports.instants import Wrong, hours_on, is_time, read_day, read_instant
from people.imports.lines import Line, plain
from people.models import Absence, AbsenceKind, Person, Shift
from people.services import LONGEST_SHIFT

HALVES = {"": 3, "3": 3, "full": 3, "journee": 3, "1": 1, "first": 1, "morning": 1, "matin": 1, "2": 2, "second": 2,
          "afternoon": 2, "apres midi": 2}  # fmt: skip
KINDS = {plain(word): kind for kind, words in {
    AbsenceKind.LEAVE: ("leave", "conge", "conges", "vacation", "cp", "rtt"),
    AbsenceKind.TRAINING: ("training", "formation"),
    AbsenceKind.MISSION: ("mission", "deplacement"),
    AbsenceKind.OTHER: ("", "other", "absence", "autre"),
}.items() for word in words}  # fmt: skip


@dataclass(slots=True)
class Plan:
    """The difference between a file and today. ``replaces``: the file is all there is for its people and dates
    (or for ``between``)."""

    what: str
    replaces: bool = False
    between: tuple[date, date] | None = None
    added: list[tuple[int, Shift | Absence]] = field(default_factory=list)
    removed: list[Shift | Absence] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0

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
        told = sorted(f"+{_key(row)}" for _n, row in self.added) + sorted(f"-{_key(row)}" for row in self.removed)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def plan_shifts(
    lines: Sequence[Line],
    people: QuerySet[Person],
    *,
    replaces: bool = False,
    between: tuple[date, date] | None = None,
) -> Plan:
    """What shifts would change. Six queries, whatever the number of lines.

    ``replaces``: what the lines do not name between a person's first and last day (or ``between``) is taken away.
    """
    return _plan("shifts", lines, people, read_shift, replaces=replaces, between=between)


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
    plan = Plan(what, replaces, between, lines=len(lines))
    rows: list[tuple[int, Shift | Absence]] = []
    for line in lines:
        try:
            rows.append((line.number, read(line, directory)))
        except Wrong as wrong:
            _fault(plan, line.number, wrong)
        if len(plan.faults) >= MOST_FAULTS:
            return plan
    _compare(plan, rows)
    return plan


def _fault(plan: Plan, number: int, wrong: Wrong) -> None:
    plan.faults.append(Fault(number, wrong.field, wrong.value, wrong.sentence))


def read_shift(line: Line, directory: Directory) -> Shift:
    """The shift a line tells of, not yet written. ``Wrong`` names the field, the value and the remedy."""
    person = directory.person(line.get("person"))
    site = directory.site(line.get("site"), person)
    start, end = _span(line, site.zone)
    day = start.astimezone(ZoneInfo(site.zone)).date()
    return Shift(
        person=person,
        day=day,
        start=start,
        end=end,
        zone=site.zone,
        site=site,
        skill=directory.skill(line.get("skill")),
    )


def _span(line: Line, zone: str) -> tuple[datetime, datetime]:
    start, end = line.get("start"), line.get("end")
    for name, text in (("start", start), ("end", end)):
        if not text:
            raise Wrong(name, "", _("The %(field)s is missing. Fill in “start” and “end”.") % {"field": name})
    if is_time(start) and is_time(end):
        return hours_on(read_day("date", line.get("date")), start, end, zone)
    begin, finish = read_instant("start", start, zone), read_instant("end", end, zone)
    if finish <= begin:
        sentence = _("The shift ends before it starts (%(start)s – %(end)s). Check the date of the end.")
        raise Wrong("end", end, sentence % {"start": start[:40], "end": end[:40]})
    if finish - begin > LONGEST_SHIFT:
        raise Wrong("end", end, _("More than 24 hours at a stretch. Check the end, or write several lines."))
    return begin, finish


def read_absence(line: Line, directory: Directory) -> Absence:
    """The same for an absence: whole days, halves, or the exact hours of one day."""
    person = directory.person(line.get("person"))
    kind = KINDS.get(plain(line.get("kind")))
    if kind is None:
        sentence = _("The kind “%(value)s” is not known. Write leave, training, mission or absence.")
        raise Wrong("kind", line.get("kind"), sentence % {"value": line.get("kind")[:40]})
    if line.get("start") and not line.get("first_day"):
        start, end = _span(line, person.site.zone)
        day = start.astimezone(ZoneInfo(person.site.zone)).date()
        return Absence(person=person, kind=kind, first_day=day, last_day=day, halves=3, start=start, end=end)
    first = read_day("first_day", line.get("first_day") or line.get("date"))
    last = read_day("last_day", line.get("last_day") or first.isoformat())
    if last < first:
        sentence = _("The absence ends on %(last)s, before it starts on %(first)s. Exchange the two days.")
        raise Wrong("last_day", line.get("last_day"), sentence % {"first": first, "last": last})
    halves = HALVES.get(plain(line.get("halves")))
    if halves is None:
        sentence = _("“%(value)s” is no part of a day. Write first, second or full.")
        raise Wrong("halves", line.get("halves"), sentence % {"value": line.get("halves")[:40]})
    return Absence(person=person, kind=kind, first_day=first, last_day=last, halves=halves)


def _compare(plan: Plan, rows: list[tuple[int, Shift | Absence]]) -> None:
    """Hold the entries against the rows there are: the same, new, in the way, or (where replaced) not in the file."""
    known = _known(plan, [row for _n, row in rows])
    there = {_key(row): row for row in known}
    seen: dict[str, int] = {}
    kept: list[tuple[int, Shift | Absence]] = []
    for number, row in rows:
        key = _key(row)
        if key in seen:
            sentence = _("The same entry stands on line %(other)s. Remove one of them.")
            _fault(plan, number, Wrong("person", row.person.name, sentence % {"other": seen[key]}))
            continue
        seen[key] = number
        kept.append((number, row))
        if key in there:
            plan.unchanged += 1
        else:
            plan.added.append((number, row))
    if plan.replaces:
        plan.removed = list(_no_longer_named(plan, rows, [row for key, row in there.items() if key not in seen]))
    gone = {row.pk for row in plan.removed}
    _find_overlaps(plan, [(0, row) for row in known if row.pk not in gone and _key(row) not in seen], kept)


def _no_longer_named(plan: Plan, rows: list, others: Iterable[Shift | Absence]) -> Iterator[Shift | Absence]:
    spans = {pk: plan.between or (min(days), max(days)) for pk, days in _days_by_person(rows).items()}
    for row in others:
        first, last = spans[row.person_id]
        if first <= days_of(row)[0] and days_of(row)[1] <= last:
            yield row


def _known(plan: Plan, rows: Sequence[Shift | Absence]) -> list[Shift | Absence]:
    if not rows:
        return []
    pks = {row.person_id for row in rows}
    edges = [day for row in rows for day in days_of(row)] + list(plan.between or ())
    first, last = min(edges) - timedelta(days=2), max(edges) + timedelta(days=2)
    if plan.what == "shifts":
        return list(Shift.objects.filter(person__in=pks, day__range=(first, last)).select_related("person__site"))
    near = Absence.objects.filter(person__in=pks, first_day__lte=last, last_day__gte=first)
    return list(near.select_related("person__site"))


def _days_by_person(rows: Iterable[tuple[int, Shift | Absence]]) -> dict[int, list[date]]:
    found = defaultdict(list)
    for _number, row in rows:
        found[row.person_id] += days_of(row)
    return found


def _find_overlaps(plan: Plan, kept: list[tuple[int, Shift | Absence]], rows: list) -> None:
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


def _meet(one: Shift | Absence, two: Shift | Absence) -> bool:
    if isinstance(one, Shift):
        return True
    return bool(one.halves & two.halves) and bool(one.start) == bool(two.start)


def _overlap(line: int, met: Shift | Absence, row: Shift | Absence) -> Wrong:
    words = {"name": row.person.name, "other": _told(met), "line": line}
    if line:
        sentence = _("%(name)s: overlaps line %(line)s (%(other)s). Correct one of the two.")
    else:
        sentence = _("%(name)s already has %(other)s at that time. Correct the line, or replace what was planned.")
    return Wrong("start", _told(row), sentence % words)


def _told(row: Shift | Absence) -> str:
    if row.start is None:
        return f"{row.first_day} – {row.last_day}"
    zone = ZoneInfo(row.zone if isinstance(row, Shift) else row.person.site.zone)
    start, end = row.start.astimezone(zone), row.end.astimezone(zone)
    return f"{start:%Y-%m-%d %H:%M} – {end:%H:%M}"


def _minutes(row: Shift | Absence) -> tuple[datetime, datetime]:
    if row.start is not None:
        return row.start, row.end
    return (
        datetime.combine(row.first_day, time(), UTC),
        datetime.combine(row.last_day + timedelta(days=1), time(), UTC),
    )


def _key(row: Shift | Absence) -> str:
    """What makes two entries the same."""
    if isinstance(row, Shift):
        return f"{row.person_id} {row.start.timestamp()} {row.end.timestamp()} {row.site_id} {row.skill_id}"
    hours = f"{row.start.timestamp()} {row.end.timestamp()}" if row.start else f"{row.halves}"
    return f"{row.person_id} {row.kind} {row.first_day} {row.last_day} {hours}"


def days_of(row: Shift | Absence) -> tuple[date, date]:
    """The first and the last date of an entry."""
    return (row.day, row.day) if isinstance(row, Shift) else (row.first_day, row.last_day)
