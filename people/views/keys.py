"""/account/keys/: personal keys for scripts. Made with a name and scopes, shown once, revoked with one button."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import access, clock, tokens
from people.encryption import decrypt, encrypt
from people.errors import BadFact
from people.models import Person
from people.second_factor import has_shown
from people.views.fields import date_field

FRESH = "fresh_key"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys in force; POST makes another, and the page then shows it once."""
    actor = _holder(request)
    if request.method != "POST":
        return render(request, "people/keys.html", _context(actor) | _fresh(request))
    try:
        raw = _make(request, actor)
    except BadFact as bad:
        typed = {"form": request.POST, "ticked": request.POST.getlist("scopes"), "error": bad}
        return render(request, "people/keys.html", _context(actor) | typed, status=422)
    # The session lies in the database, so the key lies there encrypted, and for one page.
    request.session[FRESH] = encrypt(raw)
    return redirect("keys")


@login_required
@require_POST
def revoke_key(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a key for good."""
    actor = _holder(request)
    key = tokens.key_for(actor.account, uid, access.today_of(actor))
    tokens.revoke_key(key, by=actor.account, now=clock.now())
    messages.success(request, _("The key is revoked: it opens nothing any more."))
    return redirect("keys")


def _make(request: HttpRequest, actor: Person) -> str:
    form, today = request.POST, access.today_of(actor)
    common = {"scopes": form.getlist("scopes"), "expires_on": date_field(form, "expires_on")}
    common |= {"name": form.get("name", ""), "proven": has_shown(request)}
    return tokens.make_own_key(actor.account, now=clock.now(), today=today, **common)[1]


def _holder(request: HttpRequest) -> Person:
    actor = access.actor(request)
    if not access.may(actor, "hold_keys", actor):
        raise Http404
    return actor


def _fresh(request: HttpRequest) -> dict[str, str]:
    kept = request.session.pop(FRESH, None)
    return {"secret": decrypt(kept)} if kept else {}


def _context(actor: Person) -> dict:
    return {
        "keys": list(tokens.keys_of(actor.account, access.today_of(actor))),
        "scopes": tokens.SCOPES.items(),
        "longest": tokens.LONGEST_NAME,
        "zone": actor.site.zone,
    }
