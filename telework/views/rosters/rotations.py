"""/rosters/rotations/: a cycle of any length, laid out for people from a date, with its exceptions."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from people import clock, imports
from people.errors import BadFact
from people.imports import PRESETS, Line, Plan, Unreadable, Wrong
from people.imports.rotations import Post
from people.rosters import roster_from
from telework.views.rosters.common import Desk, carry_out, shown
from telework.views.rosters.strips import cycle_strip, posts_in, strips_of

LONGEST_CYCLE = 366
TITLES = {"2-2-3 day/night": gettext_lazy("2-2-3 day/night")}
FIELDS = ("cycle", "people", "first", "last", "shift_by", "exceptions", "site", "skill")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_rotations(request: HttpRequest) -> HttpResponse:
    """The form, filled with a usual rotation by ?preset=; POST shows the shifts, with ``write`` writes them."""
    desk = Desk.of(request)
    if request.method != "POST":
        cycle = "\n".join(PRESETS.get(request.GET.get("preset", ""), ()))
        return _page(request, {"cycle": cycle, "first": desk.today.isoformat(), "shift_by": "0"})
    form, write = {name: request.POST.get(name, "") for name in FIELDS}, request.POST.get("write") == "1"

    def rostered(plan: Plan) -> None:
        first = imports.read_day("first", form["first"])
        roster_from(list(plan.people.values()), first, by=desk.actor, now=clock.now())

    try:
        seen, lines = request.POST.get("seen", ""), _lines(form)
        plan, report = carry_out(desk, lambda: _plan(desk, form, lines), write=write, seen=seen, before=rostered)
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
    return _page(request, form, strips=strips_of(lines, *_reach(form), names=names), **shown(plan, report))


def _plan(desk: Desk, form: dict[str, str], lines: list[Line]) -> Plan:
    return imports.plan_shifts(lines, desk.people, replaces=True, between=_reach(form))


def _reach(form: dict[str, str]) -> tuple[date, date]:
    first, last = (imports.read_day(name, form[name].strip()) for name in ("first", "last"))
    return first, last


def _lines(form: dict[str, str]) -> list[Line]:
    people = [row.strip() for row in form["people"].replace(";", "\n").splitlines() if row.strip()]
    if not people:
        raise Unreadable(_("No person is named. Write a number, a mail address or a full name on each line."),
                         field="people")  # fmt: skip
    first, last = _reach(form)
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


def _posts(cycle: Sequence[str]) -> list[Post]:
    return imports.read_rotation("\n".join(cycle))


def _days(text: str) -> int:
    if text.strip() in ("", "0"):
        return 0
    if not (text.strip().isascii() and text.strip().isdigit() and int(text.strip()[:6]) <= LONGEST_CYCLE):
        sentence = _("“%(value)s” is not a number of days. Write one from 0 to %(most)s.")
        raise Unreadable(sentence % {"value": text[:40], "most": LONGEST_CYCLE}, field="shift_by", value=text)
    return int(text)


def _page(request: HttpRequest, form: dict[str, str], *, status: int = 200, **context) -> HttpResponse:
    strips = context.setdefault("strips", [])
    presets = [(name, cycle_strip(str(TITLES.get(name, name)), _posts(cycle))) for name, cycle in PRESETS.items()]
    context |= {"form": form, "presets": presets, "key": list(posts_in(strips)), "tab": "rotations"}
    return render(request, "telework/rosters/rotations.html", context, status=status)
