"""HR's list of agreements and their versions, and what may be done with one: begin, publish, take away."""

from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access as doors
from people import clock
from policies import access, blank
from policies.core.agreement import AgreementError
from policies.core.wording import language
from policies.models import AgreementVersion, VersionState
from policies.services import documents, publish_version, shipped_slugs, shipped_texts


@login_required
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """/agreements/: every agreement one may write, with its versions, the newest first."""
    actor = doors.actor(request)
    entities = list(access.entities_for(actor))
    if not entities:
        raise Http404
    today = doors.today_of(actor)
    versions = list(access.versions_for(actor))
    return render(
        request,
        "policies/documents.html",
        {
            "agreements": [_agreement(list(group), today) for _key, group in groupby(versions, lambda v: v.agreement)],
            "entities": entities,
            "shipped": [(slug, shipped_title(slug)) for slug in shipped_slugs()],
            "several": len(entities) > 1,
        },
    )


def _agreement(versions: list[AgreementVersion], today: date) -> dict[str, object]:
    """An agreement with its versions, and which of them holds today."""
    in_force = [v for v in versions if v.state == VersionState.IN_FORCE and v.effective_from <= today]
    holds = max(in_force, key=lambda v: (v.effective_from, v.published_at), default=None)
    return {"agreement": versions[0].agreement, "versions": versions, "holds": holds}


def shipped_title(slug: str) -> str:
    """The title of a shipped agreement, in the language of the page."""
    return blank.title_of(shipped_texts(slug)[0], language(get_language())) or slug


@login_required
@require_POST
def new_document(request: HttpRequest) -> HttpResponse:
    """Begin an agreement for an entity: from an empty page with its first rules, or from one that comes with us."""
    actor = doors.actor(request)
    entity = access.entity_for(actor, request.POST.get("entity", ""))
    slug = request.POST.get("from", "")
    now = clock.now()
    if slug in shipped_slugs():
        text, cases = shipped_texts(slug)
        title = shipped_title(slug)
    else:
        title = _("Telework agreement, %(entity)s") % {"entity": entity.name}
        text, cases = blank.agreement(title, entity.name, doors.today_of(actor)), blank.cases(doors.today_of(actor))
    version = documents.begin_agreement(entity, title=title, text=text, cases=cases, actor=actor, now=now)
    return redirect("agreement_edit", version.uid)


@login_required
@require_POST
def new_version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a new version of an agreement from this one."""
    actor = doors.actor(request)
    source = access.version_for(actor, uid)
    version = documents.begin_draft(
        source.agreement, text=source.text, cases=source.cases, actor=actor, now=clock.now()
    )
    return redirect("agreement_edit", version.uid)


@login_required
@require_POST
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a version in force from a day, if it has no fault and all its cases pass; else say why, change nothing."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    try:
        day = date.fromisoformat(request.POST.get("from", ""))
    except ValueError:
        return _told(request, version, [_("From which day? Write a date like 2027-01-01.")])
    try:
        published = publish_version(version, day, now=clock.now(), actor=actor)
    except AgreementError as error:
        return _told(request, version, error.told(language(get_language())))
    messages.success(request, _("The version is in force from that day. Every answer quotes it from then on."))
    return redirect("agreement_version", published.uid)


def _told(request: HttpRequest, version: AgreementVersion, sentences: list[str]) -> HttpResponse:
    return render(request, "policies/not_published.html", {"version": version, "sentences": sentences}, status=422)


@login_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a draft away; what is in force stays."""
    actor = doors.actor(request)
    version = access.version_for(actor, uid)
    try:
        documents.remove_draft(version, actor=actor, now=clock.now())
    except AgreementError as error:
        return _told(request, version, error.told(language(get_language())))
    messages.success(request, _("The draft is gone."))
    return redirect("agreements")
