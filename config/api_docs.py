"""/api/v1/docs: the description of the API as a page, drawn by the server from the same source as openapi.json."""

import json
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from config.description import codes_of, described
from config.problem_codes import CODES
from people import access
from people.texts import folded
from people.tokens import SCOPES

DEEPEST = 2
EXAMPLES = {"date": "2026-06-15", "uuid": "3f0c8e5a-5d1f-4a0e-9d57-2b8d6f1f9d10", "date-time": "2026-06-15T08:00:00Z"}


def docs_page(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """The page of ``api``."""

    @cache
    def groups(language: str | None) -> list[dict]:
        """In ``language``, which is the active one."""
        return _groups(described(api))

    @login_required
    @require_safe
    def api_docs(request: HttpRequest) -> HttpResponse:
        access.actor(request)
        context = {"groups": groups(get_language()), "scopes": SCOPES.items(), "codes": CODES.items()}
        return render(request, "ui/api_docs.html", context)

    return api_docs


def _groups(whole: dict) -> list[dict]:
    """The calls under each tag, by the words for the tag; ``tag`` itself is the same in any language."""
    found = {each["name"]: {"tag": each["name"], "words": each["description"], "calls": []} for each in whole["tags"]}
    for path, methods in whole["paths"].items():
        for method, told in methods.items():
            found[told["tags"][0]]["calls"].append(_operation(whole, path, method, told))
    return sorted(found.values(), key=lambda group: folded(group["words"]))


def _operation(whole: dict, path: str, method: str, told: dict) -> dict:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    scope = next((door["Key"][0] for door in told["security"] if "Key" in door), "")
    return {
        "id": told["operationId"].rsplit("_api_", 1)[-1],
        "method": method.upper(),
        "path": path,
        "summary": told.get("summary", ""),
        "description": told.get("description", "").replace("``", "`"),
        "scope": scope,
        "parameters": [_parameter(whole, each) for each in told["parameters"]],
        "fields": list(_fields(whole, body)) if body else [],
        "answers": [_answer(whole, status, answer) for status, answer in told["responses"].items()],
        "example": _example_call(whole, path, method, body) if scope else "",
    }


def _parameter(whole: dict, parameter: dict) -> dict:
    required, schema = parameter.get("required", False), parameter["schema"]
    shown = {"name": parameter["name"], "place": parameter["in"], "required": required}
    return shown | {"type": type_words(whole, schema), "default": _default(schema)}


def _answer(whole: dict, status: str, answer: dict) -> dict:
    content = answer.get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return {
        "status": status,
        "codes": codes_of(int(status)) if "application/problem+json" in content else [],
        "fields": list(_fields(whole, schema)) if schema else [],
    }


def _fields(whole: dict, schema: dict, above: str = "", depth: int = 0) -> Iterator[dict]:
    """The members of an object, those of objects inside it as ``items[].uid``."""
    schema = _resolved(whole, schema)
    for choice in _choices(whole, schema):
        for name, member in choice.get("properties", {}).items():
            full, required = f"{above}{name}", name in choice.get("required", ())
            yield {
                "name": full,
                "type": type_words(whole, member),
                "required": required,
                "default": _default(member),
            }
            if depth < DEEPEST:
                inner, mark = _inner(whole, member)
                if inner is not None:
                    yield from _fields(whole, inner, f"{full}{mark}.", depth + 1)


def _inner(whole: dict, schema: dict) -> tuple[dict | None, str]:
    for choice in _choices(whole, _resolved(whole, schema)):
        if choice.get("type") == "array":
            inner = _resolved(whole, choice.get("items", {}))
            return (inner, "[]") if "properties" in inner else (None, "")
        if "properties" in choice:
            return choice, ""
    return None, ""


def _choices(whole: dict, schema: dict) -> list[dict]:
    """The forms that a value may take, null left out."""
    each = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return [found for found in (_resolved(whole, one) for one in each) if found.get("type") != "null"]


def _resolved(whole: dict, schema: dict) -> dict:
    while "$ref" in schema or len(schema.get("allOf", ())) == 1:
        name = schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else ""
        schema = whole["components"]["schemas"][name] if name else schema["allOf"][0]
    return schema


def type_words(whole: dict, schema: dict) -> str:
    """A type in a few words: ``date``, ``uuid | null``, ``[booking]``, ``"full" | "morning"``, ``string ≤ 60``."""
    nullable = any(one.get("type") == "null" for one in schema.get("anyOf", ()))
    words = list(dict.fromkeys(_word(whole, choice) for choice in _choices(whole, _resolved(whole, schema))))
    return " | ".join([*words, "null"] if nullable else words)


def _word(whole: dict, schema: dict) -> str:
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " | ".join(kind)
    if kind == "array":
        return f"[{type_words(whole, schema.get('items', {}))}]"
    if kind == "string":
        longest = f" ≤ {schema['maxLength']}" if "maxLength" in schema else ""
        return schema.get("format", "") or f"string{longest}"
    bounds = [f" {sign} {schema[name]}" for name, sign in (("minimum", "≥"), ("maximum", "≤")) if name in schema]
    return kind + "".join(bounds)


def _default(schema: dict) -> str:
    return json.dumps(schema["default"], ensure_ascii=False) if "default" in schema else ""


def _example_call(whole: dict, path: str, method: str, body: dict | None) -> str:
    address = settings.BASE_URL + path.replace("{uid}", EXAMPLES["uuid"]).replace("{year}", "2026")
    lines = [f"curl -X {method.upper()} {address}", "-H 'Authorization: Bearer cj_…'"]
    if method == "post":
        lines.append("-H 'Idempotency-Key: 7d0b4bd4'")
    if body:
        lines += [
            "-H 'Content-Type: application/json'",
            f"-d '{json.dumps(_example(whole, body), ensure_ascii=False)}'",
        ]
    return " \\\n  ".join(lines)


def _example(whole: dict, schema: dict, depth: int = 0):
    """A value that fits: what is required, and the first choice of each."""
    schema = _choices(whole, _resolved(whole, schema))[0]
    if "examples" in schema or "default" in schema:
        return schema.get("examples", [schema.get("default")])[0]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        members = schema.get("properties", {})
        names = schema.get("required") or list(members)[:1]
        return {name: _example(whole, members[name], depth + 1) for name in names if name in members and depth < 4}
    if kind == "array":
        return [_example(whole, schema.get("items", {}), depth + 1)]
    if kind == "string":
        return EXAMPLES.get(schema.get("format", ""), "…")
    return {"integer": 1, "number": 1, "boolean": True}.get(kind if isinstance(kind, str) else "number", {})
