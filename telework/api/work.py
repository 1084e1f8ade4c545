"""What somebody works, beyond the first writing: contracts corrected, teams left, skills, and working weeks by name."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import BeforeValidator, Field

from people import access, services
from people.api.door import Edge, edge
from people.errors import BadFact
from people.models import Contract, Membership, Person, PersonSkill, Skill, What, WorkPattern
from people.reads import record_read
from people.services import contracts
from telework.staff.services import ONE_DAY, carry_out
from telework.staff.weeks import offered_patterns, written_week

from . import staff
from .paging import Paged
from .schemas import Day, Strict, whole
from .texts import Word

router = Router(tags=["staff"])
READ, WRITE = staff.READ, staff.WRITE
VIEW, ADD, EDIT = staff.VIEW, staff.ADD, staff.EDIT
NOBODYS = UUID(int=0)  # the uid of no row
Hour = Annotated[str, Field(strict=True, pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7), BeforeValidator(whole)]


class ContractChange(staff.NewContract):
    """All that the contract says, corrected. ``version``: as it was read."""

    version: staff.Fingerprint


class AsRead(Strict):
    """``version``: as it was read; another one by now is refused."""

    version: staff.Fingerprint = ""


class TeamLeft(Strict):
    """Which place in a team ends: team, role and first day, as the list tells them. ``last_day``: the last in it."""

    team: UUID
    role: Literal["member", "manager", "deputy"] = "member"
    first_day: Day
    last_day: Day


class SkillGiven(Strict):
    """``skill``: its code."""

    skill: Word
    first_day: Day


class SkillEnded(SkillGiven):
    """Which one, as the list tells it, and the last day on which it counts."""

    last_day: Day


class Week(Strict):
    """``days``: 1 for Monday to 7 for Sunday. An ``end`` at or before ``start`` is on the next day."""

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    start: Hour
    end: Hour


class WeekOut(Schema):
    """``name``: by which contracts and files of human resources call it; ``days``: of how many days it repeats."""

    name: str
    days: int
    works_holidays: bool


class WeekPage(Schema):
    count: int
    items: list[WeekOut]


class StaffSkill(Schema):
    code: str
    name: str


class SkillPage(Schema):
    count: int
    items: list[StaffSkill]


class SkillHeld(Schema):
    skill: StaffSkill
    first_day: date
    last_day: date | None


class SkillsHeld(Schema):
    items: list[SkillHeld]


@router.put(
    "/contracts/{uid}",
    auth=WRITE,
    response=staff.StaffContract,
    summary="Correct a contract",
)
def change_contract(request: HttpRequest, uid: str, body: ContractChange):
    """For another rate or rhythm from a day on, add a contract instead, so that the past stays."""
    here = edge(request)
    held = _contract(here.actor, uid)
    draft = staff.contract_draft(here, body, held)

    def change() -> None:
        contracts.change_contract(held, draft, version=body.version, by=here.actor, now=here.now)

    _carry_out(here, held.person, change, min(draft.start, held.start))
    return staff.contract_shape(Contract.objects.select_related("pattern").get(pk=held.pk))


@router.delete("/contracts/{uid}", auth=WRITE, response={204: None}, summary="Take away a contract that has not begun")
def remove_contract(request: HttpRequest, uid: str, filters: Query[AsRead]):
    here = edge(request)
    held = _contract(here.actor, uid)

    def change() -> None:
        found = Contract.objects.select_related("person").get(pk=held.pk)
        services.check_version(found, filters.version)
        contracts.remove_contract(found, today=here.today, by=here.actor, now=here.now)

    _carry_out(here, held.person, change, held.start)
    return Status(204, None)


@router.post("/people/{uid}/memberships/end", auth=WRITE, response=staff.StaffMemberships, summary="End a team")
def end_membership(request: HttpRequest, uid: str, body: TeamLeft):
    """One that would not have begun by then is taken away. Answers the places that are left."""
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    places = Membership.objects.filter(person=person, team__uid=body.team, role=body.role, first_day=body.first_day)
    held = places.select_related("team", "person").first()
    if held is None:
        raise BadFact("team", body.team, _("No such place in a team is held. Send team, role and first day as listed."))

    def change() -> None:
        services.end_membership(held, last_day=body.last_day, by=here.actor, now=here.now)

    _carry_out(here, person, change, body.last_day + ONE_DAY)
    return {"items": staff.memberships_of(person)}


@router.get("/skills", auth=READ, response=SkillPage, summary="The skills that requirements may ask for")
def list_skills(request: HttpRequest, filters: Query[Paged]):
    _check_reach(edge(request).actor)
    page = filters.of(list(Skill.objects.order_by("name", "code")))
    return page | {"items": [_skill_shape(skill) for skill in page["items"]]}


@router.get("/people/{uid}/skills", auth=READ, response=SkillsHeld, summary="The skills of somebody")
def list_person_skills(request: HttpRequest, uid: str):
    here = edge(request)
    person = access.person_for(here.actor, uid, VIEW)
    record_read(here.actor, [person], What.PERSON, here.now)
    return {"items": _skills_of(person)}


@router.post("/people/{uid}/skills", auth=WRITE, response={201: SkillsHeld}, summary="Note a skill from a day on")
def give_skill(request: HttpRequest, uid: str, body: SkillGiven):
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    skill = Skill.objects.filter(code=body.skill).first()
    if skill is None:
        raise BadFact("skill", body.skill, _("This skill is not known. Choose a code of /api/v1/skills."))

    def change() -> None:
        services.give_skill(person, skill, first_day=body.first_day, by=here.actor, now=here.now)

    _carry_out(here, person, change, body.first_day)
    return Status(201, {"items": _skills_of(person)})


@router.post("/people/{uid}/skills/end", auth=WRITE, response=SkillsHeld, summary="Give a skill its last day")
def end_skill(request: HttpRequest, uid: str, body: SkillEnded):
    here = edge(request)
    person = access.person_for(here.actor, uid, EDIT)
    rows = PersonSkill.objects.filter(person=person, skill__code=body.skill, first_day=body.first_day)
    held = rows.select_related("skill", "person").first()
    if held is None:
        raise BadFact("skill", body.skill, _("No such skill is held from that day. Send code and day as listed."))

    def change() -> None:
        services.end_skill(held, last_day=body.last_day, by=here.actor, now=here.now)

    _carry_out(here, person, change, body.last_day + ONE_DAY)
    return {"items": _skills_of(person)}


@router.get("/work-patterns", auth=READ, response=WeekPage, summary="The working weeks that contracts may name")
def list_work_patterns(request: HttpRequest, filters: Query[Paged]):
    """Those in use where you look after people, and those that nobody has yet."""
    actor = edge(request).actor
    _check_reach(actor)
    page = filters.of(list(offered_patterns(actor, None)))
    return page | {"items": [_week_shape(week) for week in page["items"]]}


@router.post("/work-patterns", auth=WRITE, response=WeekOut, summary="Write a working week to be named after")
def write_work_pattern(request: HttpRequest, body: Week):
    """The same week written twice is one. A company that begins needs it before its first contracts or files."""
    if not access.entities_for(edge(request).actor, ADD).exists():
        raise Http404
    return _week_shape(written_week(sorted(set(body.days)), body.start, body.end))


def _carry_out(here: Edge, person: Person, change, first: date) -> None:
    carry_out(person, change, first=first, actor=here.actor, now=here.now, today=here.today, write=True)


def _check_reach(actor: Person) -> None:
    if not access.entities_for(actor, VIEW).exists():
        raise Http404


def _contract(actor: Person, uid: str) -> Contract:
    """A contract of somebody whom ``actor`` may change."""
    rows: QuerySet[Contract] = Contract.objects.select_related("pattern", "person")
    found = rows.filter(uid=access.read_uid(uid)).first()
    access.person_for(actor, found.person.uid if found else NOBODYS, EDIT)  # asked all the same: see access.NOBODY
    return found


def _skills_of(person: Person) -> list[dict]:
    rows = PersonSkill.objects.filter(person=person).select_related("skill").order_by("first_day", "skill__name", "pk")
    days = ("first_day", "last_day")
    return [{"skill": _skill_shape(row.skill)} | {name: getattr(row, name) for name in days} for row in rows]


def _skill_shape(skill: Skill) -> dict[str, str]:
    return {"code": skill.code, "name": skill.name}


def _week_shape(week: WorkPattern) -> dict[str, object]:
    return {"name": week.name, "days": len(week.days), "works_holidays": week.works_holidays}
