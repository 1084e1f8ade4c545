"""One shift or one absence of a person: read from what was typed, found by its name, added or taken away."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from people import clock, imports, services
from people.imports import Line, Wrong
from people.models import Absence, Shift
from people.rosters import remove_entry
from telework.rosters.desk import Desk
from telework.services import Recheck

PARTS = ("3", "1", "2", "hours")
MODELS = {"absence": Absence, "shift": Shift}
Entry = Shift | Absence


def read_entry(desk: Desk, form: dict[str, str]) -> Entry:
    """The entry that the form tells of, not yet written."""
    directory = imports.Directory(desk.people, (form["person"],))
    hours = {"date": form["first_day"], "start": form["start"], "end": form["end"]}
    who = {"person": form["person"]}
    if form["what"] == "shift":
        _check_hours(form)
        return imports.read_shift(Line(1, who | hours | {"site": form["site"], "skill": form["skill"]}), directory)
    kind = {"kind": form["kind"]}
    if _by_hours(form):
        return imports.read_absence(Line(1, who | hours | kind), directory)
    days = {"first_day": form["first_day"], "last_day": form["last_day"], "halves": form["part"]}
    return imports.read_absence(Line(1, who | days | kind), directory)


def _by_hours(form: dict[str, str]) -> bool:
    """Whether an absence is one of exact hours; what contradicts itself is refused, never guessed."""
    if form["part"] not in ("", *PARTS):
        raise Wrong("part", form["part"], _("“%(value)s” is no part of a day. Choose one of the list.") % {
            "value": form["part"][:40]
        })  # fmt: skip
    if form["part"] != "hours":
        for name in ("start", "end"):
            if form[name]:
                raise Wrong(name, form[name], _("Hours are given: choose “exact hours” as well, or leave them empty."))
        return False
    _check_hours(form)
    if form["last_day"] and form["last_day"] != form["first_day"]:
        raise Wrong("last_day", form["last_day"], _("Exact hours are of one day. Leave the last day empty."))
    return True


def _check_hours(form: dict[str, str]) -> None:
    for name in ("start", "end"):
        if not form[name]:
            raise Wrong(name, "", _("The time is missing. Write from when to when, such as 22:00 and 06:00."))
        if not imports.is_time(form[name]):
            sentence = _("“%(value)s” is not a time. Write it as 07:30.")
            raise Wrong(name, form[name], sentence % {"value": form[name][:40]})


def named_entry(desk: Desk, form: dict[str, str]) -> Entry:
    """The entry to take away; 404 for one of somebody out of reach, as for one that is not there."""
    model = MODELS.get(form["what"], Absence)
    try:
        uid = UUID(form["entry"])
    except ValueError as malformed:
        raise Http404 from malformed
    related = ("person__site", "site") if model is Shift else ("person__site",)
    entry = model.objects.filter(uid=uid, person__in=desk.people).select_related(*related).first()
    if entry is None:
        raise Http404
    return entry


def carry_out_entry(desk: Desk, entry: Entry, *, adds: bool, write: bool) -> tuple[Entry, Recheck]:
    """The entry as it was written, or taken away, and what came of it; see ``Desk.transaction`` for ``write``."""
    first, last = (entry.day, entry.day) if isinstance(entry, Shift) else (entry.first_day, entry.last_day)
    with desk.rechecked([entry.person], first, last, write=write, posts=isinstance(entry, Shift)) as report:
        if adds:
            entry = _added(desk, entry)
        else:
            remove_entry(entry, by=desk.actor, now=clock.now())
    return entry, report


def _added(desk: Desk, entry: Entry) -> Entry:
    edge = {"by": desk.actor, "now": clock.now()}
    if isinstance(entry, Shift):
        post = {"start": entry.start, "end": entry.end, "site": entry.site, "skill": entry.skill}
        return services.add_shift(entry.person, **post, **edge)
    names = ("first_day", "last_day", "kind", "halves", "start", "end")
    return services.add_absence(entry.person, **{name: getattr(entry, name) for name in names}, **edge)
