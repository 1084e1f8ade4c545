"""Rows and decisions as JSON. Ids are uids; days are ISO dates; instants are UTC; counts of days are decimal texts."""

from collections.abc import Sequence
from decimal import Decimal

from people.models import Person
from policies.core import explain
from telework.errors import TeleworkError, language
from telework.models import Booking, BookingNote, Feed, Series
from telework.recorded import unpack
from telework.services import Answer, Outcome, SeriesOutcome


def person_shape(person: Person) -> dict:
    return {"uid": person.uid, "name": person.name}


def booking_shape(booking: Booking) -> dict:
    """A booking as lists show it."""
    return {
        "uid": booking.uid,
        "person": person_shape(booking.person),
        "day": booking.day,
        "part": str(booking.part),
        "form": booking.form,
        "state": str(booking.state),
        "place": {"uid": booking.place.uid, "label": booking.place.label} if booking.place else None,
        "series": booking.series.uid if booking.series else None,
        "correction": booking.correction,
        "requested_at": booking.requested_at,
        "answer_by": booking.answer_by,
        "answered_at": booking.answered_at,
        "answered_by": person_shape(booking.answered_by) if booking.answered_by else None,
        "stated_reason": booking.stated_reason,
        "reason": booking.reason,
        "reason_text": booking.reason_text,
        "version": booking.version,
        "notice": booking.notice,
    }


def whole_shape(booking: Booking, notes: Sequence[BookingNote]) -> dict:
    """A booking with its recorded decision, article by article, and what was written about it."""
    decision = unpack(booking.decision)
    return booking_shape(booking) | {
        "decision": explain.to_json(decision, language()) if decision else None,
        "notes": [note_shape(note) for note in notes],
    }


def note_shape(note: BookingNote) -> dict:
    author = person_shape(note.author) if note.author else None
    return {"uid": note.uid, "author": author, "at": note.at, "text": note.text}


def outcome_shape(outcome: Outcome) -> dict:
    """One day asked for: whether it was accepted, its decision, the booking it became, or why it cannot be judged."""
    return {
        "day": outcome.day,
        "part": str(outcome.part),
        "accepted": outcome.accepted,
        "needs_approval": outcome.needs_approval,
        "decision": explain.to_json(outcome.decision, language()) if outcome.decision else None,
        "booking": booking_shape(outcome.booking) if outcome.booking else None,
        "error": error_shape(outcome.error) if outcome.error else None,
        "free_days": list(outcome.free_days),
    }


def outcomes_shape(outcomes: Sequence[Outcome]) -> dict:
    accepted = sum(outcome.accepted for outcome in outcomes)
    return {
        "accepted": accepted,
        "refused": len(outcomes) - accepted,
        "outcomes": [outcome_shape(outcome) for outcome in outcomes],
    }


def series_shape(outcome: SeriesOutcome) -> dict:
    series = outcome.series
    return {
        "uid": series.uid if series else None,
        "rrule": series.rrule if series else None,
        "cut_after": outcome.cut_after,
        **outcomes_shape(outcome.outcomes),
    }


def held_series_shape(series: Series) -> dict:
    """A series as lists show it; ``to_come`` is annotated by ``series_of``."""
    return {name: getattr(series, name) for name in ("uid", "first_day", "rrule", "part", "created_at", "to_come")}


def answers_shape(answers: Sequence[Answer]) -> dict:
    """What became of each of several requests."""
    return {
        "done": sum(answer.done for answer in answers),
        "failed": sum(not answer.done for answer in answers),
        "answers": [
            {
                "booking": booking_shape(answer.booking),
                "done": answer.done,
                "error": error_shape(answer.error) if answer.error else None,
            }
            for answer in answers
        ],
    }


def error_shape(error: TeleworkError) -> dict:
    return {"code": error.code, "title": error.title, "detail": error.sentence(), "data": dict(error.data())}


def feed_shape(feed: Feed, *, address: str = "") -> dict:
    """A feed; its ``address`` is there only in the answer that made it."""
    return {
        "uid": feed.uid,
        "scope": str(feed.scope),
        "team": feed.team.uid if feed.team else None,
        "privacy": str(feed.privacy),
        "created_at": feed.created_at,
        "fetched_at": feed.fetched_at,
        "fetched_by": feed.fetched_by,
        **({"address": address} if address else {}),
    }


def days_text(value: Decimal) -> str:
    """A count of days without useless zeros: "54.5"."""
    return f"{value.normalize():f}"
