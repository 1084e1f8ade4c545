"""Rosters: files of shifts and absences, rotations, swaps, and one entry at a time; tried first where asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from people import imports
from people.access import person_for
from people.api.door import edge, opened_by
from people.errors import BadFact
from people.imports import Plan, Unreadable, Wrong
from people.models import Absence, Shift
from telework.errors import BadWish
from telework.rosters.desk import OPERATION, Desk, carry_out
from telework.rosters.entries import carry_out_entry, named_entry, read_entry
from telework.rosters.rotations import lay_out, lines_of
from telework.rosters.swaps import shifts_of, swap
from telework.services import Recheck

from . import roster_shapes as shapes
from .schemas import Day, Strict

router = Router(tags=["rosters"])
WRITE = opened_by("rosters:write")
PLANS = {"shifts": imports.plan_shifts, "absences": imports.plan_absences}
REACH = timedelta(days=31)
LONGEST = timedelta(days=366)


class RosterSpan(Strict):
    """``first``: today if not given; ``last``: a month later if not given, a year at most."""

    first: Day | None = None
    last: Day | None = None


class TakingAway(Strict):
    """``write`` false: what taking it away would do."""

    write: bool = True


class FaultyFile(BadWish):
    """A file with faults writes nothing; each is told with its line and field."""

    code = "faulty_file"

    def __init__(self, plan: Plan) -> None:
        first = plan.faults[0]
        super().__init__(first.field or "content", first.value, first.sentence)
        self.plan = plan

    def data(self) -> dict[str, object]:
        names = ("line", "field", "value", "sentence")
        told = [{name: getattr(fault, name) for name in names} for fault in self.plan.faults]
        return {"errors": told}


@router.get("/people/{uid}/roster", auth=WRITE, response=shapes.Entries, summary="Shifts and absences of a person")
def read_roster(request: HttpRequest, uid: str, filters: Query[RosterSpan]):
    here = edge(request)
    person = person_for(here.actor, uid, OPERATION)
    first = filters.first or here.today
    last = filters.last or first + REACH
    if not first <= last <= first + LONGEST:
        raise BadWish("last", last, _("Give a last day within a year of the first."))
    shifts = Shift.objects.filter(person=person, day__range=(first, last)).select_related("person", "site")
    absences = Absence.objects.filter(person=person, first_day__lte=last, last_day__gte=first).select_related("person")
    items = sorted(map(shapes.entry_shape, [*shifts, *absences]), key=lambda entry: (entry["first_day"], entry["what"]))
    return {"person": {"uid": person.uid, "name": person.name}, "items": items}


@router.post("/rosters/files", auth=WRITE, response=shapes.PlanOut, summary="What a file would change, or its writing")
def plan_file(request: HttpRequest, body: shapes.FileIn):
    """All or nothing. Written only with ``write`` and the ``seen`` of a look before."""
    desk = Desk.of(edge(request).actor)
    with _in_words():
        content = body.read()

        def plan() -> Plan:
            lines = imports.read(content, zone=desk.actor.site.zone)
            return PLANS[body.what](lines, desk.people, replaces=body.replaces)

        return _planned(*carry_out(desk, plan, write=body.write, seen=body.seen), body.write)


@router.post("/rosters/rotations", auth=WRITE, response=shapes.PlanOut, summary="A cycle laid out for people")
def plan_rotation(request: HttpRequest, body: shapes.RotationIn):
    """Written only with ``write`` and the ``seen`` of a look before."""
    desk, form = Desk.of(edge(request).actor), body.form()
    for text in body.people:
        if _is_uid(text):
            person_for(desk.actor, text, OPERATION)
    with _in_words():
        plan, report = lay_out(desk, form, lines_of(form), write=body.write, seen=body.seen)
    return _planned(plan, report, body.write)


@router.post("/rosters/swaps", auth=WRITE, response=shapes.SwapEffect, summary="Two people exchange a shift")
def swap_two_shifts(request: HttpRequest, body: shapes.SwapIn):
    """Where rest becomes too short, only with a ``reason``; without ``write`` it is only tried."""
    desk = Desk.of(edge(request).actor)
    for uid in (body.person, body.other):
        person_for(desk.actor, uid, OPERATION)
    with _in_words(), desk.transaction(write=body.write):
        shifts = shifts_of(desk, body.form())
        told = [shapes.entry_shape(shift) for shift in shifts]
        report = swap(desk, shifts, reason=body.reason, write=body.write)
        answer = shapes.effect_shape(report, written=body.write) | {"shifts": told}
        if body.write and report.rests and not body.reason.strip():
            sentence = _("%(rest)s Write why it is done all the same.") % {"rest": answer["rests"][0]}
            raise BadWish("reason", "", sentence)
    return answer


@router.post("/shifts", auth=WRITE, response={200: shapes.EntryEffect, 201: shapes.EntryEffect}, summary="Add a shift")
def add_shift(request: HttpRequest, body: shapes.ShiftIn):
    """201 when it is written; 200 and its effect without ``write``."""
    return _added(request, body)


@router.post(
    "/absences", auth=WRITE, response={200: shapes.EntryEffect, 201: shapes.EntryEffect}, summary="Add an absence"
)
def add_absence(request: HttpRequest, body: shapes.AbsenceIn):
    """201 when it is written; 200 and its effect without ``write``."""
    return _added(request, body)


@router.delete("/shifts/{uid}", auth=WRITE, response=shapes.EntryEffect, summary="Take a shift away")
def remove_shift(request: HttpRequest, uid: str, filters: Query[TakingAway]):
    return _removed(request, "shift", uid, filters.write)


@router.delete("/absences/{uid}", auth=WRITE, response=shapes.EntryEffect, summary="Take an absence away")
def remove_absence(request: HttpRequest, uid: str, filters: Query[TakingAway]):
    return _removed(request, "absence", uid, filters.write)


def _added(request: HttpRequest, body: shapes.ShiftIn | shapes.AbsenceIn) -> Status[dict]:
    desk = Desk.of(edge(request).actor)
    person_for(desk.actor, body.person, OPERATION)
    with _in_words(), desk.transaction(write=body.write):
        entry, report = carry_out_entry(desk, read_entry(desk, body.form()), adds=True, write=body.write)
        answer = _effect(entry, report, body.write)
    return Status(201 if body.write else 200, answer)


def _removed(request: HttpRequest, what: str, uid: str, write: bool) -> dict:
    desk = Desk.of(edge(request).actor)
    with _in_words(), desk.transaction(write=write):
        entry = named_entry(desk, {"what": what, "entry": uid})
        told = shapes.entry_shape(entry)
        _entry, report = carry_out_entry(desk, entry, adds=False, write=write)
        return shapes.effect_shape(report, written=write) | {"entry": told}


def _effect(entry: Shift | Absence, report: Recheck, write: bool) -> dict:
    return shapes.effect_shape(report, written=write) | {"entry": shapes.entry_shape(entry)}


def _planned(plan: Plan, report: Recheck, write: bool) -> dict:
    if plan.faults:
        raise FaultyFile(plan)
    return shapes.plan_shape(plan, report, written=write and plan.changes)


@contextmanager
def _in_words() -> Iterator[None]:
    """What files and forms refuse, as the API tells it."""
    try:
        yield
    except (Unreadable, Wrong) as bad:
        raise BadWish(FIELDS.get(bad.field, bad.field), bad.value, bad.sentence) from bad
    except BadFact as bad:
        raise BadFact(FIELDS.get(bad.field, bad.field), bad.value, bad.sentence) from bad


FIELDS = {"file": "content", "date": "day", "halves": "part"}


def _is_uid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
