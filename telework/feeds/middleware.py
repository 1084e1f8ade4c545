"""Calendar clients have no session: they are answered before anything that would read or set one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .fetching import answer

PREFIX = "/cal/"


def bare_feeds(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands after the security headers and before sessions, languages and accounts (see MIDDLEWARE)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            return answer(request, request.path_info.removeprefix(PREFIX))
        return get_response(request)

    return middleware
