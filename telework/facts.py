"""Rows → plain facts for the engine, in a constant number of queries whatever the number of people, days, bookings."""

import json
import logging
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache, partial

from django.db.models import QuerySet
from django.utils.translation import get_language

from people import selectors
from people.holidays import public_holidays
from people.models import Person, Place
from people.prepared import prepared, prepared_raw
from people.rows import as_text, read_date, read_instant
from policies.core import NoValueInForce
from policies.core.document import Agreement
from policies.core.facts import ContractFacts, Facts, Part, PlaceFacts, Workday
from policies.core.proration import year_start
from policies.core.reach import reach_of
from policies.core.workdays import AbsenceSpan, Pattern, PatternError, ShiftSpan, Term, read_pattern, workdays
from policies.selectors import Timeline
from telework.models import ACTIVE, Booking, State

log = logging.getLogger(__name__)

HALVES = {part.value: part.halves for part in Part}
Days = dict[date, Workday]
JANUARY = frozenset({1})
MOST_REACHED = 330  # days: a month named is looked for within the year before
MOST_KNOWN = 24  # patterns, regions and languages of a year; about 120 kB each
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def facts_about(
    person: Person,
    *,
    today: date,
    first: date | None = None,
    last: date | None = None,
    year_starts: Collection[int] = JANUARY,
) -> Facts:
    """Facts of one person over the agreement years that hold ``first`` to ``last`` (today if not given).

    ``year_starts``: the months in which these years begin, see ``year_starts_between``. Seven queries at most.
    """
    first = first or today
    begin, end = window(first, last or first, *year_starts)
    work = _Work([person], begin, end)
    booked, pending = booked_halves([person.pk], begin, end)
    return _facts(person, today, work, [_place(place) for place in _places(person.pk)], booked, pending)


def facts_of_many(
    people: Iterable[Person], *, today: date, first: date, last: date, year_starts: Collection[int] = JANUARY
) -> dict[int, Facts]:
    """Facts of many people by primary key, over the agreement years that hold ``first`` to ``last``."""
    people = list(people)
    begin, end = window(first, last, *year_starts)
    work = _Work(people, begin, end)
    places = defaultdict(list)
    for person, *values in selectors.place_rows(work.pks):
        places[person].append(PlaceFacts(*values))
    booked, pending = booked_halves(work.pks, begin, end)
    return {person.pk: _facts(person, today, work, places[person.pk], booked, pending) for person in people}


def workdays_of_many(people: Iterable[Person], first: date, last: date) -> dict[int, Days]:
    """What each date from ``first`` to ``last`` holds for each person (by primary key). Five queries at most."""
    people = list(people)
    work = _Work(people, first, last)
    return {person.pk: work.days_of(person) for person in people}


def year_starts_between(timeline: Timeline, first: date, last: date) -> frozenset[int]:
    """The months in which the years of the agreements in force from ``first`` to ``last`` begin.

    January where an agreement leaves it open: the decision will tell.
    """
    days = {first, last, *(day for day in timeline.days if first < day < last)}
    held = [(agreement, day) for day in days if (agreement := timeline.on(day))]
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


class _Work:
    """Contracts, shifts and absences of some people, read once and grouped by person."""

    def __init__(self, people: Collection[Person], first: date, last: date) -> None:
        self.first, self.last, self.pks = first, last, [person.pk for person in people]
        self.contracts, self.terms = defaultdict(list), defaultdict(list)
        self.shifts, self.absences = defaultdict(list), defaultdict(list)
        self.known = _known_days(first, last)
        self.language = get_language() or "fr"
        self._read_contracts()
        self._read_shifts()
        self._read_absences()
        self.clocks = _clocks(people)

    def _read_contracts(self) -> None:
        for row in selectors.contract_rows(self.pks):
            self.contracts[row.person].append(ContractFacts(row.start, row.end, row.rate, row.status, row.trial_end))
            self.terms[row.person].append(Term(row.start, row.end, pattern_of(row), row.rostered))

    def _read_shifts(self) -> None:
        for person, day, start, end in selectors.shift_rows(self.pks, self.first, self.last):
            self.shifts[person].append(ShiftSpan(read_date(day), partial(_span, start, end)))
        rostered = [pk for pk, terms in self.terms.items() if any(term.rostered for term in terms)]
        self.published = selectors.last_published_days(rostered) if rostered else {}

    def _read_absences(self) -> None:
        for person, _kind, first, last, halves, start, end in selectors.absence_rows(self.pks, self.first, self.last):
            self.absences[person].append(AbsenceSpan(first, last, halves, (start, end) if start else None))

    def days_of(self, person: Person) -> Days:
        zone, region = self.clocks[person.site_id]
        return workdays(
            self.terms[person.pk],
            first=self.first,
            last=self.last,
            zone=zone,
            shifts=self.shifts[person.pk],
            absences=self.absences[person.pk],
            holidays=public_holidays(region, self.first.year, self.last.year, self.language),
            published=self.published.get(person.pk),
            known=self.known,
        )


def _known_days(first: date, last: date) -> dict:
    """The days of patterns over some dates, kept between requests: they follow from nothing that could change."""
    known = _memory(first, last)
    if len(known) > MOST_KNOWN:
        known.clear()
    return known


@lru_cache(maxsize=3)
def _memory(first: date, last: date) -> dict:
    return {}


def _clocks(people: Collection[Person]) -> dict[int, tuple[str, str]]:
    if all(Person.site.is_cached(person) for person in people):
        return {person.site_id: (person.site.zone, person.site.holiday_region) for person in people}
    return selectors.site_clocks({person.site_id for person in people})


def pattern_of(row: selectors.ContractRow) -> Pattern | None:
    """The working pattern of a contract row, None when it has none; each text is parsed once."""
    return _parsed_pattern(row.anchor, row.days, row.works_holidays) if row.pattern else None


@lru_cache(maxsize=512)
def _parsed_pattern(anchor: str, days: str, works_holidays: bool) -> Pattern | None:
    """None, and a line in the log, for a pattern that was written around the services and cannot be read."""
    try:
        return read_pattern(date.fromisoformat(anchor), json.loads(days), works_holidays=works_holidays)
    except (PatternError, ValueError, TypeError) as fault:
        log.error("A working pattern from %s counts no working day: %s", anchor, fault)
        return None


def _span(start: str, end: str) -> tuple:
    return read_instant(start), read_instant(end)


@prepared
def _places(person: int) -> QuerySet[Place]:
    return Place.objects.filter(person=person)


def _place(place: Place) -> PlaceFacts:
    return PlaceFacts(str(place), place.declared_on, place.until, place.secure_internet, place.insured_until)


@prepared_raw
def _active_bookings(people: Collection[int], first: date, last: date) -> QuerySet:
    bookings = Booking.objects.filter(person__in=people, day__range=(first, last), state__in=ACTIVE).order_by()
    return bookings.values_list("person_id", as_text("day"), "part", "state")


def booked_halves(people: Collection[int], first: date, last: date) -> tuple[dict, dict]:
    """Halves held by active bookings, and those of them that wait for an answer: by person, then day. One query."""
    booked, pending = defaultdict(dict), defaultdict(dict)
    for person, text, part, state in _active_bookings(people, first, last):
        day, halves = read_date(text), HALVES[part]
        booked[person][day] = booked[person].get(day, 0) | halves
        if state == State.REQUESTED:
            pending[person][day] = pending[person].get(day, 0) | halves
    return booked, pending


def _facts(person: Person, today: date, work: _Work, places: list[PlaceFacts], booked: dict, pending: dict) -> Facts:
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
    )
