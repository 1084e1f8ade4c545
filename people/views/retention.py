"""/retention/: how long each class of data stays, and what would go today and within a month. A dry run only."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import access
from people.models import AuditEvent
from people.personal_data.forgetting import VERB
from people.personal_data.retention import dry_run

OPERATION = "view_retention"


@login_required
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Counts are of the companies that one answers for. Nothing is deleted by looking."""
    actor = access.actor(request)
    entities = access.entities_for(actor, OPERATION)
    if not entities.exists():
        raise Http404
    last = AuditEvent.objects.filter(verb=VERB).order_by("-at").first()
    context = {"rows": dry_run(entities, access.today_of(actor)), "entities": entities, "last": last}
    return render(request, "people/retention.html", context)
