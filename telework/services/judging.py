"""Gather a person's facts once, then let the agreement judge days in order, each with the accepted ones before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.models import Person, Place
from policies import core
from policies.core.decision import Decision, Verdict
from policies.core.document import Agreement
from policies.core.facts import Facts, PlaceFacts, Request
from policies.core.needs import forms_of
from policies.coverage.findings import as_exception, is_exception, stands_alone
from policies.selectors import Timeline, timeline_for
from telework.coverage.days import free_days_near
from telework.coverage.watching import Watch
from telework.errors import AgreementSilent, BadWish, NoAgreement, TeleworkError
from telework.facts import asked_between, facts_about, place_facts
from telework.models import Booking
from telework.reasons import wrong_reason

from .places import is_valid

# Outside this window no agreement has a say; the engine's own horizon is always narrower.
LONGEST_AHEAD = timedelta(days=1100)
LONGEST_AGO = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the agreement says of one request, with the facts it was judged on."""

    person: Person
    request: Request
    facts: Facts
    agreement: Agreement | None = None
    decision: Decision | None = None
    error: TeleworkError | None = None

    @property
    def accepted(self) -> bool:
        return self.decision is not None and self.decision.verdict is not Verdict.REFUSED

    @property
    def only_coverage_refuses(self) -> bool:
        return self.decision is not None and stands_alone(self.decision)

    @property
    def is_exception(self) -> bool:
        """Whether coverage stands against it and a manager has, or is left, the last word."""
        return self.decision is not None and is_exception(self.decision)

    def as_exception(self, *, granted: bool = False) -> "Judgement":
        """The judgement with coverage left to (or settled by) a manager, where nothing else refuses."""
        if not self.only_coverage_refuses:
            return self
        return replace(self, decision=as_exception(self.decision, granted=granted))

    def free_days(self) -> tuple[date, ...]:
        """Days near by on which the same part would be possible, coverage included."""
        if self.agreement is None or self.accepted:
            return ()
        return free_days_near(self.person, self.facts, self.agreement, self.request.day, self.request.part)


def judge(
    person: Person,
    request: Request,
    *,
    today: date,
    without: Booking | None = None,
    exception: bool = False,
    reason: str | None = None,
) -> Judgement:
    """Judge one request; ``without`` is a booking of the same person to be thought away (it is being moved).

    ``exception``: where nothing but coverage refuses, the last word is left to a manager. ``reason``: the code of the
    reason stated for it, None where none need be (a mere look).
    """
    check_reach(request.day, today)
    timeline = timeline_for(person)
    facts = gathered(person, [request.day, without.day] if without else [request.day], timeline, today=today)
    if without:
        facts = facts.without(without.day, halves_of(without))
    judgement = watched(_asked(person, request, facts, timeline, reason), Watch.fresh([person]), without=without)
    return judgement.as_exception() if exception else judgement


def judge_in_order(
    person: Person, requests: Sequence[Request], *, today: date, exception: bool = False, reason: str | None = None
) -> list[Judgement]:
    """Judge several requests of one person, each as if the accepted ones before it were booked already.
    ``exception`` and ``reason``: as in ``judge``; what is left to a manager holds no place of coverage for later days.
    """
    for request in requests:
        check_reach(request.day, today)
    if not requests:
        return []
    timeline = timeline_for(person)
    facts = gathered(person, [request.day for request in requests], timeline, today=today)
    judgements, watch = [], Watch.fresh([person], until=requests[-1].day)
    for request in requests:
        judgement = watched(_asked(person, request, facts, timeline, reason), watch)
        judgement = judgement.as_exception() if exception else judgement
        judgements.append(judgement)
        if judgement.accepted:
            facts = with_booking(facts, judgement.request, judgement.agreement)
            if not judgement.is_exception:
                watch.take(person, request)
    return judgements


def _asked(person: Person, request: Request, facts: Facts, timeline: Timeline, reason: str | None) -> Judgement:
    """A request judged with the reason stated for it, where one must be stated."""
    if reason is None:
        return judged(person, request, facts, timeline)
    judgement = judged(person, replace(request, reason=reason), facts, timeline)
    fault = wrong_reason(judgement.request, judgement.agreement) if judgement.decision else None
    return replace(judgement, decision=None, error=fault) if fault else judgement


def with_booking(facts: Facts, request: Request, agreement: Agreement) -> Facts:
    """The facts with a day that was accepted, and the country of its place where that is abroad."""
    facts = facts.with_booking(request.day, request.part.halves, request.form)
    if is_abroad(request.place, agreement):
        facts = replace(facts, elsewhere={**facts.elsewhere, request.day: request.place.country})
    return facts


def at_usual_place(request: Request, facts: Facts, agreement: Agreement) -> Request:
    """The request as it will be kept: where no place was chosen and the person's usual one is abroad, from there."""
    if request.place is not None:
        return request
    usual = next((place for place in facts.places if is_valid(place, request.day)), None)
    return replace(request, place=usual) if is_abroad(usual, agreement) else request


