"""Reads about people. Those on working time take many people at once and cost a constant number of queries."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from people.models import Absence, Contract, Entity, Person, Place, Shift, Site
from people.prepared import prepared, prepared_raw
from people.rows import as_text, read_date, read_decimal


class ContractRow(NamedTuple):
    person: int
    start: date
    end: date | None
    status: str
    rate: Decimal
    trial_end: date | None
    rostered: bool
    pattern: int | None
    anchor: str | None
    days: str | None
    works_holidays: bool | None


def contract_rows(people: Sequence[int] | QuerySet) -> list[ContractRow]:
    """Contracts of people (primary keys), by start, each with its pattern, not read yet. One query."""
    return [
        ContractRow(person, read_date(start), read_date(end), status, read_decimal(rate), read_date(trial_end), *work)
        for person, start, end, status, rate, trial_end, *work in _contracts(people)
    ]


@prepared_raw
def _contracts(people: Sequence[int]) -> QuerySet:
    return (
        Contract.objects.filter(person__in=people)
        .order_by("start")
        .values_list(
            "person_id",
            as_text("start"),
            as_text("end"),
            "status",
            as_text("rate"),
            as_text("trial_end"),
            "rostered",
            "pattern_id",
            as_text("pattern__anchor"),
            as_text("pattern__days"),
            "pattern__works_holidays",
        )
    )


@prepared_raw
def shift_rows(people: Sequence[int], first: date, last: date) -> QuerySet:
    """(person, day, start, end) of shifts that start on these dates; texts for ``people.rows`` to read. One query."""
    shifts = Shift.objects.filter(person__in=people, day__range=(first, last)).order_by()
    return shifts.values_list("person_id", as_text("day"), as_text("start"), as_text("end"))


def absence_rows(people: Sequence[int] | QuerySet, first: date, last: date) -> list[tuple]:
    """(person, kind, first day, last day, halves, start, end) of absences that may touch work of those dates."""
    return _absences(people, first, last + timedelta(days=1))


@prepared
def _absences(people: Sequence[int], ending_from: date, starting_until: date) -> QuerySet:
    absences = Absence.objects.filter(person__in=people, first_day__lte=starting_until, last_day__gte=ending_from)
    return absences.values_list("person_id", "kind", "first_day", "last_day", "halves", "start", "end")


def last_published_days(people: Collection[int]) -> dict[int, date]:
    """The date of the last shift of each of these people: as far as their roster is published. One query."""
    latest = Shift.objects.filter(person=OuterRef("pk")).order_by("-day").values("day")[:1]
    rows = Person.objects.filter(pk__in=people).order_by().annotate(last=Subquery(latest)).values_list("pk", "last")
    return {person: last for person, last in rows if last}


@prepared
def place_rows(people: Sequence[int]) -> QuerySet:
    """Person and what rules look at, in the order of ``PlaceFacts``; never the commune. One query."""
    places = Place.objects.filter(person__in=people)
    return places.values_list(
        "person_id", "label", "declared_on", "until", "secure_internet", "insured_until", "kind", "country", "agreed"
    )


def site_clocks(sites: Collection[int]) -> dict[int, tuple[str, str]]:
    """Zone and public-holiday region of sites. One query."""
    rows = Site.objects.filter(pk__in=sites).values_list("pk", "zone", "holiday_region")
    return {site: (zone, region) for site, zone, region in rows}


def sites_of(entities: Iterable[Entity]) -> QuerySet[Site]:
    """Sites where somebody or some team of these entities is, and those that nobody uses yet."""
    pks = [entity.pk for entity in entities]
    used = Site.objects.filter(people__entity__in=pks) | Site.objects.filter(teams__entity__in=pks)
    unused = Site.objects.filter(people=None, teams=None)
    return (used | unused).distinct().order_by("name", "pk")
