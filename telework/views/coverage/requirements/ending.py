"""The end of a requirement: from a day on, or taken away before it has held. Both are asked twice, and undone where
nothing is lost by it."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import access, clock
from people.imports import Wrong, read_day
from policies.models import Requirement
from policies.services import RequirementRefused, RequirementStale, draft_of, has_held
from telework.services.requirements import end_requirement, remove_requirement, write_requirement
from telework.views.coverage.requirements import effect
from telework.views.coverage.requirements.choices import requirement_for
from telework.views.coverage.requirements.sheet import packed, sheet_of
from telework.views.coverage.requirements.words import held_words
from telework.wording import language
from ui import words

REMOVED = "requirement_removed"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_end(request: HttpRequest, uid) -> HttpResponse:
    """Ask for the last day, then end; ``act=reopen`` puts the day ``last_day`` (or none) back, which undoes it."""
    actor = access.actor(request)
    held = requirement_for(actor, uid)
    edge = {"actor": actor, "now": clock.now(), "today": access.today_of(actor)}
    if request.method != "POST":
        return _page(request, held, edge)
    try:
        if request.POST.get("act") == "remove":
            return _remove(request, held, edge)
        if request.POST.get("act") == "reopen":
            return _reopen(request, held, edge)
        return _end(request, held, edge)
    except (Wrong, RequirementRefused) as bad:
        return _page(request, held, edge, fault=bad.sentence, status=422)
    except RequirementStale as stale:
        if stale.requirement is None:
            effect.keep(request, None, _nothing(), sentence=stale.sentence)
            return redirect("requirements")
        return _page(request, stale.requirement, edge, fault=stale.sentence, status=409)


def _end(request: HttpRequest, held: Requirement, edge: dict) -> HttpResponse:
    day = read_day("last_day", request.POST.get("last_day", "").strip())
    before = held.last_day.isoformat() if held.last_day else ""
    written = end_requirement(held, day, version=_version(request), **edge)
    told = {"name": effect.name_of(held), "day": words.plain_day(day, language())}
    undo = {"last_day": before, "version": written.requirement.version, "act": "reopen"}
    effect.keep(
        request, held.uid, effect.effect_of(written, saved=True), undo=undo,
        sentence=_("%(name)s ends on %(day)s. What was asked until then stays.") % told,
    )  # fmt: skip
    return redirect("requirement", uid=held.uid)


def _reopen(request: HttpRequest, held: Requirement, edge: dict) -> HttpResponse:
    text = request.POST.get("last_day", "").strip()
    draft = replace(draft_of(held), last_day=read_day("last_day", text) if text else None)
    written = write_requirement(draft, requirement=held, version=_version(request), accept_unmeetable=True, **edge)
    sentence = _("%(name)s holds as before.") % {"name": effect.name_of(held)}
    effect.keep(request, held.uid, effect.effect_of(written, saved=True), sentence=sentence)
    return redirect("requirement", uid=held.uid)


def _remove(request: HttpRequest, held: Requirement, edge: dict) -> HttpResponse:
    name, form = effect.name_of(held), packed(sheet_of(held, list(held.slots.all())))
    staffing = dict(held.staffing)
    remove_requirement(held, version=_version(request), **edge)
    request.session[REMOVED] = form | {"staffing": staffing}
    sentence = _("%(name)s is taken away. It had not held yet.") % {"name": name}
    effect.keep(request, None, _nothing(), sentence=sentence, undo={"again": "1"})
    return redirect("requirements")


def _nothing() -> dict[str, object]:
    return {"gaps": [], "count": 0, "concerned": 0, "remarks": [], "saved": True}


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _page(request: HttpRequest, held: Requirement, edge: dict, *, fault: str = "", status: int = 200) -> HttpResponse:
    context = {
        "held": held,
        "name": effect.name_of(held),
        "since": held_words(held, edge["today"]),
        "removable": not has_held(held, now=edge["now"]),
        "last_day": request.POST.get("last_day") or edge["today"].isoformat(),
        "fault": fault,
        "back": reverse("requirement", args=[held.uid]),
    }
    return render(request, "telework/requirements/end.html", context, status=status)
