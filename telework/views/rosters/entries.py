"""What is planned of one person from a day on: shifts and absences, each of which may be taken away."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people import imports
from people.imports import Wrong
from people.models import Absence, Shift
from telework.rosters.desk import Desk
from telework.views.rosters.common import hours

REACH = timedelta(days=31)


def entries_of(desk: Desk, asked: Mapping[str, str]) -> dict[str, object]:
    """``whose`` and ``since`` looked up: the person and what stands in the month from that day on, or an error."""
    whose, since = (asked.get(name, "").strip() for name in ("whose", "since"))
    found = {"whose": whose, "since": since or desk.today.isoformat()}
    if not whose:
        return found
    try:
        person = _person(desk, whose)
        first = imports.read_day("since", since) if since else desk.today
    except Wrong as wrong:
        return found | {"error": wrong}
    last = first + REACH
    shifts = Shift.objects.filter(person=person, day__range=(first, last)).select_related("person", "site")
    absences = Absence.objects.filter(person=person, first_day__lte=last, last_day__gte=first)
    rows = [*shifts, *absences.select_related("person__site")]
    entries = sorted(map(told_entry, rows), key=lambda entry: (entry["day"], entry["hours"]))
    return found | {"listed": person, "entries": entries, "until": last}


def told_entry(entry: Shift | Absence) -> dict[str, object]:
    """An entry in the words of a page; the kind of an absence is not repeated."""
    told = {"uid": entry.uid, "name": entry.person.name}
    if isinstance(entry, Shift):
        return told | {"what": "shift", "day": entry.day, "last": None, "hours": hours(entry), "site": entry.site.name}
    last = entry.last_day if entry.last_day != entry.first_day else None
    return told | {"what": "absence", "day": entry.first_day, "last": last, "hours": _part(entry), "site": ""}


def _part(absence: Absence) -> str:
    if absence.start:
        zone = ZoneInfo(absence.person.site.zone)
        return f"{absence.start.astimezone(zone):%H:%M}–{absence.end.astimezone(zone):%H:%M}"
    return {1: _("first half"), 2: _("second half")}.get(absence.halves, "")


def _person(desk: Desk, whose: str):
    try:
        return imports.Directory(desk.people, (whose,)).person(whose)
    except Wrong as wrong:
        raise Wrong("whose", wrong.value, wrong.sentence) from wrong
