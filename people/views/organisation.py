"""/people/teams/ and /people/organisation/: teams with their codes; entities and sites with clock and holidays."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import access, clock, services
from people.access import entities_organised, sites_organised
from people.errors import BadFact, Stale
from people.models import Entity, Membership, MembershipRole, Person, Site, Team
from people.selectors import sites_of
from people.standing import memberships_in_force
from people.views import sheets

VIEW, TEAMS, ORGANISATION = "view_people", "edit_teams", "edit_organisation"
HEADS = (MembershipRole.MANAGER, MembershipRole.DEPUTY)


@login_required
@require_safe
def staff_teams(request: HttpRequest) -> HttpResponse:
    """The teams of human resources: how many are in each, and who leads it. Two queries, besides those on the actor."""
    actor = access.actor(request)
    if not access.entities_for(actor, VIEW).exists():
        raise Http404
    today = access.today_of(actor)
    in_force = memberships_in_force(today, prefix="memberships__")
    members = Count("memberships__person", filter=in_force & Q(memberships__role=MembershipRole.MEMBER), distinct=True)
    teams = list(access.teams_for(actor, VIEW).annotate(size=members))
    heads = _heads([team.pk for team in teams], today)
    context = {"teams": [(team, heads.get(team.pk, ())) for team in teams]}
    context["organises"] = access.entities_for(actor, ORGANISATION).exists()
    return render(request, "people/teams.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    return _team_form(request, actor, None, list(access.entities_for(actor, TEAMS)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_team(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One team: its name, site and codes, and who is in it."""
    actor = access.actor(request)
    team = access.team_for(actor, uid, TEAMS)
    return _team_form(request, actor, team, list(access.entities_for(actor, TEAMS)))


