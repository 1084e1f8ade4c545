"""/terms/: one's own terms; /people/…/terms/: those of a person, for human resources, each look written down."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access, clock
from people.errors import BadFact
from people.models import Person, What
from people.reads import reads_of
from people.services import set_in_post_since
from policies.models import PersonalTerm
from policies.selectors import timeline_for
from policies.selectors.regimes import regimes_of
from policies.selectors.terms import terms_held
from telework.access import term_for

from .offers import choices_of, effects_of, told_effect
from .services import TermDraft, check_term, end_term, note_reading, write_term
from .told import told_span, told_term

WRITE, VIEW = "write_terms", "view_terms"
EFFECT, CODE = "effect:", "code:"
MOST_FOUND = 60


@login_required
@require_safe
def own_terms(request: HttpRequest) -> HttpResponse:
    """What holds for oneself, exceptional days included, and who has looked at it."""
    actor = access.actor(request)
    if not access.may(actor, VIEW, actor):
        raise Http404
    today = access.today_of(actor)
    return render(
        request,
        "telework/terms/own.html",
        {
            "terms": _rows(actor, today),
            "regimes": [held for held in regimes_of([actor], today, date(2199, 12, 31)).get(actor.pk, ())],
            "reads": reads_of(actor).filter(what=What.TERMS)[:20],
            "writes": access.people_for(actor, WRITE).exists(),
        },
    )


@login_required
@require_safe
def terms_people(request: HttpRequest) -> HttpResponse:
    """Human resources look for a person; those for whom something holds today come first, without what."""
    actor = access.actor(request)
    people = access.people_for(actor, WRITE)
    if not people.exists():
        raise Http404
    today, words = access.today_of(actor), request.GET.get("q", "").replace("\0", "").strip()[:80]
    held = set(terms_held(list(people.values_list("pk", flat=True)), today, today).values_list("person", flat=True))
    found = people.filter(pk__in=held)
    if words:
        found = people
        for word in words.split()[:4]:
            found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(number=word))
    rows = [(person, person.pk in held) for person in found.select_related("entity")[:MOST_FOUND]]
    return render(request, "telework/terms/people.html", {"rows": rows, "words": words, "most": MOST_FOUND})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_terms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The terms of a person and the form; POST looks at them, with ``write`` writes them."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, WRITE)
    today = access.today_of(actor)
    if request.method != "POST":
        note_reading(person, actor=actor, now=clock.now())
        return _page(request, person, today)
    try:
        if request.POST.get("post") == "1":
            day = _day(request, "in_post_since")
            set_in_post_since(person, day, today=today, by=actor, now=clock.now())
            messages.success(request, _("The first day in the post is kept."))
            return redirect("person_terms", uid=person.uid)
        draft = _draft(request)
        if request.POST.get("write") == "1":
            write_term(person, draft, actor=actor, now=clock.now(), today=today)
            messages.success(request, _("It holds now. %(name)s is told.") % {"name": person.name})
            return redirect("person_terms", uid=person.uid)
        check_term(person, draft, today=today)
    except BadFact as bad:
        return _page(request, person, today, error=bad, status=422)
    return _page(request, person, today, looked=True)


@login_required
@require_POST
def end_person_term(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give one of them an earlier last day."""
    actor = access.actor(request)
    held = term_for(actor, uid, WRITE)
    person = held.person
    today = access.today_of(actor)
    try:
        last = _day(request, "last") or today
        end_term(held, last, actor=actor, now=clock.now(), today=today)
    except BadFact as bad:
        return _page(request, person, today, error=bad, ending=held, status=422)
    messages.success(request, _("The end is set. %(name)s is told.") % {"name": person.name})
    return redirect("person_terms", uid=person.uid)


def _page(
    request: HttpRequest,
    person: Person,
    today: date,
    *,
    error: BadFact | None = None,
    ending: PersonalTerm | None = None,
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    typed = request.POST if request.method == "POST" and ending is None else {}
    agreement = timeline_for(person).on(_day_or_none(typed.get("first", "")) or today)
    effects = [(EFFECT + one.key, told_effect(one, agreement)) for one in effects_of(agreement, today)]
    choices = [(CODE + one.code, one.label[:1].upper() + one.label[1:]) for one in choices_of(agreement, today)]
    context = {
        "person": person,
        "terms": _rows(person, today),
        "effects": effects,
        "choices": choices,
        "chosen": dict(effects + choices).get(typed.get("what", ""), ""),
        "form": typed,
        "error": error,
        "ending": ending,
        "looked": looked,
        "today": today,
        "in_post_since": typed.get("in_post_since")
        or (person.in_post_since.isoformat() if person.in_post_since else ""),
    }
    return render(request, "telework/terms/person.html", context, status=status)


def _rows(person: Person, today: date) -> list[dict[str, object]]:
    """Terms in words, the newest first; ``open``: it holds today or later."""
    rows = []
    for term in PersonalTerm.objects.filter(person=person, withdrawn_at=None).select_related("written_by"):
        term.person = person
        is_open = term.last_day is None or term.last_day >= today
        rows.append({"term": term, "said": told_term(term), "span": told_span(term), "open": is_open})
    return rows


def _draft(request: HttpRequest) -> TermDraft:
    what = request.POST.get("what", "").replace("\0", "")[:120]
    if not what.startswith((EFFECT, CODE)):
        raise BadFact("effect", what, _("Nothing is chosen. Choose what is to hold."))
    return TermDraft(
        effect=what.removeprefix(EFFECT) if what.startswith(EFFECT) else "",
        code=what.removeprefix(CODE) if what.startswith(CODE) else "",
        number=_number(request.POST.get("number", "")),
        first=_day(request, "first"),
        last=_day(request, "last"),
        opinion=bool(request.POST.get("opinion")),
    )


def _number(text: str) -> Decimal | None:
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or found.as_tuple().exponent < -2 or len(text) > 12:
        raise BadFact("number", text, _("“%(value)s” is not a number. Write one such as 12.5.") % {"value": text[:40]})
    return found


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.POST.get(name, "").strip()
    found = _day_or_none(text)
    if text and found is None:
        raise BadFact(name, text, _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]})
    return found


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
