"""/rosters/rotations/: a cycle of any length, laid out for people from a date, with its exceptions."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from people import imports
from people.errors import BadFact
from people.imports import PRESETS, Unreadable, Wrong
from people.imports.rotations import Post
from telework.rosters.rotations import lay_out, lines_of, reach_of
from telework.views.rosters.common import desk_of, shown
from telework.views.rosters.strips import cycle_strip, posts_in, strips_of

TITLES = {"2-2-3 day/night": gettext_lazy("2-2-3 day/night")}
FIELDS = ("cycle", "people", "first", "last", "shift_by", "exceptions", "site", "skill")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_rotations(request: HttpRequest) -> HttpResponse:
    """The form, filled with a usual rotation by ?preset=; POST shows the shifts, with ``write`` writes them."""
    desk = desk_of(request)
    if request.method != "POST":
        cycle = "\n".join(PRESETS.get(request.GET.get("preset", ""), ()))
        return _page(request, {"cycle": cycle, "first": desk.today.isoformat(), "shift_by": "0"})
    form, write = {name: request.POST.get(name, "") for name in FIELDS}, request.POST.get("write") == "1"
    try:
        lines = lines_of(form)
        plan, report = lay_out(desk, form, lines, write=write, seen=request.POST.get("seen", ""))
    except (Unreadable, BadFact, Wrong) as bad:
        return _page(request, form, error=bad, status=422)
    if plan.faults:
        return _page(request, form, plan=plan, faults=plan.faults, status=422)
    if write and plan.changes:
        count = len(plan.people)
        sentence = ngettext(
            "The roster of %(count)s person is written.", "The rosters of %(count)s people are written.", count
        )
        messages.success(request, sentence % {"count": count})
        return redirect("roster_rotations")
    names = {number: row.person.name for number, row in plan.added}
    return _page(request, form, strips=strips_of(lines, *reach_of(form), names=names), **shown(plan, report))


def _posts(cycle: Sequence[str]) -> list[Post]:
    return imports.read_rotation("\n".join(cycle))


def _page(request: HttpRequest, form: dict[str, str], *, status: int = 200, **context) -> HttpResponse:
    strips = context.setdefault("strips", [])
    presets = [(name, cycle_strip(str(TITLES.get(name, name)), _posts(cycle))) for name, cycle in PRESETS.items()]
    context |= {"form": form, "presets": presets, "key": list(posts_in(strips)), "tab": "rotations"}
    return render(request, "telework/rosters/rotations.html", context, status=status)
