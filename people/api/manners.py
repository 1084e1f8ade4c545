"""What every operation of the API does beside its own work: nothing unknown is swallowed, nothing is done twice."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.operation import Operation

from people import clock
from people.api.bodies import refuse_unkept
from people.api.keyed_calls import answered_once, read_key
from people.errors import BadFact

SAFE = ("GET", "HEAD", "OPTIONS")
JSON, FORM = "application/json", "multipart/form-data"


class WrongMediaType(Exception):
    """A body of another kind than the operation reads."""

    def __init__(self, sent: str, wanted: str) -> None:
        super().__init__(sent, wanted)
        self.sent, self.wanted = sent, wanted


def with_manners(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The way through an operation, in the place of ninja's own (a "view" decorator of the API)."""
    operation: Operation = run.__self__
    known = [name for model in operation.models if _source(model) == "query" for name in _names(model)]
    sources = {_source(model) for model in operation.models}
    reads = JSON if "body" in sources else FORM if sources & {"form", "file"} else ""

    def answered(request: HttpRequest, **path) -> HttpResponse:
        if error := operation._run_checks(request):
            return error
        try:
            _refuse_unknown(request.GET, known)
            for name, values in request.GET.lists():
                refuse_unkept("".join(values), name)
            if request.method not in SAFE:
                _check_body(request, reads)
            response = operation.api.create_temporal_response(request)
            values = operation._get_values(request, path, response)
            key = read_key(request) if request.method == "POST" else ""

            def answer() -> HttpResponse:
                return _answer(operation, request, values, response)

            return answered_once(request, key, answer, account=request.user, now=clock.now()) if key else answer()
        except Exception as error:
            return operation.api.on_exception(request, error)

    return answered


def _answer(operation: Operation, request: HttpRequest, values: dict, response: HttpResponse) -> HttpResponse:
    try:
        return operation._result_to_response(request, operation.view_func(request, **values), response)
    except Exception as error:
        return operation.api.on_exception(request, error)


def _source(model: type) -> str:
    return model.__ninja_param_source__


def _names(model: type) -> Iterable[str]:
    """The names of query parameters as they stand in an address, single ones and those of a group of filters."""
    for name, field in model.model_fields.items():
        group = getattr(field.annotation, "model_fields", None)
        fields = group.items() if group is not None else [(name, field)]
        yield from (each.alias or own for own, each in fields)


def _refuse_unknown(query: Iterable[str], known: list[str]) -> None:
    """A misspelt filter must not quietly list everything."""
    for name in query:
        if name not in known:
            if known:
                sentence = _("“%(name)s” is no filter. Known are %(known)s.")
            else:
                sentence = _("“%(name)s” is not read here: this address takes nothing after its question mark.")
            raise BadFact(name[:40], name, sentence % {"name": name[:40], "known": ", ".join(known)})


def _check_body(request: HttpRequest, reads: str) -> None:
    """What would not be read is not accepted; an empty object is what careful clients send for nothing."""
    if not reads and request.body.strip() not in (b"", b"{}", b"null"):
        sentence = _("This call reads no body. Leave it out.")
        raise BadFact("body", request.body[:40].decode("utf-8", "replace"), sentence)
    sent = request.content_type or ""
    if reads == JSON and sent not in ("", JSON) and not sent.endswith("+json") and request.body:
        raise WrongMediaType(sent, JSON)
    if reads == FORM and sent != FORM:
        raise WrongMediaType(sent, FORM)
