"""What the endpoints about coverage read and answer."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, WithJsonSchema

from policies.coverage.requirements import Gap
from policies.coverage.windows import local_time
from policies.facts import Need
from policies.models import Requirement
from telework.coverage import heat
from telework.coverage.asking import Candidate, Crew, Named
from telework.coverage.choice import Choice
from telework.coverage.daylook import DayLook
from telework.coverage.onday import OnDay, Place
from telework.coverage.span import Span
from telework.coverage.spread import Heat
from telework.errors import language
from telework.services.rechecking import told

from . import replies
from .requirement_shapes import GapOut
from .schemas import Strict

# Hours of a local clock: a JSON schema's "time" would want an offset.
LocalTime = Annotated[time, WithJsonSchema({"type": "string", "examples": ["22:00:00"]})]
Amount = Annotated[float, Field(strict=True, ge=0, le=1_000_000, allow_inf_nan=False)]
PLACES = (Place.SITE, Place.REMOTE, Place.ON_CALL, Place.ABSENT)


class Whose(Strict):
    """``team``: what counts its people; ``need``: one requirement. Without them, all that you may see."""

    team: UUID | None = None
    need: UUID | None = None


class DayFilters(Whose):
    """``at``: the requirement to begin with; without it the worst one."""

    at: UUID | None = None


class Move(Strict):
    person: UUID
    place: Literal["site", "remote", "absent"]


class WhatIf(DayFilters):
    """Up to sixty people elsewhere, each with every post of the dates that meet the gap."""

    changes: Annotated[list[Move], Field(min_length=1, max_length=60)]


class Volume(Strict):
    """Calls of a day by interval of ``minutes`` from ``first`` on; see ``policies.services.staffing``."""

    calls: Annotated[list[Amount], Field(min_length=1, max_length=96)]
    seconds: Amount
    percent: Amount
    within: Amount
    minutes: Literal[15, 30, 60] = 30
    first: Annotated[str, Field(strict=True, max_length=5)] = "00:00"
    away: Amount = 0
    busiest: Amount | None = None


class HeadsOut(Schema):
    start: LocalTime
    end: LocalTime
    people: int


class Staffing(Schema):
    items: list[HeadsOut]


class NeedMargins(Schema):
    """``margins``: one for each date, in people; null where the requirement says nothing of it."""

    uid: UUID
    name: str
    team: replies.Named | None
    margins: list[int | None]


class HoursOfDay(Schema):
    day: date
    margins: list[int | None]


class Margins(Schema):
    """``lowest``: over all requirements; ``hours``: of a week only, the 24 local hours of each date."""

    first: date
    last: date
    days: list[date]
    lowest: list[int | None]
    requirements: list[NeedMargins]
    hours: list[HoursOfDay]
    gap_count: int


class GapPage(Schema):
    count: int
    items: list[GapOut]


class LevelOut(Schema):
    """``count`` people from one instant to another; ``limit`` null where nothing is required then."""

    start: datetime
    end: datetime
    count: int
    limit: int | None


class NeedOnDay(Schema):
    """``planned_gaps``: what does not hold as planned; ``gaps``: with the people moved."""

    uid: UUID
    name: str
    levels: list[LevelOut]
    gaps: list[GapOut]
    planned_gaps: list[GapOut]


class Post(Schema):
    start: datetime
    end: datetime


class Present(Schema):
    person: replies.Person
    posts: list[Post]


class Group(Schema):
    """``count`` of all; ``people`` are those you may know of, at most sixty, ``more`` how many beyond them."""

    place: Literal["site", "remote", "on_call", "absent"]
    count: int
    people: list[Present]
    more: int


class Could(Schema):
    """Somebody who could hold the post: remote (with the booking to recall and why not), on call, or off."""

    person: replies.Person
    place: Literal["remote", "on_call", "off"]
    booking: UUID | None
    recall_allowed: bool
    recall_yours: bool
    why_not: str


class DayOut(Schema):
    """The worst requirements of a date, the first with its people between ``start`` and ``end``."""

    day: date
    start: datetime | None
    end: datetime | None
    requirements: list[NeedOnDay]
    more_requirements: int
    people: list[Group]
    hidden: int
    could_come: list[Could]


def margins_shape(span: Span, choice: Choice, found: Heat) -> dict:
    days = span.days
    return {
        "first": span.first,
        "last": span.last,
        "days": days,
        "lowest": [_margin(found.lows.get(day)) for day in days],
        "requirements": [_need_margins(need, found.by_need[need], days) for need in choice.chosen],
        "hours": [{"day": day, "margins": [_margin(low) for low in lows]} for day, lows in sorted(found.hours.items())],
        "gap_count": len(found.gaps),
    }


def _need_margins(need: Requirement, lows: dict[date, int], days: Sequence[date]) -> dict:
    team = {"uid": need.team.uid, "name": need.team.name} if need.team else None
    margins = [_margin(lows.get(day)) for day in days]
    return {"uid": need.uid, "name": name_of(need), "team": team, "margins": margins}


def _margin(low: int | None) -> int | None:
    return None if low is None or low == heat.NONE else int(low)


def name_of(need: Requirement) -> str:
    return need.name_fr if language() == "fr" else need.name_en


def gap_shape(need: Need, gap: Gap) -> dict:
    said = told(need, gap)
    return said | {"detail": said[f"said_{language()}"]}


def nothing_shape(day: date) -> dict:
    """A date of which no requirement speaks."""
    empty = {"requirements": [], "more_requirements": 0, "people": [], "hidden": 0, "could_come": []}
    return {"day": day, "start": None, "end": None, **empty}


def day_shape(look: DayLook, crew: Crew, *, more: int) -> dict:
    main = look.main
    zone = main.need.requirement.clock
    start, end = (local_time(minute, zone) for minute in look.span)
    return {
        "day": main.day,
        "start": start,
        "end": end,
        "requirements": [_on_day(one, before) for one, before in zip(look.shown, look.planned, strict=True)],
        "more_requirements": more,
        "people": [_group(place, crew, zone) for place in PLACES],
        "hidden": crew.hidden,
        "could_come": [_could(one) for one in crew.candidates],
    }


def _on_day(day: OnDay, before: OnDay) -> dict:
    requirement = day.need.requirement
    return {
        "uid": requirement.uid,
        "name": name_of(requirement),
        "levels": [
            {**_span(level.start, level.end, requirement.clock), "count": level.count, "limit": level.limit}
            for level in day.levels
        ],
        "gaps": [gap_shape(day.need, gap) for gap in day.gaps],
        "planned_gaps": [gap_shape(before.need, gap) for gap in before.gaps],
    }


def _group(place: Place, crew: Crew, zone: str) -> dict:
    people = [_present(one, zone) for one in crew.named[place]]
    return {"place": place.value, "count": crew.counts[place], "people": people, "more": crew.more(place)}


def _present(one: Named, zone: str) -> dict:
    person = {"uid": one.person.uid, "name": one.person.name}
    return {"person": person, "posts": [_span(*post, zone) for post in one.hours]}


def _span(start: int, end: int, zone: str) -> dict:
    return {"start": local_time(start, zone), "end": local_time(end, zone)}


def _could(one: Candidate) -> dict:
    return {
        "person": {"uid": one.person.uid, "name": one.person.name},
        "place": one.place.value,
        "booking": one.booking.uid if one.booking else None,
        "recall_allowed": one.recall,
        "recall_yours": one.may_recall,
        "why_not": one.why,
    }
