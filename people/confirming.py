"""What only granted roles may do is done by somebody who has proved themselves within half an hour.

An operation of ``roles.toml`` that no employee, manager or deputy has is administration: human resources, planners,
data protection, administrators. When one is allowed in a request that writes (or takes an export away), the password
or second factor must have been given, or such work done, within the last thirty minutes; else it is asked again and
the request goes on afterwards. The access doors ask, so that no page can forget to.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from functools import cache

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people import clock
from people.roles import DEPUTY, EMPLOYEE, MANAGER, circles

LONGEST = timedelta(minutes=30)
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Addresses that are read and yet take much away, and those that are posted to and yet change nothing.
TAKEN_AWAY = frozenset({"export_file", "api-v1:read_export"})
CHANGES_NOTHING = frozenset({
    "agreement_lint",
    "api-v1:ask_what_if",
    "api-v1:check_agreement",
    "api-v1:compute_staffing",
    "api-v1:preview_exceptional",
    "api-v1:preview_requirement",
    "api-v1:preview_term",
    "api-v1:propose_case",
})  # fmt: skip

_present: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class ConfirmationNeeded(Exception):
    """The person signed in must prove themselves again before this is done."""


@cache
def is_administration(operation: str) -> bool:
    """Whether only granted roles may do ``operation``."""
    return not any(circles(operation, role) for role in (EMPLOYEE, MANAGER, DEPUTY))


def ask(operation: str) -> None:
    """``ConfirmationNeeded`` when the present request does administration too long after the last proof."""
    request = _present.get()
    visit = getattr(request.session, "visit", None) if request else None
    if visit is None or visit.confirmed_at is None or not is_administration(operation) or not _counts(request):
        return
    if clock.now() - visit.confirmed_at >= LONGEST:
        raise ConfirmationNeeded
    request.was_administration = True


def _counts(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in TAKEN_AWAY or (request.method not in READING and name not in CHANGES_NOTHING)


class ConfirmAgain:
    """Keeps the request at hand for the doors, and asks for the password when one of them wants it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _present.set(request)
        try:
            return self.get_response(request)
        finally:
            _present.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ConfirmationNeeded):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        if not methods:  # signed in through the company: it proves them again
            request.session.flush()
            return redirect(f"/accounts/login/?{urlencode({'next': request.path})}")
        answer = _suspended(request, methods[0]["url"])
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
        return answer


def _suspended(request: HttpRequest, url: str) -> HttpResponse:
    """To the confirmation, and on from there; a file cannot be kept in between and is chosen again."""
    if request.FILES:
        messages.info(request, _("Nothing was written. Confirm that it is you, then choose the file once more."))
        return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
    return suspend_request(request, url)
