"""The main job under any agreement: who walks, on which days, and every step with what it said."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.utils import translation

from notifications.kinds import render
from notifications.models import Message
from people.models import Person, Team
from policies.core import explain
from policies.core.agreement import load
from policies.core.document import Agreement
from policies.core.facts import Part
from telework import services
from telework.errors import TeleworkError
from telework.models import Booking, State
from telework.refusals import grounds_offered
from tests import factories

SHIPPED = Path(__file__).resolve().parents[2] / "policies" / "agreements"
USUAL = date(2026, 6, 8)  # a Monday
LANGUAGES = ("en", "fr")


def shipped_names() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.toml") if not path.name.endswith(".cases.toml"))


def shipped_text(slug: str) -> str:
    return (SHIPPED / f"{slug}.toml").read_text(encoding="utf-8")


def a_monday_under(agreement: Agreement) -> date:
    """A Monday on which the agreement has been in force for a while and stays so for a while."""
    latest = agreement.ends - timedelta(days=200)
    day = max(agreement.in_force + timedelta(days=30), min(USUAL, latest))
    return day - timedelta(days=day.weekday())


class Walk:
    """A person, a manager and HR under one agreement; each step is done by the services that pages and API call."""

    def __init__(self, text: str, name: str = "walked") -> None:
        self.agreement = load(text, name=name)
        self.today = a_monday_under(self.agreement)
        self.now = datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC)
        self.team: Team = factories.TeamFactory()
        factories.agreement_in_force(self.team.entity, text=text, since=self.agreement.in_force)
        self.manager = factories.manager_of(self.team, **self._old())
        self.person = factories.eligible_person(team=self.team, first_name="Camille", **self._old())
        self.hr = factories.eligible_person(team=self.team, **self._old())
        factories.grant(self.hr, "hr")
        self.said: list[str] = []

    def _old(self) -> dict:
        """Hired long before any agreement, so that dates alone refuse nobody."""
        return {"hired_on": date(2010, 1, 4), "autonomy_validated_on": date(2010, 6, 1)}

    def by(self, actor: Person) -> dict:
        return {"actor": actor, "now": self.now, "today": self.today}

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def days(self, first: int, count: int) -> list[date]:
        return [self.day(first + offset) for offset in range(count)]

    def look(self, days: Iterable[date], part: Part = Part.FULL) -> None:
        self.hear(services.preview_days(person=self.person, days=days, part=part, today=self.today))

    def ask(self, days: Iterable[date], part: Part = Part.FULL) -> list[Booking]:
        outcomes = services.book_days(person=self.person, days=days, part=part, **self.by(self.person))
        self.hear(outcomes)
        return [outcome.booking for outcome in outcomes if outcome.booking]

    def hear(self, outcomes) -> None:
        """Each outcome says something, in both languages."""
        for outcome in outcomes:
            for lang in LANGUAGES:
                with translation.override(lang):
                    self.said += [outcome.error.sentence()] if outcome.error else list(_told(outcome.decision, lang))

    def attempt(self, act, **given) -> Booking | None:
        """One act; what the agreement does not admit is told in a sentence, nothing else may be raised."""
        try:
            return act(**given)
        except TeleworkError as refused:
            for lang in LANGUAGES:
                with translation.override(lang):
                    self.said.append(refused.sentence())
            return None

    def held(self, *states: State) -> list[Booking]:
        found = Booking.objects.filter(person=self.person, state__in=states).order_by("day")
        return list(found.select_related("person__site", "person__entity", "place"))

    def answer_all(self) -> None:
        """The manager, then HR, refuse the last request and approve the others."""
        for answerer in (self.manager, self.hr):
            waiting = self.held(State.REQUESTED)
            if not waiting:
                return
            self.hear_answers(services.approve_bookings(bookings=waiting[:-1] or waiting, **self.by(answerer)))
        if waiting := self.held(State.REQUESTED)[-1:]:
            ground = grounds_offered(self.agreement, waiting[0].day, waiting[0].form)[0][0]
            self.hear_answers(services.refuse_bookings(bookings=waiting, reason=ground, **self.by(self.hr)))

    def hear_answers(self, answers) -> None:
        self.said += [answer.error.sentence() for answer in answers if answer.error]

    def letters(self) -> list[str]:
        """The words of every letter that was written on the way, in the recipient's language."""
        mails = [render(message) for message in Message.objects.order_by("pk")]
        return [f"{mail.subject}\n{mail.text}" for mail in mails if mail]

    def faults(self) -> list[str]:
        """Sentences that nobody should read: empty, or with an unfilled field, a code or a bare value."""
        return [text for text in self.said if not text or _RAW.search(text)]


_RAW = re.compile(r"[{}]|\bNone\b|\b[a-z]+_[a-z_]+\b|\bDecimal\b")


def _told(decision, lang: str):
    yield explain.headline(decision, lang)
    for finding in decision.findings:
        yield explain.title(finding, lang)
        yield explain.whole(finding, lang)
