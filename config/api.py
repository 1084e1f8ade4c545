"""The API, version 1: what each room offers, mounted under /api/v1/."""

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from config.api_docs import docs_page
from config.description import described
from config.edges import politely
from config.problems import Api, install, not_found
from people.api import router as people
from people.api.bodies import StrictParser
from people.api.door import opened_by
from people.api.limits import CallsOfAKey
from people.api.manners import with_manners
from telework.api import router as telework

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
