"""What the endpoints answer, for the description of the API. Counts of days are decimal texts: "54.5"."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

Half = Literal["on_site", "telework", "requested", "absent", "holiday", "off", "not_planned"]


class Person(Schema):
    uid: UUID
    name: str


class Place(Schema):
    uid: UUID
    label: str


class Named(Schema):
    uid: UUID
    name: str


class Site(Named):
    zone: str


class Me(Person):
    entity: Named
    site: Site
    roles: list[str]
    language: str


class Booking(Schema):
    uid: UUID
    person: Person
    day: date
    part: Literal["full", "morning", "afternoon"]
    form: str
    state: Literal["requested", "approved", "refused", "cancelled"]
    place: Place | None
    series: UUID | None
    correction: bool
    requested_at: datetime
    answer_by: date | None
    answered_at: datetime | None
    answered_by: Person | None
    stated_reason: str
    reason: str
    reason_text: str
    version: int
    notice: str


class Note(Schema):
    uid: UUID
    author: Person | None
    at: datetime
    text: str


class WholeBooking(Booking):
    decision: dict[str, Any] | None
    notes: list[Note]


class Bookings(Schema):
    items: list[Booking]


class BookingPage(Bookings):
    count: int


class Fault(Schema):
    code: str
    title: str
    detail: str
    data: dict[str, Any]


class Outcome(Schema):
    day: date
    part: str
    accepted: bool
    needs_approval: bool
    decision: dict[str, Any] | None
    booking: Booking | None
    error: Fault | None
    free_days: list[date]


class Outcomes(Schema):
    accepted: int
    refused: int
    outcomes: list[Outcome]


class Series(Outcomes):
    uid: UUID | None
    rrule: str | None
    cut_after: date | None


class SeriesHeld(Schema):
    """``to_come``: how many days of it are still asked for or granted."""

    uid: UUID
    first_day: date
    rrule: str
    part: Literal["full", "morning", "afternoon"]
    created_at: datetime
    to_come: int


class HeldSeries(Schema):
    count: int
    items: list[SeriesHeld]


class Cancelled(Schema):
    cancelled: int
    bookings: list[Booking]


class Answer(Schema):
    booking: Booking
    done: bool
    error: Fault | None


class Answers(Schema):
    done: int
    failed: int
    answers: list[Answer]


class Day(Schema):
    """``possible`` and ``rule`` only for days to come on which telework may be asked for."""

    day: date
    halves: list[Half]
    worked_holiday: bool
    possible: bool = False
    rule: str = ""


class Year(Schema):
    person: Person
    year: int
    days: list[Day]


class Line(Schema):
    text: str
    days: str


class Balance(Schema):
    """All but ``person`` is null where the agreement counts no days of ordinary telework."""

    person: Person
    first: date | None = None
    last: date | None = None
    article: str | None = None
    total: str | None = None
    lines: list[Line]
    done: str | None = None
    booked: str | None = None
    pending: str | None = None
    left: str | None = None


class Team(Named):
    site: str
    entity: str


class Teams(Schema):
    count: int
    items: list[Team]


class Counts(Schema):
    on_site: str
    telework: str
    absent: str
    requested: str


class Member(Counts):
    person: Person
    days: list[list[Half]]


class DayCounts(Counts):
    day: date


class TeamMonth(Schema):
    team: Named
    days: list[date]
    people: list[Member]
    counts: list[DayCounts]


class Feed(Schema):
    """``address`` only in the answer that made it."""

    uid: UUID
    scope: str
    team: UUID | None
    privacy: str
    created_at: datetime
    fetched_at: datetime | None
    fetched_by: str
    address: str = ""


class Feeds(Schema):
    count: int
    items: list[Feed]


class Problem(Schema):
    """RFC 9457, application/problem+json. ``code`` is for programs; title and detail are words for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    field: str = ""
    data: dict[str, Any] = {}
