"""A test case proposed from somebody and a day, without anything that names them; the client adds it to the draft."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from people.access import person_for
from people.api.door import edge, opened_by
from people.models import What
from people.reads import record_read
from policies.access import WRITE as WRITE_AGREEMENT
from policies.access import version_for
from policies.core.facts import Part, Request
from telework.errors import language
from telework.lab import cases

from .agreement_faults import told_faults
from .schemas import Day, DayPart, Strict
from .texts import Word

router = Router(tags=["agreements"])
READ = opened_by("agreements:read")


class CaseWish(Strict):
    """Whom (oneself if not given) and which day it is about. ``name``: of the case, made from the day if not given."""

    person: UUID | None = None
    day: Day
    part: DayPart = Part.FULL
    name: Word = ""


class Proposal(Schema):
    """``text``: TOML for the end of the cases. ``exact`` false: the language of cases cannot hold all it depends on."""

    text: str
    exact: bool
    passed: bool
    differences: list[str]


@router.post("/agreements/{uid}/cases/propose", auth=READ, response=Proposal, summary="A case to add; nothing is kept")
def propose_case(request: HttpRequest, uid: str, body: CaseWish):
    here = edge(request)
    version = version_for(here.actor, uid)
    person = person_for(here.actor, body.person or here.actor.uid, WRITE_AGREEMENT)
    record_read(here.actor, [person], What.YEAR, here.now)
    name = cases.free_name(version, body.name.strip() or _("Telework on %(day)s") % {"day": body.day.isoformat()})
    with told_faults():
        proposed = cases.from_person(version, person, Request(body.day, body.part), name=name, today=here.today)
    outcome = proposed.outcome
    differences = [text.lang(language()) for text in outcome.differences]
    return {"text": proposed.text, "exact": proposed.exact, "passed": outcome.passed, "differences": differences}
