"""Call somebody back on site: the agreement lists the grounds and the notice."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from people.models import Person
from policies import core
from policies.core.decision import Decision, Verdict
from policies.core.facts import Part, Request
from policies.selectors import agreement_for, timeline_for
from telework.errors import AgreementSilent, BookingRefused, NoAgreement, WrongState, day_starts, language
from telework.models import Booking, State

from . import lock
from .changing import expect, transition
from .judging import gathered
from .recording import note_changes, tell_person
from .texts import clean_text


def recall_on_site(
    *, booking: Booking, ground: str, text: str, actor: Person, now: datetime, today: date, version: int | None = None
) -> Booking:
    """Take back an approved day to come, on a ground of the agreement and with its notice; the person is told why.

    ``BookingRefused`` carries the finding when the agreement does not admit the ground or the notice.
    """
    text = clean_text("text", text, needed=True)
    expect(booking, version, (State.APPROVED,))
    if booking.day < today:
        raise WrongState(booking, _("%s is past: nobody can be recalled.") % day_starts(booking.day))
    with lock.guarded([booking.person], today=today):
        _check(booking, ground, today=today)
        changed = transition(
            booking, now=now, state=State.CANCELLED, answered_at=now, answered_by=actor, reason="", reason_text=text
        )
        note_changes([changed], "booking.recalled", actor=actor, now=now, ground=ground)
        tell_person("booking.recalled", [changed], actor=actor, now=now, ground=ground)
        return changed


def grounds_of(person: Person, day: date) -> list[tuple[str, str]]:
    """Code and words of the grounds that the agreement in force on ``day`` lists; empty when it allows no recall."""
    agreement = agreement_for(person, day)
    clause = agreement.clause("recall_on_site") if agreement else None
    value = clause.on(day) if clause else None
    if value is None or not value.applies:
        return []
    return [(code, agreement.label(code).lang(language())) for code in value.params["grounds"]]


def _check(booking: Booking, ground: str, *, today: date) -> None:
    timeline = timeline_for(booking.person)
    agreement = timeline.on(booking.day)
    if agreement is None:
        raise NoAgreement(booking.person, booking.day)
    facts = gathered(booking.person, [booking.day, today], timeline, today=today)
    try:
        finding = core.recall(facts, agreement, booking.day, ground)
    except core.NoValueInForce as silent:
        raise AgreementSilent(str(silent)) from silent
    if finding.verdict is Verdict.REFUSED:
        raise BookingRefused(Decision(Request(booking.day, Part(booking.part)), (finding,)))
