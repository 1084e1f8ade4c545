"""What the endpoints read. Unknown fields are refused: a misspelt one must never be silently ignored."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from policies.core.facts import Part
from telework.errors import BadWish
from telework.reading import read_day, read_part


def _day(value: object) -> date:
    try:
        return value if type(value) is date else read_day(value)
    except BadWish as fault:
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": fault.sentence()}) from fault


def _part(value: object) -> Part:
    try:
        return read_part(value)
    except BadWish as fault:
        raise PydanticCustomError("sentence", "{sentence}", {"sentence": fault.sentence()}) from fault


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
DayPart = Annotated[Part, BeforeValidator(_part), WithJsonSchema({"enum": [part.value for part in Part]})]


def whole(value: object) -> object:
    """In JSON 3.0 is the whole number 3, whoever wrote it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Version = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1), BeforeValidator(whole)]
Text = Annotated[str, Field(strict=True, max_length=4000)]
Uids = Annotated[list[UUID], Field(min_length=1, max_length=500)]
Form = Annotated[str, Field(strict=True, max_length=60)]
Reason = Annotated[str, Field(strict=True, max_length=60)]
Days = Annotated[list[Day], Field(min_length=1, max_length=400)]


class Strict(Schema):
    """The common root of everything read."""

    model_config = ConfigDict(extra="forbid")


class Wish(Strict):
    """One day, a list of days, or a range. ``atomic``: all of them or none. ``form``: as the agreement names it.

    ``reason``: the code of the reason stated, where the agreement wants one.
    ``exception``: days that nothing but coverage refuses are asked for all the same; ``note`` then says why.
    """

    day: Day | None = None
    days: Days | None = None
    first: Day | None = None
    last: Day | None = None
    part: DayPart = Part.FULL
    form: Form = ""
    place: UUID | None = None
    reason: Reason = ""
    note: Text = ""
    atomic: bool = False
    exception: bool = False


class Question(Strict):
    """What would the agreement say of these days?"""

    person: UUID | None = None
    day: Day | None = None
    days: Days | None = None
    first: Day | None = None
    last: Day | None = None
    part: DayPart = Part.FULL
    form: Form = ""
    place: UUID | None = None
    purpose: Literal["planning", "correction"] = "planning"


class Edit(Strict):
    """What changes; ``version`` is the one that was read. ``place`` null: none. ``exception``: as in a wish."""

    version: Version
    day: Day | None = None
    part: DayPart | None = None
    form: Form | None = None
    reason: Reason | None = None
    place: UUID | None = None
    note: Text = ""
    exception: bool = False


class Versioned(Strict):
    """The version that was read, so that nobody overwrites a change not seen."""

    version: Version | None = None


class Approval(Versioned):
    """``override``: the reason for granting a day that only coverage refuses."""

    note: Text = ""
    override: Text = ""


class Refusal(Versioned):
    """``reason``: the code of a ground of the agreement; "" where it owes none to the person."""

    reason: str = ""
    text: Text = ""


class Recall(Versioned):
    ground: str
    text: Text


class Approvals(Strict):
    """Several at once; ``versions`` are those that were seen, by uid."""

    bookings: Uids
    versions: dict[UUID, Version] | None = None
    note: Text = ""
    override: Text = ""


class Refusals(Strict):
    bookings: Uids
    reason: str = ""
    text: Text = ""
    versions: dict[UUID, Version] | None = None


class NoteWish(Strict):
    text: Text


class SeriesWish(Strict):
    """A recurring wish: the first day (DTSTART) and an RFC 5545 rule. ``exception``: as in a wish."""

    first_day: Day
    rrule: Text
    part: DayPart = Part.FULL
    form: Form = ""
    reason: Reason = ""
    place: UUID | None = None
    note: Text = ""
    exception: bool = False


class Correction(Strict):
    """Telework done on a past day, for oneself or for ``person``."""

    day: Day
    part: DayPart = Part.FULL
    form: Form = ""
    reason: Reason = ""
    person: UUID | None = None
    place: UUID | None = None
    note: Text = ""


class Removal(Versioned):
    text: Text


class FeedWish(Strict):
    scope: Literal["personal", "team"] = "personal"
    team: UUID | None = None
    privacy: Literal["full", "busy"] = "full"


class Filters(Strict):
    """Which bookings to list, and which page of them."""

    person: UUID | None = None
    team: UUID | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    state: Literal["requested", "approved", "refused", "cancelled"] | None = None
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)
