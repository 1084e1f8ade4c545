"""Coverage as the pages show it: margins and gaps of a stretch of time, one date with who is where, and what if."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from people.api.door import edge, opened_by
from people.models import Person
from policies.services.staffing import BadInputs, inputs_from, staffing_numbers
from telework.coverage.asking import crew_of
from telework.coverage.choice import Choice, read_choice
from telework.coverage.daylook import look_at, read_changes
from telework.coverage.span import Span, read_span
from telework.coverage.spread import read_heat
from telework.errors import BadWish, language

from . import coverage_shapes as shapes
from .paging import Paged

router = Router(tags=["coverage"])
READ = opened_by("coverage:read")


class Chosen(shapes.Whose, Paged):
    """Whose coverage, and which page of the gaps."""


@router.get(
    "/coverage/{period}", auth=READ, response=shapes.Margins, summary="Lowest margins of a year, month, week or day"
)
def read_coverage(request: HttpRequest, period: str, filters: Query[shapes.Whose]):
    """``period``: 2026, 2026-06, 2026-W24 or 2026-06-19. A margin below zero is a gap of so many people."""
    span, choice = _asked(edge(request).actor, period, filters)
    return shapes.margins_shape(span, choice, read_heat(choice.chosen, span))


@router.get("/coverage/{period}/gaps", auth=READ, response=shapes.GapPage, summary="What does not hold, by date")
def list_gaps(request: HttpRequest, period: str, filters: Query[Chosen]):
    span, choice = _asked(edge(request).actor, period, filters)
    page = filters.of(read_heat(choice.chosen, span).gaps)
    return page | {"items": [shapes.gap_shape(one.need, one.gap) for one in page["items"]]}


@router.get(
    "/coverage/{period}/people",
    auth=READ,
    response=shapes.DayOut,
    summary="One date: who is where, who could come",
)
def read_coverage_day(request: HttpRequest, period: str, filters: Query[shapes.DayFilters]):
    """``period`` is a day. People you may not know of are counted, never named."""
    return _looked(request, period, filters, {})


@router.post(
    "/coverage/{period}/what-if", auth=READ, response=shapes.DayOut, summary="The same with people moved in thought"
)
def ask_what_if(request: HttpRequest, period: str, body: shapes.WhatIf):
    """Nothing is written and nobody is told."""
    return _looked(request, period, body, read_changes(_written(body), edge(request).actor))


@router.post(
    "/staffing", auth=READ, response=shapes.Staffing, summary="How many people a volume of calls needs, by interval"
)
def compute_staffing(request: HttpRequest, body: shapes.Volume):
    """Erlang C by interval, as the form of a requirement computes it; nothing is written."""
    edge(request)
    try:
        heads = staffing_numbers(inputs_from(body.model_dump()))
    except BadInputs as bad:
        field, sentence = bad.faults[0]
        raise BadWish(field, "", sentence) from bad
    return {"items": [{"start": one.start, "end": one.end, "people": one.heads} for one in heads]}


def _asked(actor: Person, period: str, filters: shapes.Whose) -> tuple[Span, Choice]:
    """The stretch of time and the requirements meant; not found for those who may see nobody's coverage."""
    try:
        span = read_span(period)
    except Http404 as unreadable:
        sentence = _("“%(value)s” is no stretch of time. Write 2026, 2026-06, 2026-W24 or 2026-06-19.")
        raise BadWish("period", period, sentence % {"value": period[:40]}) from unreadable
    chosen = {name: str(uid) for name in ("team", "need") if (uid := getattr(filters, name))}
    return span, read_choice(chosen, actor, span.first, span.last)


def _looked(request: HttpRequest, period: str, asked: shapes.DayFilters | shapes.WhatIf, changes: dict) -> dict:
    here = edge(request)
    span, choice = _asked(here.actor, period, asked)
    if span.kind != "day":
        sentence = _("“%(value)s” is more than a day. Name one, such as 2026-06-19.")
        raise BadWish("period", period, sentence % {"value": period[:40]})
    at = _at(choice, asked)
    if not choice.chosen:
        return shapes.nothing_shape(span.first)
    look = look_at(choice.chosen, span.first, at=at, changes=changes)
    crew = crew_of(look.main, *look.span, actor=here.actor, today=here.today, lang=language())
    return shapes.day_shape(look, crew, more=len(choice.chosen) - len(look.shown))


def _at(choice: Choice, asked: shapes.DayFilters | shapes.WhatIf):
    if not asked.at:
        return None
    found = next((need for need in choice.chosen if need.uid == asked.at), None)
    if found is None:
        raise Http404
    return found


def _written(body: shapes.WhatIf) -> list[str]:
    """Changes as addresses of the page write them."""
    return [f"{change.person}.{change.place}" for change in body.changes]
