"""/exports/: files of what one may see, as CSV, Excel or JSON."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import access, clock
from people.errors import BadFact
from people.exports import FORMATS, exported, kind_called, offered_to
from people.exports.kinds import ask_for
from people.models import Person, Team
from people.views.fields import date_field

FORMAT_WORDS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@login_required
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    return _page(request, access.actor(request))


@login_required
@require_safe
def export_file(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """One file, with ?first=, ?last= and ?team=; what cannot be written comes back with a sentence."""
    actor = access.actor(request)
    held = kind_called(kind, actor)
    try:
        days = {name: date_field(request.GET, name) for name in ("first", "last")}
        ask = ask_for(held, actor, **days, team=request.GET.get("team", ""), today=access.today_of(actor))
        return exported(held, form, ask, now=clock.now())
    except BadFact as bad:
        return _page(request, actor, error=bad)


def _page(request: HttpRequest, actor: Person, *, error: BadFact | None = None) -> HttpResponse:
    kinds = offered_to(actor)
    today = access.today_of(actor)
    ask = {name: request.GET.get(name, "")[:40] for name in ("first", "last", "team")}
    context = {
        "kinds": kinds,
        "formats": [(form, FORMAT_WORDS[form]) for form in FORMATS],
        "teams": _teams(actor, kinds),
        "ask": ask if error else {"first": today.replace(day=1).isoformat()} | {k: v for k, v in ask.items() if v},
        "error": error,
    }
    return render(request, "people/exports.html", context, status=422 if error else 200)


def _teams(actor: Person, kinds) -> list[Team]:
    """Teams of which one of the files may be taken out, by name."""
    found = {}
    for operation in dict.fromkeys(kind.operation for kind in kinds):
        found |= {team.pk: team for team in access.teams_for(actor, operation)}
    return sorted(found.values(), key=lambda team: team.name)
