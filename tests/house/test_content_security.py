"""No answer lets a page run or load what is not ours, and no page contains code or style of its own."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from people.roles import Circle
from tests.house.doors import NOW, doors, knock_at, world_of
from tests.house.tree import templates

pytestmark = pytest.mark.django_db
WANTED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


class Inline(HTMLParser):
    """Collects what a strict policy would refuse: inline scripts and styles, handlers, foreign addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes) -> None:
        named = dict(attributes)
        self.open = tag if tag == "style" or (tag == "script" and "src" not in named) else ""
        for name, value in attributes:
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            loads = name in {"src", "srcset", "action", "formaction"} or (name == "href" and tag in {"link", "use"})
            if (loads and re.match(r"(?:https?:)?//", value or "")) or (value or "").lower().startswith("javascript:"):
                self.faults.append(f"<{tag} {name}={value!r}> leads elsewhere")

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.faults.append(f"<{self.open}> {data.strip()[:60]}")

    def handle_endtag(self, tag: str) -> None:
        self.open = ""


def policy_of(answer) -> dict[str, str]:
    header = answer.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip())


@pytest.fixture
def client(clock) -> Client:
    clock(NOW)
    return Client(raise_request_exception=False)


def check(answer, where: str) -> list[str]:
    faults = [] if policy_of(answer) == WANTED else [f"{where}: policy {policy_of(answer)}"]
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append(f"{where}: X-Content-Type-Options is missing")
    if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        faults += [f"{where}: {fault}" for fault in Inline(answer.content.decode()).faults]
    return faults


@pytest.mark.parametrize("role", [None, "employee", "manager", "hr"])
def test_every_answer_carries_the_strict_policy_and_no_inline_code(role, client):
    world = world_of(role or "employee")
    if role:
        client.force_login(world.actor.account)
    faults = []
    for door in doors().values():
        circle = Circle.OWN_TEAM if door.target in ("team", "requirement") or role in {"manager", "hr"} else Circle.OWN
        target = world.target(door, circle).uid if door.target else world.teams[Circle.OWN_TEAM].uid
        for method in {door.method, "GET", "POST"}:
            faults += check(knock_at(door, target, method=method).send(client), f"{method} {door.name}")
    assert faults == []


@pytest.mark.parametrize("path", ["/nothing/here", "/api/v1/nothing", "/static/nothing.css", "/cal/nothing.ics"])
def test_what_is_not_there_is_as_strict(path, client):
    assert check(client.get(path), path) == []


def test_static_files_are_as_strict(settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    answer = Client().get("/static/ui/tokens.css")
    assert answer.status_code == 200
    assert check(answer, "static") == []


def test_a_failure_of_ours_is_as_strict_and_says_so_in_words(client, monkeypatch):
    def fail(*_arguments, **_names):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("config.health.backlog", fail)
    answer = client.get(reverse("health_alerts"))
    assert answer.status_code == 500
    assert check(answer, "500") == []
    assert "on purpose" not in answer.content.decode()


def test_an_unknown_host_is_as_strict(client, settings):
    settings.ALLOWED_HOSTS = ["cent-jours.example"]
    answer = client.get("/accounts/login/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert check(answer, "400") == []


def test_a_forged_form_is_refused_in_words(clock):
    clock(NOW)
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert check(answer, "403") == []


def test_no_template_holds_code_or_style():
    pages = [path for path in templates() if path.suffix == ".html" and not {"mail", "email"} & {*path.parts}]
    assert pages
    assert {str(path): faults for path in pages if (faults := Inline(path.read_text("utf-8")).faults)} == {}


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">x</p>',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
        '<a href="javascript:go()">x</a>',
        '<img src="https://elsewhere.example/x.png">',
        '<button onclick="go()">x</button>',
    ],
)
def test_the_reader_of_pages_sees_what_a_browser_would_refuse(text):
    assert Inline(text).faults
