"""What the API says of itself (OpenAPI 3.1): ninja's description, made exact where it is too general.

It is in the language that is active. Sentences stand in the code in English, as summaries and docstrings, and are found
there for the catalogues by ``ui.api_words``; names of operations, fields, tags and codes are the same in any language.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from ninja import NinjaAPI
from ninja.operation import Operation

from config.problem_codes import CODES
from people.api.door import Key
from people.api.keyed_calls import HEADER, LONGEST
from telework.api.replies import Problem
from ui.api_words import TAG

PREFIX = "/api/v1/"
ANY_CALL = (401, 403, 404, 406, 409, 422, 429)
WITH_BODY = (400, 413, 415)
DONE = {
    200: gettext_lazy("Done."),
    201: gettext_lazy("Made: the answer holds it."),
    204: gettext_lazy("Done; the answer is empty."),
}
SENTENCES = ("summary", "description")
PATH_SCHEMAS = {
    "uid": {"type": "string", "format": "uuid"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
}


def described(api: NinjaAPI) -> dict:
    """All of it: every status that an operation may answer, its scope, and the header for calls sent again."""
    found = in_words(api.get_openapi_schema(path_prefix=PREFIX))
    found.setdefault("components", {}).setdefault("schemas", {})["Problem"] = in_words(_problem_schema())
    for path, method, operation in operations(api):
        _describe(found["paths"][path][method], method, operation)
    found["tags"] = [{"name": tag, "description": pgettext(TAG, tag)} for tag in _tags(api)]
    return found


def in_words(told):
    """A copy of a part of the description, each sentence of it in the active language."""
    if isinstance(told, list):
        return [in_words(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: _(part) if part and name in SENTENCES and isinstance(part, str) else in_words(part)
        for name, part in told.items()
    }


def operations(api: NinjaAPI) -> Iterator[tuple[str, str, Operation]]:
    """Each operation with its address and method as they stand in the description."""
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if operation.include_in_schema:
                    whole = PREFIX + "/".join(part for part in (router.prefix, path) if part).lstrip("/")
                    yield whole, operation.methods[0].lower(), operation


def scope_of(operation: Operation) -> str:
    """The scope that a key needs for an operation; "" for one that keys cannot open."""
    return next((door.scope for door in operation.auth_callbacks if isinstance(door, Key)), "")


def _tags(api: NinjaAPI) -> list[str]:
    return sorted({tag for _path, _method, operation in operations(api) for tag in operation.tags or ()})


def _describe(told: dict, method: str, operation: Operation) -> None:
    scope = scope_of(operation)
    told["security"] = [{"Key": [scope]}, {"Session": []}] if scope else [{"Session": []}]
    for parameter in told["parameters"]:
        if parameter["in"] == "path" and parameter["name"] in PATH_SCHEMAS:
            parameter["schema"] = PATH_SCHEMAS[parameter["name"]]
    if method == "post":
        told["parameters"].append(_key_parameter())
    for status, answer in told["responses"].items():
        answer["description"] = str(DONE[status])
    for status in (*ANY_CALL, *(WITH_BODY if method != "get" else ())):
        told["responses"][str(status)] = _problem_answer(status)
    told["responses"] = {str(status): answer for status, answer in told["responses"].items()}


def _key_parameter() -> dict:
    return {
        "in": "header",
        "name": HEADER,
        "required": False,
        "description": _(
            "Sent again within 24 hours with the same body, the call gets the same answer and is done once."
        ),
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
    }


def codes_of(status: int) -> list[str]:
    """The codes of problems that are answered with a status."""
    return [name for name, code in CODES.items() if code.status == status]


def _problem_answer(status: int) -> dict:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": _("A problem: %(codes)s") % {"codes": ", ".join(codes_of(status))}, "content": content}


def _problem_schema() -> dict:
    schema = Problem.json_schema()
    schema["properties"]["code"] = {"type": "string", "enum": list(CODES), "title": "Code"}
    return schema
