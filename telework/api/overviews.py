"""Many people at once: their balances, and the month of a company."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from people.access import team_for
from people.api.door import edge, opened_by
from telework.access import people_with_balances
from telework.balances import BalanceRow, balances_of, sorted_rows
from telework.company_choice import Choice
from telework.company_month import CompanyLine, TeamLines, company_month
from telework.errors import BadWish
from telework.periods import read_period

from . import replies
from .paging import Paged
from .people import counts_shape, halves_shape
from .schemas import Strict
from .shapes import days_text

router = Router(tags=["overviews"])
READ = opened_by("people:read")
Sort = Literal[
    "name", "team", "rate", "due", "done", "booked", "pending", "left",
    "-name", "-team", "-rate", "-due", "-done", "-booked", "-pending", "-left",
]  # fmt: skip


class BalanceFilters(Paged):
    """``team``: its members only. ``sort``: a column, ``-`` before it for the other way round; no number comes last."""

    team: UUID | None = None
    sort: Sort = "name"


class BalanceLine(Schema):
    """``total`` and ``left`` are null where no agreement tells them; ``unit``: what is counted."""

    person: replies.Person
    team: str
    rate: str | None
    first: date | None
    last: date | None
    article: str
    unit: str
    total: str | None
    done: str
    booked: str
    pending: str
    left: str | None


class BalancePage(Schema):
    count: int
    items: list[BalanceLine]


class CompanyFilters(Strict):
    """``entity``: with all below it, the widest if not given; ``site`` and ``team``: of these only."""

    entity: str = ""
    site: str = ""
    team: str = ""


class CompanyMember(replies.Counts):
    person: replies.Person
    days: list[list[replies.Half]]


class CompanyTeam(Schema):
    """``team`` is null for those in no team."""

    team: replies.Named | None
    people: list[CompanyMember]


class CompanyMonth(Schema):
    entity: replies.Named
    days: list[date]
    people: int
    teams: list[CompanyTeam]
    counts: list[replies.DayCounts]


@router.get("/balances", auth=READ, response=BalancePage, summary="Entitlements and what is left, of many people")
def list_balances(request: HttpRequest, filters: Query[BalanceFilters]):
    """Of those whose balances you may see; not found for whoever may see only their own."""
    here = edge(request)
    people = people_with_balances(here.actor, here.today)
    team = team_for(here.actor, filters.team, "view_balances") if filters.team else None
    rows = balances_of(people, today=here.today, team=team.pk if team else None)
    page = filters.of(sorted_rows(rows, filters.sort))
    return page | {"items": [_balance_shape(row) for row in page["items"]]}


@router.get(
    "/company/month/{period}", auth=READ, response=CompanyMonth, summary="Who works where in a month of a whole entity"
)
def read_company_month(request: HttpRequest, period: str, filters: Query[CompanyFilters]):
    """Places of work only, never why somebody is absent. Everybody stands once, under the first of their teams."""
    choice = Choice.read(filters.model_dump(), edge(request).actor)
    table = company_month(
        choice.reach, _month(period), site=choice.site and choice.site.pk, team=choice.team and choice.team.pk
    )
    return {
        "entity": {"uid": choice.entity.uid, "name": choice.entity.name},
        "days": table.days,
        "people": table.people,
        "teams": [_team_shape(group) for group in table.teams],
        "counts": [{"day": day} | counts_shape(counts) for day, counts in zip(table.days, table.by_day, strict=True)],
    }


def _month(period: str) -> tuple[date, ...]:
    try:
        found = read_period(period)
    except ValueError as fault:
        raise BadWish("period", period, str(fault)) from fault
    if found.is_week:
        sentence = _("“%(value)s” is a week. Name a month, such as 2026-06.")
        raise BadWish("period", period, sentence % {"value": period[:40]})
    return found.days


def _balance_shape(row: BalanceRow) -> dict:
    due = row.entitlement
    return {
        "person": {"uid": row.uid, "name": row.name},
        "team": row.team,
        "rate": None if row.rate is None else days_text(row.rate),
        "first": due.first if due else None,
        "last": due.last if due else None,
        "article": due.article if due else "",
        "unit": due.unit if due else "",
        "total": days_text(row.due) if due else None,
        "left": days_text(row.left) if due else None,
        **{name: days_text(getattr(row, name)) for name in ("done", "booked", "pending")},
    }


def _team_shape(group: TeamLines) -> dict:
    team = {"uid": group.team.uid, "name": group.team.name} if group.team else None
    return {"team": team, "people": [_member_shape(line) for line in group.lines]}


def _member_shape(line: CompanyLine) -> dict:
    days = [halves_shape(code) for code in line.codes]
    return {"person": {"uid": line.uid, "name": line.name}, "days": days, **counts_shape(line.counts)}
