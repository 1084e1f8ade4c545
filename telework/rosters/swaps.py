"""Two people exchange a shift: both are found by person and day, and exchanged with what it does to coverage."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from people import clock, imports
from people.imports import Wrong
from people.models import Shift
from people.rosters import swap_shifts
from telework.rosters.desk import Desk
from telework.services import Recheck
from telework.services.texts import clean_text


def shifts_of(desk: Desk, form: Mapping[str, str]) -> list[Shift]:
    directory = imports.Directory(desk.people, (form["person"], form["other"]))
    return [
        _shift(directory, form, person=person, day=day) for person, day in (("person", "day"), ("other", "other_day"))
    ]


def _shift(directory: imports.Directory, form: Mapping[str, str], *, person: str, day: str) -> Shift:
    try:
        whose = directory.person(form[person])
    except Wrong as wrong:
        raise Wrong(person, wrong.value, wrong.sentence) from wrong
    on = imports.read_day(day, form[day])
    held = list(Shift.objects.filter(person=whose, day=on).select_related("person__site", "site"))
    if len(held) != 1:
        sentence = _("%(name)s has no shift on %(day)s. Choose another day.")
        if held:
            sentence = _("%(name)s has several shifts on %(day)s. Exchange them by a file.")
        raise Wrong(day, form[day], sentence % {"name": whose.name, "day": on.isoformat()})
    return held[0]


def swap(desk: Desk, shifts: list[Shift], *, reason: str, write: bool) -> Recheck:
    one, other = shifts
    people = [one.person, other.person]
    first, last = sorted(shift.day for shift in shifts)
    with desk.rechecked(people, first, last, write=write, posts=True) as report:
        swap_shifts(one, other, by=desk.actor, now=clock.now(), reason=clean_text("reason", reason))
    return report
