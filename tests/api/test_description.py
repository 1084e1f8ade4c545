"""The description of the API and its page: complete, exact, and drawn from one source."""

import ast
import re

import pytest
from pydantic import BaseModel

from config.api import api
from config.description import described, operations, scope_of
from config.problem_codes import CODES
from people.tokens import SCOPES
from telework.errors import TeleworkError
from tests.api.conftest import Caller
from tests.house.tree import python_files

pytestmark = pytest.mark.django_db
OPERATIONS = list(operations(api))
# Whole in every case: the rows of one person, one team's day, a table of our own.
NO_PAGES = (
    "/api/v1/exports",
    "/api/v1/people/{uid}/contracts",
    "/api/v1/people/{uid}/memberships",
    "/api/v1/people/{uid}/roster",
    "/api/v1/people/{uid}/skills",
    "/api/v1/people/{uid}/terms",
    "/api/v1/teams/{uid}/day/{day}",
    "/api/v1/terms",
)


@pytest.fixture(scope="module")
def whole() -> dict:
    return described(api)


def written_codes() -> set[str]:
    """Every code in the source: those given to ``problem(…)`` and those of errors that are told as problems."""
    found = set()
    for path in python_files("config", "people", "policies", "telework"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "problem":
                given = [each.value for each in node.keywords if each.arg == "code"]
                found |= {each.value for each in given if isinstance(each, ast.Constant)}
            if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Constant):
                found |= {"unmeetable"} & {node.elts[0].value}

    def errors(kind: type) -> set[type]:
        return {kind}.union(*(errors(each) for each in kind.__subclasses__()))

    return found | {error.code for error in errors(TeleworkError)}


def test_the_table_holds_every_code_and_no_other():
    assert written_codes() == set(CODES)


def test_a_code_stands_beside_the_status_with_which_it_is_answered():
    found = {(error.code, error.status) for error in TeleworkError.__subclasses__()}
    assert found <= {(name, code.status) for name, code in CODES.items()}


def test_two_shapes_never_share_a_name():
    """Ninja would describe only one of them."""
    named: dict[str, set[type]] = {}

    def walk(kind) -> None:
        for inner in getattr(kind, "__args__", ()):
            walk(inner)
        if (
            isinstance(kind, type)
            and issubclass(kind, BaseModel)
            and kind not in named.setdefault(kind.__name__, set())
        ):
            named[kind.__name__].add(kind)
            for field in kind.model_fields.values():
                walk(field.annotation)

    for _path, _method, operation in OPERATIONS:
        for model in (*operation.models, *operation.response_models.values()):
            for field in getattr(model, "model_fields", {}).values():
                walk(field.annotation)
    assert {name: kinds for name, kinds in named.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize(
    ("path", "method", "operation"), OPERATIONS, ids=lambda part: str(part) if isinstance(part, str) else ""
)
def test_every_operation_is_told_whole(path, method, operation, whole):
    told = whole["paths"][path][method]
    assert told["summary"] and told["tags"], path
    assert scope_of(operation) in (*SCOPES, "")
    assert {"401", "404", "406", "422", "429"} <= set(told["responses"])
    names = [parameter["name"] for parameter in told["parameters"]]
    assert ("Idempotency-Key" in names) == (method == "post")
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    for choice in body.get("anyOf", [body] if body else []):
        if "$ref" in choice:
            shape = whole["components"]["schemas"][choice["$ref"].rsplit("/", 1)[1]]
            assert shape["additionalProperties"] is False, f"{path} reads fields that it does not know"


def test_every_list_comes_in_pages_and_says_how_long_it_is(whole):
    unpaged = []
    for path, method, _operation in OPERATIONS:
        told = whole["paths"][path][method]
        schema = told["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        shape = whole["components"]["schemas"].get(schema.get("$ref", "").rsplit("/", 1)[-1], {})
        if method == "get" and "items" in shape.get("properties", {}):
            names = {parameter["name"] for parameter in told["parameters"]}
            if not ({"limit", "offset"} <= names and "count" in shape["properties"]):
                unpaged.append(path)
    assert sorted(set(unpaged) - set(NO_PAGES)) == []


class TestPage:
    def test_names_every_call_scope_and_code(self, api, whole):
        page = api.client.get("/api/v1/docs", headers={"Accept-Language": "en"})
        text = page.content.decode()
        assert page.status_code == 200 and "<script>" not in text and "style=" not in text
        assert all(f"<code>{name}</code>" in text for name in (*SCOPES, *CODES))
        assert text.count('<details class="call"') == len(OPERATIONS)
        assert all(path in text for path in whole["paths"])

    def test_speaks_french_to_those_who_do(self, at_nine):
        account = at_nine.person.account
        account.language = "fr"
        account.save()
        text = Caller(at_nine.person).client.get("/api/v1/docs").content.decode()
        assert "Portées" in text and "Qui détient" not in text

    def test_asks_a_stranger_to_sign_in(self, client):
        assert client.get("/api/v1/docs").url.startswith("/accounts/login/")

    def test_shows_calls_that_work(self, at_nine, key, whole):
        """The example of booking a day, sent as it stands."""
        text = Caller(at_nine.person).client.get("/api/v1/docs").content.decode()
        assert re.search(r"curl -X POST \S+/api/v1/bookings \\", text)
        assert Caller(key=key)("POST", "/bookings", {"day": "2026-06-15"}).status_code == 201
