"""What the endpoints about exceptional days read and answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from people.models import Person
from policies.core import explain
from policies.core.decision import Finding
from policies.models import RegimeTerm
from telework.errors import language
from telework.exceptional.access import Sight
from telework.exceptional.board import Board, Where
from telework.exceptional.drafts import Draft, entities_without
from telework.models import ACTIVE, Booking

from . import replies
from .schemas import Day, Strict
from .texts import Letter, Word

State = Literal["on_site", "remote", "absent", "off", "unplanned"]
MOST_NAMED = 500


class RegimeIn(Strict):
    """For whom: an entity with those below it, drawn closer by ``site``, ``team``, ``job`` and ``people``.

    ``cause``: as the agreement names it, "" for under no clause. ``off_quota``: these days use nobody’s allowance."""

    entity: UUID | None = None
    site: UUID | None = None
    team: UUID | None = None
    job: Word = ""
    people: Annotated[list[UUID], Field(min_length=1, max_length=5000)] | None = None
    first: Day
    last: Day
    name: Word
    words: Letter = ""
    cause: Word = ""
    off_quota: bool = True


class LastDay(Strict):
    last: Day


class StateFilter(Strict):
    state: State | None = None


class TermOfRegime(Schema):
    first_day: date
    last_day: date
    prepared_by: replies.Person | None
    prepared_at: datetime
    confirmed_by: replies.Person | None
    confirmed_at: datetime | None
    dismissed_by: replies.Person | None
    dismissed_at: datetime | None


class RegimeOut(Schema):
    """``standing``: waiting, dismissed, coming, open or over. ``yours_to_change``: you may act on it."""

    uid: UUID
    name: str
    words: str
    cause: str
    article: str
    off_quota: bool
    entity: replies.Named
    site: replies.Named | None
    team: replies.Named | None
    job: str
    listed: bool
    first_day: date
    last_day: date
    standing: Literal["waiting", "dismissed", "coming", "open", "over"]
    awaits_confirmation: bool
    yours_to_change: bool
    terms: list[TermOfRegime]


class RegimePage(Schema):
    count: int
    items: list[RegimeOut]


class Told(Schema):
    """``told``: how many people have been written to."""

    told: int
    regime: RegimeOut


class Looked(Schema):
    """Whom days would concern (at most 500 by name), how much telework stands in them, what the agreement says."""

    count: int
    people: list[replies.Person]
    booked: int
    said: str
    article: str
    entities_without_agreement: list[str]


class WhereOut(Schema):
    person: replies.Person
    state: State
    start: datetime | None
    end: datetime | None


class GroupOut(Schema):
    """A team; ``name`` is "" for those in none."""

    name: str
    people: list[WhereOut]


class BoardOut(Schema):
    at: datetime
    counts: dict[str, int]
    groups: list[GroupOut]


def sight_shape(sight: Sight, today: date) -> dict:
    regime = sight.regime
    plain = {name: getattr(regime, name) for name in ("uid", "name", "words", "cause", "article", "off_quota", "job",
                                                     "listed")}  # fmt: skip
    return plain | {
        "entity": _named(regime.entity),
        "site": _named(regime.site),
        "team": _named(regime.team),
        "first_day": sight.first_day,
        "last_day": sight.last_day,
        "standing": sight.standing(today),
        "awaits_confirmation": sight.waiting is not None,
        "yours_to_change": sight.opens,
        "terms": [_term(term) for term in sight.terms],
    }


def _term(term: RegimeTerm) -> dict:
    plain = ("first_day", "last_day", "prepared_at", "confirmed_at", "dismissed_at")
    people = ("prepared_by", "confirmed_by", "dismissed_by")
    return {name: getattr(term, name) for name in plain} | {name: _named(getattr(term, name)) for name in people}


def _named(row) -> dict | None:
    return None if row is None else {"uid": row.uid, "name": row.name}


def looked_shape(draft: Draft, people: Sequence[Person], answer: Finding | None) -> dict:
    span = {"day__range": (draft.first, draft.last), "state__in": ACTIVE}
    return {
        "count": len(people),
        "people": [_named(person) for person in people[:MOST_NAMED]],
        "booked": Booking.objects.filter(person__in=[person.pk for person in people], **span).count(),
        "said": explain.sentence(answer, language()) if answer else "",
        "article": answer.article.strip("-") if answer else "",
        "entities_without_agreement": [str(name) for name in entities_without(draft, people)],
    }


def board_shape(board: Board, counts: Mapping[str, int]) -> dict:
    groups = [{"name": group.name, "people": [_where(row) for row in group.rows]} for group in board.groups]
    return {"at": board.at, "counts": dict(counts), "groups": groups}


def _where(row: Where) -> dict:
    return {"person": _named(row.person), "state": row.state, "start": row.start, "end": row.end}
