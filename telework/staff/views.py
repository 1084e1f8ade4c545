"""/people/…/: the page of a person for human resources, and the changes that are looked at before they are written."""

import hashlib
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import access, clock
from people.errors import BadFact, Stale
from people.models import Contract, Person, What
from people.reads import record_read
from people.second_factor import has_second_factor, needs_second_factor
from people.views import sheets
from policies.core import explain
from telework.staff.acts import ACTS, Act
from telework.staff.services import balance_on
from telework.staff.told import effect_words, history_of
from telework.wording import language

VIEW, EDIT, GRANT = "view_people", "edit_people", "grant_role"


@login_required
@require_safe
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is kept on a person, what they are due with its sum, and what may be done."""
    actor = access.actor(request)
    held = access.person_for(actor, uid, VIEW)
    today, now = access.today_of(actor), clock.now()
    record_read(actor, [held], What.PERSON, now)
    return render(request, "telework/staff/person.html", _context(actor, held, today))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    """One change: POST shows what it does, with ``write`` makes it. ?about= names the row that is meant."""
    actor = access.actor(request)
    held = access.person_for(actor, uid, EDIT)
    if what not in ACTS:
        raise Http404
    about = request.GET.get("about", "").replace("\0", "")[:120]
    act = ACTS[what](held, actor, access.today_of(actor), clock.now(), about)
    fields = act.fields()
    if request.method != "POST":
        return _form(request, act, act.initial())
    form = sheets.typed(request.POST, fields)
    version = request.POST.get("version", "")[:40]
    write = request.POST.get("write") == "1" and request.POST.get("seen", "") == _seen(form)
    try:
        with transaction.atomic():
            warnings = act.warnings(form)
            effect = act.carry_out(form, version=version, write=write)
    except (BadFact, Stale) as bad:
        return _form(request, act, form, error=bad)
    if write:
        messages.success(request, act.done())
        return redirect("person", uid=held.uid)
    return _form(request, act, form, effect=effect_words(effect), warnings=warnings, version=version)


def _seen(form: dict[str, str]) -> str:
    """What was looked at, as a short text: other values are looked at anew before they are written."""
    return hashlib.sha256(repr(sorted(form.items())).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _form(
    request: HttpRequest, act: Act, form: dict[str, str], *, error=None, version: str = "", **looked
) -> HttpResponse:
    stale = isinstance(error, Stale)
    shown = Person.objects.select_related("site", "entity").get(pk=act.person.pk)
    act.person = shown
    context = {
        "act": act,
        "person": shown,
        "title": act.title,
        "button": act.button or _("See what it changes"),
        "explained": act.explained,
        "back_url": reverse("person", args=[shown.uid]),
        "back_words": shown.name,
        "sheet": sheets.asked(act.fields(), form, None if stale else error),
        "error": error,
        "version": version or act.version,
        "looked": "effect" in looked,
        "seen": _seen(form),
        **looked,
    }
    return render(request, "telework/staff/change.html", context, status=409 if stale else 422 if error else 200)


def _context(actor: Person, held: Person, today: date) -> dict[str, object]:
    balance = balance_on(held, today, today=today)
    edits = access.may(actor, EDIT, held)
    return {
        "person": held,
        "edits": edits,
        "grants_roles": access.may(actor, GRANT, held),
        "contracts": [(row, _tense(row.start, row.end, today)) for row in _contracts(held)],
        "teams": [(row, _tense(row.first_day, row.last_day, today)) for row in _memberships(held)],
        "leaders": access.leaders_of(held, today),
        "skills": [(row, _tense(row.first_day, row.last_day, today)) for row in _skills(held)],
        "roles": list(held.grants.select_related("entity").order_by("role", "entity__name")),
        "balance": balance,
        "due_lines": explain.entitlement_lines(balance.entitlement, language()) if balance else [],
        "history": history_of(held),
        "links": _links(actor, held, today),
        "today": today,
        **account_context(actor, held),
    }


def account_context(actor: Person, held: Person) -> dict[str, object]:
    """Whether somebody can sign in, since when they have not, and whether there is a second factor."""
    account = held.account
    if account is None:
        return {"account": None}
    return {
        "account": account,
        "last_sign_in": account.last_login,
        "second_factor": has_second_factor(account),
        "needs_second_factor": needs_second_factor(account),
        "can_be_invited": not account.has_usable_password(),
        "resets": access.may(actor, "reset_second_factor", held),
    }


def _contracts(held: Person):
    return Contract.objects.filter(person=held).select_related("pattern").order_by("-start")


def _memberships(held: Person):
    rows = held.memberships.select_related("team__entity", "team__site")
    return sorted(rows, key=lambda row: (row.last_day is not None, -row.first_day.toordinal(), row.team.name))


def _skills(held: Person):
    return held.skills.select_related("skill").order_by("skill__name", "-first_day")


def _tense(first: date, last: date | None, today: date) -> str:
    if first > today:
        return "coming"
    return "past" if last and last < today else "present"


def _links(actor: Person, held: Person, today: date) -> list[tuple[str, str]]:
    """Where else somebody is kept, as far as the actor may look there."""
    found = []
    for operation, name, args, words in (
        ("view_year", "person_year", [held.uid, today.year], _("Year")),
        ("write_terms", "person_terms", [held.uid], _("Terms of their own")),
        ("agree_place", "person_places", [held.uid], _("Places of telework")),
    ):
        if held.pk != actor.pk and access.may(actor, operation, held):
            found.append((reverse(name, args=args), words))
    return found
