"""The answer at a secret address: no session, no cookie, no language of the browser, nothing in a log.

Every way to miss (unknown, cut short, revoked, its owner gone) gets one and the same 404 after the same single query.
"""

from datetime import datetime, timedelta

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import http_date

from people import clock
from telework.models import Feed

from .access import is_alive
from .clients import client_name
from .conditions import is_current
from .publishing import Edition, build, edition, remember
from .selectors import feed_behind
from .tokens import token_of

cache = caches["process"]
NOTED_EVERY = timedelta(hours=1)
WRONG_A_MINUTE = 60
NO_CALENDAR = b"Aucun calendrier \xc3\xa0 cette adresse. / There is no calendar at this address.\n"
TOO_MANY = b"Trop d'essais ; reprenez dans une minute. / Too many attempts; try again in a minute.\n"
HELD = (
    b"Copie restaur\xc3\xa9e : ce calendrier n'est pas encore rouvert. / "
    b"A restored copy: this calendar is not open again yet.\n"
)
READ_ONLY = b"Un calendrier se lit (GET). / A calendar can only be read (GET).\n"


def answer(request: HttpRequest, address: str) -> HttpResponse:
    """Answer a calendar client; ``address`` is the last part of the path."""
    response = _answer(request, address)
    # Django would log the path of every 4xx, and with it what may be a secret but for one letter.
    response._has_been_logged = True
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    if request.method == "HEAD":
        response.content = b""
    return response


def _answer(request: HttpRequest, address: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return _plain(READ_ONLY, 405, Allow="GET, HEAD")
    now = clock.now()
    feed = feed_behind(token_of(address))
    today = clock.today(feed.owner.site.zone) if feed else None
    if feed is None or not is_alive(feed, today):
        return _missed(request.META.get("REMOTE_ADDR", ""))
    if feed.held:  # clients keep what they have after a 503, and would delete days after anything else
        return _plain(HELD, 503, **{"Retry-After": "3600"})
    with translation.override(feed.owner.account.language):
        return _calendar(request, feed, edition(feed, today=today), now)


def _calendar(request: HttpRequest, feed: Feed, shown: Edition, now: datetime) -> HttpResponse:
    changes, octets = _fetched(request, feed, now), None
    fingerprint = shown.fingerprint
    if feed.built_for != fingerprint or not _has_it(request, feed, now):
        octets = build(shown)
        changes |= remember(feed, octets, fingerprint=fingerprint, now=now)
    if changes:
        Feed.objects.filter(pk=feed.pk).update(**changes)
    if octets is None or _has_it(request, feed, now):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="cent-jours.ics"'
        response["Content-Length"] = len(octets)
    response["ETag"] = f'"{feed.etag}"'
    response["Last-Modified"] = http_date(feed.modified_at.timestamp())
    return response


def _has_it(request: HttpRequest, feed: Feed, now: datetime) -> bool:
    return is_current(request.headers, etag=feed.etag, modified_at=feed.modified_at, now=now)


def _fetched(request: HttpRequest, feed: Feed, now: datetime) -> dict[str, object]:
    """Note the client at most once an hour: a read should not cost a write."""
    if feed.fetched_at is not None and now - feed.fetched_at < NOTED_EVERY:
        return {}
    return {"fetched_at": now, "fetched_by": client_name(request.META.get("HTTP_USER_AGENT", ""))}


def _missed(client: str) -> HttpResponse:
    """404, or 429 for who misses too often. Good addresses are never counted: Google and Microsoft share theirs."""
    key = f"feeds:wrong:{client}"
    cache.add(key, 0, timeout=60)
    try:
        missed = cache.incr(key)
    except ValueError:  # it expired between the two
        missed = 1
    if missed > WRONG_A_MINUTE:
        return _plain(TOO_MANY, 429, **{"Retry-After": "60"})
    return _plain(NO_CALENDAR, 404)


def _plain(content: bytes, status: int, **headers: str) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")
    for name, value in (headers | {"Content-Length": str(len(content))}).items():
        response[name] = value
    return response
