"""A cycle laid out for people from a date: what was typed, as lines of a file and as the plan they make."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from people import clock, imports
from people.imports import Line, Plan, Unreadable
from people.rosters import roster_from
from telework.rosters.desk import Desk, carry_out
from telework.services import Recheck

LONGEST_CYCLE = 366


def lay_out(desk: Desk, form: Mapping[str, str], lines: list[Line], *, write: bool, seen: str) -> tuple[Plan, Recheck]:
    """Lay a rotation out, taken back unless ``write``; whoever had a pattern is rostered from the first day on."""

    def rostered(plan: Plan) -> None:
        first = imports.read_day("first", form["first"])
        roster_from(list(plan.people.values()), first, by=desk.actor, now=clock.now())

    return carry_out(desk, lambda: rotation_plan(desk, form, lines), write=write, seen=seen, before=rostered)


def rotation_plan(desk: Desk, form: Mapping[str, str], lines: list[Line]) -> Plan:
    return imports.plan_shifts(lines, desk.people, replaces=True, between=reach_of(form))


def reach_of(form: Mapping[str, str]) -> tuple[date, date]:
    first, last = (imports.read_day(name, form[name].strip()) for name in ("first", "last"))
    return first, last


def lines_of(form: Mapping[str, str]) -> list[Line]:
    people = [row.strip() for row in form["people"].replace(";", "\n").splitlines() if row.strip()]
    if not people:
        raise Unreadable(_("No person is named. Write a number, a mail address or a full name on each line."),
                         field="people")  # fmt: skip
    first, last = reach_of(form)
    return imports.rotation_lines(
        people,
        imports.read_rotation(form["cycle"]),
        first=first,
        last=last,
        shift_by=_days(form["shift_by"]),
        exceptions=imports.read_exceptions(form["exceptions"]),
        site=form["site"].strip(),
        skill=form["skill"].strip(),
    )


def _days(text: str) -> int:
    if text.strip() in ("", "0"):
        return 0
    if not (text.strip().isascii() and text.strip().isdigit() and int(text.strip()[:6]) <= LONGEST_CYCLE):
        sentence = _("“%(value)s” is not a number of days. Write one from 0 to %(most)s.")
        raise Unreadable(sentence % {"value": text[:40], "most": LONGEST_CYCLE}, field="shift_by", value=text)
    return int(text)
