"""The people of human resources, found by any spelling of their name, with where each stands. Two queries a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from people.models import Membership, Person
from people.standing import memberships_in_force
from people.texts import folded

PAGE = 50
MOST_WORDS = 6


class Status(StrEnum):
    """Where somebody stands by their contracts; everybody is in exactly one."""

    ACTIVE = "active"
    LEAVING = "leaving"
    COMING = "coming"
    LEFT = "left"
    NO_CONTRACT = "no_contract"


STATUS_WORDS = {
    Status.ACTIVE: pgettext_lazy("status", "here"),
    Status.LEAVING: pgettext_lazy("status", "leaving"),
    Status.COMING: pgettext_lazy("status", "coming"),
    Status.LEFT: pgettext_lazy("status", "left"),
    Status.NO_CONTRACT: pgettext_lazy("status", "without contract"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page asks for; None and "" ask for everybody. ``team``, ``site``, ``entity`` are primary keys."""

    words: str = ""
    team: int | None = None
    site: int | None = None
    entity: int | None = None
    status: str = ""
    without_account: bool = False
    page: int = 1


class Line(NamedTuple):
    """What a search looks at and a page shows of somebody."""

    pk: int
    uid: UUID
    first_name: str
    last_name: str
    number: str
    email: str
    job_title: str
    site: str
    entity: str
    account: int | None
    first_start: date | None
    last_end: date | None
    open_contracts: int

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Shown:
    """One person of a page. ``teams`` are the names of those they are in today."""

    person: Line
    status: Status
    teams: tuple[str, ...]

    @property
    def status_words(self):
        return STATUS_WORDS[self.status]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of people; ``count`` is of all that were found, ``counts`` of each status before one was chosen."""

    rows: Sequence[Shown]
    count: int
    counts: dict[Status, int]
    without_account: int
    number: int
    last: int


def people_page(people: QuerySet[Person], wanted: Wanted, *, today: date) -> Page:
    """A page of those among ``people`` whom ``wanted`` names, by name without regard to accents."""
    everybody = _matching(people, wanted, today)
    counts = dict.fromkeys(Status, 0)
    for _line, status in everybody:
        counts[status] += 1
    bare = sum(line.account is None for line, _status in everybody)
    found = _chosen(everybody, wanted)
    last = max(1, -(-len(found) // PAGE))
    number = min(max(1, wanted.page), last)
    shown = _shown(found[(number - 1) * PAGE : number * PAGE], today)
    return Page(shown, len(found), counts, bare, number, last)


def found_people(
    people: QuerySet[Person], wanted: Wanted, *, first: int, most: int, today: date
) -> tuple[int, list[Shown]]:
    """How many ``wanted`` names, and ``most`` of them after the ``first`` ones."""
    found = _chosen(_matching(people, wanted, today), wanted)
    return len(found), _shown(found[first : first + most], today)


def _matching(people: QuerySet[Person], wanted: Wanted, today: date) -> list[tuple[Line, Status]]:
    """Those whom words, team, site and entity name. One query."""
    words = folded(wanted.words).split()[:MOST_WORDS]
    return [(line, status_of(line, today)) for line in _lines(people, wanted, today) if _matches(line, words)]


def _chosen(everybody: list[tuple[Line, Status]], wanted: Wanted) -> list[tuple[Line, Status]]:
    """Those of the status asked for, by name."""
    found = [
        (line, status)
        for line, status in everybody
        if wanted.status in ("", status) and not (wanted.without_account and line.account is not None)
    ]
    return sorted(found, key=lambda each: (folded(each[0].last_name), folded(each[0].first_name), each[0].pk))


def status_of(line: Line, today: date) -> Status:
    """Where a person stands, by the first day, the last day and the open ends of their contracts."""
    if line.first_start is None:
        return Status.NO_CONTRACT
    if line.first_start > today:
        return Status.COMING
    if line.open_contracts:
        return Status.ACTIVE
    return Status.LEFT if line.last_end < today else Status.LEAVING


def _lines(people: QuerySet[Person], wanted: Wanted, today: date) -> list[Line]:
    held = people.order_by()
    if wanted.entity:
        held = held.filter(entity=wanted.entity)
    if wanted.site:
        held = held.filter(site=wanted.site)
    if wanted.team:
        members = Membership.objects.filter(memberships_in_force(today), team=wanted.team, person=OuterRef("pk"))
        held = held.filter(Exists(members))
    held = held.annotate(
        first_start=Min("contracts__start"),
        last_end=Max("contracts__end"),
        open_contracts=Count("contracts", filter=Q(contracts__end=None, contracts__start__isnull=False)),
    )
    return [Line(*row) for row in held.values_list(*_COLUMNS)]


_COLUMNS = (
    "pk", "uid", "first_name", "last_name", "number", "email", "job_title", "site__name", "entity__name", "account_id",
    "first_start", "last_end", "open_contracts",
)  # fmt: skip


def _matches(line: Line, words: Sequence[str]) -> bool:
    """Every word is part of the name, the number or the address."""
    text = folded(f"{line.first_name} {line.last_name} {line.number} {line.email}")
    return all(word in text for word in words)


def _shown(found: Sequence[tuple[Line, Status]], today: date) -> list[Shown]:
    """The people of a page with their teams. One query."""
    members = Membership.objects.filter(memberships_in_force(today), person__in=[line.pk for line, _status in found])
    teams = defaultdict(set)
    for person, name in members.values_list("person", "team__name"):
        teams[person].add(name)
    return [Shown(line, status, tuple(sorted(teams[line.pk]))) for line, status in found]
