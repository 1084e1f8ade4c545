"""Files of human resources by script: read, looked at, written, in the steps of the page."""

import binascii
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from people import access, clock
from people.api.bodies import Day
from people.api.door import edge, opened_by
from people.errors import BadFact
from people.imports import Unreadable, runs, staff
from people.imports.runs import OPERATION
from people.imports.tables import MOST_COLUMNS, MOST_LINES
from people.models import Entity, ImportKind, ImportRun, ImportState, Person

router = Router(tags=["imports"])
WRITE = opened_by("imports:write")
MOST_TOLD = 500
EARLIEST, LATEST = date(1990, 1, 1), date(2150, 12, 31)
Cell = Annotated[str, Field(strict=True, max_length=200)]


class ImportWish(Schema):
    """``content``: a CSV or XLSX file in base64, or ``rows``: lines of cells of which the first names the columns.

    ``columns``: a field for each title, "" for one that is passed over; null to take what the titles say, or were said
    to mean last time. ``as_of``: from when changes without a day of their own count; null for today. ``order`` of day
    and month in dates such as 04/02/2026. ``whole``: those not in the file have left, refused beyond 5 %.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["people", "contracts", "teams", "managers", "places"]
    entity: UUID | None = None
    name: Annotated[str, Field(strict=True, max_length=120)] = ""
    content: Annotated[str, Field(strict=True, max_length=7_000_000)] = ""
    rows: Annotated[list[Annotated[list[Cell], Field(max_length=MOST_COLUMNS)]], Field(max_length=MOST_LINES)] = []
    columns: (
        Annotated[list[Annotated[str, Field(strict=True, max_length=40)]], Field(max_length=MOST_COLUMNS)] | None
    ) = None
    as_of: Day | None = None
    order: Literal["", "dmy", "mdy"] = ""
    pattern: Annotated[str, Field(strict=True, max_length=80)] = ""
    create_teams: Annotated[bool, Field(strict=True)] = False
    whole: Annotated[bool, Field(strict=True)] = False
    invite: Annotated[bool, Field(strict=True)] = False


class Seen(Schema):
    """``seen``: the digest of the difference that was looked at."""

    model_config = ConfigDict(extra="forbid")

    seen: Annotated[str, Field(strict=True, max_length=64)]


class FieldChange(Schema):
    field: str
    before: str
    after: str


class ChangeOut(Schema):
    """``line`` is null for what no line of the file tells by itself."""

    line: int | None
    what: Literal["new", "changed", "leaves"]
    name: str
    fields: list[FieldChange]


class FaultOut(Schema):
    line: int | None
    field: str
    value: str
    sentence: str


class PassedOut(Schema):
    """What of the file is not used, and why; ``line`` is null for what is on several."""

    line: int | None
    sentence: str


class ImportOut(Schema):
    """``state``: checking and applying are under way, ready waits for its writing, faulty wrote nothing.

    At most 500 changes, 200 faults and 200 lines passed over are told; ``counts`` tells all of them.
    """

    uid: UUID
    kind: str
    state: Literal["columns", "checking", "ready", "faulty", "applying", "done", "failed", "gone"]
    progress: int
    total: int
    columns: list[str]
    counts: dict[str, int]
    digest: str
    changes: list[ChangeOut]
    faults: list[FaultOut]
    passed: list[PassedOut]


@router.post("/imports", auth=WRITE, response={201: ImportOut}, summary="Read a file and work out its difference")
def start_import(request: HttpRequest, body: ImportWish):
    """Nothing is written. Many lines are the worker’s: ask for the import again until it is ready or faulty."""
    here = edge(request)
    entity = _entity(here.actor, body.entity)
    with _in_words():
        told = {"kind": body.kind, "entity": entity, "name": body.name, "by": here.actor}
        run = runs.start_run(_content(body), now=here.now, **told)
        try:
            runs.choose(run, _choices(body, run, here.today), table=run.options["table"], now=clock.now)
        except (Unreadable, BadFact):
            run.delete()
            raise
    return Status(201, _shape(run))


@router.get("/imports/{uid}", auth=WRITE, response=ImportOut, summary="Where an import stands")
def read_import(request: HttpRequest, uid: str):
    return _shape(_run(edge(request).actor, uid))


@router.post("/imports/{uid}/apply", auth=WRITE, response=ImportOut, summary="Write the difference that was seen")
def apply_import(request: HttpRequest, uid: str, body: Seen):
    """All of it or nothing; what changed meanwhile makes the import faulty."""
    actor = edge(request).actor
    run = _run(actor, uid)
    runs.ask_to_write(run, seen=body.seen, by=actor, now=clock.now)
    return _shape(run)


@router.delete("/imports/{uid}", auth=WRITE, response={204: None}, summary="Give an import up")
def drop_import(request: HttpRequest, uid: str):
    """What was read is no longer kept."""
    runs.let_go(_run(edge(request).actor, uid), now=clock.now())
    return Status(204, None)


def _choices(body: ImportWish, run: ImportRun, today: date) -> staff.Choices:
    as_of, people = body.as_of or today, body.kind == ImportKind.PEOPLE
    if not EARLIEST <= as_of <= LATEST:
        raise BadFact("as_of", as_of, _("The year %(year)s is out of reach. Check it.") % {"year": as_of.year})
    if body.pattern and body.pattern not in (each.name for each in runs.patterns_for(run)):
        sentence = _("“%(value)s” are no working days that anybody has in this entity. Check the name.")
        raise BadFact("pattern", body.pattern, sentence % {"value": body.pattern[:40]})
    return staff.Choices(
        columns=tuple(body.columns if body.columns is not None else run.options["columns"]),
        as_of=as_of,
        order=body.order,
        create_teams=body.create_teams,
        whole=body.whole and people,
        invite=body.invite and people,
        pattern=body.pattern,
    )


def _run(actor: Person, uid: str) -> ImportRun:
    held = ImportRun.objects.select_related("entity", "by__account", "by__site")
    run = held.filter(uid=access.read_uid(uid)).first()
    if not access.may(actor, OPERATION, run.entity if run else access.NO_ENTITY) or run is None:
        raise Http404
    return run


def _entity(actor: Person, uid: UUID | None) -> Entity:
    """The entity named, else one's own; 404 for those who import for nobody."""
    entities = list(access.entities_for(actor, OPERATION))
    if not entities:
        raise Http404
    found = next((each for each in entities if each.uid == uid or (uid is None and each.pk == actor.entity_id)), None)
    if found is None and uid is not None:
        raise Http404
    return found or entities[0]


