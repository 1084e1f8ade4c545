"""Files of what one may see."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict

from people.api.bodies import Day
from people.api.door import edge, opened_by
from people.exports import exported, kind_called, offered_to
from people.exports.kinds import ask_for

router = Router(tags=["exports"])
READ = opened_by("exports:read")


class Taken(Schema):
    """``first`` and ``last``: for files of days; this month if not given. ``team``: a uid."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["csv", "xlsx", "json"] = "json"
    first: Day | None = None
    last: Day | None = None
    team: UUID | None = None


class FileKind(Schema):
    kind: str
    words: str
    about: str
    dated: bool
    needs_team: bool
    columns: list[str]


class FileKinds(Schema):
    items: list[FileKind]


@router.get("/exports", auth=READ, response=FileKinds, summary="The files that you may take out")
def list_exports(request: HttpRequest):
    kinds = offered_to(edge(request).actor)
    return {
        "items": [
            {
                "kind": kind.code,
                "words": str(kind.words),
                "about": str(kind.about),
                "dated": kind.dated,
                "needs_team": kind.needs_team,
                "columns": [code for code, _words in kind.columns],
            }
            for kind in kinds
        ]
    }


@router.get("/exports/{kind}", auth=READ, summary="One file: CSV, Excel or JSON")
def read_export(request: HttpRequest, kind: str, filters: Query[Taken]):
    """Only what you may see is in it; who takes out which file is kept."""
    here = edge(request)
    held = kind_called(kind, here.actor)
    team = str(filters.team) if filters.team else ""
    ask = ask_for(held, here.actor, first=filters.first, last=filters.last, team=team, today=here.today)
    return exported(held, filters.format, ask, now=here.now)
