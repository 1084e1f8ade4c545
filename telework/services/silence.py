"""Requests not answered in the time that the agreement gives: reminded of, handed on, granted or refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from notifications import outbox
from people.models import Person
from policies import core
from policies.core.decision import Finding
from policies.core.document import Agreement
from policies.core.facts import Facts
from policies.selectors import timeline_for
from telework.chain import OF_MANAGERS
from telework.facts import asked_between, facts_of_many
from telework.models import Booking, RefusalReason, State
from telework.selectors import answerers_of, hr_of, requests_of

from . import lock
from .changing import change_many
from .judging import judge_again
from .recording import note_changes, tell_person

MOST_AT_ONCE = 500
KIND = "reply_deadline"
A_DAY = timedelta(days=1)


def answer_silence(now: datetime) -> int:
    """Apply what agreements say of requests whose last day for an answer is here or over; how many were looked at.

    Agreements without such a clause leave them as they are. Doing it again tells nobody twice.
    """
    due = requests_of(Person.objects.values("pk")).filter(answer_by__lte=(now + A_DAY).date())[:MOST_AT_ONCE]
    by_entity: dict[int, list[Booking]] = defaultdict(list)
    for booking in due:
        if booking.answer_by <= _today(booking, now):
            by_entity[booking.person.entity_id].append(booking)
    return sum(_of_entity(entity, bookings, now) for entity, bookings in by_entity.items())


def _today(booking: Booking, now: datetime) -> date:
    return now.astimezone(ZoneInfo(booking.person.site.zone)).date()


def _of_entity(entity: int, bookings: list[Booking], now: datetime) -> int:
    timeline = timeline_for(entity)
    meant = [(each, agreement) for each in bookings if (agreement := timeline.on(each.day)) and agreement.clauses(KIND)]
    if not meant:
        return 0
    days = [booking.day for booking, _agreement in meant]
    people = {booking.person_id: booking.person for booking, _agreement in meant}
    span = min(days), max(days)
    facts = facts_of_many(
        people.values(), today=now.date(), first=span[0], last=span[1], **asked_between([timeline], *span)
    )
    for booking, agreement in meant:
        _of_one(booking, agreement, facts[booking.person_id], now)
    return len(meant)


def _of_one(booking: Booking, agreement: Agreement, facts: Facts, now: datetime) -> None:
    today = _today(booking, now)
    if booking.answer_by == today:
        _remind(booking, _whose_turn(booking, today), now, "reminded")
        return
    found = _silence(booking, agreement, facts, today)
    code = found.code.removeprefix(f"{KIND}.") if found else ""
    if code == "silence_yes":
        _settle(booking, agreement, facts, found, now)
    elif code == "silence_no":
        _close(booking, State.REFUSED, found, now)
    elif code in ("silence_escalate", "overdue"):
        _remind(booking, hr_of(booking.person), now, "escalated")


def _silence(booking: Booking, agreement: Agreement, facts: Facts, today: date) -> Finding | None:
    """What the clause on replies says of a request that has stood unanswered until today."""
    zone = ZoneInfo(booking.person.site.zone)
    asked = {"requested": booking.requested_at.astimezone(zone).date(), "answered": None, "unanswered_on": today}
    try:
        return core.consult(KIND, asked, facts, agreement, form=booking.form, day=booking.day)
    except core.NoValueInForce:
        return None


def _settle(booking: Booking, agreement: Agreement, facts: Facts, found: Finding, now: datetime) -> None:
    """Silence is a yes, where nothing refuses the day by now."""
    zone = ZoneInfo(booking.person.site.zone)
    judgement = judge_again(booking, facts, asked_on=booking.requested_at.astimezone(zone).date())
    if judgement.accepted and not judgement.is_exception and booking.day >= _today(booking, now):
        _close(booking, State.APPROVED, found, now)


def _close(booking: Booking, state: State, found: Finding, now: datetime) -> None:
    """The answer that the agreement gives by itself; nobody acted, so nobody is named."""
    why = {"reason": RefusalReason.OTHER, "reason_text": _words(booking, found)} if state is State.REFUSED else {}
    with lock.guarded([booking.person], today=_today(booking, now)):
        fresh = Booking.objects.select_for_update().filter(pk=booking.pk, version=booking.version).first()
        if fresh is None or fresh.state != State.REQUESTED:
            return
        fresh.person = booking.person
        change_many([fresh], now=now, state=state, answered_at=now, answered_by=None, awaits="", **why)
        verb = f"booking.{state.value}"
        note_changes([fresh], verb, actor=None, now=now, silence=found.article)
        tell_person(verb, [fresh], actor=None, now=now)


def _words(booking: Booking, found: Finding) -> str:
    account = booking.person.account
    with translation.override(account.language if account else settings.LANGUAGE_CODE):
        if not (article := found.article.strip("-")):
            return _("Nobody answered in time, and by the agreement silence is a refusal")
        said = _("Nobody answered in time, and by article %(article)s of the agreement silence is a refusal")
        return said % {"article": article}


def _whose_turn(booking: Booking, today: date) -> Sequence[int]:
    return answerers_of(booking.person, today) if booking.awaits in OF_MANAGERS else hr_of(booking.person)


def _remind(booking: Booking, recipients: Iterable[int], now: datetime, verb: str) -> None:
    """The request once more, to those who answer; never twice for the same last day."""
    key = f"booking.{verb}:{booking.uid}:{booking.answer_by}:{booking.awaits}"
    outbox.put_many(
        [
            outbox.Draft(recipient, "booking.requested", f"{key}:{recipient}", {"bookings": [str(booking.uid)]})
            for recipient in recipients
            if recipient != booking.person_id
        ],
        now=now,
    )
