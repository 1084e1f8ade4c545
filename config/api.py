"""The API, version 1: what each room offers, mounted under /api/v1/."""

import json
from typing import NoReturn

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.parser import Parser

from config.api_docs import docs_page
from config.description import described
from config.edges import politely
from config.problems import Api, install, not_found
from people.api import router as people
from people.api.door import opened_by
from people.api.limits import CallsOfAKey
from people.api.manners import with_manners
from people.errors import BadFact
from telework.api import router as telework

DEEPEST = 20


class StrictParser(Parser):
    """JSON in UTF-8, without NaN and without endless nesting."""

    def parse_body(self, request: HttpRequest):
        body = request.body.decode("utf-8")
        if _depth(body) > DEEPEST:
            raise ValueError("The body is nested too deeply.")
        return json.loads(body, parse_constant=_refuse, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; of a name given twice nobody knows which value was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFact(
            twice[:40], twice, _("“%(field)s” stands twice in the body. Send it once.") % {"field": twice[:40]}
        )
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def _depth(text: str) -> int:
    """An upper bound of the nesting, brackets inside of texts included."""
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


api = Api(
    title="Cent Jours",
    version="1",
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
    parser=StrictParser(),
    throttle=CallsOfAKey(),
)
install(api)
api.add_decorator(with_manners, mode="view")
api.add_router("", people)
api.add_router("", telework)


@api.get("/openapi.json", include_in_schema=False, auth=opened_by("people:read"), url_name="openapi")
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of this API, for whoever may use it."""
    return JsonResponse(described(api))


patterns, _app, _namespace = api.urls
urlpatterns = [
    path("docs", docs_page(api), name="api_docs"),
    path("", (politely(patterns), _app, _namespace)),
    re_path("", csrf_exempt(not_found), name="api-unknown"),
]
