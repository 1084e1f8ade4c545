"""A year of bookings, every one judged by the engine on the day it was asked for, then written in bulk."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from policies import core
from policies.core.agreement import Agreement
from policies.core.decision import Decision, Verdict
from policies.core.facts import Facts, Request
from policies.selectors import agreement_for
from telework.facts import facts_of_many
from telework.models import Booking, RefusalReason, Series, State
from telework.recorded import pack

from . import cast
from .chance import Chance, office_hour, uid, weighted
from .coverage import Coverage
from .organisation import Hand
from .wishes import Wish, draw_habit, fresh_wishes, weekly_wishes, yearly_wishes
from .writing import write

CHUNK = 100
PAST_ENDS = ((State.APPROVED, 935), (State.CANCELLED, 40), (State.REFUSED, 25))
FUTURE_ENDS = ((State.APPROVED, 970), (State.CANCELLED, 20), (State.REFUSED, 10))
REASONS = (RefusalReason.COVERAGE, RefusalReason.ON_SITE_EVENT, RefusalReason.TEAM_PRESENCE)
NADIAS_INBOX = {
    "camille.moreau": 1,
    "mehdi.rahmani": 1,
    "lea.fontaine": 2,
    "hugo.marchand": 1,
    "aicha.diallo": 11,
    "thomas.lefevre": 1,
    "manon.girard": 1,
}


class Diary:
    """One person's bookings while they come about: the facts grow with each day accepted."""

    def __init__(
        self, hand: Hand, facts: Facts, agreement: Agreement, rng: Random, leader: Hand, coverage: Coverage
    ) -> None:
        self.hand, self.facts, self.agreement, self.rng, self.coverage = hand, facts, agreement, rng, coverage
        self.answered_by = leader.person if leader is not hand else None
        self.place = hand.place
        self.bookings: list[Booking] = []

    def ask(self, wish: Wish) -> Decision | None:
        """The engine's decision on the day of asking, or None when the agreement or coverage refuses."""
        if self.facts.today != wish.asked_on:
            self.facts = replace(self.facts, today=wish.asked_on)
        decision = core.decide(Request(wish.day, wish.part), self.facts, self.agreement)
        if decision.verdict is Verdict.REFUSED:
            return None
        return None if self.coverage.refuses(self.hand.person.pk, wish.day, wish.part.halves) else decision

    def plan(self, wish: Wish, today: date) -> None:
        """Ask, and let the manager have answered long ago."""
        decision = self.ask(wish)
        if decision:
            state = weighted(self.rng, PAST_ENDS if wish.day < today else FUTURE_ENDS)
            if state == State.REFUSED and (decision.verdict is Verdict.ALLOWED or not self.answered_by):
                state = State.APPROVED
            self._note(wish, decision, state)

    def request(self, wishes: Iterable[Wish], count: int) -> list[Booking]:
        """Ask for days together, until the agreement lets ``count`` through; the manager has not answered yet."""
        asked_at, made = None, []
        for wish in wishes:
            decision = self.ask(wish) if len(made) < count else None
            if decision:
                asked_at = asked_at or office_hour(self.rng, wish.asked_on)
                waits = decision.verdict is Verdict.NEEDS_APPROVAL
                made.append(self._note(wish, decision, State.REQUESTED if waits else State.APPROVED, asked_at))
        return made

    def _note(self, wish: Wish, decision: Decision, state: State, asked_at: datetime | None = None) -> Booking:
        if state in (State.APPROVED, State.REQUESTED):
            self.facts = self.facts.with_booking(wish.day, wish.part.halves)
            self.coverage.take(self.hand.person.pk, wish.day, wish.part.halves)
        asked_at = asked_at or office_hour(self.rng, wish.asked_on)
        booking = Booking(
            uid=uid(self.rng),
            person_id=self.hand.person.pk,
            day=wish.day,
            part=wish.part,
            state=state,
            place_id=self.place and self.place.pk,
            requested_at=asked_at,
            requested_by_id=self.hand.person.pk,
            answer_by=self._answer_by(wish),
            decision=pack(decision),
            updated_at=asked_at,
        )
        if state != State.REQUESTED:
            self._answer(booking, decision, asked_at)
        self.bookings.append(booking)
        return booking

    def _answer_by(self, wish: Wish) -> date:
        return min(wish.day - timedelta(days=1), wish.asked_on + timedelta(days=5))

    def _answer(self, booking: Booking, decision: Decision, asked_at: datetime) -> None:
        asked_for = decision.verdict is Verdict.NEEDS_APPROVAL
        booking.answered_at = asked_at + timedelta(hours=self.rng.randint(1, 30)) if asked_for else asked_at
        booking.answered_by_id = self.answered_by.pk if asked_for and self.answered_by else None
        booking.updated_at = booking.answered_at
        booking.version = 1 + asked_for
        if booking.state == State.REFUSED:
            booking.reason = self.rng.choice(REASONS)
        if booking.state == State.CANCELLED:
            booking.version, booking.sequence = booking.version + 1, 1


