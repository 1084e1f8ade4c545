"""Pages whose libraries are loaded when somebody opens one: most processes never hold them in memory."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string


def later(path: str) -> Callable[..., HttpResponse]:
    """The view at the dotted ``path``, imported at its first request."""

    def view(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return import_string(path)(request, *args, **kwargs)

    return view
