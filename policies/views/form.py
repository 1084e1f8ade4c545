"""The form view of a draft: its common parameters and its readings as fields, written back into the text."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import access as doors
from people import clock
from policies import access
from policies.checking import checked
from policies.core.agreement import AgreementError
from policies.core.wording import language
from policies.form import filled, form_of
from policies.models import AgreementVersion, VersionState
from policies.selectors.agreements import above
from policies.services import documents

# Beyond this a text is edited as text: rewriting it in place would keep the page waiting.
LONGEST = 150_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the fields of a draft, or write what was typed into its text."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    if version.state == VersionState.IN_FORCE:
        return redirect("agreement_version", version.uid)
    if request.method != "POST" or len(version.text) > LONGEST:
        return _page(request, version)
    lang = language(get_language())
    try:
        since = _since(request.POST.get("since", ""))
        text = filled(version.text, dict(request.POST.lists()), since=since, lang=lang)
        kept = documents.save_draft(
            version, text=text, cases=version.cases, edition=_edition(request), actor=actor, now=clock.now()
        )
    except ValueError as error:
        sentences = error.told(lang) if isinstance(error, AgreementError) else [str(error)]
        return _page(request, version, said=sentences, status=422)
    except documents.StaleEdition as stale:
        words = _("%(who)s changed this draft meanwhile. Nothing was kept; here is what it says now.")
        who = stale.version.changed_by.name if stale.version.changed_by else _("Somebody")
        return _page(request, stale.version, said=[words % {"who": who}], status=409)
    messages.success(request, _("Kept as edition %(number)s.") % {"number": kept.edition})
    return redirect("agreement_form", kept.uid)


def _page(
    request: HttpRequest, version: AgreementVersion, *, said: list[str] | None = None, status: int = 200
) -> HttpResponse:
    lang = language(get_language())
    page: dict[str, object] = {"version": version, "said": said or [], "typed": request.POST if said else None}
    try:
        page["form"] = form_of(version.text, lang) if len(version.text) <= LONGEST else None
    except AgreementError as error:
        page["form"], page["said"] = None, [*page["said"], *error.told(lang)]
    upper = above(version.agreement, clock.now().date())
    page["found"] = checked(version.text, version.cases, documents.name_of(version), lang, upper)
    return render(request, "policies/form.html", page, status=status)


def _since(words: str) -> date | None:
    """The day from which changes hold; None for values to be written anew. ValueError with its sentence."""
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ValueError(_("From which day? Write a date like 2027-01-01.")) from None


def _edition(request: HttpRequest) -> int:
    digits = request.POST.get("edition", "")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0
