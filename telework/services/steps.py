"""The steps of an agreement's chain of approval: who answers which, what was answered, and whose turn it is."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from people import access
from people.models import Person
from policies.selectors import agreement_for
from telework.chain import OF_MANAGERS, awaited
from telework.errors import TeleworkError, WrongState, day_starts, language
from telework.models import Booking, State, StepAnswer

from .booking import answer_day
from .changing import transition
from .judging import Judgement
from .recording import note_changes, tell_answerers

YES, NO = "yes", "no"
Answers = tuple[tuple[str, str], ...]


def answers_given(bookings: Collection[Booking]) -> dict[int, Answers]:
    """What the steps of these bookings (by primary key) have answered, in order. No query where none awaits a step."""
    waiting = [booking.pk for booking in bookings if booking.awaits]
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if waiting:
        rows = StepAnswer.objects.filter(booking__in=waiting).order_by("at", "pk")
        for booking, step, yes in rows.values_list("booking_id", "step", "yes"):
            found[booking].append((step, YES if yes else NO))
    return {booking: tuple(answers) for booking, answers in found.items()}


def not_their_turn(bookings: Sequence[Booking], actor: Person) -> dict[int, TeleworkError]:
    """Why the actor may not answer now, by primary key, for bookings that await a step of somebody else."""
    others = [booking for booking in bookings if booking.awaits not in OF_MANAGERS]
    allowed = {
        person.pk: access.may(actor, "answer_later_step", person)
        for person in {booking.person_id: booking.person for booking in others}.values()
    }
    return {booking.pk: WrongState(booking, _turn_of(booking)) for booking in others if not allowed[booking.person_id]}


def _turn_of(booking: Booking) -> str:
    agreement = agreement_for(booking.person, booking.day)
    step = agreement.label(booking.awaits).lang(language()) if agreement else booking.awaits
    remedy = _("%(day)s now awaits another answer: %(step)s. Human resources give it.")
    return remedy % {"day": day_starts(booking.day), "step": step}


def keep_answers(bookings: Collection[Booking], *, yes: bool, actor: Person, now: datetime, text: str = "") -> None:
    """Write what the step that each of these bookings awaits has answered."""
    StepAnswer.objects.bulk_create(
        StepAnswer(booking=booking, step=booking.awaits, yes=yes, by=actor, at=now, text=text)
        for booking in bookings
        if booking.awaits
    )


def pass_on(
    bookings: Sequence[Booking], judgements: Mapping[int, Judgement], *, actor: Person, now: datetime, today: date
) -> None:
    """Hand requests whose step has answered to the next one, and tell those whose turn it is."""
    by_step: dict[tuple[int, str], list[Booking]] = defaultdict(list)
    for booking in bookings:
        judgement = judgements[booking.pk]
        step = awaited(judgement.decision)
        by = answer_day(judgement, State.REQUESTED, today=today)
        transition(booking, now=now, awaits=step, answer_by=by)
        by_step[booking.person_id, step].append(booking)
    note_changes(bookings, "booking.step_answered", actor=actor, now=now, shown=False)
    for group in by_step.values():
        tell_answerers(group, actor=actor, now=now, today=today)
