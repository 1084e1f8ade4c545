"""Notes that a session is in use: at most one statement every few minutes, none for pages that ask by themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people import clock

# Fragments that an open page asks for on its own: a screen left open over night is nobody at work.
BY_THEMSELVES = frozenset({"exceptional_where", "lab_progress"})


class SessionInUse:
    """Runs inside of authentication; a session that nobody looked at is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.session.accessed and name not in BY_THEMSELVES:
            request.session.touch(clock.now(), confirmed=getattr(request, "was_administration", False))
        return response
