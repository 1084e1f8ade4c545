"""/rosters/swaps/: two people exchange a shift; what it does to coverage and their rest is shown before it is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.errors import BadFact
from people.imports import Wrong
from telework.errors import BadWish
from telework.rosters.desk import Desk
from telework.rosters.swaps import shifts_of, swap
from telework.views.rosters.common import desk_of, effect, hours

FIELDS = ("person", "day", "other", "other_day", "reason")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_swaps(request: HttpRequest) -> HttpResponse:
    """The form; POST shows both shifts and the effect of their exchange, with ``write`` exchanges them."""
    desk = desk_of(request)
    form = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.method != "POST":
        return _page(request, form)
    write = request.POST.get("write") == "1"
    try:
        effects = _effects(desk, form, write=write)
    except (Wrong, BadFact, BadWish) as bad:
        return _page(request, form, error=_as_wrong(bad), status=422)
    if write and effects["rests"] and not form["reason"]:
        sentence = _("%(rest)s Write why it is done all the same.") % {"rest": effects["rests"][0]}
        return _page(request, form, error=Wrong("reason", "", sentence), status=422, **effects)
    if write:
        messages.success(request, _("The two shifts are exchanged."))
        return redirect("roster_swaps")
    return _page(request, form, **effects)


def _effects(desk: Desk, form: dict[str, str], *, write: bool) -> dict[str, object]:
    """What the exchange does, for the page. It is taken back unless ``write``, and where a reason is missing."""
    with desk.transaction(write=write):
        shifts = shifts_of(desk, form)
        told = [{"name": shift.person.name, "day": shift.day, "hours": hours(shift)} for shift in shifts]
        report = swap(desk, shifts, reason=form["reason"], write=write)
        if report.rests and not form["reason"]:
            transaction.set_rollback(True)
    return {"shifts": told, **effect(report)}


def _as_wrong(bad: Wrong | BadFact | BadWish) -> Wrong:
    """The same at the field of this form."""
    sentence = bad.sentence() if isinstance(bad, BadWish) else bad.sentence
    return Wrong(bad.field, str(bad.value), sentence)


def _page(request: HttpRequest, form: dict[str, str], *, status: int = 200, **context) -> HttpResponse:
    context |= {"form": form, "tab": "swaps"}
    return render(request, "telework/rosters/swaps.html", context, status=status)
