"""Who is where on one date, as planned."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Schema

from people.access import team_for
from people.api.door import edge, opened_by
from telework.boards import members_of, people_loaded
from telework.month import ABSENT, ON_SITE, REMOTE
from telework.reading import read_day
from telework.today import ON_CALL, Row, today_of_people

router = Router(tags=["teams"])
READ = opened_by("people:read")
WORDS = {ON_SITE: "on_site", REMOTE: "telework", ABSENT: "absent", ON_CALL: "on_call"}


class Stretch(Schema):
    state: str
    start: datetime
    end: datetime
    hours_known: bool


class Someone(Schema):
    uid: UUID
    name: str
    back_on: date | None
    stretches: list[Stretch]


class TeamDay(Schema):
    day: date
    zone: str
    off: int
    items: list[Someone]


@router.get("/teams/{uid}/day/{day}", auth=READ, response=TeamDay, summary="Who of a team is where on a date")
def read_team_day(request: HttpRequest, uid: str, day: str):
    """Planned hours only, never presence and never why somebody is absent. ``off`` counts those without any plan."""
    actor = edge(request).actor
    team = team_for(actor, uid, "view_team_month")
    shown = read_day(day)
    people = people_loaded([member.person for member in members_of(Q(team=team), first=shown, last=shown)])
    found = today_of_people(people, shown, team.site.zone)
    return {"day": shown, "zone": found.zone, "off": found.off, "items": [_shape(row) for row in found.rows]}


def _shape(row: Row) -> dict:
    stretches = [
        {"state": WORDS[bar.state], "start": bar.start, "end": bar.end, "hours_known": bar.hours} for bar in row.bars
    ]
    return {"uid": row.uid, "name": row.name, "back_on": row.back, "stretches": stretches}
