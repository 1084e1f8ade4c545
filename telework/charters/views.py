"""/team/…/charter/: how a team works, for its people; for those who lead it, the form with the agreement's bounds."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access, clock
from people.errors import BadFact
from people.models import Person, Team
from policies.models import TeamCharter
from policies.selectors import timeline_for
from policies.selectors.charters import charter_of
from telework.wording import language
from ui import words

from .ranges import Setting, ranges_of
from .services import write_charter
from .told import told_charter, told_value

VIEW, WRITE = "view_charter", "write_charter"
FIELD = "setting-"


@login_required
@require_safe
def charter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What holds in the team, and the form for those who may write it."""
    actor = access.actor(request)
    return _page(request, actor, access.team_for(actor, uid, VIEW))


@login_required
@require_POST
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the charter from a day on; a fault comes back above its field."""
    actor = access.actor(request)
    team = access.team_for(actor, uid, WRITE)
    today = clock.today(team.site.zone)
    try:
        first = _day(request.POST.get("first", "").strip()) or today
        values = dict(_values(request, timeline_for(team.entity_id).on(first), first))
        text = request.POST.get("words", "").replace("\0", "").replace("\r\n", "\n")
        write_charter(team, values=values, text=text, first=first, actor=actor, now=clock.now(), today=today)
    except BadFact as bad:
        return _page(request, actor, team, error=bad, status=422)
    messages.success(request, _("The charter is written. The team is told."))
    return redirect("charter", uid=team.uid)


def _page(
    request: HttpRequest, actor: Person, team: Team, *, error: BadFact | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today(team.site.zone)
    held = charter_of(team, today)
    coming = TeamCharter.objects.filter(team=team, first_day__gt=today).order_by("first_day").first()
    fixed = {**held.values, "words": held.words} if held else {}
    settings = ranges_of(timeline_for(team.entity_id).on(today), today)
    context = {
        "team": team,
        "charter": held,
        "said": told_charter(held) if held else [],
        "coming": coming,
        "coming_said": told_charter(coming) if coming else [],
        "writes": access.may(actor, WRITE, team),
        "fields": [_field(one, request, fixed, error) for one in settings],
        "words": request.POST.get("words", fixed.get("words", "")),
        "first": request.POST.get("first", today.isoformat()),
        "weekdays": list(enumerate(words.WEEKDAYS[language()], start=1)),
        "error": error,
    }
    return render(request, "telework/charter.html", context, status=status)


def _field(setting: Setting, request: HttpRequest, fixed: dict[str, str], error: BadFact | None) -> dict[str, object]:
    """A setting as the form shows it, with its bounds in words."""
    bounds = {"lowest": told_value(setting, setting.lowest), "highest": told_value(setting, setting.highest)}
    bounds["article"] = setting.article
    typed = request.POST.get(FIELD + setting.name, fixed.get(setting.name, ""))
    return {
        "setting": setting,
        "name": FIELD + setting.name,
        "label": setting.label,
        "value": typed,
        "hint": _("Article %(article)s leaves %(lowest)s to %(highest)s.") % bounds if not setting.weekday else "",
        "wrong": error.sentence if error and error.field == setting.name else "",
    }


def _values(request: HttpRequest, agreement, day: date):
    """What was typed, setting by setting; an empty field leaves it to the agreement."""
    for setting in ranges_of(agreement, day):
        text = request.POST.get(FIELD + setting.name, "").strip().replace(",", ".")
        if text:
            yield setting.name, _number(setting.name, text)


def _number(name: str, text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or len(text) > 12:
        raise BadFact(name, text, _("“%(value)s” is not a number. Write one such as 12.5.") % {"value": text[:40]})
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        sentence = _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]}
        raise BadFact("first", text, sentence) from unreadable
