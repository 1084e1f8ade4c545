"""The policy lab: ask for a run of a draft over a past period, see how far it is, read what it says, stop it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.responses import Status

from people.api.door import edge, opened_by
from policies.access import version_for
from policies.core.readings import READINGS
from telework.access import run_for
from telework.errors import BadWish
from telework.lab import services
from telework.lab.shown import shown
from telework.models import LabRun, LabState
from telework.tasks import wake_lab

from . import replies
from .agreement_faults import told_faults
from .paging import Paged
from .schemas import Day, Strict
from .texts import Word

router = Router(tags=["policy lab"])
READ, WRITE = opened_by("agreements:read"), opened_by("agreements:write")


class Asking(Strict):
    """A past period, held against the draft as it stands on ``as_of`` (today if not given).

    ``reading``: instead, the choices of this reading against each other."""

    first: Day
    last: Day
    as_of: Day | None = None
    reading: Word = ""


class TableOut(Schema):
    title: str
    heads: list[str]
    rows: list[list[str]]


class ResultOut(Schema):
    """Sums only, none over fewer than five people."""

    sentences: list[str]
    tables: list[TableOut]
    notes: list[str]


class RunOut(Schema):
    """``result`` once it is done; ``changed_since``: the draft has been edited after the run was asked for."""

    uid: UUID
    agreement: UUID
    state: str
    percent: int
    first: date
    last: date
    as_of: date
    reading: str
    asked_at: datetime
    asked_by: replies.Person | None
    changed_since: bool
    result: ResultOut | None


class Runs(Schema):
    count: int
    items: list[RunOut]


@router.get("/agreements/{uid}/lab", auth=READ, response=Runs, summary="The runs of a version, the latest first")
def list_runs(request: HttpRequest, uid: str, page: Query[Paged]):
    version = version_for(edge(request).actor, uid)
    rows = LabRun.objects.filter(version=version).select_related("asked_by", "version")
    return page.shaped(rows.defer("text", "partial", "refused", "result"), lambda run: _run_shape(run, None))


@router.post("/agreements/{uid}/lab", auth=WRITE, response={201: RunOut}, summary="Ask for a run")
def start_run(request: HttpRequest, uid: str, body: Asking):
    here = edge(request)
    version = version_for(here.actor, uid)
    if body.reading and body.reading not in READINGS:
        raise BadWish("reading", body.reading, _("“%(name)s” is no reading.") % {"name": body.reading[:40]})
    with told_faults():
        run = services.start_run(
            version, first=body.first, last=body.last, as_of=body.as_of or here.today, reading=body.reading,
            actor=here.actor, now=here.now,
        )  # fmt: skip
    transaction.on_commit(lambda: wake_lab(run))
    return Status(201, _run_shape(run, None))


@router.get("/lab/{uid}", auth=READ, response=RunOut, summary="How far a run is, or what it says")
def read_run(request: HttpRequest, uid: str):
    run = run_for(edge(request).actor, uid)
    return _run_shape(run, _result(run) if run.state == LabState.DONE else None)


@router.post("/lab/{uid}/cancel", auth=WRITE, response=RunOut, summary="Stop a run; what it has counted is forgotten")
def cancel_run(request: HttpRequest, uid: str):
    """Of a run that is over already, nothing changes."""
    here = edge(request)
    run = run_for(here.actor, uid)
    if services.cancel_run(run, actor=here.actor, now=here.now):
        run.state = LabState.CANCELLED
    return _run_shape(run, None)


def _run_shape(run: LabRun, result: dict[str, Any] | None) -> dict:
    plain = ("uid", "percent", "first", "last", "as_of", "reading", "asked_at")
    return {name: getattr(run, name) for name in plain} | {
        "agreement": run.version.uid,
        "state": str(run.state),
        "asked_by": {"uid": run.asked_by.uid, "name": run.asked_by.name} if run.asked_by else None,
        "changed_since": run.version.edition != run.edition,
        "result": result,
    }


def _result(run: LabRun) -> dict[str, Any]:
    found = shown(run)
    return {
        "sentences": list(found.sentences),
        "tables": [
            {"title": title, "heads": list(table.heads), "rows": [[line.name, *line.figures] for line in table.lines]}
            for title, table in found.tables
        ],
        "notes": list(found.notes),
    }
