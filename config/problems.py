"""Errors as JSON (RFC 9457, application/problem+json): one mapping from what was raised to what is answered."""

import json
import logging
import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from people.api.keyed_calls import KeyInFlight, KeyReused
from people.api.manners import WrongMediaType
from people.confirming import ConfirmationNeeded
from people.errors import BadFact, Stale
from policies.services import RequirementRefused, RequirementStale
from telework.errors import TeleworkError

logger = logging.getLogger(__name__)


def problem(
    *, status: int, code: str, title: str, detail: str = "", field: str = "", data: Mapping[str, object] | None = None
) -> HttpResponse:
    """A problem document; ``code`` is stable and meant for programs, title and detail are words for people."""
    body = {"type": f"urn:cent-jours:{code}", "title": title, "status": status, "code": code}
    extra = {"detail": detail or title, "field": field, "data": dict(data or {})}
    content = json.dumps(body | {key: value for key, value in extra.items() if value}, cls=NinjaJSONEncoder)
    return HttpResponse(content, status=status, content_type="application/problem+json")


def not_found(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what is not yours to know."""
    return problem(status=404, code="not_found", title=_("There is nothing here that you may see."))


def telework_refused(request: HttpRequest, error: TeleworkError) -> HttpResponse:
    return problem(
        status=error.status,
        code=error.code,
        title=error.title,
        detail=error.sentence(),
        field=error.field,
        data=error.data(),
    )


def bad_fact(request: HttpRequest, error: BadFact) -> HttpResponse:
    value = {"value": str(error.value)[:200]}
    title = _("A value cannot be used")
    return problem(status=422, code="invalid_value", title=title, detail=error.sentence, field=error.field, data=value)


def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    title = _("This has changed meanwhile")
    return problem(
        status=409, code="stale_version", title=title, detail=error.sentence, data={"version": error.version}
    )


def requirement_refused(request: HttpRequest, error: RequirementRefused) -> HttpResponse:
    """The first fault leads; all of them are in ``data.errors``."""
    faults = [{"field": field, "detail": message} for field, message in error.faults]
    code, title = ("unmeetable", _("Nobody can meet this")) if error.unmeetable else ("invalid_value", "")
    return problem(
        status=422,
        code=code,
        title=title or _("A value cannot be used"),
        detail=error.sentence,
        field=error.field,
        data={"errors": faults},
    )


def requirement_stale(request: HttpRequest, error: RequirementStale) -> HttpResponse:
    held = error.requirement
    data = {"requirement": str(held.uid), "version": held.version} if held else {}
    title = _("This requirement has changed meanwhile")
    return problem(status=409, code="stale_version", title=title, detail=error.sentence, data=data)


def key_in_flight(request: HttpRequest, error: KeyInFlight) -> HttpResponse:
    title = _("The first call with this Idempotency-Key is still under way. Ask again in a moment.")
    answer = problem(status=409, code="idempotency_key_in_flight", title=title)
    answer["Retry-After"] = "1"
    return answer


def key_reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
    title = _("This Idempotency-Key came before with another address or another body. Take a new key.")
    return problem(status=422, code="idempotency_key_reused", title=title)


def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(status=401, code="not_signed_in", title=_("Sign in, or send a key: “Authorization: Bearer …”."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework raises itself, in our words; a body that it could not read may have told why."""
    if isinstance(error.__context__, BadFact):
        return bad_fact(request, error.__context__)
    if error.status_code == 400:
        return problem(
            status=400, code="unreadable_body", title=_("The body cannot be read. Send one JSON object in UTF-8.")
        )
    if error.status_code == 403 and "CSRF" in str(error):
        return problem(status=403, code="csrf", title=_("The CSRF token is missing or old. Load a page again first."))
    if error.status_code == 429:
        answer = problem(
            status=429, code="too_many_requests", title=_("This key has made too many calls. Wait a moment.")
        )
        answer["Retry-After"] = str(round(getattr(error, "wait", None) or 60))
        return answer
    return problem(status=error.status_code, code="not_allowed", title=str(error))


def confirmation_needed(request: HttpRequest, error: ConfirmationNeeded) -> HttpResponse:
    title = _("Confirm that it is you: give your password at /accounts/confirm/, or sign in again. Nothing changed.")
    return problem(status=403, code="confirmation_needed", title=title)


def wrong_media_type(request: HttpRequest, error: WrongMediaType) -> HttpResponse:
    title = _("The body came as “%(sent)s”. Send it as %(wanted)s, and say so in the header Content-Type.")
    words = {"sent": error.sent[:60], "wanted": error.wanted}
    return problem(status=415, code="unsupported_media_type", title=title % words)


def suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    """A body larger than the settings allow, or another request that no client of ours makes."""
    if not isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return problem(
            status=400, code="bad_request", title=_("This request cannot be understood. Check how it is sent.")
        )
    return problem(status=413, code="too_large", title=_("The request is too large. Send fewer values at once."))


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first fault leads; all of them are in ``data.errors``, each with field, value and remedy."""
    faults = [_fault(found) for found in error.errors]
    first = faults[0]
    return problem(
        status=422,
        code="invalid_value",
        title=_("A value cannot be used"),
        detail=first["detail"],
        field=first["field"],
        data={"errors": faults, "value": first["value"]},
    )


def _fault(found: Mapping) -> dict[str, str]:
    inside = [str(part)[:80] for part in found["loc"] if part not in ("body", "query", "path", "filters")]
    field = ".".join(inside) or "body"
    return {"field": field, "value": found.get("value", ""), "detail": _sentence(found, field)}


def _sentence(found: Mapping, field: str) -> str:
    context, kind = found.get("ctx", {}), found["type"]
    sentences: dict[str, str] = {
        "sentence": "%(sentence)s",
        "bool_type": _("“%(field)s” is “%(value)s”. Send true or false, without quotes."),
        "missing": _("“%(field)s” is missing. Send it."),
        "extra_forbidden": _("“%(field)s” is not known here. Leave it out, or check its spelling."),
        "string_type": _("“%(field)s” is %(value)s, which is not a text. Send a string."),
        "string_too_short": _("“%(field)s” is empty. Write something there."),
        "string_pattern_mismatch": _("“%(field)s” is “%(value)s”, which is not written as it should be: %(pattern)s"),
        "string_too_long": _("“%(field)s” is too long; %(max_length)s characters are possible."),
        "too_long": _("“%(field)s” holds too many values; %(max_length)s are possible."),
        "too_short": _("“%(field)s” is empty. Send at least one value."),
        "literal_error": _("“%(field)s” is “%(value)s”. Choose one of: %(expected)s."),
        "greater_than_equal": _("“%(field)s” is %(value)s, too small; it begins at %(ge)s."),
        "less_than_equal": _("“%(field)s” is %(value)s, too large; it ends at %(le)s."),
        "bool_parsing": _("“%(field)s” is “%(value)s”. Send true or false, without quotes."),
        "list_type": _("“%(field)s” is %(value)s, which is not a list. Send one, such as [ … ]."),
    }
    template = sentences.get(kind) or _of_kind(kind.partition("_")[0])
    if "expected" in context:  # listed by the library in English: 'a', 'b' or 'c'
        context = context | {"expected": ", ".join(re.findall("'([^']*)'", context["expected"]))}
    return template % {"field": field, "value": str(found.get("value", ""))[:80], **context}


def _of_kind(kind: str) -> str:
    """What is told of a value of the wrong kind; ``kind``: the first word of the library's name for the fault."""
    sentences: dict[str, str] = {
        "int": _("“%(field)s” is “%(value)s”, which is not a whole number. Send one, such as 3."),
        "float": _("“%(field)s” is “%(value)s”, which is not a number. Send one, such as 1.5."),
        "uuid": _("“%(field)s” is “%(value)s”, which is not an id. Send the uid as it was given."),
        "dict": _("“%(field)s” is “%(value)s”, which is not an object. Send one, such as { … }."),
    }
    sentences |= {"model": sentences["dict"], "finite": sentences["float"]}
    unknown = _("“%(field)s” is “%(value)s” and cannot be used so. Look it up in /api/v1/openapi.json.")
    return sentences.get(kind, unknown)


class Api(NinjaAPI):
    """Keeps the values that were refused, so that an answer can name them."""

    def validation_error_from_error_contexts(self, error_contexts: Sequence) -> ValidationError:
        faults = []
        for context in error_contexts:
            model = context.model
            for found in context.pydantic_validation_error.errors(include_url=False):
                loc = model.__ninja_flatten_map_reverse__.get(found["loc"], found["loc"])
                found["loc"] = (model.__ninja_param_source__, *loc)
                found["value"] = _printable(found.pop("input", ""))
                faults.append(found)
        return ValidationError(faults)


def _printable(value: object) -> str:
    """A refused value as a short text; nested ones only by their kind, they may be endlessly deep."""
    if isinstance(value, dict | list):
        return type(value).__name__
    try:
        text = str(value)[:200]
    except ValueError:  # an integer with thousands of digits
        text = type(value).__name__
    return text.encode("utf-8", "replace").decode()


def install(api: NinjaAPI) -> None:
    """Answer every error of ``api`` as a problem document."""
    handlers = {
        TeleworkError: telework_refused,
        RequirementRefused: requirement_refused,
        RequirementStale: requirement_stale,
        BadFact: bad_fact,
        Stale: stale,
        ConfirmationNeeded: confirmation_needed,
        KeyInFlight: key_in_flight,
        KeyReused: key_reused,
        Http404: not_found,
        AuthenticationError: not_signed_in,
        HttpError: http_error,
        SuspiciousOperation: suspicious,
        WrongMediaType: wrong_media_type,
        ValidationError: invalid,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
