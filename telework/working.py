"""What people work, day by day, and which halves of it they hold: read once for all of them, grouped by person."""

import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache, partial

from django.db.models import QuerySet
from django.utils.translation import get_language

from people import selectors
from people.holidays import public_holidays
from people.models import AbsenceKind, Person
from people.prepared import prepared_raw
from people.rows import as_text, read_date, read_instant
from policies.core.facts import ContractFacts, Part, Workday
from policies.core.workdays import AbsenceSpan, Pattern, PatternError, ShiftSpan, Term, read_pattern, workdays
from telework.models import ACTIVE, Booking, State

log = logging.getLogger(__name__)

HALVES = {part.value: part.halves for part in Part}
Days = dict[date, Workday]
MOST_KNOWN = 24  # patterns, regions and languages of a year; about 120 kB each
# What agreements call the absences we know; never the reason of one that is just an absence.
ABSENCE_CODES = {
    AbsenceKind.LEAVE: "paid_leave",
    AbsenceKind.TRAINING: "training",
    AbsenceKind.MISSION: "travel",
    AbsenceKind.OTHER: "absence",
}


class Work:
    """Contracts, shifts and absences of some people, read once and grouped by person."""

    def __init__(self, people: Collection[Person], first: date, last: date) -> None:
        self.first, self.last, self.pks = first, last, [person.pk for person in people]
        self.contracts, self.terms = defaultdict(list), defaultdict(list)
        self.shifts, self.absences, self.kinds = defaultdict(list), defaultdict(list), defaultdict(list)
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
        for person, kind, first, last, halves, start, end in selectors.absence_rows(self.pks, self.first, self.last):
            self.absences[person].append(AbsenceSpan(first, last, halves, (start, end) if start else None))
            self.kinds[person].append((first, last, ABSENCE_CODES[AbsenceKind(kind)]))

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


def workdays_of_many(people: Iterable[Person], first: date, last: date) -> dict[int, Days]:
    """What each date from ``first`` to ``last`` holds for each person (by primary key). Five queries at most."""
    people = list(people)
    work = Work(people, first, last)
    return {person.pk: work.days_of(person) for person in people}


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
