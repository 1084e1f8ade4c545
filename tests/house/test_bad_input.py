"""Whatever is written into an address, a form or a body: an answer in words, never a failure of ours."""

import json

import pytest
from django.test import Client

from people.roles import Circle
from tests.house.doors import NOW, Knock, doors, knock_at, quoted, standing_world, world_of

pytestmark = pytest.mark.django_db
TEXTS = (
    "",
    "\0",
    "a\0b",
    "2026-02-31",
    "31/02/2026",
    "2026-W99",
    "0001-01-01",
    "9999-12-31",
    str(2**63),
    "9" * 5000,
    "-1",
    "1e999",
    "NaN",
    "٢٠٢٦",
    "²",
    "👩🏽‍💻",
    "مرحبا \u202e",
    "x" * 10_000,
    "' OR 1=1 --",
    "../../settings",
    "%00%ff",
    "FREQ=SECONDLY",
)
VALUES = (*TEXTS, "\ud800", None, True, 2**70, -1, 1.5, [], {}, [[[[]]]], ["\0"], {"\0": "\0"})


def spoilt(knock: Knock, names: dict):
    """The same request again and again, each time with one value that no honest person sends."""
    for name, good in names.items():
        for text in TEXTS:
            yield (
                f"address {name}={text[:20]!r}",
                _replaced(knock, path=knock.path.replace(quoted(str(good)), quoted(text))),
            )
    for kind in ("query", "form"):
        fields = getattr(knock, kind)
        for name in fields:
            for text in TEXTS:
                yield f"{kind} {name}={text[:20]!r}", _replaced(knock, **{kind: fields | {name: text}})
        if fields:
            yield f"{kind} twice", _replaced(knock, **{kind: {name: [value, "\0"] for name, value in fields.items()}})
    for name in knock.json or {}:
        for value in VALUES:
            yield f"body {name}={str(value)[:20]!r}", _replaced(knock, json=knock.json | {name: value})


def _replaced(knock: Knock, **changes) -> Knock:
    return Knock(**({name: getattr(knock, name) for name in knock.__dataclass_fields__} | changes))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Of somebody who leads a team and is of human resources, too."""
    with django_db_blocker.unblock(), standing_world("manager", "hr") as found:
        yield found


@pytest.mark.parametrize("door", doors().values(), ids=lambda door: door.name)
def test_no_value_makes_us_fail(door, clock, world):
    clock(NOW)
    client = Client(raise_request_exception=False)
    client.force_login(world.actor.account)
    there = [circle for circle in Circle if not door.target or world.target(door, circle)]
    circle = next((circle for circle in there if door.opens_for("manager", circle)), there[0])
    uid = world.target(door, circle).uid if door.target else ""
    failures = []
    for method in {door.method, "POST" if door.form else door.method}:
        knock = knock_at(door, uid, method=method)
        for what, spoilt_knock in spoilt(knock, {"uid": uid} | door.url if str(uid) in knock.path else door.url):
            answer = spoilt_knock.send(client)
            if answer.status_code >= 500:
                failures.append(
                    f"{method} {what}: {answer.status_code} {answer.exc_info and repr(answer.exc_info[1])[:150]}"
                )
            elif answer.status_code == 422 and door.json is not None and not _explains(answer):
                failures.append(f"{method} {what}: {answer.content[:150]!r} does not explain itself")
    assert failures == [], "\n".join(failures)


def _explains(answer) -> bool:
    problem = json.loads(answer.content)
    return bool(problem.get("detail") or problem.get("title"))


BODIES = {
    "not JSON": b"{",
    "not UTF-8": b'{"day": "\xff\xfe"}',
    "endlessly deep": b"[" * 100_000,
    "not an object": b"[1, 2, 3]",
    "not a number": b'{"day": NaN}',
    "twice the same": b'{"day": "2026-06-15", "day": "\\u0000"}',
    "nothing": b"",
    "a large number": b'{"version": ' + b"9" * 5000 + b"}",
    "three megabytes": b'{"note": "' + b"x" * 3_000_000 + b'"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_no_body_makes_the_api_fail(body, clock):
    clock(NOW)
    client = Client(raise_request_exception=False)
    world = world_of("manager")
    client.force_login(world.actor.account)
    for door in doors().values():
        if door.json is not None:
            uid = world.target(door, Circle.OWN_TEAM).uid if door.target else ""
            knock = knock_at(door, uid)
            answer = client.generic(knock.method, knock.path, body, "application/json")
            assert answer.status_code < 500, f"{door.name} answered {answer.status_code}"
            assert answer.headers["Content-Type"].startswith(("application/problem+json", "application/json"))


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "x" * 10_000},
        {"accept-language": "\0"},
        {"cookie": "sessionid=\0; csrftoken=; django_language=../../etc"},
        {"cookie": "=;=;;;"},
        {"authorization": "Bearer \0"},
        {"authorization": "Bearer " + "x" * 10_000},
        {"authorization": "Basic ???"},
        {"content-type": "multipart/form-data"},
        {"content-type": "application/json; charset=nonsense"},
        {"if-none-match": "W/\0,,*"},
        {"if-modified-since": "31 February"},
        {"hx-request": "true", "hx-current-url": "::::"},
        {"hx-request": "true", "hx-target": "\0"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/year/", "/accounts/login/", "/api/v1/me", "/cal/nothing.ics", "/health/ready"])
def test_no_header_makes_us_fail(path, headers, clock):
    clock(NOW)
    client = Client(raise_request_exception=False)
    for method in ("GET", "POST"):
        assert client.generic(method, path, headers=headers).status_code < 500
