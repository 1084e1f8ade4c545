"""What HTTP asks of every address of the API, whoever answers behind it: methods, forms of answers, words for all."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from config.problems import not_found, problem

FORMS = ("application/json", "application/problem+json")


def politely(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """The same addresses, each with the manners of this file."""
    found = list(patterns)
    for pattern in found:
        pattern.callback = polite(pattern.callback)
    return found


def polite(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD as GET without content; OPTIONS and a wrong method name those that are possible; 404 in our words."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        wanted = request.headers.get("Accept", "").strip()
        if wanted and not any(request.accepts(form) for form in FORMS):
            return problem(
                status=406,
                code="not_acceptable",
                title=_("The API answers in JSON. Let the header Accept name application/json."),
            )
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            answer = view(request, *args, **kwargs)
        except Http404 as error:
            answer = not_found(request, error)
        request.method = asked
        if answer.status_code == 405:
            return _only(answer["Allow"], asked)
        return _without_content(answer) if asked == "HEAD" else answer

    answered.csrf_exempt = True
    return answered


def _without_content(answer: HttpResponse) -> HttpResponse:
    """The head of an answer. A file that is written while it is sent (an export) has no length yet."""
    if answer.streaming:
        answer.close()
        answer.streaming_content = ()
        return answer
    length = str(len(answer.content))
    answer.content = b""
    answer["Content-Length"] = length
    return answer


def _only(allow: str, asked: str | None) -> HttpResponse:
    """The methods of an address: as the answer to OPTIONS, or beside the refusal of another."""
    methods = {method.strip() for method in allow.split(",")} | {"OPTIONS"}
    allowed = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
    if asked == "OPTIONS":
        answer = HttpResponse(status=204)
    else:
        title = _("This address knows %(allowed)s, not %(asked)s.") % {"allowed": allowed, "asked": str(asked)[:20]}
        answer = problem(status=405, code="method_not_allowed", title=title)
    answer["Allow"] = allowed
    return answer
