"""How often one may try: to sign in, to ask for a new password, to guess a key. Counted for all web processes together.

Wrong passwords are counted three ways (``ACCOUNT_RATE_LIMITS``): by address, by account from one address, and by
account from everywhere. The last one stops a guess spread over many addresses; an address from which the account has
signed in lately is beyond it, so that nobody locks somebody else out of their own place.
"""

import hashlib

from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

APP = "allauth.account"
PAUSE = 300
KNOWN_FOR = 30 * 24 * 3600
GUESSES = {"key_guess": "60/m/ip"}


def try_sign_in(request: HttpRequest, login: str) -> RateLimitUsage | None:
    """Count an attempt on ``login``; None when there were too many. A success is taken back by ``rollback``."""
    login = login.strip().lower()
    usage = consume(request, app=APP, action="login_failed", key=f"{login}:{get_ip(request)}")
    if usage and not is_known(request, login):
        wide = consume(request, app=APP, action="login_failed_everywhere", key=login)
        usage = wide and RateLimitUsage(usage=[*usage.usage, *wide.usage])
    if not usage:
        request.must_wait = PAUSE
    return usage or None


def remember(request: HttpRequest, login: str) -> None:
    """Note that ``login`` has proved itself from this address; only a hash is kept, for thirty days."""
    cache.set(_known(request, login), 1, KNOWN_FOR)


def is_known(request: HttpRequest, login: str) -> bool:
    """Whether ``login`` has signed in from this address within thirty days."""
    return cache.get(_known(request, login)) is not None


def may_guess_keys(request: HttpRequest) -> bool:
    """Count a key that opens nothing; False when its address has tried too many. Keys that open are never counted."""
    return bool(consume(request, app=APP, action="key_guess", config=GUESSES, limit_get=True))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the library answers when a limit is reached: a page with a sentence, and when to come back."""
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(PAUSE)
    return answer


class TellToWait:
    """A form that was refused because of a limit keeps its page and sentence, and says 429 to programs."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if seconds := getattr(request, "must_wait", 0):
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        return response


def _known(request: HttpRequest, login: str) -> str:
    said = f"{login.strip().lower()} {get_ip(request)}"
    return f"known:{hashlib.sha256(said.encode()).hexdigest()}"