@login_required
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    entities = list(entities_organised(actor).select_related("parent"))
    return render(request, "people/organisation.html", {"entities": entities, "sites": sites_organised(actor)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entity_new(request: HttpRequest) -> HttpResponse:
    """A new entity stands below one that the actor administers: nobody makes one that they could not see."""
    actor = access.actor(request)
    return _entity_form(request, actor, None, list(entities_organised(actor)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entity_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = access.actor(request)
    entities = list(entities_organised(actor).select_related("parent"))
    held = next((entity for entity in entities if entity.uid == uid), None)
    if held is None:
        raise Http404
    return _entity_form(request, actor, held, entities)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    entities_organised(actor)
    return _site_form(request, actor, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = access.actor(request)
    held = next((site for site, may in sites_organised(actor) if may and site.uid == uid), None)
    if held is None:
        raise Http404
    return _site_form(request, actor, held)


def _heads(teams: list[int], today: date) -> dict[int, list[tuple[str, str]]]:
    """By team the names of managers and deputies with their role. One query."""
    rows = Membership.objects.filter(memberships_in_force(today), team__in=teams, role__in=HEADS)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows.select_related("person").order_by("-role", "person__last_name"):
        found.setdefault(row.team_id, []).append((row.person.name, row.get_role_display()))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form of a thing says around its fields."""

    title: str
    button: str
    back: str
    back_words: str
    template: str = "people/sheet.html"
    explained: str = ""


def _team_form(request: HttpRequest, actor: Person, team: Team | None, entities: list[Entity]) -> HttpResponse:
    if not entities:
        raise Http404
    sites = list(sites_of(entities))
    codes_hint = _("By which agreements name such units, apart by spaces: branch head_office. Empty where they do not.")
    fields = [
        sheets.Field("name", _("Name"), longest=120),
        sheets.Field("entity", _("Entity"), "select", choices=sheets.options(entities)),
        sheets.Field("site", _("Site"), "select", choices=sheets.options(sites)),
        sheets.Field("codes", _("Codes"), hint=codes_hint, longest=300),
    ]
    form = {}
    if team:
        form = {"name": team.name, "entity": str(team.entity.uid), "site": str(team.site.uid)}
        form["codes"] = " ".join(team.codes)

    def write(form: dict[str, str], version: str) -> str:
        entity, site = sheets.chosen(form, fields[1], entities), sheets.chosen(form, fields[2], sites)
        codes = form["codes"].replace(",", " ").split()
        edge = {"by": actor, "now": clock.now(), "version": version}
        held = services.write_team(team, entity=entity, site=site, name=form["name"], codes=codes, **edge)
        return reverse("staff_team", args=[held.uid])

    title = team.name if team else _("Add a team")
    shown = Shown(title, _("Keep"), "staff_teams", _("Teams"), "people/team.html")
    more = {"team": team, "members": _members(team, access.today_of(actor)) if team else ()}
    return _answer(request, shown, fields, form, write, row=team, **more)


def _members(team: Team, today: date):
    rows = team.memberships.filter(memberships_in_force(today)).select_related("person")
    rows = rows.order_by("-role", "person__last_name", "person__first_name")
    return sorted(rows, key=lambda row: row.role == MembershipRole.MEMBER)  # who leads comes first


def _entity_form(request: HttpRequest, actor: Person, held: Entity | None, entities: list[Entity]) -> HttpResponse:
    above = [entity for entity in entities if held is None or entity.pk != held.pk]
    kept = held.parent if held else None
    outside = kept is not None and kept.pk not in {entity.pk for entity in above}
    choices = sheets.options(above)
    if held is not None and (kept is None or outside):
        choices = [("", _("as it is: nothing of yours")), *choices]
    fields = [
        sheets.Field("name", _("Name"), longest=120),
        sheets.Field("parent", _("Belongs to"), "select", choices=choices),
    ]
    parent_uid = str(kept.uid) if kept and not outside else ""
    form = {"name": held.name, "parent": parent_uid} if held else {}

    def write(form: dict[str, str], version: str) -> str:
        chosen = sheets.chosen(form, fields[1], above, needed=held is None)
        edge = {"by": actor, "now": clock.now(), "version": version}
        services.write_entity(held, name=form["name"], parent=chosen or kept, **edge)
        return reverse("organisation")

    title = held.name if held else _("Add an entity")
    shown = Shown(title, _("Keep"), "organisation", _("Entities and sites"))
    return _answer(request, shown, fields, form, write, row=held)


def _site_form(request: HttpRequest, actor: Person, held: Site | None) -> HttpResponse:
    zone_hint = _("The clock of the site, such as Europe/Paris or Indian/Reunion.")
    region_hint = _("Country, then region where holidays differ: FR, FR-57, FR-RE, DE-BY.")
    fields = [
        sheets.Field("name", _("Name"), longest=120),
        sheets.Field("zone", _("Time zone"), hint=zone_hint, longest=40),
        sheets.Field("holiday_region", _("Public holidays"), hint=region_hint, longest=10),
    ]
    form = {"zone": "Europe/Paris", "holiday_region": "FR"}
    if held:
        form = {field.name: getattr(held, field.name) for field in fields}

    def write(form: dict[str, str], version: str) -> str:
        services.write_site(held, **form, by=actor, now=clock.now(), version=version)
        return reverse("organisation")

    explained = _("Clock and public holidays are those of everybody who works there.")
    title = held.name if held else _("Add a site")
    shown = Shown(title, _("Keep"), "organisation", _("Entities and sites"), explained=explained)
    return _answer(request, shown, fields, form, write, row=held)


def _answer(request: HttpRequest, shown: Shown, fields, form: dict[str, str], write, *, row=None, **more):
    """The form; POST writes it and goes to the address that ``write`` gives, or comes back with its sentence."""
    error = None
    if request.method == "POST":
        form = sheets.typed(request.POST, fields)
        try:
            address = write(form, request.POST.get("version", "")[:40])
        except (BadFact, Stale) as bad:
            error = bad
        else:
            messages.success(request, _("It is kept."))
            return redirect(address)
    stale = isinstance(error, Stale)
    context = {
        "title": shown.title,
        "button": shown.button,
        "back": shown.back,
        "back_words": shown.back_words,
        "explained": shown.explained,
        "sheet": sheets.asked(fields, form, None if stale else error),
        "error": error,
        "version": services.version_of(type(row).objects.get(pk=row.pk)) if row else "",
        "writes_at_once": True,
        **more,
    }
    return render(request, shown.template, context, status=409 if stale else 422 if error else 200)
