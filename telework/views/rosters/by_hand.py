"""/rosters/by-hand/: one absence or one shift of a person, added or taken away after its effect has been seen."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import clock, imports, services
from people.errors import BadFact
from people.imports import Line, Wrong
from people.models import Absence, AbsenceKind, Shift
from people.rosters import remove_entry
from telework.services import Recheck
from telework.views.rosters.common import Desk, effect
from telework.views.rosters.entries import entries_of, told_entry

FIELDS = ("what", "person", "first_day", "last_day", "part", "start", "end", "kind", "site", "skill", "entry")
PARTS = ("3", "1", "2", "hours")
MODELS = {"absence": Absence, "shift": Shift}
Entry = Shift | Absence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_by_hand(request: HttpRequest) -> HttpResponse:
    """The form and what is planned of ?whose= from ?since= on; POST shows the effect, with ``write`` writes it."""
    desk = Desk.of(request)
    if request.method != "POST":
        return _page(request, desk, {"what": request.GET.get("what", ""), "person": request.GET.get("whose", "")})
    form = {name: request.POST.get(name, "").strip() for name in FIELDS}
    write = request.POST.get("write") == "1"
    try:
        with desk.transaction(write=write):
            entry = _named(desk, form) if form["entry"] else _read(desk, form)
            told = told_entry(entry)
            report = _carry_out(desk, entry, adds=not form["entry"], write=write)
    except (Wrong, BadFact) as bad:
        return _page(request, desk, form, error=_on_the_form(bad), status=422)
    if not write:
        return _page(request, desk, form, told=told, removes=bool(form["entry"]), **effect(report))
    messages.success(request, _done(told, removed=bool(form["entry"])))
    query = {"what": form["what"], "whose": entry.person.number or entry.person.email, "since": told["day"].isoformat()}
    return redirect(f"{reverse('roster_by_hand')}?{urlencode(query)}")


def _read(desk: Desk, form: dict[str, str]) -> Entry:
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


def _named(desk: Desk, form: dict[str, str]) -> Entry:
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


def _carry_out(desk: Desk, entry: Entry, *, adds: bool, write: bool) -> Recheck:
    first, last = (entry.day, entry.day) if isinstance(entry, Shift) else (entry.first_day, entry.last_day)
    with desk.rechecked([entry.person], first, last, write=write, posts=isinstance(entry, Shift)) as report:
        if adds:
            _add(desk, entry)
        else:
            remove_entry(entry, by=desk.actor, now=clock.now())
    return report


def _add(desk: Desk, entry: Entry) -> None:
    edge = {"by": desk.actor, "now": clock.now()}
    if isinstance(entry, Shift):
        post = {"start": entry.start, "end": entry.end, "site": entry.site, "skill": entry.skill}
        services.add_shift(entry.person, **post, **edge)
    else:
        names = ("first_day", "last_day", "kind", "halves", "start", "end")
        services.add_absence(entry.person, **{name: getattr(entry, name) for name in names}, **edge)


def _on_the_form(bad: Wrong | BadFact) -> Wrong:
    """The same sentence at the field of this form that has another name here."""
    field = {"date": "first_day", "halves": "part"}.get(bad.field, bad.field)
    return Wrong(field, str(bad.value), bad.sentence)


def _done(told: dict[str, object], *, removed: bool) -> str:
    sentence = _("%(name)s: taken away. Nothing else was changed.")
    if not removed:
        sentence = _("%(name)s: written. To undo it, take it away under “What is planned”.")
    return sentence % {"name": told["name"]}


def _page(request: HttpRequest, desk: Desk, form: dict[str, str], *, status: int = 200, **context) -> HttpResponse:
    what = form["what"] if form.get("what") in MODELS else "absence"
    listed = entries_of(desk, request.GET)
    if error := listed.pop("error", None):
        context, status = context | {"error": error}, 422
    form = {"first_day": desk.today.isoformat(), "part": "3"} | form
    parts = zip(PARTS, (_("whole days"), _("first half"), _("second half"), _("exact hours")), strict=True)
    context |= listed | {"form": form, "what": what, "kinds": AbsenceKind.choices, "parts": list(parts)}
    return render(request, "telework/rosters/by_hand.html", context | {"tab": "by_hand"}, status=status)
