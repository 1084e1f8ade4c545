"""The scene of telework, and somebody who speaks JSON in it."""

import json

import pytest
from django.test import Client

from people.tokens import SCOPES, create_token
from tests.telework.conftest import scene  # noqa: F401


class Caller:
    """A client that speaks JSON, in English, as a session or with a key."""

    def __init__(self, person=None, *, key: str = "", raises: bool = True, csrf: bool = False) -> None:
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self.client = Client(headers=headers, raise_request_exception=raises, enforce_csrf_checks=csrf)
        if person:
            self.client.force_login(person.account)

    def __call__(self, method: str, path: str, body=None, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        kind = headers.pop("content_type", "application/json")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, f"/api/v1{path}", data, content_type=kind, headers=named)


@pytest.fixture
def at_nine(scene, clock):  # noqa: F811
    clock("2026-06-08T09:00:00+02:00")
    return scene


@pytest.fixture
def api(at_nine) -> Caller:
    """The person of the scene, signed in."""
    return Caller(at_nine.person)


@pytest.fixture
def key(at_nine) -> str:
    """A key of the person of the scene, for everything."""
    return create_token(at_nine.person.account, scopes=SCOPES, now=at_nine.now)
