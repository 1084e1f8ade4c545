"""My feeds: make an address, copy it into a calendar program, give it a new secret, revoke it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people import clock
from people.access import actor
from people.encryption import decrypt, encrypt
from people.models import Person
from telework.errors import TeleworkError
from telework.models import Feed

from .access import feed_for
from .clients import BROWSER
from .forms import FeedForm
from .selectors import feeds_of
from .services import create_feed, revoke_feed, rotate_feed

FRESH = "fresh_feed"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds_page(request: HttpRequest) -> HttpResponse:
    """/feeds/: the addresses in use; POST makes another."""
    owner = actor(request)
    if request.method == "POST":
        form = FeedForm(request.POST, owner=owner)
        if form.is_valid() and _create(request, owner, form):
            return redirect("feeds")
        return render(request, "telework/feeds.html", _context(owner, form), status=422)
    context = _context(owner, FeedForm(owner=owner))
    return render(request, "telework/feeds.html", context | _fresh(request, context["feeds"]))


@login_required
@require_POST
def rotate_address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a feed another address; the page then shows it once."""
    owner = actor(request)
    feed = feed_for(owner, uid)
    _keep(request, feed, rotate_feed(feed=feed, actor=owner, now=clock.now()))
    return redirect("feeds")


@login_required
@require_POST
def revoke_address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an address for good."""
    owner = actor(request)
    revoke_feed(feed=feed_for(owner, uid), actor=owner, now=clock.now())
    messages.success(request, _("The address is revoked: it opens nothing any more."))
    return redirect("feeds")


def _create(request: HttpRequest, owner: Person, form: FeedForm) -> bool:
    try:
        feed, address = create_feed(
            owner=owner, scope=form.scope, privacy=form.cleaned_data["privacy"], team=form.team, now=clock.now()
        )
    except TeleworkError as error:
        form.add_error("whose", error.sentence())
        return False
    _keep(request, feed, address)
    return True


def _keep(request: HttpRequest, feed: Feed, address: str) -> None:
    """Carry the address over the redirect. The session lies in the database, so it lies there encrypted, and once."""
    request.session[FRESH] = {"feed": str(feed.uid), "address": encrypt(address)}


def _fresh(request: HttpRequest, feeds: list[Feed]) -> dict[str, object]:
    kept = request.session.pop(FRESH, None)
    feed = next((feed for feed in feeds if kept and str(feed.uid) == kept["feed"]), None)
    if feed is None:
        return {}
    address = decrypt(kept["address"])
    return {"fresh": feed, "address": address, "webcal": "webcal://" + address.partition("://")[2]}


def _context(owner: Person, form: FeedForm) -> dict[str, object]:
    zone, feeds = ZoneInfo(owner.site.zone), list(feeds_of(owner))
    for feed in feeds:
        feed.local_made = feed.created_at.astimezone(zone)
        feed.local_fetch = feed.fetched_at.astimezone(zone) if feed.fetched_at else None
        feed.client = _("a browser") if feed.fetched_by == BROWSER else feed.fetched_by
    return {"feeds": feeds, "form": form}
