"""Cases in the format of ``tests/cases/coverage/README.md``: read, answered, written.

Beyond that format a case may hold ``oncall[]`` (person, site, start, end), ``holidays[]`` (dates) and ``breaks[]`` in a
shift; a rule may hold ``on_call`` (true: people on call count for this minimum), ``requirement`` (the name its layers
share), ``layer`` (weekly, holiday, dated) and ``dates[]``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from policies.coverage.check import Check, check, moves
from policies.coverage.presence import stretches
from policies.coverage.reading import ABSENT, Fault, Fields, shown
from policies.coverage.requirements import (
    Gap,
    Layer,
    Minimum,
    RemotePeopleOfDay,
    RemoteShareAtOnce,
    RemoteShareOfDay,
    Rule,
    Scope,
)
from policies.coverage.rows import Bookings, OnCalls, Part, Person, Roster, Shifts, Spans, Staff
from policies.coverage.windows import local_time, printed
from policies.coverage.yearmap import CoverageMap

WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
LONGEST_PERIOD = 400
HOURS_ONLY = (0, 0)


@dataclass(frozen=True)
class Case:
    """One question: the people, their rows, the rules, the period looked at and the booking asked for (one row)."""

    name: str
    first: date
    last: date
    staff: Staff
    roster: Roster
    rules: tuple[Rule, ...]
    candidate: Bookings


def load(text: str) -> list[Case]:
    """All cases of a document; raises Fault with one sentence."""
    try:
        data = json.loads(text, parse_float=_exact, parse_constant=_no_number)
    except Fault:
        raise
    except json.JSONDecodeError as error:
        raise Fault(f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}); correct it there.") from None
    except (ValueError, RecursionError):
        raise Fault("the document holds a number too long or lists nested too deep to read; shorten it.") from None
    if not isinstance(data, list):
        raise Fault(f"the document is {shown(data)}, not a list of cases; write [...].")
    return [_case(item, f"case {number} of the list") for number, item in enumerate(data, 1)]


def _exact(text: str):
    if len(text) > 20 or "e" in text.lower():
        raise Fault(f"the number {text[:40]} is written too long; write at most three decimals and no exponent.")
    return Fraction(text)


def _no_number(text: str):
    raise Fault(f"{text} is not a number that JSON knows; write a plain number.")


def _case(data, place: str) -> Case:
    fields = Fields(data, place)
    name = fields.text("id")
    fields.place = f"case {name}"
    first, last = fields.day("from"), fields.day("to")
    if last < first:
        raise fields.fault("to", f"is before from {first}; write the same or a later date")
    if (last - first).days >= LONGEST_PERIOD:
        raise fields.fault("to", f"is more than {LONGEST_PERIOD} days from {first}; cut the period into pieces")
    staff = Staff([_person(one) for one in _each(fields, "people", named=True)])
    holidays = _dates(fields, "holidays", optional=True)
    return Case(
        name,
        first,
        last,
        staff,
        _roster(fields, staff),
        tuple(_rule(one, holidays) for one in _each(fields, "rules", named=True)),
        Bookings.of([_booking(Fields(fields.data.get("candidate", ABSENT), f"{fields.place}: candidate"), staff)]),
    )


def _each(fields: Fields, field: str, *, named: bool = False, optional: bool = False) -> list[Fields]:
    """The objects of a list, each with its place; where ``named``, ids that must differ."""
    found, known = [], set()
    for number, item in enumerate(fields.items(field, optional=optional)):
        one = Fields(item, f"{fields.place}: {field}[{number}]")
        if named:
            name = one.text("id")
            one.place += f" ({name})"
            if name in known:
                raise one.fault("id", "is there twice; give each its own")
            known.add(name)
        found.append(one)
    return found


def _person(fields: Fields) -> Person:
    team = fields.text_or_null("team")
    return Person(fields.text("id"), frozenset({team} - {None}), frozenset(fields.texts("skills")))


def _who(fields: Fields, staff: Staff) -> int:
    name = fields.text("person")
    if name not in staff.index:
        raise fields.fault("person", "is not in people; add the person or correct the name")
    return staff.index[name]


def _roster(fields: Fields, staff: Staff) -> Roster:
    posts = _each(fields, "shifts", named=True)
    shifts, breaks = [], []
    for post in posts:
        person, (start, end) = _who(post, staff), post.span()
        day = local_time(start, post.zone("tz")).toordinal()
        shifts.append((person, staff.site(post.text("site")), day, start, end))
        for pause in _each(post, "breaks", optional=True):
            low, high = pause.span()
            if low < start or high > end:
                raise pause.fault("start", "begins a break that leaves its shift; keep the break inside the shift")
            breaks.append((person, low, high))
    calls = _each(fields, "oncall", optional=True)
    on_calls = [(_who(one, staff), staff.site(one.text("site")), *one.span()) for one in calls]
    _apart(posts, [(row[0], row[3], row[4]) for row in shifts])
    _apart(calls, [(row[0], row[2], row[3]) for row in on_calls])
    away = [(_who(one, staff), *one.span()) for one in _each(fields, "absences")]
    bookings = [_booking(one, staff) for one in _each(fields, "bookings")]
    return Roster(Shifts.of(shifts), Spans.of(away + breaks), Bookings.of(bookings), OnCalls.of(on_calls))


def _apart(places: Sequence[Fields], spans: Sequence[tuple[int, int, int]]) -> None:
    """Refuse two periods of one person that overlap."""
    order = sorted(range(len(spans)), key=spans.__getitem__)
    for one, two in pairwise(order):
        if spans[one][0] == spans[two][0] and spans[two][1] < spans[one][2]:
            other, until = places[one].place.rpartition(": ")[2], places[one].data["end"]
            why = f"is before the end {until} of {other} of the same person; let them not overlap"
            raise places[two].fault("start", why)


def _booking(fields: Fields, staff: Staff) -> tuple[int, int, int, int, int]:
    person, day = _who(fields, staff), fields.day("date").toordinal()
    part = Part[fields.one_of("part", [part.name.lower() for part in Part]).upper()]
    return (person, day, part, *(fields.span() if part == Part.HOURS else HOURS_ONLY))


def _rule(fields: Fields, holidays: frozenset[date]) -> Rule:
    kind = fields.one_of("type", ("min", "max_remote_percent", "max_remote"))
    common = {
        "name": fields.text("id"),
        "zone": fields.zone("tz"),
        "scope": Scope(*(fields.text_or_null(field) for field in ("skill", "team", "site"))),
        "days": frozenset(_weekday(fields, day) for day in fields.items("days")),
        **_layer(fields, holidays),
    }
    if kind == "max_remote":
        return RemotePeopleOfDay(limit=fields.count("limit"), **common)
    if kind == "min":
        counts = {
            "required": fields.count("required"),
            "anyone": fields.one_of("counts", ("onsite", "anyone")) == "anyone",
            "on_call": fields.flag("on_call"),
        }
        return Minimum(start=fields.clock("start"), end=fields.clock("end"), **counts, **common)
    basis, percent = fields.one_of("basis", ("instant", "day_people", "day_minutes")), fields.percent("percent")
    if basis == "instant":
        return RemoteShareAtOnce(start=fields.clock("start"), end=fields.clock("end"), percent=percent, **common)
    return RemoteShareOfDay(minutes=basis == "day_minutes", percent=percent, **common)


def _weekday(fields: Fields, day) -> int:
    return WEEKDAYS[Fields({"days": day}, fields.place).one_of("days", tuple(WEEKDAYS))]


def _layer(fields: Fields, holidays: frozenset[date]) -> dict:
    """The layer of a rule, its dates (those of the case for a holiday rule that names none), and its requirement."""
    known = [layer.name.lower() for layer in Layer]
    layer = Layer[fields.one_of("layer", known).upper()] if "layer" in fields.data else Layer.WEEKLY
    dates = None
    if "dates" in fields.data or layer == Layer.DATED:
        dates = _dates(fields, "dates")
    elif layer == Layer.HOLIDAY:
        dates = holidays
    return {"layer": layer, "dates": dates, "group": fields.text("requirement") if "requirement" in fields.data else ""}


def _dates(fields: Fields, field: str, *, optional: bool = False) -> frozenset[date]:
    return frozenset(Fields({field: day}, fields.place).day(field) for day in fields.items(field, optional=optional))


def answer(case: Case) -> dict:
    """The answer to a case, as it is written in JSON."""
    kept = CoverageMap(case.rules, case.staff, first=case.first, last=case.last).fill(stretches(case.roster))
    found: Check = check(kept, moves(case.roster.of_person(int(case.candidate.person[0])), case.candidate))
    return {
        "id": case.name,
        "outcome": str(found.outcome),
        "moved_minutes": found.moved_minutes,
        "failing": [written(gap) for gap in found.failing],
        "gaps_before": [written(gap) for gap in kept.gaps()],
    }


def written(gap: Gap) -> dict:
    """A gap as JSON: with its window and times in the zone of its rule, or with its date."""
    numbers = {"before": gap.before, "value": gap.value, "limit": gap.limit}
    if gap.start is None:
        return {"rule": gap.rule.name, "date": gap.day.isoformat(), **numbers}
    times = {"start": printed(gap.start, gap.rule.zone), "end": printed(gap.end, gap.rule.zone)}
    return {"rule": gap.rule.name, "window": gap.day.isoformat(), **numbers, **times}
