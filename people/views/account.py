"""/account/: what is known of oneself, language and colours, and the browsers in which one is signed in."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people import access, clock
from people.errors import BadFact
from people.mails import TOPICS, check_topics, keep_mails, topics_of
from people.models import Membership, Person, Team
from people.sessions.services import end_session, end_sessions, sessions_of
from people.standing import memberships_in_force

THEME = "theme"
THEMES = ("system", "light", "dark")
A_YEAR = 365 * 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page; POST keeps language and colours, both or neither."""
    if request.method == "POST":
        return _keep(request)
    return render(request, "people/account.html", _told(request))


def _keep(request: HttpRequest) -> HttpResponse:
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    ticked = [name for name in request.POST.getlist("mails") if name]
    try:
        _check("language", language, tuple(dict(settings.LANGUAGES)))
        _check("theme", theme, THEMES)
        check_topics(ticked)
    except BadFact as bad:
        return render(request, "people/account.html", _told(request) | {"error": bad}, status=422)
    if request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    if "mails" in request.POST:  # the page always sends one, so that a form without any ticked says so
        keep_mails(request.user, {name: name in ticked for name in topics_of(request.user)})
    translation.activate(language)
    messages.success(request, _("Your preferences are kept."))
    response = redirect("account")
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(THEME, theme, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure
    )
    return response


def _check(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        sentence = _("“%(value)s” is not a choice here. Choose one of: %(known)s.")
        raise BadFact(field, value, sentence % {"value": value[:40], "known": ", ".join(known)})


def _told(request: HttpRequest) -> dict[str, object]:
    person = getattr(request.user, "person", None)
    chosen = request.COOKIES.get(THEME)
    known = {"person": person, "theme": chosen if chosen in THEMES else THEMES[0], "languages": settings.LANGUAGES}
    off = request.user.mails_off
    known["topics"] = [(name, TOPICS[name].words, name not in off) for name in topics_of(request.user)]
    if person:
        today = access.today_of(person)
        known |= {"teams": _teams(person, today), "leaders": access.leaders_of(person, today)}
    return known


def _teams(person: Person, today) -> QuerySet[Team]:
    held = Membership.objects.filter(memberships_in_force(today), person=person).values("team")
    return Team.objects.filter(pk__in=held).order_by("name", "pk")


@login_required
@require_http_methods(["GET", "HEAD"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, the browser in front of one first."""
    found = list(sessions_of(request.user, clock.now()))
    found.sort(key=lambda each: each.session_key != request.session.session_key)
    return render(request, "people/sessions.html", {"sessions": found, "here": request.session.session_key})


@login_required
@require_POST
def session_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End one of one's own sessions; not found for any other."""
    here = request.session.visit.uid == uid
    person = getattr(request.user, "person", None)
    if person and not access.may(person, "end_session", person):
        raise Http404
    if not end_session(request.user, uid):
        raise Http404
    if here:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("That browser is signed out."))
    return redirect("sessions")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    count = end_sessions(request.user, but=request.session.session_key)
    said = ngettext("%(count)d other browser is signed out.", "%(count)d other browsers are signed out.", count)
    messages.success(request, said % {"count": count} if count else _("There was no other browser to sign out."))
    return redirect("sessions")
