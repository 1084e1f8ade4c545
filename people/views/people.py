"""/people/: those whom human resources look after; a new person; teams, entities and sites."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from people import access, clock, services
from people.errors import BadFact
from people.listing import STATUS_WORDS, Page, Status, Wanted, people_page
from people.models import Entity, Site
from people.selectors import sites_of
from people.views import sheets
from people.views.fields import date_field

VIEW, ADD, EDIT = "view_people", "add_people", "edit_people"


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """With ?q= (name, number, address), ?team=, ?site=, ?entity= (uids), ?status=, ?account=none and ?page=."""
    actor = access.actor(request)
    entities = list(access.entities_for(actor, VIEW))
    if not entities:
        raise Http404
    teams, sites = list(access.teams_for(actor, VIEW)), list(sites_of(entities))
    ask = {name: request.GET.get(name, "").replace("\0", "").strip()[:80] for name in ("q", *_FILTERS)}
    if ask["status"] not in (*Status, ""):
        raise Http404
    wanted = Wanted(
        words=ask["q"],
        team=_pk(teams, ask["team"]),
        site=_pk(sites, ask["site"]),
        entity=_pk(entities, ask["entity"]),
        status=ask["status"],
        without_account=ask["account"] == "none",
        page=int(ask["page"]) if ask["page"].isascii() and ask["page"].isdigit() and len(ask["page"]) < 7 else 1,
    )
    today = access.today_of(actor)
    page = people_page(access.people_for(actor, VIEW), wanted, today=today)
    context = {"page": page, "ask": ask, "teams": teams, "sites": sites, "entities": entities}
    context["statuses"] = _statuses(page, ask)
    context["before"] = _address(ask, page=page.number - 1) if page.number > 1 else ""
    context["after"] = _address(ask, page=page.number + 1) if page.number < page.last else ""
    context["imports"] = access.entities_for(actor, "import_people").exists()
    context["searched"] = any(value for name, value in ask.items() if name != "page")
    return render(request, "people/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Who somebody is; contract and team follow on their page."""
    actor = access.actor(request)
    entities = list(access.entities_for(actor, ADD))
    if not entities:
        raise Http404
    fields = person_fields(entities, list(sites_of(entities)))
    if request.method != "POST":
        return _form(request, fields, {})
    form = sheets.typed(request.POST, fields)
    try:
        person = services.create_person(read_person(form, fields, entities), by=actor, now=clock.now())
    except BadFact as bad:
        return _form(request, fields, form, error=bad)
    messages.success(request, _("%(name)s is added. A contract and a team come next.") % {"name": person.name})
    return redirect("person", uid=person.uid)


def person_fields(entities: list[Entity], sites: list[Site]) -> list[sheets.Field]:
    """What is asked of a person."""
    code_hint = _("The code by which agreements name the activity, like client_relations. Empty where they name none.")
    return [
        sheets.Field("first_name", _("First name"), longest=80),
        sheets.Field("last_name", _("Last name"), longest=80),
        sheets.Field("number", _("Staff number"), longest=40),
        sheets.Field("email", _("Work address"), "email", longest=254),
        sheets.Field("entity", _("Entity"), "select", choices=sheets.options(entities)),
        sheets.Field("site", _("Site"), "select", choices=sheets.options(sites)),
        sheets.Field("job_title", _("Post"), longest=80),
        sheets.Field("job", _("Activity code"), hint=code_hint, longest=60),
        sheets.Field("hired_on", _("Hired on"), "date"),
    ]


def read_person(form: dict[str, str], fields: list[sheets.Field], entities) -> services.PersonDraft:
    """The person that a form tells of; ``BadFact`` for a choice that was not offered."""
    by_name = {field.name: field for field in fields}
    entity = sheets.chosen(form, by_name["entity"], entities)
    site = sheets.chosen(form, by_name["site"], sites_of(entities))
    texts = {name: form[name] for name in ("first_name", "last_name", "number", "email", "job_title", "job")}
    return services.PersonDraft(entity=entity, site=site, hired_on=date_field(form, "hired_on"), **texts)


_FILTERS = ("team", "site", "entity", "status", "account", "page")


def _pk(rows, uid: str) -> int | None:
    """The primary key of the row that a filter names; not found for one that the actor may not know."""
    if not uid:
        return None
    found = next((row.pk for row in rows if str(row.uid) == uid), None)
    if found is None:
        raise Http404
    return found


def _statuses(page: Page, ask: dict[str, str]) -> list[dict[str, object]]:
    """The filters above the list: how many are of each status, and the address that shows them."""
    url = _address(ask, status="", account="")
    everybody = {"words": pgettext("people", "all"), "count": sum(page.counts.values()), "url": url}
    found = [everybody | {"current": not ask["status"] and not ask["account"]}]
    for status in Status:
        url = _address(ask, status=str(status), account="")
        one = {"words": STATUS_WORDS[status], "count": page.counts[status], "url": url}
        found.append(one | {"current": ask["status"] == status})
    bare = {"words": _("without account"), "count": page.without_account}
    return [*found, bare | {"url": _address(ask, account="none", status=""), "current": ask["account"] == "none"}]


def _address(ask: dict[str, str], **other) -> str:
    query = {name: value for name, value in (ask | {"page": ""} | other).items() if value}
    return f"?{urlencode(query)}"


def _form(
    request: HttpRequest, fields: list[sheets.Field], form: dict[str, str], *, error: BadFact | None = None
) -> HttpResponse:
    context = {"sheet": sheets.asked(fields, form, error), "error": error, "title": _("Add a person")}
    context |= {"button": _("Add this person"), "back": "people", "back_words": _("People")}
    return render(request, "people/sheet.html", context, status=422 if error else 200)
