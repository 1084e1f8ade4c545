"""One version as readers see it: the text, the rule applied, its cases; for the screen and for paper."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from people import access as doors
from policies import access
from policies.core.agreement import AgreementError
from policies.core.wording import language
from policies.models import AgreementVersion, VersionState
from policies.sheet import sheet_of


@login_required
@require_safe
def version_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """/agreements/<uid>/: any version of an agreement one may write, with what may be done with it."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    return sheet_page(request, version, today=doors.today_of(actor), writes=True)


def sheet_page(
    request: HttpRequest,
    version: AgreementVersion,
    *,
    today: date,
    writes: bool = False,
    own: object = None,
    beside: str = "",
) -> HttpResponse:
    """The page of a version; ``own`` is the reader's own entitlement under it, with its sum, ``beside`` a fragment
    that stands before the articles."""
    lang = language(get_language())
    day = max(today, version.effective_from) if version.effective_from else today
    page = {"version": version, "writes": writes, "own": own, "beside": beside, "today": today, "faults": ()}
    page["is_draft"] = version.state != VersionState.IN_FORCE
    page["holds"] = not page["is_draft"] and version.effective_from <= today
    try:
        page["sheet"] = sheet_of(version, day=day, lang=lang)
    except AgreementError as error:
        page["faults"] = error.told(lang)
    return render(request, "policies/sheet.html", page)
