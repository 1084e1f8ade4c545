"""A team over some days: who is where, and how many. Six queries, whatever the number of people and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from people.models import Person, Team
from policies.core.facts import Workday
from telework.boards import Member, bookings_between, members_of, people_loaded, rates_on
from telework.facts import workdays_of_many
from telework.month import NO_BOOKINGS, Bookings, Counts, counts_by_day, counts_of, line


@dataclass(frozen=True, slots=True)
class Line:
    """A member's days as codes (see ``telework.month``), their sum in half-days, and the rate on the first of them."""

    member: Member
    codes: tuple[str, ...]
    counts: Counts
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamMonth:
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    by_day: tuple[Counts, ...]
    titles: tuple[str, ...]
    bookings: dict[int, Bookings]
    workdays: dict[int, dict[date, Workday]]


def team_month(
    team: Team, days: Sequence[date], *, viewer: Person | None = None, all_requests: bool = True, title: str = ""
) -> TeamMonth:
    """The days of a team's members; ``title`` keeps one job title only.

    Without ``all_requests`` the requests of others than ``viewer`` stay between them and their manager.
    """
    days = tuple(days)
    first, last = days[0], days[-1]
    members = members_of(Q(team=team), first=first, last=last)
    titles = sorted({member.job_title for member in members if member.job_title})
    members = [member for member in members if not title or member.job_title == title]
    people = [member.person for member in members]
    workdays = workdays_of_many(people_loaded(people), first, last)
    bookings = bookings_between(people, first=first, last=last)
    if not all_requests:
        bookings = {pk: held if viewer and pk == viewer.pk else _granted(held) for pk, held in bookings.items()}
    rates = rates_on(people, day=last)
    lines = []
    for member in members:
        codes = line(workdays.get(member.person, {}), bookings.get(member.person, NO_BOOKINGS), days, member.dates)
        lines.append(Line(member, codes, counts_of(codes), rates.get(member.person)))
    by_day = counts_by_day([line.codes for line in lines], len(days))
    return TeamMonth(days, tuple(lines), tuple(by_day), tuple(titles), bookings, workdays)


def _granted(held: Bookings) -> Bookings:
    booked = {day: halves & ~held.pending.get(day, 0) for day, halves in held.booked.items()}
    return Bookings(booked, {})
