"""Which telework days the agreement would refuse as things stand: each judged anew with those before it counted.

Notice and horizon are read as of the day a booking was asked for, so that time passing breaks nothing. A roster not
published yet is no refusal: the day is simply not known.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from people.models import Person
from policies.core.decision import Finding, Verdict
from policies.core.facts import Facts, Purpose
from policies.selectors import Timeline, timeline_for
from telework.facts import asked_between, facts_of_many
from telework.models import ACTIVE, Booking

from .judging import halves_of, judged, request_of

NOT_KNOWN = "day_worked.not_planned"


@dataclass(frozen=True, slots=True)
class Ruled:
    """A booking and what a rule of the agreement has against it."""

    booking: Booking
    finding: Finding

    @property
    def key(self) -> tuple[int, str]:
        """What makes two rulings the same: the booking (primary key) and the rule."""
        return self.booking.pk, self.finding.rule


def rulings(people: Collection[Person], first: date, last: date, *, today: date) -> list[Ruled]:
    """What rules have against the telework of these people in the weeks that hold ``first`` to ``last``.

    Today and later only; corrections are records, not plans. Queries do not grow with people or bookings.
    """
    if first > last:
        return []
    first, last = max(first - timedelta(days=first.weekday()), today), last + timedelta(days=6 - last.weekday())
    rows = Booking.objects.filter(person__in=people, state__in=ACTIVE, correction=False, day__range=(first, last))
    held = list(rows.select_related("person__site", "person__entity", "place").order_by("person", "day", "pk"))
    if not held:
        return []
    owners = {booking.person_id: booking.person for booking in held}
    timelines = {entity: timeline_for(entity) for entity in {person.entity_id for person in owners.values()}}
    asked = asked_between(timelines.values(), first, last)
    facts = facts_of_many(list(owners.values()), today=today, first=first, last=last, **asked)
    found: list[Ruled] = []
    for pk, bookings in groupby(held, key=lambda booking: booking.person_id):
        found += _of_one(list(bookings), facts[pk], timelines[owners[pk].entity_id])
    return found


def _of_one(bookings: list[Booking], facts: Facts, timeline: Timeline) -> Iterator[Ruled]:
    for booking in bookings:
        facts = facts.without(booking.day, halves_of(booking))
    zone = ZoneInfo(bookings[0].person.site.zone)
    for booking in bookings:
        then = replace(facts, today=booking.requested_at.astimezone(zone).date())
        judgement = judged(booking.person, replace(request_of(booking), purpose=Purpose.PLANNING), then, timeline)
        failing = judgement.decision.failing if judgement.decision else ()
        for finding in failing:
            if finding.code != NOT_KNOWN:
                yield Ruled(booking, finding)
        if judgement.decision is None or judgement.decision.verdict is not Verdict.REFUSED:
            facts = facts.with_booking(booking.day, halves_of(booking))
