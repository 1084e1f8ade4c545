"""A table and what its columns mean → what would change. Nothing is written here."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from people.imports.instants import Wrong
from people.imports.lines import Line
from people.imports.staff.columns import Choices, Head, check_choices, lines_under
from people.imports.staff.desk import Desk, readers_of
from people.imports.staff.identity import plan_person, somebody
from people.imports.staff.leaving import plan_ended, plan_leaving, plan_omitted
from people.imports.staff.places import plan_place
from people.imports.staff.plan import CHANGED, Change, StaffPlan
from people.imports.staff.present import Present
from people.imports.staff.teams import (
    plan_leads,
    plan_managers,
    plan_membership,
    plan_team,
    refuse_circles_of_teams,
)
from people.imports.staff.terms import plan_contract
from people.imports.tables import Table
from people.models import Entity, ImportKind, Person
from people.texts import folded

STEP = 250  # lines between two words of progress
Told = Callable[[int, int], None]


def plan_staff(
    table: Table,
    head: Head,
    choices: Choices,
    *,
    kind: str,
    home: Entity,
    reach: Collection[Entity],
    by: Person,
    today: date,
    told: Told = lambda done, total: None,
) -> StaffPlan:
    """Hold a table against today. The number of queries does not depend on the number of lines.

    ``home``: the entity of those whose line names none; ``reach``: all that the file may speak of; ``told`` hears how
    many lines are done. ``Unreadable`` where the columns make no sense.
    """
    check_choices(choices.columns, head, kind)
    lines = lines_under(table, head, choices.columns)
    desk = Desk(StaffPlan(kind, len(lines)), Present(home, reach), choices, today, by)
    for number, sentence in lines.passed:
        desk.plan.pass_over(number, sentence)
    desk.readers = readers_of(lines, choices, since_1904=table.since_1904)
    if kind == ImportKind.PLACES:
        desk.present.read_places()
    if kind == ImportKind.PEOPLE:
        desk.present.read_taken(line.get("email").lower() for line in lines)
    _plan_lines(desk, lines, told)
    if kind in (ImportKind.PEOPLE, ImportKind.CONTRACTS):
        if choices.whole and kind == ImportKind.PEOPLE and not desk.plan.fault_count:
            plan_omitted(desk)
        plan_managers(desk)
        plan_ended(desk)
        _spare_oneself(desk)
    elif kind == ImportKind.MANAGERS:
        refuse_circles_of_teams(desk)
    desk.plan.faults.sort(key=lambda fault: fault.line)
    desk.plan.passed.sort()
    return desk.plan


def _plan_lines(desk: Desk, lines: Sequence[Line], told: Told) -> None:
    for done, line in enumerate(lines):
        if done % STEP == 0:
            told(done, len(lines))
        try:
            changes = PLANS[desk.plan.kind](desk, line.number, desk.values(line))
        except Wrong as wrong:
            desk.plan.fault(line.number, wrong)
            continue
        _note(desk, changes)


def _note(desk: Desk, changes: Sequence[Change]) -> None:
    if not any(change.details for change in changes):
        desk.plan.unchanged += 1
    for change in changes:
        if change.details:
            change.what = change.what or CHANGED
            desk.plan.changes.append(change)


def _person(desk: Desk, line: int, values: dict) -> list[Change]:
    manager = values.pop("manager", "")
    person, change = plan_person(desk, line, values)
    _of_person(desk, person, values, change)
    if desk.stays(person):
        plan_membership(desk, person, values, change)
        for name in _managers(desk, manager):
            desk.wanted.append((line, person, name))
    if person.pk is None and values.get("language"):
        desk.plan.languages[person.uid] = values["language"]
    return [_not_one_s_own(desk, person, change)]


def _managers(desk: Desk, text: str) -> list[str]:
    """The managers of a cell: one, or several with a comma or a semicolon between, as exports write them."""
    if "," in text and folded(text) in desk.present.by_name:
        return [text]
    return [name.strip() for name in re.split(r"[,;]", text) if name.strip()]


def _contract(desk: Desk, line: int, values: dict) -> list[Change]:
    person = somebody(desk, line, values)
    change = Change(line, "", person.name)
    _of_person(desk, person, values, change)
    return [_not_one_s_own(desk, person, change)]


def _of_person(desk: Desk, person: Person, values: dict, change: Change) -> None:
    plan_contract(desk, person, values, change)
    if values.get("left_on"):
        plan_leaving(desk, person, values["left_on"], change)


def _not_one_s_own(desk: Desk, person: Person, change: Change) -> Change:
    if person.pk == desk.by.pk and person.pk and change.details:
        sentence = _("This line changes your own data (%(field)s). Take it out; a colleague writes it.")
        raise Wrong("number", person.number, sentence % {"field": change.details[0][0]})
    return change


def _spare_oneself(desk: Desk) -> None:
    """Nobody ends their own access with a file."""
    if desk.by.uid in desk.plan.leavers:
        sentence = _("By this file you would leave yourself. Add your own line; a colleague writes your leaving.")
        desk.plan.fault(0, Wrong("whole", desk.by.name, sentence))


PLANS: dict[str, Callable[[Desk, int, dict], list[Change]]] = {
    ImportKind.PEOPLE: _person,
    ImportKind.CONTRACTS: _contract,
    ImportKind.TEAMS: lambda desk, line, values: [plan_team(desk, line, values)],
    ImportKind.MANAGERS: plan_leads,
    ImportKind.PLACES: lambda desk, line, values: [plan_place(desk, line, values)],
}
