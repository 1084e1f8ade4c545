"""/exceptional/: the exceptional days one may see, preparing new ones, who is where, and what two people fire."""

from collections.abc import Callable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access, clock
from people.errors import BadFact
from people.models import Person

from . import services
from .access import VIEW, Sight, people_seen, regime_for, sight_for, sights_for
from .board import STATES, board_of
from .form import Form
from .letters import scope_words, span_words


@login_required
@require_safe
def exceptional_list(request: HttpRequest) -> HttpResponse:
    """What is open, waits or is over; not found for those who see nobody's."""
    actor = access.actor(request)
    opens = access.entities_for(actor, services.OPERATION).exists()
    if not opens and not access.people_for(actor, VIEW).exclude(pk=actor.pk).exists():
        raise Http404
    today = access.today_of(actor)
    groups: dict[str, list] = {name: [] for name in ("open", "waiting", "coming", "over", "dismissed")}
    for sight in sights_for(actor):
        standing = sight.standing(today)
        groups["waiting" if sight.waiting and standing != "dismissed" else standing].append(_told(sight))
    past = groups.pop("over") + groups.pop("dismissed")
    titles = {"open": _("Open now"), "waiting": _("Awaiting a second person"), "coming": _("To come")}
    shown = [(titles[name], rows) for name, rows in groups.items() if rows]
    return render(request, "telework/exceptional/list.html", {"groups": shown, "past": past, "opens": opens})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exceptional_new(request: HttpRequest) -> HttpResponse:
    """The form; POST shows whom it would concern, with ``write`` hands it to a second person."""
    actor = access.actor(request)
    if not access.entities_for(actor, services.OPERATION).exists():
        raise Http404
    today = access.today_of(actor)
    form = Form.read(request, actor, today)
    if request.method != "POST":
        return render(request, "telework/exceptional/new.html", form.context())
    try:
        draft = form.draft()
        if request.POST.get("write") == "1":
            term = services.prepare_regime(draft, actor=actor, now=clock.now(), today=today)
            messages.success(request, _("Prepared. It holds as soon as another person has confirmed it."))
            return redirect("exceptional_days", uid=term.regime.uid)
        context = form.context(**form.looked_at(draft))
    except BadFact as bad:
        return render(request, "telework/exceptional/new.html", form.context(error=bad), status=422)
    return render(request, "telework/exceptional/new.html", context)


@login_required
@require_safe
def exceptional_days(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of them: what it is, who has fired it, what may be done, and who is where now."""
    actor = access.actor(request)
    return _page(request, actor, sight_for(actor, uid))


@login_required
@require_safe
def exceptional_where(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The fragment that is fetched again each minute."""
    actor = access.actor(request)
    return render(request, "telework/exceptional/_where.html", _where(request, actor, sight_for(actor, uid)))


Act = Callable[[HttpRequest, Person, Sight, date], str]


def _acting(act: Act):
    """An action of those who may open; a fault comes back on the page, above its field."""

    @login_required
    @require_POST
    def view(request: HttpRequest, uid: UUID) -> HttpResponse:
        actor = access.actor(request)
        sight = regime_for(actor, uid)
        try:
            said = act(request, actor, sight, access.today_of(actor))
        except BadFact as bad:
            return _page(request, actor, regime_for(actor, uid), error=bad, acted=act.__name__, status=422)
        messages.success(request, said)
        return redirect("exceptional_days", uid=uid)

    view.__name__ = act.__name__
    return view


@_acting
def exceptional_confirm(request: HttpRequest, actor: Person, sight: Sight, today: date) -> str:
    """The second person: it holds from now on."""
    count = services.confirm_term(_waiting(sight), actor=actor, now=clock.now(), today=today)
    return ngettext("Confirmed. %(count)s person is told.", "Confirmed. %(count)s people are told.", count) % {
        "count": count
    }


@_acting
def exceptional_dismiss(request: HttpRequest, actor: Person, sight: Sight, today: date) -> str:
    """What awaited its second person is taken back."""
    services.dismiss_term(_waiting(sight), actor=actor, now=clock.now())
    return _("Dismissed. Nothing has changed for anybody.")


@_acting
def exceptional_extend(request: HttpRequest, actor: Person, sight: Sight, today: date) -> str:
    """A longer time, for a second person to confirm."""
    last = _day(request, "last")
    services.extend_regime(sight.regime, last, actor=actor, now=clock.now(), today=today)
    return _("Prepared. It holds as soon as another person has confirmed it.")


@_acting
def exceptional_end(request: HttpRequest, actor: Person, sight: Sight, today: date) -> str:
    """An earlier end."""
    last = _day(request, "last")
    count = services.end_regime(sight.regime, last, actor=actor, now=clock.now(), today=today)
    return ngettext(
        "The end is set. %(count)s person is told.", "The end is set. %(count)s people are told.", count
    ) % {"count": count}


def _waiting(sight: Sight):
    if sight.waiting is None:
        raise services.NotYours(_("Nothing awaits a second person any more. Nothing was changed."))
    return sight.waiting


def _day(request: HttpRequest, name: str) -> date:
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        sentence = _("“%(value)s” is not a date. Write it as 2027-03-31.") % {"value": text[:40]}
        raise BadFact(name, text, sentence) from unreadable


def _page(
    request: HttpRequest,
    actor: Person,
    sight: Sight,
    *,
    error: BadFact | None = None,
    acted: str = "",
    status: int = 200,
) -> HttpResponse:
    today = access.today_of(actor)
    waiting = sight.waiting
    context = {
        **_told(sight),
        "standing": sight.standing(today),
        "waiting": waiting,
        "waiting_span": span_words(waiting.first_day, waiting.last_day) if waiting else "",
        "mine": waiting is not None and waiting.prepared_by_id == actor.pk,
        "opens": sight.opens,
        "changeable": sight.opens and sight.standing(today) in ("open", "coming"),
        "today": today,
        "error": error,
        "acted": acted,
        "typed": request.POST.get("last", ""),
        **_where(request, actor, sight),
    }
    return render(request, "telework/exceptional/days.html", context, status=status)


def _where(request: HttpRequest, actor: Person, sight: Sight) -> dict[str, object]:
    """The board over the people this actor sees; ``?where=`` keeps one state."""
    today, state = access.today_of(actor), request.GET.get("where", "")
    first = max(min(today, sight.last_day), sight.first_day)
    people = people_seen(actor, sight, first, sight.last_day).select_related("site")
    board = board_of(list(people), clock.now())
    counts = board.counts
    return {
        "sight": sight,
        "people": board.people,
        "states": [(name, label, counts.get(name, 0)) for name, label in _labels().items() if counts.get(name, 0)],
        "labels": _labels(),
        "state": state if state in STATES else "",
        "board": board.only(state) if state in STATES else board,
        "at": board.at.astimezone(clock_of(actor)),
    }


def _labels() -> dict[str, str]:
    return dict(
        zip(
            STATES,
            (_("on site"), _("remote"), pgettext("now", "absent"), _("not at work"), _("not planned yet")),
            strict=True,
        )
    )


def clock_of(actor: Person) -> ZoneInfo:
    """The clock of the actor's site."""
    return ZoneInfo(actor.site.zone)


def _told(sight: Sight) -> dict[str, object]:
    return {
        "sight": sight,
        "regime": sight.regime,
        "span": span_words(sight.first_day, sight.last_day),
        "scope": scope_words(sight.regime),
    }
