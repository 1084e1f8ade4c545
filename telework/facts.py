"""Rows → plain facts for the engine, in a constant number of queries whatever the number of people, days, bookings."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from people import selectors
from people.models import Person, Place
from people.prepared import prepared
from policies.core import NoValueInForce
from policies.core.document import Agreement
from policies.core.facts import Facts, PlaceFacts
from policies.core.needs import NOTHING, Needs, needs_of_all
from policies.core.proration import year_start
from policies.core.reach import reach_of
from policies.selectors import Timeline
from telework.around import facts_around
from telework.working import Work, booked_halves, pattern_of, workdays_of_many

__all__ = [
    "asked_between", "booked_halves", "facts_about", "facts_of_many", "pattern_of", "place_facts", "window",
    "workdays_of_many", "year_starts_between",
]  # fmt: skip

JANUARY = frozenset({1})
MOST_REACHED = 330  # days: a month named is looked for within the year before
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def facts_about(
    person: Person,
    *,
    today: date,
    first: date | None = None,
    last: date | None = None,
    year_starts: Collection[int] = JANUARY,
    needs: Needs = NOTHING,
) -> Facts:
    """Facts of one person over the agreement years that hold ``first`` to ``last`` (today if not given).

    ``year_starts``: the months in which these years begin; ``needs``: the facts beyond the plain ones that the
    agreements look at (see ``asked_between`` for both). Seven queries at most, and those
    of ``decided_of``.
    """
    first = first or today
    begin, end = window(first, last or first, *year_starts)
    work = Work([person], begin, end)
    booked, pending = booked_halves([person.pk], begin, end)
    more = facts_around([person], needs, work, booked, today=today)
    return _facts(person, today, work, [place_facts(place) for place in _places(person.pk)], booked, pending, more)


def facts_of_many(
    people: Iterable[Person],
    *,
    today: date,
    first: date,
    last: date,
    year_starts: Collection[int] = JANUARY,
    needs: Needs = NOTHING,
) -> dict[int, Facts]:
    """Facts of many people by primary key, over the agreement years that hold ``first`` to ``last``."""
    people = list(people)
    begin, end = window(first, last, *year_starts)
    work = Work(people, begin, end)
    places = defaultdict(list)
    for person, *values in selectors.place_rows(work.pks):
        places[person].append(PlaceFacts(*values))
    booked, pending = booked_halves(work.pks, begin, end)
    more = facts_around(people, needs, work, booked, today=today)
    return {person.pk: _facts(person, today, work, places[person.pk], booked, pending, more) for person in people}


def asked_between(timelines: Iterable[Timeline], first: date, last: date) -> dict[str, object]:
    """What the agreements in force from ``first`` to ``last`` ask of the facts: ``year_starts`` and ``needs``."""
    timelines = list(timelines)
    starts = frozenset().union(*(year_starts_between(timeline, first, last) for timeline in timelines))
    agreements = dict.fromkeys(agreement for timeline in timelines for agreement, _ in _in_force(timeline, first, last))
    return {"year_starts": starts or JANUARY, "needs": needs_of_all(agreements)}


def _in_force(timeline: Timeline, first: date, last: date) -> Iterator[tuple[Agreement, date]]:
    """The agreements in force over these dates, each with a day on which it is."""
    for day in {first, last, *(day for day in timeline.days if first < day < last)}:
        if agreement := timeline.on(day):
            yield agreement, day


def year_starts_between(timeline: Timeline, first: date, last: date) -> frozenset[int]:
    """The months in which the years of the agreements in force from ``first`` to ``last`` begin.

    January where an agreement leaves it open: the decision will tell.
    """
    held = list(_in_force(timeline, first, last))
    looked_back = {_reached(agreement, day) for agreement, day in held if reach_of(agreement)}
    return frozenset(_year_start(agreement, day) for agreement, day in held) | looked_back or JANUARY


def _reached(agreement: Agreement, day: date) -> int:
    """The month from which facts are gathered for clauses that look beyond the year, eleven months at most."""
    back = timedelta(days=min(reach_of(agreement), MOST_REACHED))
    return (min(max(day, EARLIEST + back), LATEST) - back).month


def _year_start(agreement: Agreement, day: date) -> int:
    try:
        return year_start(agreement, day).month
    except NoValueInForce:
        return 1


def window(first: date, last: date, *year_starts: int) -> tuple[date, date]:
    """The years that hold both dates, whatever month of ``year_starts`` they begin in, stretched to whole weeks.

    Dates beyond any agreement's reach are drawn to its edge, so that no calendar overflows.
    """
    first, last = (min(max(day, EARLIEST), LATEST) for day in (first, last))
    begin = min(_begin_of_year(first, month) for month in year_starts or JANUARY)
    end = max(_end_of_year(last, month) for month in year_starts or JANUARY)
    return begin - timedelta(days=begin.weekday()), end + timedelta(days=6 - end.weekday())


def _begin_of_year(day: date, month: int) -> date:
    return date(day.year - (day.month < month), month, 1)


def _end_of_year(day: date, month: int) -> date:
    year, last_month = day.year + (day.month >= month > 1), (month - 2) % 12 + 1
    return date(year, last_month, monthrange(year, last_month)[1])


@prepared
def _places(person: int) -> QuerySet[Place]:
    return Place.objects.filter(person=person)


def place_facts(place: Place) -> PlaceFacts:
    """A declared place as rules see it; never its commune, which a decision would keep."""
    return PlaceFacts(
        place.label, place.declared_on, place.until, place.secure_internet, place.insured_until,
        place.kind, place.country, place.agreed,
    )  # fmt: skip


def _facts(
    person: Person,
    today: date,
    work: Work,
    places: list[PlaceFacts],
    booked: dict,
    pending: dict,
    more: Mapping[int, Mapping[str, object]],
) -> Facts:
    return Facts(
        today=today,
        contracts=tuple(work.contracts[person.pk]),
        hired=person.hired_on,
        job=person.job,
        autonomy=person.autonomy_validated_on,
        places=tuple(places),
        workdays=work.days_of(person),
        booked=booked.get(person.pk, {}),
        pending=pending.get(person.pk, {}),
        **more.get(person.pk, {}),
    )
