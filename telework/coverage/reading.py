"""The reads behind ``ground``: people in scope, posts, patterns, absences, telework and on-call, one query each."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from django.db.models import Case, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Length

from people import selectors
from people.holidays import public_holidays
from people.models import Membership, OnCall, Person, PersonSkill, Shift
from policies.core.facts import WHOLE_DAY, Part
from policies.core.localtime import DAY_MINUTES, instant
from policies.core.workdays import Pattern
from policies.coverage.windows import minute_of
from policies.facts import Need, entity_name, skill_name, team_name
from policies.selectors import families_of
from telework.coverage.columns import EPOCH_ORDINAL, Minute, Ordinal, table
from telework.facts import pattern_of
from telework.models import ACTIVE, Booking, State

AS_A_LIST = 5000  # more people than that are named by a subquery
FAR = date.max.toordinal() - 1
NO_BREAKS = len("[]")
NOTHING = np.zeros((0, 5), dtype=np.int64)


class Held(NamedTuple):
    """A team or a skill that somebody has, by ordinals of the first and last day."""

    name: str
    is_team: bool
    first: int
    last: int


@dataclass(slots=True)
class Counted:
    """The people whom some needs may count, with what decides it; ``chosen`` names them in further queries."""

    pks: list[int]
    chosen: object
    sites: dict[int, int]
    entities: dict[int, frozenset[str]]
    held: dict[int, list[Held]] = field(default_factory=dict)


def people_counted(needs: Sequence[Need], begin: date, end: date, only: Collection[int] | None) -> Counted:
    """Everybody a need may count on a date of the period, with the teams and skills that the needs name."""
    families, above = families_of({need.requirement.entity_id for need in needs})
    people = Person.objects.filter(scope_filter(needs, families, begin, end)).order_by("pk")
    if only is not None:
        people = people.filter(pk__in=only)
    rows = list(people.values_list("pk", "site_id", "entity_id"))
    names = {entity: frozenset(entity_name(pk) for pk in chain) for entity, chain in above.items()}
    pks = [pk for pk, _site, _entity in rows]
    counted = Counted(
        pks,
        pks if len(pks) <= AS_A_LIST else people.values("pk"),
        {pk: site for pk, site, _entity in rows},
        {pk: names[entity] for pk, _site, entity in rows},
    )
    _read_held(counted, needs, begin, end)
    return counted


def scope_filter(needs: Sequence[Need], families: dict[int, list[int]], begin: date, end: date) -> Q:
    """People whom a need may count, wherever their shifts are."""
    return _any([_scope(need, families, begin, end) for need in needs])


def _any(filters: list[Q]) -> Q:
    found = Q(pk__in=())
    for one in filters:
        found |= one
    return found


def _scope(need: Need, families: dict[int, list[int]], begin: date, end: date) -> Q:
    held = need.requirement
    chosen = Q() if held.team_id else Q(entity__in=families[held.entity_id])
    if held.team_id:
        chosen &= Q(pk__in=during(Membership, begin, end).filter(team=held.team_id).values("person"))
    if held.skill_id:
        chosen &= Q(pk__in=during(PersonSkill, begin, end).filter(skill=held.skill_id).values("person"))
    return chosen


def during(model, begin: date, end: date):
    """Dated rows (teams, skills) in force on some date of a period."""
    return model.objects.filter(Q(last_day=None) | Q(last_day__gte=begin), first_day__lte=end).order_by()


def _read_held(counted: Counted, needs: Sequence[Need], begin: date, end: date) -> None:
    """Dated teams and skills, of those the needs name; touching rows of the same name are joined."""
    held: dict[tuple[int, str, bool], list[tuple[int, int]]] = defaultdict(list)
    teams = {need.requirement.team_id for need in needs} - {None}
    skills = {need.requirement.skill_id for need in needs} - {None}
    for model, field_name, wanted, name in (
        (Membership, "team", teams, team_name), (PersonSkill, "skill", skills, skill_name)
    ):  # fmt: skip
        if not wanted:
            continue
        rows = during(model, begin, end).filter(person__in=counted.chosen, **{f"{field_name}__in": wanted})
        for person, pk, first, last in rows.values_list("person_id", f"{field_name}_id", "first_day", "last_day"):
            span = first.toordinal(), last.toordinal() if last else FAR
            held[person, name(pk), model is Membership].append(span)
    for (person, name, is_team), spans in held.items():
        joined = [Held(name, is_team, first, last) for first, last in _joined(spans)]
        counted.held.setdefault(person, []).extend(joined)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = end = None
    for first, last in sorted(spans):
        if end is not None and first <= end + 1:
            end = max(end, last)
            continue
        if end is not None:
            yield start, end
        start, end = first, last
    if end is not None:
        yield start, end


def posts(counted: Counted, begin: date, end: date) -> tuple[np.ndarray, list[tuple[int, int, int, int]]]:
    """int64 (n, 5) of person, site, day, start, end; and breaks as (person, day, start, end)."""
    shifts = Shift.objects.filter(person__in=counted.chosen, day__range=(begin, end)).order_by()
    shifts = shifts.annotate(pause=Length(Cast("breaks", TextField())))
    columns = ("person_id", "site_id", Ordinal("day"), Minute("start"), Minute("end"), "pause")
    rows = table(shifts.values_list(*columns), 6)
    return rows[:, :5], _breaks(shifts) if (rows[:, 5] > NO_BREAKS).any() else []


def _breaks(shifts) -> list[tuple[int, int, int, int]]:
    rows = shifts.filter(pause__gt=NO_BREAKS).values_list("person_id", "day", "start", "breaks")
    return [
        (person, day.toordinal(), minute_of(start) + low, minute_of(start) + high)
        for person, day, start, breaks in rows
        for low, high in breaks
    ]


def usual_work(counted: Counted, posts: np.ndarray, begin: date, end: date):
    """Posts that follow from patterns (same columns), where no shift replaces them; halves due that are not both.

    Shifts outside every contract are dropped from ``posts`` by the caller's numbering: they are marked in place.
    """
    contracts = defaultdict(list)
    for row in selectors.contract_rows(counted.chosen):
        contracts[row.person].append(row)
    clocks = selectors.site_clocks(set(counted.sites.values()))
    _mark_without_contract(posts, contracts, begin.toordinal(), end.toordinal())
    on_shift = _days_on_shift(posts)
    found, parts = [NOTHING], {}
    for pk in counted.pks:
        for number, row in enumerate(contracts.get(pk, ())):
            if row.rostered or not row.pattern or pattern_of(row) is None:
                continue
            zone, region = clocks[counted.sites[pk]]
            days = _pattern_days(pattern_of(row), zone, region, begin, end)
            later = contracts[pk][number + 1 :]
            kept = _kept(days, row, later, on_shift.get(pk))
            found.append(_named(days[kept], pk, counted.sites[pk]))
            for day, halves in days[kept][:, (0, 3)][days[kept][:, 3] != WHOLE_DAY].tolist():
                parts[pk, day] = halves
    return np.concatenate(found), parts


def _mark_without_contract(posts: np.ndarray, contracts, first: int, last: int) -> None:
    """A shift on a day without contract counts for nobody: its day becomes 0."""
    whole = {
        pk for pk, rows in contracts.items()
        if any(row.start.toordinal() <= first and (row.end is None or row.end.toordinal() >= last) for row in rows)
    }  # fmt: skip
    doubtful = ~np.isin(posts[:, 0], np.fromiter(whole, dtype=np.int64, count=len(whole)))
    for place in np.flatnonzero(doubtful).tolist():
        day = date.fromordinal(int(posts[place, 2]))
        rows = contracts.get(int(posts[place, 0]), ())
        if not any(row.start <= day and (row.end is None or day <= row.end) for row in rows):
            posts[place, 2] = 0


def _days_on_shift(posts: np.ndarray) -> dict[int, np.ndarray]:
    if not len(posts):
        return {}
    order = np.argsort(posts[:, 0], kind="stable")
    people, starts = np.unique(posts[order, 0], return_index=True)
    return dict(zip(people.tolist(), np.split(posts[order, 2], starts[1:]), strict=True))


def _kept(days: np.ndarray, row, later, on_shift: np.ndarray | None) -> np.ndarray:
    """Which days of a pattern hold for a contract: in its time, not under a later contract, not replaced by a shift."""
    ordinals = days[:, 0]
    kept = (ordinals >= row.start.toordinal()) & (ordinals <= (row.end.toordinal() if row.end else FAR))
    for other in later:
        kept &= (ordinals < other.start.toordinal()) | (ordinals > (other.end.toordinal() if other.end else FAR))
    return kept if on_shift is None else kept & ~np.isin(ordinals, on_shift)


def _named(days: np.ndarray, person: int, site: int) -> np.ndarray:
    rows = np.empty((len(days), 5), dtype=np.int64)
    rows[:, 0], rows[:, 1], rows[:, 2:] = person, site, days[:, :3]
    return rows


@lru_cache(maxsize=512)
def _pattern_days(pattern: Pattern, zone: str, region: str, begin: date, end: date) -> np.ndarray:
    """int64 (n, 4): ordinal, start, end, halves of the working days of a pattern."""
    holidays = public_holidays(region, begin.year, end.year, "fr")
    rows = []
    for ordinal in range(begin.toordinal(), end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        slot = pattern.slot(day)
        if slot is not None and (pattern.works_holidays or day not in holidays):
            start, finish = (minute_of(instant(day, minutes, zone)) for minutes in (slot.begin, slot.end))
            rows.append((ordinal, start, finish, slot.halves))
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


class Absent(NamedTuple):
    """Days (ordinals) or exact minutes of an absence."""

    person: int
    first: int
    last: int
    halves: int
    start: int | None
    end: int | None


def absences(counted: Counted, begin: date, end: date) -> Iterator[Absent]:
    for person, _kind, first, last, halves, start, finish in selectors.absence_rows(counted.chosen, begin, end):
        minutes = (minute_of(start), minute_of(finish)) if start else (None, None)
        yield Absent(person, first.toordinal(), last.toordinal(), halves, *minutes)


def bookings(counted: Counted, begin: date, end: date) -> np.ndarray:
    """int64 (n, 3): person, day, halves of telework that holds a place."""
    halves = Case(*(When(part=part.value, then=Value(part.halves)) for part in Part), output_field=IntegerField())
    rows = Booking.objects.filter(person__in=counted.chosen, day__range=(begin, end), state__in=ACTIVE)
    rows = rows.exclude(state=State.REQUESTED, exception=True).order_by()
    return table(rows.values_list("person_id", Ordinal("day"), halves), 3)


def calls(counted: Counted, begin: date, end: date) -> np.ndarray:
    """int64 (n, 5): person, site, day (in UTC), start, end of on-call periods."""
    first, last = (datetime.combine(day, time(), UTC) for day in (begin, end + timedelta(days=1)))
    rows = OnCall.objects.filter(person__in=counted.chosen, start__lt=last, end__gt=first).order_by()
    found = table(rows.values_list("person_id", "site_id", Minute("start"), Minute("end")), 4)
    return np.insert(found, 2, found[:, 2] // DAY_MINUTES + EPOCH_ORDINAL, axis=1)
