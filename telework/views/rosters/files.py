"""/rosters/: shifts and absences from a file, looked at first, then written or not at all."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people import imports
from people.errors import BadFact
from people.imports import Plan, Unreadable
from telework.rosters.desk import Desk, carry_out
from telework.views.rosters.common import desk_of, shown
from telework.views.rosters.examples import help_with_files

PLANS = {"shifts": imports.plan_shifts, "absences": imports.plan_absences}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_files(request: HttpRequest) -> HttpResponse:
    """The form; POST shows what a file would change, and with ``write`` writes what was seen."""
    desk = desk_of(request)
    if request.method != "POST":
        return _page(request, desk)
    write = request.POST.get("write") == "1"
    try:
        content = _content(request)
        plan, report = carry_out(
            desk, lambda: _plan(desk, content, request.POST), write=write, seen=request.POST.get("seen", "")
        )
    except (Unreadable, BadFact) as bad:
        return _page(request, desk, error=bad, status=422)
    if plan.faults:
        return _page(request, desk, plan=plan, faults=plan.faults, status=422)
    if write and plan.changes:
        messages.success(request, _done(plan))
        return redirect("rosters")
    return _page(request, desk, content=b64encode(content).decode(), **shown(plan, report))


def _content(request: HttpRequest) -> bytes:
    upload = request.FILES.get("file")
    if upload is not None:
        if upload.size > imports.MOST_BYTES:
            sentence = _("The file has %(size)s bytes; 1 MB is possible. Split it, by month for example.")
            raise Unreadable(sentence % {"size": upload.size})
        return upload.read()
    try:
        content = b64decode(request.POST.get("content", ""), validate=True)
    except (NotBase64, ValueError) as broken:
        raise Unreadable(_("The file did not arrive whole. Choose it again.")) from broken
    if not content:
        raise Unreadable(_("No file was chosen. Choose a CSV, XLSX or ICS file."))
    return content


def _plan(desk: Desk, content: bytes, form) -> Plan:
    plan = PLANS.get(form.get("what"), imports.plan_shifts)
    lines = imports.read(content, zone=desk.actor.site.zone)
    return plan(lines, desk.people, replaces=form.get("replaces") == "1")


def _done(plan: Plan) -> str:
    count = len(plan.added) + len(plan.removed)
    sentence = ngettext("%(count)s change is written.", "%(count)s changes are written.", count)
    return sentence % {"count": count}


def _page(request: HttpRequest, desk: Desk, *, status: int = 200, **context) -> HttpResponse:
    form = request.POST if request.method == "POST" else {}
    context |= {"form": form, "what": form.get("what", "shifts"), "tab": "files"}
    context |= help_with_files(desk.today)
    return render(request, "telework/rosters/files.html", context, status=status)
