"""The editor: a document and its cases as text, with every fault at its line, told while one types."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import access as doors
from people import clock
from policies import access
from policies.checking import Checked, checked
from policies.core.agreement import AgreementError
from policies.core.wording import language
from policies.models import AgreementVersion, VersionState
from policies.selectors.agreements import above
from policies.services import documents


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a draft, or keep what was typed, faults and all; a version in force is only shown."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    if version.state == VersionState.IN_FORCE:
        return redirect("agreement_version", version.uid)
    if request.method != "POST":
        return _page(request, version, version.text, version.cases)
    text, cases = _typed(request)
    try:
        kept = documents.save_draft(
            version, text=text, cases=cases, edition=_edition(request), actor=actor, now=clock.now()
        )
    except documents.StaleEdition as stale:
        return _page(request, stale.version, text, cases, stale=stale.version, status=409)
    except AgreementError as error:
        messages.error(request, " ".join(error.told(language(get_language()))))
        return redirect("agreement_version", version.uid)
    messages.success(request, _("Kept as edition %(number)s.") % {"number": kept.edition})
    return redirect("agreement_edit", kept.uid)


@login_required
@require_POST
def lint(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The faults of what is typed at this moment; nothing is kept."""
    version = access.version_for(doors.actor(request), uid)
    text, cases = _typed(request)
    return render(request, "policies/_faults.html", {"found": _found(version, text, cases)})


def _page(
    request: HttpRequest,
    version: AgreementVersion,
    text: str,
    cases: str,
    *,
    stale: AgreementVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {"version": version, "text": text, "cases": cases, "stale": stale, "found": _found(version, text, cases)}
    return render(request, "policies/editor.html", shown, status=status)


def _found(version: AgreementVersion, text: str, cases: str) -> Checked:
    upper = above(version.agreement, clock.now().date())
    return checked(text, cases, documents.name_of(version), language(get_language()), upper)


def _typed(request: HttpRequest) -> tuple[str, str]:
    """Both texts as typed, with the line ends of TOML."""
    typed = (request.POST.get(name, "") for name in ("text", "cases"))
    return tuple(words.replace("\r\n", "\n") for words in typed)


def _edition(request: HttpRequest) -> int:
    """The edition that was opened; 0, which never matches, when the form does not say it."""
    digits = request.POST.get("edition", "")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0
