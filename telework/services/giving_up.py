"""Giving a granted day up: the agreement may ask for notice, and say what becomes of a day given up later than that."""

from collections.abc import Collection, Sequence
from datetime import date

from people.models import Person
from policies import core
from policies.core import explain
from policies.core.decision import Decision, Finding, Verdict
from policies.core.document import Agreement
from policies.core.facts import Facts
from policies.selectors import timeline_for
from telework.errors import BookingRefused, language
from telework.models import Booking, State

from .judging import gathered, request_of

KIND = "cancellation"


def finding_of(booking: Booking, agreement: Agreement | None, facts: Facts) -> Finding | None:
    """What the agreement says of giving up this day today; None where it is silent, or nothing was granted yet."""
    if booking.state != State.APPROVED or not has_clause(agreement):
        return None
    asked = {"day": booking.day, "given": facts.today}
    try:
        return core.consult(KIND, asked, facts, agreement, form=booking.form, day=booking.day)
    except core.NoValueInForce:
        return None


def has_clause(agreement: Agreement | None) -> bool:
    """Does the agreement say until when a day may be given up?"""
    return agreement is not None and bool(agreement.clauses(KIND))


def in_reach(bookings: Sequence[Booking], actor: Person, *, today: date) -> list[Booking]:
    """Those of these days of one person that may be given up, each with its ``notice``.

    ``BookingRefused`` where it is too late for all of them. The agreement binds the person: days that somebody else
    takes back are not held by it. Facts are read only where the agreement has such a clause."""
    found = _findings(bookings, today=today) if bookings and bookings[0].person_id == actor.pk else {}
    late = [booking for booking in bookings if booking.pk in found and found[booking.pk].verdict is Verdict.REFUSED]
    if late and len(late) == len(bookings):
        raise BookingRefused(Decision(request_of(late[0]), (found[late[0].pk],)))
    for booking in bookings:
        booking.notice = notice_words(found.get(booking.pk))
    return [booking for booking in bookings if booking not in late]


def _findings(bookings: Collection[Booking], *, today: date) -> dict[int, Finding]:
    person = next(iter(bookings)).person
    timeline = timeline_for(person)
    meant = [booking for booking in bookings if has_clause(timeline.on(booking.day))]
    if not meant:
        return {}
    facts = gathered(person, [today, *(booking.day for booking in meant)], timeline, today=today)
    found = {booking.pk: finding_of(booking, timeline.on(booking.day), facts) for booking in meant}
    return {pk: finding for pk, finding in found.items() if finding}


def notice_words(finding: Finding | None) -> str:
    """The clause's sentence with its article, where the day is given up late; "" where it is in time."""
    if finding is None or finding.data["in_time"]:
        return ""
    said = explain.sentence(finding, language()).rstrip(".")
    article = finding.article.strip("-")
    return f"{said} (art. {article})." if article else f"{said}."
