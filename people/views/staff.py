"""What decides on how somebody signs in and what they may: their account, and the roles granted to them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from people import access, clock, services
from people.errors import BadFact
from people.models import Grant, Person, Role
from people.views import sheets

EDIT, GRANT = "edit_people", "grant_role"


@login_required
@require_POST
def person_account(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``do``: open an account with the work address, invite once more, end access at once, or give it back."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, EDIT)
    edge = {"by": actor, "now": clock.now()}
    try:
        said = _act_on_account(request.POST.get("do", ""), person, edge)
    except BadFact as bad:
        messages.error(request, bad.sentence)
        return redirect("person", uid=person.uid)
    messages.success(request, said % {"name": person.name})
    return redirect("person", uid=person.uid)


def _act_on_account(wanted: str, person: Person, edge: dict[str, object]) -> str:
    if wanted == "open":
        services.open_account(person, **edge)
        return _("%(name)s has an account and is invited by mail.")
    if person.account is None:
        raise BadFact("account", "", _("%(name)s has no account.") % {"name": person.name})
    if wanted == "invite":
        services.invite_account(person.account, **edge)
        return _("%(name)s is invited once more by mail.")
    if wanted == "end":
        services.end_access(person, **edge)
        return _("%(name)s can no longer sign in: sessions, keys and feeds are closed.")
    if wanted == "reopen":
        services.reopen_access(person, **edge)
        return _("%(name)s can sign in again. Keys and feeds stay closed.")
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_roles(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The roles somebody was granted; POST gives ``role`` at ``entity``, or takes back the one named by ``take``."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, GRANT)
    if request.method != "POST":
        return _roles_page(request, actor, person)
    try:
        if request.POST.get("take"):
            services.take_role(_named(actor, person, request.POST["take"]), by=actor, now=clock.now())
            said = _("The role is taken back.")
        else:
            fields = _role_fields(actor)
            form = sheets.typed(request.POST, fields)
            entity = sheets.chosen(form, fields[1], access.entities_for(actor, GRANT))
            services.give_role(person, form["role"], entity, by=actor, now=clock.now())
            said = _("The role is given.")
    except BadFact as bad:
        return _roles_page(request, actor, person, error=bad)
    messages.success(request, said)
    return redirect("person_roles", uid=person.uid)


def _named(actor: Person, person: Person, text: str) -> Grant:
    """The grant named “role:entity”, of an entity where the actor grants roles; else not found."""
    role, _colon, entity = text.partition(":")
    held = person.grants.filter(role=role, entity__in=access.entities_for(actor, GRANT).order_by().values("pk"))
    found = held.filter(entity__uid=access.read_uid(entity)).select_related("entity", "person__account").first()
    if found is None:
        raise Http404
    return found


def _role_fields(actor: Person) -> list[sheets.Field]:
    roles = [("", _("Choose")), *((code, str(label).capitalize()) for code, label in Role.choices)]
    entities = sheets.options(access.entities_for(actor, GRANT))
    return [
        sheets.Field("role", _("Role"), "select", choices=roles),
        sheets.Field(
            "entity", pgettext("entity", "At"), "select", hint=_("And at every entity below it."), choices=entities
        ),
    ]


def _roles_page(request: HttpRequest, actor: Person, person: Person, *, error: BadFact | None = None) -> HttpResponse:
    fields = _role_fields(actor)
    form = sheets.typed(request.POST, fields) if error else {"entity": str(person.entity.uid)}
    mine = set(access.entities_for(actor, GRANT).values_list("pk", flat=True))
    rows = person.grants.select_related("entity").order_by("role", "entity__name")
    context = {
        "person": person,
        "rows": [(row, row.entity_id in mine) for row in rows],
        "sheet": sheets.asked(fields, form, error),
        "error": error,
        "title": _("Roles of %(name)s") % {"name": person.name},
        "back_url": reverse("person", args=[person.uid]),
        "back_words": person.name,
        "explained": _("Whoever holds a role must sign in with a second factor. Each grant is kept in the history."),
        "button": _("Give this role"),
        "writes_at_once": True,
    }
    return render(request, "people/roles.html", context, status=422 if error else 200)
