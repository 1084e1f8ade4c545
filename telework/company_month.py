"""A month of a whole company: a line of codes a person, by team. Constant queries, rows read as plain values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from people.models import Contract, Membership, MembershipRole, Person, Team
from telework.boards import bookings_between, in_force
from telework.facts import workdays_of_many
from telework.month import NO_BOOKINGS, Counts, counts_by_day, counts_of, line


@dataclass(frozen=True, slots=True)
class CompanyLine:
    uid: UUID
    name: str
    codes: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class TeamLines:
    """A team and its people; ``team`` is None for those in no team."""

    team: Team | None
    lines: tuple[CompanyLine, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class CompanyMonth:
    days: tuple[date, ...]
    teams: tuple[TeamLines, ...]
    by_day: tuple[Counts, ...]
    people: int


def company_month(
    entities: Collection[int], days: Sequence[date], *, site: int | None = None, team: int | None = None
) -> CompanyMonth:
    """Everybody of these entities with a contract in these days, once, under the first of their teams by name."""
    days = tuple(days)
    first, last = days[0], days[-1]
    people = _people(entities, first, last, site=site, team=team)
    pks = [person.pk for person in people]
    workdays = workdays_of_many(people, first, last)
    bookings = bookings_between(pks, first=first, last=last)
    home, teams = _homes(pks, first, last, team=team)
    held: dict[int | None, list[CompanyLine]] = {}
    for person in people:
        codes = line(workdays[person.pk], bookings.get(person.pk, NO_BOOKINGS), days)
        row = CompanyLine(person.uid, person.name, codes, counts_of(codes))
        held.setdefault(home.get(person.pk), []).append(row)
    order = sorted(held, key=lambda pk: (pk is None, teams[pk].name if pk else "", pk or 0))
    groups = tuple(TeamLines(teams.get(pk), tuple(held[pk]), _sum(held[pk])) for pk in order)
    by_day = counts_by_day([row.codes for rows in held.values() for row in rows], len(days))
    return CompanyMonth(days, groups, tuple(by_day), len(people))


def _people(entities: Collection[int], first: date, last: date, *, site: int | None, team: int | None) -> list[Person]:
    contracts = Contract.objects.filter(Q(end=None) | Q(end__gte=first), person=OuterRef("pk"), start__lte=last)
    people = Person.objects.filter(Exists(contracts), entity__in=entities)
    if site:
        people = people.filter(site=site)
    if team:
        members = Membership.objects.filter(in_force(first, last), team=team, role=MembershipRole.MEMBER)
        people = people.filter(pk__in=members.values("person"))
    return list(people.only("uid", "first_name", "last_name", "site_id"))


def _homes(people: Collection[int], first: date, last: date, *, team: int | None) -> tuple[dict, dict[int, Team]]:
    """The team under which each person stands."""
    rows = Membership.objects.filter(in_force(first, last), person__in=people, role=MembershipRole.MEMBER)
    if team:
        rows = rows.filter(team=team)
    home: dict[int, int] = {}
    for person, held in rows.order_by("team__name", "team").values_list("person", "team"):
        home.setdefault(person, held)
    return home, Team.objects.select_related("site").in_bulk(set(home.values()))


def _sum(rows: Sequence[CompanyLine]) -> Counts:
    return Counts(
        sum(row.counts.on_site for row in rows),
        sum(row.counts.remote for row in rows),
        sum(row.counts.absent for row in rows),
    )
