"""/rosters/by-hand/: one absence or one shift of a person, added or taken away after its effect has been seen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.errors import BadFact
from people.imports import Wrong
from people.models import AbsenceKind
from telework.rosters.desk import Desk
from telework.rosters.entries import MODELS, PARTS, carry_out_entry, named_entry, read_entry
from telework.views.rosters.common import desk_of, effect
from telework.views.rosters.entries import entries_of, told_entry

FIELDS = ("what", "person", "first_day", "last_day", "part", "start", "end", "kind", "site", "skill", "entry")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_by_hand(request: HttpRequest) -> HttpResponse:
    """The form and what is planned of ?whose= from ?since= on; POST shows the effect, with ``write`` writes it."""
    desk = desk_of(request)
    if request.method != "POST":
        return _page(request, desk, {"what": request.GET.get("what", ""), "person": request.GET.get("whose", "")})
    form = {name: request.POST.get(name, "").strip() for name in FIELDS}
    write = request.POST.get("write") == "1"
    try:
        with desk.transaction(write=write):
            entry = named_entry(desk, form) if form["entry"] else read_entry(desk, form)
            told = told_entry(entry)
            _entry, report = carry_out_entry(desk, entry, adds=not form["entry"], write=write)
    except (Wrong, BadFact) as bad:
        return _page(request, desk, form, error=_on_the_form(bad), status=422)
    if not write:
        return _page(request, desk, form, told=told, removes=bool(form["entry"]), **effect(report))
    messages.success(request, _done(told, removed=bool(form["entry"])))
    query = {"what": form["what"], "whose": entry.person.number or entry.person.email, "since": told["day"].isoformat()}
    return redirect(f"{reverse('roster_by_hand')}?{urlencode(query)}")


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