def _content(body: ImportWish) -> bytes:
    if bool(body.content) == bool(body.rows):
        raise BadFact("content", "", _("Send either “content”, a file in base64, or “rows”."))
    if body.rows:
        return "\n".join(("sep=;", *(";".join(map(_quoted, row)) for row in body.rows))).encode("utf-8", "replace")
    try:
        return b64decode(body.content, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise BadFact("content", "", _("“content” is no base64. Send the bytes of the file in base64.")) from broken


def _quoted(cell: str) -> str:
    return '"' + " ".join(cell.split()).replace('"', '""') + '"'


@contextmanager
def _in_words() -> Iterator[None]:
    """What a file refuses, as the API tells it."""
    try:
        yield
    except Unreadable as bad:
        raise BadFact("content" if bad.field == "file" else bad.field, bad.value, bad.sentence) from bad


def _shape(run: ImportRun) -> dict[str, object]:
    report = runs.report_of(run) if run.state in (ImportState.READY, ImportState.FAULTY) else {}
    return {
        "uid": run.uid,
        "kind": run.kind,
        "state": run.state,
        "progress": run.progress,
        "total": run.total,
        "columns": list(run.options.get("columns", ())),
        "counts": run.counts,
        "digest": run.digest,
        "changes": [
            {"line": each["line"] or None, "what": each["what"], "name": each["name"],
             "fields": [{"field": field, "before": before, "after": after} for field, before, after in each["details"]]}
            for each in report.get("changes", ())[:MOST_TOLD]
        ],
        "faults": [each | {"line": each["line"] or None} for each in report.get("faults", ())],
        "passed": [{"line": line or None, "sentence": sentence} for line, sentence in report.get("passed", ())],
    }  # fmt: skip
