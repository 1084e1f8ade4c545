"""The manager's answer, one or many at a time: each booking is rechecked and each is answered for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from people.models import Person
from people.prepared import prepared
from policies.selectors import timeline_for
from telework.chain import awaited
from telework.coverage.watching import Watch
from telework.errors import BadWish, StaleVersion, TeleworkError, WrongState, day_starts
from telework.facts import asked_between, facts_of_many
from telework.models import Booking, BookingNote, RefusalReason, State
from telework.refusals import check_ground

from . import lock
from .booking import refusal
from .changing import change_many, wrong_state
from .exceptions import grant_exceptions
from .judging import Judgement, judge_again
from .outcomes import Answer
from .recording import note_changes, tell_person
from .steps import NO, YES, answers_given, keep_answers, not_their_turn, pass_on
from .texts import clean_text


def approve_bookings(
    *,
    bookings: Sequence[Booking],
    actor: Person,
    now: datetime,
    today: date,
    versions: Mapping[UUID, int] | None = None,
    note: str = "",
    override: str = "",
) -> list[Answer]:
    """Approve requests. Each is judged again first: what a rule refuses by now stays requested, with that finding.

    Where the agreement has a chain of approval, this is the answer of the step awaited: the request is approved once
    no other step is left, and else goes on to the next.
    ``versions`` are those the manager saw (by uid); a booking changed since then is not approved. ``override`` is the
    reason for which a request is granted although coverage, and nothing else, refuses it: it is kept, and the coverage
    planners read it.
    """
    note, override = clean_text("note", note), clean_text("override", override)
    with lock.guarded(_people(bookings), today=today):
        fresh = _read_again(bookings)
        errors = {booking.pk: _unfit(booking, versions, today=today) for booking in fresh}
        fit = _whose_turn(fresh, errors, actor)
        judgements = _judged_by_now(fit, today=today, override=bool(override), answer=YES)
        errors |= {pk: None if found.accepted else refusal(found) for pk, found in judgements.items()}
        yes = [booking for booking in fit if errors[booking.pk] is None]
        keep_answers(yes, yes=True, actor=actor, now=now, text=note)
        going_on = [booking for booking in yes if awaited(judgements[booking.pk].decision)]
        pass_on(going_on, judgements, actor=actor, now=now, today=today)
        approved = [booking for booking in yes if booking not in going_on]
        _answer(approved, State.APPROVED, actor=actor, now=now, note=note, awaits="")
        exceptions = [(booking, judgements[booking.pk]) for booking in approved if judgements[booking.pk].is_exception]
        grant_exceptions(exceptions, reason=override, actor=actor, now=now)
    return _answers(bookings, fresh, errors)


def refuse_bookings(
    *,
    bookings: Sequence[Booking],
    reason: str,
    text: str = "",
    actor: Person,
    now: datetime,
    today: date,
    versions: Mapping[UUID, int] | None = None,
) -> list[Answer]:
    """Refuse requests on a ground that the agreement admits; "other" needs a text. The person reads both.

    "" for no reason, where the agreement owes none to these people.

    Where the step awaited only gives an opinion, it is kept, and the request goes on to the next.
    """
    check_ground(bookings, reason, today=today)
    text = clean_text("text", text, needed=reason == RefusalReason.OTHER)
    with lock.guarded(_people(bookings), today=today):
        fresh = _read_again(bookings)
        errors = {booking.pk: _changed(booking, versions) for booking in fresh}
        fit = _whose_turn(fresh, errors, actor)
        by_steps = _judged_by_now([booking for booking in fit if booking.awaits], today=today, answer=NO)
        going_on = [one for one in fit if one.pk in by_steps and awaited(by_steps[one.pk].decision)]
        keep_answers(fit, yes=False, actor=actor, now=now, text=text)
        pass_on(going_on, by_steps, actor=actor, now=now, today=today)
        refused = [booking for booking in fit if booking not in going_on]
        _answer(refused, State.REFUSED, actor=actor, now=now, reason=reason, reason_text=text, awaits="")
    return _answers(bookings, fresh, errors)


def _whose_turn(bookings: Sequence[Booking], errors: dict[int, TeleworkError | None], actor: Person) -> list[Booking]:
    """Those without an error so far that the actor may answer at this step; the others get theirs."""
    fit = [booking for booking in bookings if errors[booking.pk] is None]
    errors |= not_their_turn(fit, actor)
    return [booking for booking in fit if errors[booking.pk] is None]


def _people(bookings: Sequence[Booking]) -> list[Person]:
    return list({booking.person_id: booking.person for booking in bookings}.values())


def _read_again(bookings: Sequence[Booking]) -> list[Booking]:
    """The rows as they are under the lock, in the order of their days."""
    if not bookings:
        raise BadWish("bookings", "", _("No request was chosen. Choose at least one."))
    known = {booking.pk: booking for booking in bookings}
    fresh = _under_lock(known.keys())
    for booking in fresh:
        booking.person = known[booking.pk].person
        if Booking.place.is_cached(known[booking.pk]) and booking.place_id == known[booking.pk].place_id:
            booking.place = known[booking.pk].place
    prefetch_related_objects(fresh, "place")
    return fresh


@prepared
def _under_lock(pks: Collection[int]) -> QuerySet[Booking]:
    return Booking.objects.filter(pk__in=pks).select_for_update().order_by("day", "pk")


def _changed(booking: Booking, versions: Mapping[UUID, int] | None) -> TeleworkError | None:
    if versions is not None and versions.get(booking.uid, booking.version) != booking.version:
        return StaleVersion(booking)
    if booking.state == State.REQUESTED:
        return None
    if booking.state == State.CANCELLED:
        return WrongState(booking, _("%s was withdrawn meanwhile.") % day_starts(booking.day))
    return wrong_state(booking)


def _unfit(booking: Booking, versions: Mapping[UUID, int] | None, *, today: date) -> TeleworkError | None:
    if booking.day < today and not booking.correction:
        day = day_starts(booking.day)
        return _changed(booking, versions) or WrongState(booking, _("%s is past. Use a correction instead.") % day)
    return _changed(booking, versions)


def _judged_by_now(
    bookings: Sequence[Booking], *, today: date, answer: str, override: bool = False
) -> dict[int, Judgement]:
    """Judge requests again on today's facts, gathered for all people at once; what is granted counts for the next.

    ``answer``: what the step that each awaits answers now.
    """
    if not bookings:
        return {}
    first, last = bookings[0].day, bookings[-1].day
    people = _people(bookings)
    timelines = {entity: timeline_for(entity) for entity in {booking.person.entity_id for booking in bookings}}
    asked = asked_between(timelines.values(), first, last)
    facts = facts_of_many(people, today=today, first=first, last=last, **asked)
    watch, found, given = Watch.fresh(people, until=last), {}, answers_given(bookings)
    for booking in bookings:
        timeline = timelines[booking.person.entity_id]
        asked_on = booking.requested_at.astimezone(ZoneInfo(booking.person.site.zone)).date()
        answers = given.get(booking.pk, ()) + (((booking.awaits, answer),) if booking.awaits else ())
        judgement = judge_again(
            booking, facts[booking.person_id],
            asked_on=asked_on, timeline=timeline, watch=watch, answers=answers,
        )  # fmt: skip
        if override:
            judgement = judgement.as_exception(granted=True)
        if judgement.accepted and booking.exception:
            watch.take(booking.person, judgement.request)
        found[booking.pk] = judgement
    return found


def _answer(bookings: Sequence[Booking], state: State, *, actor: Person, now: datetime, note: str = "", **why) -> None:
    if not bookings:
        return
    change_many(bookings, now=now, state=state, answered_at=now, answered_by=actor, **why)
    if note:
        BookingNote.objects.bulk_create(
            BookingNote(booking=booking, author=actor, at=now, text=note) for booking in bookings
        )
    verb = f"booking.{state.value}"
    note_changes(bookings, verb, actor=actor, now=now, **({"reason": why["reason"]} if "reason" in why else {}))
    tell_person(verb, bookings, actor=actor, now=now)


def _answers(asked: Sequence[Booking], fresh: Sequence[Booking], errors: Mapping[int, TeleworkError | None]):
    by_pk = {booking.pk: booking for booking in fresh}
    return [Answer(by_pk[booking.pk], errors[booking.pk]) for booking in asked if booking.pk in by_pk]
