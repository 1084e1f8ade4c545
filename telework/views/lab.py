"""The policy lab: ask for a run of a version over a past period, watch it, read what it says."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access as doors
from people import clock
from people.models import Person
from policies import access
from policies.core.agreement import Agreement, AgreementError, load
from policies.core.lint import lint
from policies.core.readings import READINGS
from policies.core.wording import language
from policies.models import AgreementVersion
from policies.services.documents import name_of
from telework.access import run_for
from telework.lab import choices, services
from telework.lab.shown import shown
from telework.models import LabRun, LabState
from telework.tasks import wake_lab

SHOWN = 30
ONE_YEAR = timedelta(days=364)
FAULTS = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/agreements/<uid>/lab/: the runs so far; or ask for one over ``first`` to ``last`` (and ``reading``)."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    if request.method != "POST":
        return _page(request, version, actor)
    try:
        asked = {name: _day(request.POST.get(name, "")) for name in ("first", "last", "as_of")}
        reading = request.POST.get("reading", "")
        if reading and reading not in READINGS:
            raise services.LabRefused(_("“%(name)s” is no reading.") % {"name": reading[:40]})
        run = services.start_run(version, **asked, reading=reading, actor=actor, now=clock.now())
    except services.LabRefused as refused:
        return _page(request, version, actor, said=[str(refused)], status=422)
    except AgreementError as error:
        return _page(request, version, actor, said=error.sentences(language(get_language())), status=422)
    transaction.on_commit(lambda: wake_lab(run))
    return redirect("lab_run", run.uid)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise services.LabRefused(
            _("“%(text)s” is no date. Write one like 2027-01-01.") % {"text": text[:20]}
        ) from None


def _page(
    request: HttpRequest, version: AgreementVersion, actor: Person, *, said: list[str] | None = None, status: int = 200
) -> HttpResponse:
    today = doors.today_of(actor)
    last = today - timedelta(days=1)
    typed = {"first": last - ONE_YEAR, "last": last, "as_of": today}
    page: dict[str, object] = {"version": version, "said": said or [], "today": today}
    try:
        draft = load(version.text, name=name_of(version))
        typed["as_of"] = max(today, draft.in_force)
        page |= {"readings": _readings(draft), "faults": len(lint(draft))}
    except AgreementError as error:
        page["unreadable"] = error.sentences(language(get_language()))[:FAULTS]
    page["typed"] = {name: request.POST.get(name) or day.isoformat() for name, day in typed.items()}
    page["runs"] = (
        LabRun.objects.filter(version=version).select_related("asked_by").defer("text", "partial", "refused")[:SHOWN]
    )
    return render(request, "telework/lab/lab.html", page, status=status)


def _readings(draft: Agreement) -> list[dict[str, object]]:
    """The readings whose choices can be held against each other, with how many there are to try."""
    lang = language(get_language())
    found = []
    for name in choices.undecided(draft):
        stated = draft.readings.get(name)
        is_open = stated is not None and stated.choice == choices.OPEN
        found.append({"name": name, "asks": READINGS[name].asks.lang(lang), "open": is_open})
    return found


@login_required
@require_safe
def run_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/lab/<uid>/: how far a run is, or what it says."""
    run = run_for(doors.actor(request), uid)
    return render(request, "telework/lab/run.html", _told(run))


@login_required
@require_safe
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a run is; the whole result once it is there."""
    run = run_for(doors.actor(request), uid)
    return render(request, "telework/lab/_run.html", _told(run))


@login_required
@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop a run; what it has counted is forgotten."""
    actor = doors.actor(request)
    run = run_for(actor, uid)
    if services.cancel_run(run, actor=actor, now=clock.now()):
        messages.success(request, _("The run is cancelled."))
    return redirect("policy_lab", run.version.uid)


def _told(run: LabRun) -> dict[str, object]:
    reading = READINGS.get(run.reading)
    return {
        "run": run,
        "version": run.version,
        "reading": reading.asks.lang(language(get_language())) if reading else "",
        "result": shown(run) if run.state == LabState.DONE else None,
        "changed_since": run.version.edition != run.edition,
    }
