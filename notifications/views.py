"""/messages/: how the outbox stands, and the release of a restored copy. For administrators; numbers only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications import holding
from notifications.selectors import backlog
from people import access, clock
from people.audit import record

OPERATION = "release_messages"


def _administrator(request: HttpRequest):
    actor = access.actor(request)
    if not access.entities_for(actor, OPERATION).exists():
        raise Http404
    return actor


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages that wait or were given up, and whether a restored copy is held."""
    _administrator(request)
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    held = holding.current_hold()
    old = holding.old_messages(held).count() if held else 0
    return render(request, "notifications/messages.html", {"backlog": backlog(clock.now()), "held": held, "old": old})


@login_required
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """End the hold; ``old``: send or drop. A second click, or one without a choice, changes nothing."""
    actor, choice = _administrator(request), request.POST.get("old", "")
    if choice in ("send", "drop") and holding.current_hold():
        sent, dropped = holding.release(clock.now(), send_old=choice == "send")
        record(actor, "messages.released", actor, clock.now(), sent=sent, dropped=dropped)
        told = ngettext("%(sent)d message is sent now", "%(sent)d messages are sent now", sent) % {"sent": sent}
        rest = _("%(dropped)d from before the backup never are") % {"dropped": dropped}
        messages.success(request, f"{told}; {rest}." if dropped else f"{told}.")
    return _page(request)
