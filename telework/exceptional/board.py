"""Who is where at an instant, by planned hours: on site, remote, absent, or not at work; never why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from people.models import Membership, MembershipRole, Person
from people.standing import memberships_in_force
from policies.core.facts import FIRST_HALF, SECOND_HALF, WHOLE_DAY, Workday
from telework.facts import booked_halves, workdays_of_many
from telework.presence import Interval, span_of

ON_SITE, REMOTE, ABSENT, OFF, UNPLANNED = "on_site", "remote", "absent", "off", "unplanned"
STATES = (ON_SITE, REMOTE, ABSENT, OFF, UNPLANNED)


@dataclass(frozen=True, slots=True)
class Where:
    """Somebody at that instant; ``span``: the planned work it lies in, else the next or last one of the day."""

    person: Person
    state: str
    span: Interval | None

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.person.site.zone)

    @property
    def start(self) -> datetime | None:
        return self.span[0].astimezone(self.clock) if self.span else None

    @property
    def end(self) -> datetime | None:
        return self.span[1].astimezone(self.clock) if self.span else None


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one team, those at work first, then by name; ``name`` is "" for those in none."""

    name: str
    rows: tuple[Where, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are in each state, in the order of the states."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in STATES if found[state]}


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody at one instant, by team."""

    at: datetime
    groups: tuple[Group, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        return dict(Counter(row.state for group in self.groups for row in group.rows))

    @property
    def people(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    def only(self, state: str) -> "Board":
        """Those in one state."""
        kept = (Group(g.name, tuple(row for row in g.rows if row.state == state)) for g in self.groups)
        return Board(self.at, tuple(group for group in kept if group.rows))


def board_of(people: Sequence[Person], now: datetime) -> Board:
    """Where these people (with their site) are by plan. Queries do not grow with people."""
    first, last = now.date() - timedelta(days=2), now.date() + timedelta(days=1)
    workdays = workdays_of_many(people, first, last)
    booked, pending = booked_halves([person.pk for person in people], first, last)
    teams = _teams([person.pk for person in people], now.date())
    groups: dict[str, list[Where]] = {}
    for person in people:
        today = now.astimezone(ZoneInfo(person.site.zone)).date()
        held = {
            day: halves & ~pending.get(person.pk, {}).get(day, 0) for day, halves in booked.get(person.pk, {}).items()
        }
        state, span = state_at(now, today, workdays[person.pk], held)
        groups.setdefault(teams.get(person.pk, ""), []).append(Where(person, state, span))
    for rows in groups.values():
        rows.sort(key=lambda row: STATES.index(row.state))
    order = sorted(groups, key=lambda name: (not name, name))
    return Board(now, tuple(Group(name, tuple(groups[name])) for name in order))


def state_at(
    now: datetime, today: date, workdays: Mapping[date, Workday], remote: Mapping[date, int]
) -> tuple[str, Interval | None]:
    """State at an instant, and the planned work it is read from. A night shift belongs to the day it began on."""
    for day in (today - timedelta(days=1), today):
        workday = workdays.get(day)
        for half in _halves(workday):
            span = span_of(workday, half)
            if span and span[0] <= now < span[1]:
                return _state(workday, half, remote.get(day, 0)), span_of(workday, workday.due)
    workday = workdays.get(today)
    if workday is None:
        return OFF, None
    if not workday.planned and not workday.due:
        return UNPLANNED, None
    if workday.due and not workday.available:
        return ABSENT, None
    return OFF, span_of(workday, workday.due) if workday.due else None


def _halves(workday: Workday | None) -> Iterable[int]:
    """The halves of a day to look at: each of a whole day, the one there is of a half."""
    if workday is None or not workday.due:
        return ()
    return (FIRST_HALF, SECOND_HALF) if workday.due == WHOLE_DAY else (workday.due,)


def _state(workday: Workday, half: int, remote: int) -> str:
    if workday.absent & half:
        return ABSENT
    return REMOTE if remote & half else ON_SITE


def _teams(people: Sequence[int], day: date) -> dict[int, str]:
    """The first team by name in which each person works."""
    rows = Membership.objects.filter(memberships_in_force(day), Q(role=MembershipRole.MEMBER), person__in=people)
    found: dict[int, str] = {}
    for person, name in rows.order_by("team__name").values_list("person", "team__name"):
        found.setdefault(person, name)
    return found
