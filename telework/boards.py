"""What the pages over many people read, as raw tuples: members, rates, bookings by half. Constant query counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Contract, Membership, MembershipRole, Person, Team
from telework.facts import booked_halves
from telework.models import Booking, State
from telework.month import Bookings


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team over dates, both included; ``role`` is the highest held there in the time looked at."""

    person: int
    team: int
    uid: UUID
    first_name: str
    last_name: str
    job_title: str
    role: str
    first_day: date
    last_day: date | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def dates(self) -> tuple[date, date | None]:
        return self.first_day, self.last_day


_LEADING = {MembershipRole.MANAGER: 0, MembershipRole.DEPUTY: 1, MembershipRole.MEMBER: 2}


def in_force(first: date, last: date) -> Q:
    """Memberships that hold on some day between two dates, both included."""
    return Q(first_day__lte=last) & (Q(last_day=None) | Q(last_day__gte=first))


def members_of(teams: Q, *, first: date, last: date) -> list[Member]:
    """Members of teams between two dates; leaders first, then by name. ``teams`` is a condition on memberships.

    Somebody who only leads a team, without being its member, does not work there and is left out. Several stays in
    the same team are told as one from the first to the last of them.
    """
    rows = (
        Membership.objects.filter(teams, in_force(first, last))
        .order_by("person__last_name", "person__first_name", "person_id", "first_day")
        .values_list(
            "person_id", "team_id", "person__uid", "person__first_name", "person__last_name", "person__job_title",
            "role", "first_day", "last_day",
        )
    )  # fmt: skip
    stays: dict[tuple[int, int], list[tuple]] = {}
    for row in rows:
        stays.setdefault(row[:2], []).append(row)
    members = [_member(held) for held in stays.values() if any(row[6] == MembershipRole.MEMBER for row in held)]
    return sorted(members, key=lambda member: _LEADING[member.role] == 2)


def _member(held: list[tuple]) -> Member:
    stays = [row for row in held if row[6] == MembershipRole.MEMBER]
    last = None if any(row[8] is None for row in stays) else max(row[8] for row in stays)
    role = min((row[6] for row in held), key=_LEADING.get)
    return Member(*held[0][:6], role, min(row[7] for row in stays), last)


def rates_on(people: QuerySet | Iterable[int], *, day: date) -> dict[int, Decimal]:
    """Rate in percent of full time by person, for contracts in force on a day."""
    rows = Contract.objects.filter(person__in=people, start__lte=day).filter(Q(end=None) | Q(end__gte=day))
    return dict(rows.values_list("person_id", "rate"))


def bookings_between(people: Collection[int], *, first: date, last: date) -> dict[int, Bookings]:
    """Active bookings by person, as halves held on each day; both dates included. One query."""
    booked, pending = booked_halves(people, first, last)
    return {person: Bookings(days, pending.get(person, {})) for person, days in booked.items()}


def waiting_uids(people: Iterable[int], *, first: date, last: date) -> Mapping[tuple[int, date], UUID]:
    """The request to answer by person and day, where there is one."""
    rows = Booking.objects.filter(person__in=people, day__gte=first, day__lte=last, state=State.REQUESTED)
    return {(person, day): uid for person, day, uid in rows.order_by().values_list("person_id", "day", "uid")}


def not_yet_autonomous(people: Iterable[int] | QuerySet) -> list[Person]:
    """Those among people whose autonomy nobody has validated yet, by name."""
    return list(Person.objects.filter(pk__in=people, autonomy_validated_on=None))


def people_loaded(pks: Iterable[int]) -> list[Person]:
    """People with the site whose clock and holidays their days follow."""
    return list(Person.objects.filter(pk__in=pks).select_related("site"))


def team_shared(actor: Person, person: int, day: date) -> Team | None:
    """The team in which a person works on a day, if several one that ``actor`` leads. One query."""
    led = Membership.objects.filter(in_force(day, day), person=actor).exclude(role=MembershipRole.MEMBER)
    works = Membership.objects.filter(in_force(day, day), person=person, role=MembershipRole.MEMBER)
    teams = Team.objects.filter(pk__in=works.values("team")).annotate(is_led=Exists(led.filter(team=OuterRef("pk"))))
    return teams.select_related("site").order_by("-is_led", "pk").first()