def is_abroad(place: PlaceFacts | None, agreement: Agreement) -> bool:
    """Is the place in another country than the agreement's?"""
    return place is not None and place.country not in ("", agreement.country)


def judge_again(
    booking: Booking,
    facts: Facts,
    *,
    asked_on: date,
    timeline: Timeline | None = None,
    watch: Watch | None = None,
    answers: Iterable[tuple[str, str]] = (),
) -> Judgement:
    """Judge a booking before it is approved: as of the day it was asked for, or its own notice would refuse it.

    ``answers``: what the steps of a chain of approval have answered so far, as (step, "yes" or "no").
    """
    facts = replace(facts.without(booking.day, halves_of(booking)), today=asked_on)
    request = replace(request_of(booking), answers=tuple(answers))
    judgement = judged(booking.person, request, facts, timeline or timeline_for(booking.person))
    return watched(judgement, watch or Watch.fresh([booking.person]), without=booking)


def watched(judgement: Judgement, watch: Watch, *, without: Booking | None = None) -> Judgement:
    """The judgement with what coverage finds; ``without`` is a booking of the same person to be thought away."""
    if judgement.decision is None:
        return judgement
    gone = (without.day, halves_of(without)) if without else None
    decision = watch.judge(
        judgement.person, judgement.decision, judgement.agreement, judgement.facts.today, without=gone
    )
    return replace(judgement, decision=decision)


def gathered(person: Person, days: Sequence[date], timeline: Timeline, *, today: date) -> Facts:
    """The person's facts over the agreement's years that hold ``days``."""
    first, last = min(days), max(days)
    return facts_about(person, today=today, first=first, last=last, **asked_between([timeline], first, last))


def judged(person: Person, request: Request, facts: Facts, timeline: Timeline) -> Judgement:
    """One request on facts already gathered, by the agreement in force on its day."""
    agreement = timeline.on(request.day)
    if agreement is None:
        return Judgement(person, request, facts, error=NoAgreement(person, request.day))
    if unknown := unknown_form(request, agreement):
        return Judgement(person, request, facts, agreement, error=unknown)
    request = at_usual_place(request, facts, agreement)
    try:
        decision = core.decide(request, facts, agreement)
    except core.NoValueInForce as silent:
        return Judgement(person, request, facts, error=AgreementSilent(str(silent)))
    return Judgement(person, request, facts, agreement, decision)


def unknown_form(request: Request, agreement: Agreement) -> BadWish | None:
    """The fault of a form of telework that the agreement in force that day does not name; None where it does."""
    if not request.form:
        return None
    known = forms_of(agreement, request.day)
    if request.form in known:
        return None
    if not known:
        remedy = _("“%(form)s” is no form of telework: the agreement has only the ordinary one. Leave the form out.")
        return BadWish("form", request.form, remedy % {"form": request.form[:40]})
    remedy = _("“%(form)s” is no form of telework of this agreement. Choose one of: %(known)s; or leave it out.")
    return BadWish("form", request.form, remedy % {"form": request.form[:40], "known": ", ".join(known)})


def check_reach(day: date, today: date) -> None:
    """Refuse days that no calendar of ours can hold, before anything is computed on them."""
    if not today - LONGEST_AGO <= day <= today + LONGEST_AHEAD:
        raise BadWish(
            "day",
            day.isoformat(),
            _("%(day)s is out of reach. Choose a day between %(first)s and %(last)s.")
            % {
                "day": day.isoformat(),
                "first": (today - LONGEST_AGO).isoformat(),
                "last": (today + LONGEST_AHEAD).isoformat(),
            },
        )


def halves_of(booking: Booking) -> int:
    """The halves a booking holds, as a bit mask."""
    return core.Part(booking.part).halves


def request_of(booking: Booking) -> Request:
    """What was asked for when the booking was made: day, part, form, place and reason stated."""
    place = place_facts(booking.place) if booking.place_id else None
    part, purpose = core.Part(booking.part), purpose_of(booking)
    return Request(booking.day, part, purpose, booking.form, place, reason=booking.stated_reason)


def purpose_of(booking: Booking) -> core.Purpose:
    """Why the booking was made."""
    return core.Purpose.CORRECTION if booking.correction else core.Purpose.PLANNING


def requests_for(
    days: Iterable[date],
    part: core.Part,
    purpose: core.Purpose,
    *,
    form: str = "",
    place: Place | None = None,
    at: time | None = None,
) -> list[Request]:
    """One request a day, in order, each day once; ``form``, ``place`` and the hour of asking hold for all of them."""
    chosen = place_facts(place) if place else None
    return [Request(day, core.Part(part), purpose, form, chosen, at=at) for day in sorted(set(days))]


def hour_of(person: Person, now: datetime) -> time:
    """The hour on the clock of the person's site."""
    return now.astimezone(ZoneInfo(person.site.zone)).time()
