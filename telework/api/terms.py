"""What is decided of one person beside the agreement: one's own, and for human resources those of others."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status

from people import access
from people.api.door import edge, opened_by
from people.models import Person
from people.services import set_in_post_since
from policies.models import PersonalTerm
from policies.selectors import timeline_for
from policies.selectors.terms import terms_held
from telework.access import term_for
from telework.terms import services
from telework.terms.offers import choices_of, effects_of, told_effect
from telework.terms.services import TermDraft
from telework.terms.told import told_term

from . import replies
from .numbers import Amount
from .paging import Paged
from .schemas import Day, Strict
from .texts import Word

router = Router(tags=["terms"])
READ, WRITE = opened_by("terms:read"), opened_by("terms:write")


class TermIn(Strict):
    """One of two: an ``effect`` by its key, or a ``code``; both as the offers name them. No reason is ever kept.

    ``opinion``: the opinion that the agreement asks for first has been taken."""

    effect: Word = ""
    code: Word = ""
    number: Amount | None = None
    first: Day
    last: Day | None = None
    opinion: bool = False

    def draft(self) -> TermDraft:
        return TermDraft(**self.model_dump())


class TermEnd(Strict):
    """``last``: the new last day, today if not given; yesterday at the earliest."""

    last: Day | None = None


class PostIn(Strict):
    """``since``: the first day in the present post, null where it is not known."""

    since: Day | None


class PeopleFilters(Paged):
    """``q``: words of a name, or a number. Without it, those for whom something holds today."""

    q: Word = ""


class TermOut(Schema):
    uid: UUID
    said: str
    code: str
    number: str | None
    first_day: date
    last_day: date | None
    is_open: bool
    written_by: replies.Person | None
    written_at: datetime


class Terms(Schema):
    person: replies.Person
    items: list[TermOut]


class Offer(Schema):
    """``key``: what to send; ``said``: in words."""

    key: str
    said: str


class Offers(Schema):
    effects: list[Offer]
    codes: list[Offer]


class TermsOfPerson(Terms):
    in_post_since: date | None
    offers: Offers


class Somebody(Schema):
    person: replies.Person
    has_terms: bool


class PeoplePage(Schema):
    count: int
    items: list[Somebody]


class Meant(Schema):
    """What would be written, in words of the agreement; "" for a code."""

    said: str


class PostOut(Schema):
    person: replies.Person
    in_post_since: date | None


@router.get("/terms", auth=READ, response=Terms, summary="What is decided of you")
def list_own_terms(request: HttpRequest):
    here = edge(request)
    actor = access.person_for(here.actor, here.actor.uid, "view_terms")
    return _terms_shape(actor, here.today)


@router.get("/terms/people", auth=READ, response=PeoplePage, summary="People for whom you may write, by name")
def list_terms_people(request: HttpRequest, filters: Query[PeopleFilters]):
    """Tells that something holds, never what."""
    here = edge(request)
    people = access.people_for(here.actor, "write_terms")
    if not people.exists():
        raise Http404
    held = set(
        terms_held(list(people.values_list("pk", flat=True)), here.today, here.today).values_list("person", flat=True)
    )
    words = filters.q.split()[:4]
    found = people if words else people.filter(pk__in=held)
    for word in words:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(number=word))
    page = found.order_by("last_name", "first_name", "pk")[filters.offset : filters.offset + filters.limit]
    items = [{"person": _person(person), "has_terms": person.pk in held} for person in page]
    return {"count": found.count(), "items": items}


@router.get("/people/{uid}/terms", auth=READ, response=TermsOfPerson, summary="What is decided of a person, and may be")
def list_person_terms(request: HttpRequest, uid: str):
    """Your look is written down for the person to see."""
    here = edge(request)
    person = access.person_for(here.actor, uid, "write_terms")
    services.note_reading(person, actor=here.actor, now=here.now)
    agreement = timeline_for(person).on(here.today)
    effects = [{"key": one.key, "said": told_effect(one, agreement)} for one in effects_of(agreement, here.today)]
    codes = [{"key": one.code, "said": one.label} for one in choices_of(agreement, here.today)]
    offers = {"effects": effects, "codes": codes}
    return _terms_shape(person, here.today) | {"in_post_since": person.in_post_since, "offers": offers}


@router.post("/people/{uid}/terms/preview", auth=WRITE, response=Meant, summary="May this be written? Nothing is")
def preview_term(request: HttpRequest, uid: str, body: TermIn):
    here = edge(request)
    person = access.person_for(here.actor, uid, "write_terms")
    effect = services.check_term(person, body.draft(), today=here.today)
    return {"said": told_effect(effect, timeline_for(person).on(body.first)) if effect else ""}


@router.post("/people/{uid}/terms", auth=WRITE, response={201: TermOut}, summary="Write what holds for a person")
def write_term(request: HttpRequest, uid: str, body: TermIn):
    """The person is told, and their days to come are held against it."""
    here = edge(request)
    person = access.person_for(here.actor, uid, "write_terms")
    term = services.write_term(person, body.draft(), actor=here.actor, now=here.now, today=here.today)
    return Status(201, _term_shape(term, person, here.today))


@router.post("/terms/{uid}/end", auth=WRITE, response=TermOut, summary="Give a term an earlier last day")
def end_term(request: HttpRequest, uid: str, body: TermEnd | None = None):
    here = edge(request)
    term = term_for(here.actor, uid, "write_terms")
    last = (body and body.last) or here.today
    services.end_term(term, last, actor=here.actor, now=here.now, today=here.today)
    term.refresh_from_db()
    return _term_shape(term, term.person, here.today)


@router.put("/people/{uid}/post", auth=WRITE, response=PostOut, summary="Since when somebody is in their present post")
def put_post(request: HttpRequest, uid: str, body: PostIn):
    here = edge(request)
    person = access.person_for(here.actor, uid, "write_terms")
    set_in_post_since(person, body.since, today=here.today, by=here.actor, now=here.now)
    return {"person": _person(person), "in_post_since": person.in_post_since}


def _terms_shape(person: Person, today: date) -> dict:
    rows = PersonalTerm.objects.filter(person=person, withdrawn_at=None).select_related("written_by")
    return {"person": _person(person), "items": [_term_shape(term, person, today) for term in rows]}


def _term_shape(term: PersonalTerm, person: Person, today: date) -> dict:
    term.person = person
    is_open = term.withdrawn_at is None and (term.last_day is None or term.last_day >= today)
    plain = {name: getattr(term, name) for name in ("uid", "code", "first_day", "last_day", "written_at")}
    return plain | {
        "said": told_term(term),
        "number": None if term.number is None else f"{term.number.normalize():f}",
        "is_open": is_open,
        "written_by": _person(term.written_by) if term.written_by else None,
    }


def _person(person: Person) -> dict:
    return {"uid": person.uid, "name": person.name}
