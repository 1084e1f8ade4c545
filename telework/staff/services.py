"""A change of contract, team, skill or post with all it does: telework rechecked, the entitlement before and after."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from people import services
from people.models import Person
from policies import core
from policies.selectors import timeline_for
from telework.facts import asked_between, facts_about
from telework.forms import ordinary_balance
from telework.models import ACTIVE, Booking, State
from telework.services import Recheck, lock, rechecked
from telework.services.changing import change_many
from telework.services.rechecking import FARTHEST
from telework.services.recording import note_changes, tell_person

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Effect:
    """What a change does: days due before and after, telework that meets a rule or a gap, telework cancelled."""

    report: Recheck = field(default_factory=Recheck)
    before: core.Balance | None = None
    after: core.Balance | None = None
    cancelled: list[Booking] = field(default_factory=list)


def carry_out(
    person: Person, change: Callable[[], object], *, first: date, actor: Person, now: datetime, today: date, write: bool
) -> Effect:
    """Make a change that holds from ``first`` on, and tell what it does; without ``write`` all of it is taken back.

    Days gone by are never counted anew by hand: what the past holds is told as the change leaves it.
    """
    effect, day = Effect(), max(first, today)
    with transaction.atomic():
        effect.before = balance_on(person, day, today=today)
        span = {"first": first, "last": today + FARTHEST, "actor": actor, "now": now, "today": today}
        with rechecked(people=[person], **span, told=write) as effect.report:
            change()
        effect.after = balance_on(Person.objects.get(pk=person.pk), day, today=today)
        if not write:
            transaction.set_rollback(True)
    return effect


def leave(person: Person, *, last_day: date, actor: Person, now: datetime, today: date, write: bool = True) -> Effect:
    """Give somebody their last day: contract, teams and skills end, telework after it is cancelled and they are told.

    Access ends the day after; at once when the last day is past.
    """
    cancelled: list[Booking] = []

    def change() -> None:
        services.end_employment(person, last_day=last_day, by=actor, now=now)
        cancelled.extend(_cancel_after(person, last_day, actor=actor, now=now, today=today))
        if last_day < today:
            services.end_access(person, by=actor, now=now)

    with lock.guarded([person], today=today):
        who = {"actor": actor, "now": now, "today": today}
        effect = carry_out(person, change, first=last_day + ONE_DAY, **who, write=write)
    effect.cancelled = cancelled
    return effect


def _cancel_after(person: Person, last_day: date, *, actor: Person, now: datetime, today: date) -> list[Booking]:
    rows = Booking.objects.filter(person=person, day__gt=max(last_day, today - ONE_DAY), state__in=ACTIVE)
    bookings = list(rows.select_related("person__site", "person__entity", "place").order_by("day"))
    approved = [booking for booking in bookings if booking.state == State.APPROVED]
    change_many(bookings, now=now, state=State.CANCELLED)
    note_changes(bookings, "booking.cancelled", actor=actor, now=now, leaving=last_day.isoformat())
    tell_person("booking.cancelled", approved, actor=actor, now=now)
    return bookings


def balance_on(person: Person, day: date, *, today: date) -> core.Balance | None:
    """The ordinary balance of the agreement's year that holds ``day``; None where no agreement or cap tells one."""
    timeline = timeline_for(person)
    agreement = timeline.on(day) if timeline else None
    if agreement is None:
        return None
    facts = facts_about(person, today=today, first=day, last=day, **asked_between([timeline], day, day))
    try:
        return ordinary_balance(facts, agreement, day)
    except core.NoValueInForce:
        return None