def create_bookings(hands: list[Hand], chance: Chance, *, first: date, last: date, today: date) -> int:
    """Write the bookings of everybody wished for between two dates; their number."""
    leaders = {hand.crew.team.pk: hand for hand in reversed(hands) if hand.role == "manager"}
    agreements = {entity: agreement_for(entity, today) for entity in {hand.person.entity_id for hand in hands}}
    coverage, total = Coverage(first=first, last=last), 0
    for start in range(0, len(hands), CHUNK):
        chunk = hands[start : start + CHUNK]
        everything = facts_of_many([hand.person for hand in chunk], today=today, first=first, last=last)
        coverage.expect([hand.person.pk for hand in chunk])
        rows = []
        for number, hand in enumerate(chunk, start=start):
            agreement = agreements[hand.person.entity_id]
            rng = chance.stream("bookings", number)
            diary = Diary(hand, everything[hand.person.pk], agreement, rng, leaders[hand.crew.team.pk], coverage)
            _live(diary, first=first, last=last, today=today)
            rows += diary.bookings
        Series.objects.bulk_create({id(row.series): row.series for row in rows if row.series}.values())
        for row in rows:
            row.series_id = row.series.pk if row.series else None
        write(rows)
        total += len(rows)
    return total


def _live(diary: Diary, *, first: date, last: date, today: date) -> None:
    is_camille = diary.hand.person.email == cast.CAMILLE.email
    habit = draw_habit(diary.rng, at_least=1.5 if is_camille else 0)
    for wish in yearly_wishes(diary.rng, habit, diary.facts, first=first, today=today):
        if wish.day <= last:
            diary.plan(wish, today)
    if diary.answered_by and diary.answered_by.email == cast.NADIA.email:
        _fill_nadias_inbox(diary, today)
    elif habit.weekly and diary.rng.random() < 0.5:
        wishes = fresh_wishes(diary.rng, diary.facts, today=today)
        diary.request(wishes, diary.rng.choice((1, 2, 3, 6)))


def _fill_nadias_inbox(diary: Diary, today: date) -> None:
    """Seven requests wait for Nadia: single days, two days together, and a series of Aïcha."""
    count = NADIAS_INBOX.get(diary.hand.person.email.split("@")[0], 0)
    if count > 2:
        made = diary.request(weekly_wishes(diary.facts, today=today, count=count), count)
        if made:
            rule = f"FREQ=WEEKLY;COUNT={count}"
            series = Series(
                uid=uid(diary.rng), person=diary.hand.person, first_day=made[0].day, rrule=rule, part=made[0].part,
                created_at=made[0].requested_at, created_by=diary.hand.person,
            )  # fmt: skip
            for booking in made:
                booking.series = series
    elif count:
        diary.request(fresh_wishes(diary.rng, diary.facts, today=today), count)
