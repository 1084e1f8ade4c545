"""Ask for telework: one day, several days, or only look at what the agreement would say.

The straight line: one guarded transaction in which facts are gathered, the agreement decides, and the booking, its
decision, an audit event and the messages are written together.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from people.models import Person, Place
from policies import core
from policies.core.decision import Verdict
from policies.core.facts import Facts, Part, Purpose
from telework.chain import awaited
from telework.errors import BadWish, BookingRefused, LostRace, TeleworkError
from telework.models import Booking, BookingNote, Series, State
from telework.recorded import pack

from . import lock
from .judging import Judgement, hour_of, judge, judge_in_order, requests_for
from .outcomes import Outcome
from .places import places_for
from .recording import note_changes, tell_answerers, tell_person
from .texts import clean_text

MOST_DAYS = 400
WORKING_DAYS_TO_ANSWER = 3


def book_day(
    *,
    person: Person,
    day: date,
    part: Part = Part.FULL,
    actor: Person,
    now: datetime,
    today: date,
    place: Place | None = None,
    note: str = "",
    purpose: Purpose = Purpose.PLANNING,
    exception: bool = False,
    form: str = "",
    reason: str = "",
) -> Booking:
    """Book one day or half-day for ``person``; ``BookingRefused`` tells the rule and days that would be possible.

    ``form``: the form of telework asked under, "" for the ordinary one; ``place``: the declared place chosen;
    ``reason``: the code of the reason stated, where the agreement wants one.
    ``exception``: where nothing but coverage stands against it, ask all the same; the note says why.
    """
    note = clean_text("note", note, needed=exception)
    request = requests_for([day], part, purpose, form=form, place=place, at=hour_of(person, now))[0]
    try:
        with lock.guarded([person], today=today):
            judgement = judge(person, request, today=today, exception=exception, reason=reason)
            if judgement.accepted:
                places = places_for(person, [day], place)
                return write_bookings(person, [judgement], places=places, actor=actor, now=now, today=today, note=note)[
                    0
                ]
    except IntegrityError as taken:
        raise LostRace from taken
    raise refusal(judgement)


def book_days(
    *,
    person: Person,
    days: Iterable[date],
    part: Part = Part.FULL,
    actor: Person,
    now: datetime,
    today: date,
    place: Place | None = None,
    note: str = "",
    atomic: bool = False,
    series: Series | None = None,
    exception: bool = False,
    form: str = "",
    reason: str = "",
) -> list[Outcome]:
    """Book several days, each judged with the accepted ones before it counted; what is refused is told, not raised.

    ``atomic``: all or nothing, the first refused day raises. At most 400 days at once. ``exception``: days against
    which nothing but coverage stands are asked for all the same; the note says why.
    """
    note = clean_text("note", note, needed=exception)
    requests = requests_for(bounded(days), part, Purpose.PLANNING, form=form, place=place, at=hour_of(person, now))
    try:
        with lock.guarded([person], today=today):
            judgements = judge_in_order(person, requests, today=today, exception=exception, reason=reason)
            accepted = [judgement for judgement in judgements if judgement.accepted]
            if not atomic or len(accepted) == len(judgements):
                places = places_for(person, [judgement.request.day for judgement in accepted], place)
                if series and accepted:
                    series.save()
                written = write_bookings(
                    person, accepted, places=places, actor=actor, now=now, today=today, note=note, series=series
                )
                return outcomes_of(judgements, {booking.day: booking for booking in written})
    except IntegrityError as taken:
        raise LostRace from taken
    raise refusal(next(judgement for judgement in judgements if not judgement.accepted))


def preview_days(
    *,
    person: Person,
    days: Iterable[date],
    part: Part = Part.FULL,
    today: date,
    purpose: Purpose = Purpose.PLANNING,
    form: str = "",
    place: Place | None = None,
    now: datetime | None = None,
) -> list[Outcome]:
    """What ``book_days`` would answer ``now``, without writing. A single refused day also tells free days near by."""
    requests = requests_for(
        bounded(days), part, purpose, form=form, place=place, at=hour_of(person, now) if now else None
    )
    judgements = judge_in_order(person, requests, today=today)
    return outcomes_of(judgements, {}, with_free_days=len(judgements) == 1)


def days_between(first: date, last: date) -> list[date]:
    """All dates of a range, both included; ``BadWish`` when it ends before it starts or holds over 400 days."""
    if last < first:
        remedy = _("The range ends on %(last)s, before it starts on %(first)s. Swap the two days.")
        raise BadWish("last", last.isoformat(), remedy % {"first": first.isoformat(), "last": last.isoformat()})
    return bounded(first + timedelta(days=number) for number in range(min((last - first).days, MOST_DAYS) + 1))


def bounded(days: Iterable[date]) -> list[date]:
    """The days asked for, each once and in order; ``BadWish`` for none or more than 400."""
    wanted = sorted(set(days))
    if not wanted:
        raise BadWish("days", "", _("No day was chosen. Choose at least one."))
    if len(wanted) > MOST_DAYS:
        remedy = _("These are more than %(most)s days at once. Ask for fewer.") % {"most": MOST_DAYS}
        raise BadWish("days", f"{wanted[0]} … {wanted[-1]}", remedy)
    return wanted


def write_bookings(
    person: Person,
    judgements: Sequence[Judgement],
    *,
    places: dict[date, Place | None],
    actor: Person,
    now: datetime,
    today: date,
    note: str = "",
    series: Series | None = None,
    state: State | None = None,
) -> list[Booking]:
    """Write accepted judgements with all they leave behind; ``state`` overrides what follows from the decision.

    Call it inside ``lock.guarded`` only.
    """
    if not judgements:
        return []
    bookings = [
        Booking(
            person=person,
            day=judgement.request.day,
            part=judgement.request.part,
            state=state or state_after(judgement),
            form=judgement.request.form,
            stated_reason=judgement.request.reason,
            place=places.get(judgement.request.day),
            series=series,
            correction=judgement.request.purpose is Purpose.CORRECTION,
            exception=judgement.is_exception,
            requested_at=now,
            requested_by=actor,
            **who_answers(judgement, state or state_after(judgement), today=today),
            decision=pack(judgement.decision),
            updated_at=now,
        )
        for judgement in judgements
    ]
    Booking.objects.bulk_create(bookings)
    if note:
        write_note(bookings, note, actor=actor, now=now)
    note_changes(bookings, "booking.asked", actor=actor, now=now)
    waiting = [booking for booking in bookings if booking.state == State.REQUESTED]
    tell_answerers(waiting, actor=actor, now=now, today=today)
    granted = [booking for booking in bookings if booking.state == State.APPROVED and not booking.correction]
    tell_person("booking.approved", granted, actor=actor, now=now)
    return bookings


def state_after(judgement: Judgement) -> State:
    """Approved at once unless the agreement wants somebody's answer."""
    return State.REQUESTED if judgement.decision.verdict is Verdict.NEEDS_APPROVAL else State.APPROVED


