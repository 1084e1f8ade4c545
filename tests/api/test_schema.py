"""Thousands of calls made up from the description of the API: no failure of ours, and no breach of what it promises.

The engine of schemathesis with all its checks, in this process and without a network, the same calls on every run:
bounds and their neighbours, random bodies that fit and that do not, then walks from one call to the next with the ids
that were answered.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from config import problems
from config.api import api
from people import clock
from people.models import Person, Role
from people.tokens import SCOPES, create_token
from tests import factories
from tests.house.doors import NOW, world_of

pytestmark = pytest.mark.django_db(transaction=True)
DESCRIPTION = "/api/v1/openapi.json"
SHAPE = "X-Refused-By"  # what the reader of bodies found, told to the check below only
LEAST = 10_000
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


def engine_of(key: str, examples: int):
    """The engine, speaking with ``key``; ``examples``: how many random bodies an operation gets."""
    # The in-process client does not unpack what was compressed on the way.
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en", "Accept-Encoding": "identity"}
    config = schemathesis.Config.from_dict(
        {
            "seed": 100,
            "workers": 1,
            "headers": headers,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            # What fits may be refused by a rule with 422, too; by what reads it never: see the check above.
            "checks": {
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "401", "403", "404", "409", "422", "429"],
                }
            },
        }
    )
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application(), config=config, headers=headers)
    return from_schema(schema)


def breaches(finished: events.ScenarioFinished, key: str) -> Iterator[str]:
    for checks in finished.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                call = check.failure_info.code_sample.replace(key, "…")
                message = check.failure_info.failure.message
                yield f"{check.name}, {finished.recorder.label}: {message[:400]}\n  {call[:600]}"


def calls_made_up_for(speaker: Person, examples: int) -> tuple[int, list[str]]:
    """How many calls somebody's key made, and every breach once."""
    key = create_token(speaker.account, scopes=SCOPES, now=clock.now())
    calls, found = Counter(), {}
    for event in engine_of(key, examples).execute():
        if isinstance(event, events.ScenarioFinished):
            calls[event.phase.value] += len(event.recorder.cases)
            found |= {breach.partition("\n")[0]: breach for breach in breaches(event, key)}
        elif isinstance(event, events.NonFatalError | events.FatalError):
            error = event.value if isinstance(event, events.NonFatalError) else event.exception
            found[repr(error)[:200]] = f"{getattr(event, 'label', '')}: {error!r}"[:1000]
    print(dict(calls))
    return sum(calls.values()), list(found.values())


# Most doors are shut to an employee: what they tell has to fit the description, too.
@pytest.mark.parametrize(("role", "examples", "least"), [(EVERYTHING, 40, LEAST), ("employee", 1, 500)])
def test_no_call_breaks_what_the_description_promises(speaker_of, told_shapes, role, examples, least):
    whole = connection.vendor == "sqlite"
    calls, found = calls_made_up_for(speaker_of(role), examples if whole else 1)
    assert not found, "\n\n".join([f"{len(found)} breaches in {calls} calls", *found[:40]])
    assert calls >= (least if whole else 500), calls
