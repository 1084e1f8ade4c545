"""The doors stay closed until a second factor is shown, for whoever needs one: pages, fragments and the API's sessions.

Keys are a factor of their own: a request with one is not asked, and its session, if there is one, does not count.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from config.problems import problem
from people import clock
from people.second_factor import Standing, proofs_of, standing

SECURITY, API = "/account/security/", "/api/"
BARE = ("/cal/", "/health/", "/static/")
ALWAYS = frozenset(
    {
        "account_logout", "set_language", "set_theme", "help", "accessibility", "robots", "manifest", "service_worker",
        "offline", "icon", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    }
)  # fmt: skip
SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"}
)


def closed_without(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a session pass that has shown what it must; lead the others to what is missing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_asked(request):
            return get_response(request)
        found = standing(request, clock.now(), fresh=request.path.startswith(SECURITY))
        request.second_factor = found
        if found is Standing.OPEN or _is_open(request, found):
            return get_response(request)
        if request.path.startswith(API):
            return _answer_api(request, found, get_response)
        return _lead(request, found)

    return middleware


def _is_asked(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(BARE):
        return False
    return (settings.SECOND_FACTOR or request.path.startswith(SECURITY)) and request.user.is_authenticated


def _is_open(request: HttpRequest, found: Standing) -> bool:
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name in ALWAYS or (found is Standing.MISSING and name in SETTING_UP)


def _answer_api(request: HttpRequest, found: Standing, get_response) -> HttpResponse:
    if request.headers.get("Authorization", "").lower().startswith("bearer "):
        request.user = AnonymousUser()
        return get_response(request)
    title = _("This account needs a second factor. Set one up at the address in data.url, or send a key.")
    if found is Standing.UNSHOWN:
        title = _("This session has not shown its second factor. Show it at the address in data.url, or send a key.")
    url = settings.BASE_URL + _address(request, found)
    return problem(status=403, code="second_factor_needed", title=title, data={"url": url})


def _lead(request: HttpRequest, found: Standing) -> HttpResponse:
    url = _address(request, found)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    if found is Standing.UNSHOWN and request.method == "GET":
        url = f"{url}?{urlencode({'next': request.get_full_path()})}"
    return redirect(url)


def _address(request: HttpRequest, found: Standing) -> str:
    return reverse("mfa_index" if found is Standing.MISSING else proofs_of(request.user))