def write_note(bookings: Sequence[Booking], note: str, *, actor: Person, now: datetime) -> None:
    """Keep the words of a request with its first day, or with each of its exceptions: there they are the reason."""
    kept = [booking for booking in bookings if booking.exception] or bookings[:1]
    BookingNote.objects.bulk_create(BookingNote(booking=each, author=actor, at=now, text=note) for each in kept)


def who_answers(judgement: Judgement, state: State, *, today: date) -> dict[str, object]:
    """The step that is to answer, and by when; neither where no answer is needed."""
    step = awaited(judgement.decision) if state is State.REQUESTED else ""
    return {"awaits": step, "answer_by": answer_day(judgement, state, today=today)}


def answer_day(judgement: Judgement, state: State, *, today: date) -> date | None:
    """The last day for an answer: as the agreement says, else three working days, but before the day itself.

    None if no answer is needed."""
    if state is not State.REQUESTED:
        return None
    day = _due(judgement, today) or _working_days_after(today, judgement.facts)
    if judgement.request.purpose is Purpose.CORRECTION:
        return day
    return max(today, min(day, judgement.request.day - timedelta(days=1)))


def _due(judgement: Judgement, today: date) -> date | None:
    """The day by which the agreement's clause on replies wants an answer; None where it has none, or leaves it open."""
    agreement, form = judgement.agreement, judgement.request.form
    if agreement is None or not agreement.clauses("reply_deadline"):
        return None
    asked = {"requested": today, "answered": None, "unanswered_on": None}
    try:
        found = core.consult("reply_deadline", asked, judgement.facts, agreement, form=form, day=judgement.request.day)
    except core.NoValueInForce:
        return None
    return date.fromisoformat(str(found.data["due"])) if found.data["deadline"] else None


def _working_days_after(today: date, facts: Facts) -> date:
    day, left = today, WORKING_DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= _is_office_day(day, facts)
    return day


def _is_office_day(day: date, facts: Facts) -> bool:
    workday = facts.workdays.get(day)
    return day.weekday() < 5 and not (workday and workday.holiday)


def outcomes_of(
    judgements: Sequence[Judgement], written: dict[date, Booking], *, with_free_days: bool = False
) -> list[Outcome]:
    """Judgements as people see them, with the bookings they became."""
    return [
        Outcome(
            day=judgement.request.day,
            part=judgement.request.part,
            decision=judgement.decision,
            booking=written.get(judgement.request.day),
            error=judgement.error,
            free_days=judgement.free_days() if with_free_days else (),
        )
        for judgement in judgements
    ]


def refusal(judgement: Judgement) -> TeleworkError:
    """The error that tells why a judgement is not accepted, with free days near by."""
    return judgement.error or BookingRefused(judgement.decision, judgement.free_days())
