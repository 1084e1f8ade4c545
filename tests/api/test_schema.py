"""Thousands of calls made up from the description of the API: no failure of ours, and no breach of what it promises.

The engine of schemathesis with all its checks, in this process and without a network, the same calls on every run:
bounds and their neighbours, random bodies that fit and that do not, then walks from one call to the next with the ids
that were answered. On SQLite some 20,000 calls, on PostgreSQL some 8,000: every bound, few random bodies. What a key
cannot reach is called as a session, with as many random bodies on both.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from config import problems
from config.api import api
from people import clock
from people.models import Account, ApiToken, Person, Role, Session
from people.tokens import SCOPES, create_token
from tests import factories
from tests.house.doors import NOW, world_of

pytestmark = pytest.mark.django_db(transaction=True)
DESCRIPTION = "/api/v1/openapi.json"
SHAPE = "X-Refused-By"  # what the reader of bodies found, told to the check below only
BY_SESSION = "/(keys|sessions|account)(/|$)"
EVERYTHING = "everything"
# A date or a number that is written rightly may still be out of reach: a sentence says so, and no schema could.
IN_WORDS = {"sentence", "value_error"}


@schemathesis.check
def what_fits_is_read(ctx, response, case) -> None:
    """A value that fits the schema may be refused by a rule, never by whatever reads it."""
    if case.meta is None or case.meta.generation.mode is not schemathesis.GenerationMode.POSITIVE:
        return
    kinds = set(",".join(response.headers.get(SHAPE.lower(), [])).split(",")) - {""} - IN_WORDS
    assert not kinds, f"A body that fits was refused: {kinds} {response.content[:300]!r}"


@pytest.fixture
def speaker_of(request, settings, monkeypatch) -> Callable[[str], Person]:
    """Somebody with a role, or with every one, in a small company of two entities."""
    settings.API_CALLS_A_MINUTE = 10**9
    monkeypatch.setattr("people.limits.may_guess_keys", lambda request: True)
    request.getfixturevalue("clock")(NOW)

    def speaker(role: str) -> Person:
        world = world_of("manager" if role == EVERYTHING else role)
        for each in Role.values if role == EVERYTHING else ():
            factories.grant(world.actor, each)
        return world.actor

    return speaker


@pytest.fixture
def told_shapes(monkeypatch) -> None:
    """The answer to a body that does not fit also says which kinds of faults were found."""

    def invalid(request, error):
        answer = problems.invalid(request, error)
        answer[SHAPE] = ",".join(sorted({found["type"] for found in error.errors}))
        return answer

    monkeypatch.setitem(api._exception_handlers, problems.ValidationError, invalid)
    # The engine hands settings of sockets to its in-process client, too, which does not know them (4.32.5).
    send = WSGITransport.send
    sockets = {"max_redirects", "verify", "cert", "proxies"}
    monkeypatch.setattr(
        WSGITransport,
        "send",
        lambda self, case, **how: send(self, case, **{name: how[name] for name in how if name not in sockets}),
    )


def engine_of(app, key: str, examples: int, *, bounds: bool, only: str):
    """The engine, speaking with ``key``, or as whomever ``app`` lets in without.

    ``examples``: how many random bodies an operation gets. ``bounds``: whether each bound is tried, too.
    ``only``: a pattern of the addresses.
    """
    # The in-process client does not unpack what was compressed on the way.
    headers = {"Accept-Language": "en", "Accept-Encoding": "identity"}
    headers |= {"Authorization": f"Bearer {key}"} if key else {}
    config = schemathesis.Config.from_dict(
        {
            "seed": 100,
            "workers": 1,
            "headers": headers,
            "generation": {
                "max-examples": examples,
                "deterministic": True,
                "database": "none",
                "with-security-parameters": bool(key),
            },
            "phases": {"coverage": {"enabled": bounds}},
            # What fits may be refused by a rule with 422, too; by what reads it never: see the check above.
            "checks": {
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "401", "403", "404", "409", "422", "429"],
                },
                "ignored_auth": {"enabled": bool(key)},  # a session is not its own to leave out
            },
        }
    )
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, app, config=config, headers=headers)
    return from_schema(schema.include(path_regex=only))


def breaches(finished: events.ScenarioFinished, key: str) -> Iterator[str]:
    for checks in finished.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                call = check.failure_info.code_sample.replace(key or "…", "…")
                message = check.failure_info.failure.message
                yield f"{check.name}, {finished.recorder.label}: {message[:400]}\n  {call[:600]}"


def calls_made_up(app, key: str, examples: int, *, bounds: bool = True, only: str = "") -> int:
    """How many calls were made; no breach in any."""
    calls, found = Counter(), {}
    for event in engine_of(app, key, examples, bounds=bounds, only=only).execute():
        if isinstance(event, events.ScenarioFinished):
            calls[event.phase.value] += len(event.recorder.cases)
            found |= {breach.partition("\n")[0]: breach for breach in breaches(event, key)}
        elif isinstance(event, events.NonFatalError | events.FatalError):
            error = event.value if isinstance(event, events.NonFatalError) else event.exception
            found[repr(error)[:200]] = f"{getattr(event, 'label', '')}: {error!r}"[:1000]
    print(dict(calls))
    assert not found, "\n\n".join([f"{len(found)} breaches in {calls} calls", *[*found.values()][:40]])
    return sum(calls.values())


def calls_with_a_key(speaker: Person, examples: int, **how) -> int:
    return calls_made_up(
        get_wsgi_application(), create_token(speaker.account, scopes=SCOPES, now=clock.now()), examples, **how
    )


@pytest.mark.long
def test_no_call_breaks_what_the_description_promises(speaker_of, told_shapes):
    whole = connection.vendor == "sqlite"
    assert calls_with_a_key(speaker_of(EVERYTHING), 40 if whole else 1) >= (10_000 if whole else 5_000)


def test_whomever_most_doors_are_shut_to_they_tell_what_fits_the_description(speaker_of, told_shapes):
    whole = connection.vendor == "sqlite"
    calls = calls_with_a_key(speaker_of("employee"), 1 if whole else 4, bounds=whole)
    assert calls >= (5_000 if whole else 200)


def signed_in(account: Account):
    """The product as a browser of ``account`` meets it, signed in again whenever a call has ended the session."""
    browser, product, token = Client(), get_wsgi_application(), "a" * 32
    browser.force_login(account)

    def answered(told: dict, start):
        if not Session.objects.filter(session_key=browser.session.session_key):
            browser.force_login(account)
        cookies = f"sessionid={browser.session.session_key}; csrftoken={token}"
        return product(told | {"HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": token}, start)

    return answered


def test_what_no_key_opens_keeps_its_promises_to_a_session(speaker_of, told_shapes):
    """A key makes no keys and ends no sessions: somebody who is signed in does."""
    account = speaker_of(EVERYTHING).account
    assert calls_made_up(signed_in(account), "", 40, only=BY_SESSION) >= 200
    assert ApiToken.objects.filter(account=account).count() > 1, "beside the one of the world no key was made"
