"""Reads about bookings. Lists that pages show come with what they print, in a constant number of queries."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.models import Grant, Membership, MembershipRole, Person, Role, Team
from people.prepared import prepared
from people.standing import memberships_in_force
from policies.selectors import parents_of_entities
from telework.models import ACTIVE, Booking, Series, State


def bookings_shown() -> QuerySet[Booking]:
    """Bookings with all that pages and the API print of one."""
    return Booking.objects.select_related("person__site", "person__entity", "place", "series", "answered_by")


@prepared
def bookings_called(uids: Collection[UUID]) -> QuerySet[Booking]:
    """Bookings by their uids, in the order of their days, with all that is printed of one."""
    return bookings_shown().filter(uid__in=uids).order_by("day", "pk")


def bookings_of(person: Person, first: date, last: date) -> QuerySet[Booking]:
    """All bookings of a person between two dates, both included, whatever their state."""
    return bookings_shown().filter(person=person, day__range=(first, last))


def active_bookings_of(person: Person, first: date, last: date) -> QuerySet[Booking]:
    """Requested and approved bookings of a person between two dates, both included."""
    return bookings_of(person, first, last).filter(state__in=ACTIVE)


@prepared
def next_bookings_of(person: int, day: date) -> QuerySet[Booking]:
    """The first six active bookings of a person (primary key) from a date on; no joins."""
    return Booking.objects.filter(person=person, day__gte=day, state__in=ACTIVE)[:6]


def bookings_of_many(people: Collection[int], first: date, last: date) -> QuerySet[Booking]:
    """Active bookings of people (primary keys) between two dates, both included; no joins."""
    return Booking.objects.filter(person__in=people, day__range=(first, last), state__in=ACTIVE)


def members_bookings(bookings: QuerySet[Booking], team: Team) -> QuerySet[Booking]:
    """Those of ``bookings`` that lie in the time their person was in ``team``."""
    held = Membership.objects.filter(team=team, person=OuterRef("person"), first_day__lte=OuterRef("day"))
    return bookings.filter(Exists(held.filter(Q(last_day=None) | Q(last_day__gte=OuterRef("day")))))


def requests_of(people: Iterable[int] | QuerySet) -> QuerySet[Booking]:
    """Requests of people (primary keys) that still await an answer, the most pressing first."""
    waiting = bookings_shown().filter(state=State.REQUESTED, person__in=people)
    return waiting.order_by("answer_by", "requested_at", "person_id", "day")


def series_shown() -> QuerySet[Series]:
    """Series with their person."""
    return Series.objects.select_related("person__site", "person__entity")


def series_of(person: Person, today: date) -> QuerySet[Series]:
    """The person's series that still have active days from ``today`` on, counted in ``to_come``; the oldest first."""
    ahead = Count("bookings", filter=Q(bookings__day__gte=today, bookings__state__in=ACTIVE))
    return person.series.annotate(to_come=ahead).filter(to_come__gt=0).order_by("first_day", "pk")


def answerers_of(person: Person, day: date) -> list[int]:
    """Primary keys of those who lead a team of the person on ``day``, without the person. One query.

    The same people as ``people.access.leaders_of``, by one join: every request asks for them.
    """
    return sorted(set(_leading(person.pk, day)) - {person.pk})


@prepared
def _leading(person: int, day: date) -> QuerySet:
    return (
        Membership.objects.filter(
            memberships_in_force(day), memberships_in_force(day, prefix="team__memberships__"),
            team__memberships__person=person, role__in=(MembershipRole.MANAGER, MembershipRole.DEPUTY),
        )
        .order_by()
        .values_list("person", flat=True)
    )  # fmt: skip


def managers_named(person: Person, day: date) -> list[Person]:
    """The managers (not deputies) of the person's teams on ``day``, to name who will answer. One query."""
    held = memberships_in_force(day)
    teams = Membership.objects.filter(held, person=person).values("team")
    leading = Membership.objects.filter(held, team__in=teams, role=MembershipRole.MANAGER)
    return list(Person.objects.filter(pk__in=leading.values("person")).exclude(pk=person.pk))


def planners_of(person: Person) -> list[int]:
    """Primary keys of the coverage planners of the person's entity and those above it. Two queries."""
    return _granted(person, Role.PLANNER)


def hr_of(person: Person) -> list[int]:
    """Primary keys of the human resources of the person's entity and those above it. Two queries."""
    return _granted(person, Role.HR)


def _granted(person: Person, role: Role) -> list[int]:
    parents, chain, entity = parents_of_entities(), [], person.entity_id
    while entity is not None and entity not in chain:
        chain.append(entity)
        entity = parents.get(entity)
    holders = Grant.objects.filter(role=role, entity__in=chain).order_by("person")
    return list(holders.values_list("person", flat=True).distinct())
