"""Who I am, a person's year and balance, the teams and their months."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from people.access import may, person_for, roles_of, team_for, teams_visible_to
from people.api.door import edge, opened_by
from people.models import Person, Team, What
from people.reads import record_read
from policies import core
from policies.core import explain
from policies.selectors import timeline_for
from telework import month
from telework.errors import AgreementSilent, BadWish, NoAgreement, language
from telework.facts import asked_between, facts_about
from telework.forms import ordinary_balance
from telework.periods import read_period
from telework.reading import read_day, read_part
from telework.team_month import team_month
from telework.year import FIRST_YEAR, LAST_YEAR, year_of

from . import replies
from .paging import Whole
from .shapes import days_text, person_shape

router = Router(tags=["people"])
READ = opened_by("people:read")
WORDS = {
    month.ON_SITE: "on_site",
    month.REMOTE: "telework",
    month.PENDING: "requested",
    month.ABSENT: "absent",
    month.HOLIDAY: "holiday",
    month.OFF: "off",
    month.UNPLANNED: "not_planned",
}


@router.get("/me", auth=READ, response=replies.Me, summary="Who speaks")
def read_me(request: HttpRequest):
    actor = edge(request).actor
    return person_shape(actor) | {
        "entity": {"uid": actor.entity.uid, "name": actor.entity.name},
        "site": {"uid": actor.site.uid, "name": actor.site.name, "zone": actor.site.zone},
        "roles": sorted(roles_of(actor)),
        "language": request.user.language,
    }


@router.get(
    "/people/{uid}/year/{year}",
    auth=READ,
    response=replies.Year,
    exclude_unset=True,
    summary="What each day of a year is, by halves",
)
def read_year(request: HttpRequest, uid: str, year: str, part: str = "full"):
    """``possible`` says, for days to come, whether the agreement lets ``part`` be asked for; ``rule`` which refuses."""
    here = edge(request)
    person = person_for(here.actor, uid, "view_year")
    record_read(here.actor, [person], What.YEAR, here.now)
    found = year_of(person, _year(year), part=read_part(part), today=here.today)
    return {
        "person": person_shape(person),
        "year": found.number,
        "days": [_day_shape(day, found.codes[day]) | _possible(found.glances, day) for day in found.days],
    }


@router.get(
    "/people/{uid}/balance",
    auth=READ,
    response=replies.Balance,
    summary="The entitlement with its sum, and what is left of it",
)
def read_balance(request: HttpRequest, uid: str, day: str = ""):
    """Of the agreement’s year that holds ``day`` (today if not given)."""
    here = edge(request)
    person = person_for(here.actor, uid, "view_year")
    record_read(here.actor, [person], What.YEAR, here.now)
    day = read_day(day) if day else here.today
    _check_year(day.year)
    timeline = timeline_for(person)
    agreement = timeline.on(day)
    if agreement is None:
        raise NoAgreement(person, day)
    facts = facts_about(person, today=here.today, first=day, last=day, **asked_between([timeline], day, day))
    try:
        return _balance_shape(person, ordinary_balance(facts, agreement, day))
    except core.NoValueInForce as silent:
        raise AgreementSilent(str(silent)) from silent


@router.get("/teams", auth=READ, response=replies.Teams, summary="Teams whose month you may see")
def list_teams(request: HttpRequest, page: Query[Whole]):
    return page.shaped(teams_visible_to(edge(request).actor), _team_shape)


@router.get(
    "/teams/{uid}/month/{period}",
    auth=READ,
    response=replies.TeamMonth,
    summary="Who works where in a month (2026-06) or a week",
)
def read_team_month(request: HttpRequest, uid: str, period: str):
    """Places of work only, never why somebody is absent; counts are days."""
    here = edge(request)
    team = team_for(here.actor, uid, "view_team_month")
    try:
        days = read_period(period).days
    except ValueError as fault:
        raise BadWish("period", period, str(fault)) from fault
    table = team_month(team, days, viewer=here.actor, all_requests=may(here.actor, "answer_request", team))
    return {
        "team": {"uid": team.uid, "name": team.name},
        "days": days,
        "people": [
            {
                "person": {"uid": line.member.uid, "name": line.member.name},
                "days": [halves_shape(code) for code in line.codes],
                **counts_shape(line.counts),
            }
            for line in table.lines
        ],
        "counts": [{"day": day} | counts_shape(counts) for day, counts in zip(days, table.by_day, strict=True)],
    }


def _team_shape(team: Team) -> dict:
    return {"uid": team.uid, "name": team.name, "site": team.site.name, "entity": team.entity.name}


def _day_shape(day: date, code: str) -> dict:
    return {"day": day, "halves": halves_shape(code), "worked_holiday": code.endswith("*")}


def halves_shape(code: str) -> list[str]:
    """The two halves of a day's code, in words."""
    return [WORDS[letter] for letter in code[:2]]


def _possible(glances: Mapping[date, core.Glance], day: date) -> dict:
    if day not in glances:
        return {}
    glance = glances[day]
    return {"possible": not glance.rule, **({"rule": glance.rule} if glance.rule else {})}


def counts_shape(counts: month.Counts) -> dict:
    halves: Iterable[tuple[str, int]] = (
        ("on_site", counts.on_site),
        ("telework", counts.remote),
        ("absent", counts.absent),
        ("requested", counts.pending),
    )
    return {name: days_text(Decimal(count) / 2) for name, count in halves}


def _balance_shape(person: Person, balance: core.Balance | None) -> dict:
    if balance is None:
        return {"person": person_shape(person), "lines": []}
    entitlement = balance.entitlement
    return {
        "person": person_shape(person),
        "first": entitlement.first,
        "last": entitlement.last,
        "article": entitlement.article,
        "total": days_text(entitlement.total),
        "lines": [
            {"text": text, "days": days_text(line.days)}
            for line, text in zip(entitlement.lines, explain.entitlement_lines(entitlement, language()), strict=True)
        ],
        **{name: days_text(getattr(balance, name)) for name in ("done", "booked", "pending", "left")},
    }


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Http404
    return _check_year(int(text))


def _check_year(number: int) -> int:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        remedy = _("The year %(year)s is out of reach. Years go from %(first)s to %(last)s.")
        raise BadWish("year", number, remedy % {"year": number, "first": FIRST_YEAR, "last": LAST_YEAR})
    return number
