"""Requests: the manager's inbox. Answers are given by POST only, one or many, and each is told of."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access, clock
from people.errors import BadFact
from people.models import Person, Role
from people.services import validate_autonomy
from policies.core.facts import Part
from telework import services
from telework.boards import not_yet_autonomous, team_shared
from telework.chain import OF_MANAGERS
from telework.effect import Effect, effect_of, standing_of
from telework.errors import BadWish, TeleworkError
from telework.inbox import Asked, Inbox, checked
from telework.models import Booking, State
from telework.refusals import Grounds, grounds_of_all
from telework.selectors import bookings_called, bookings_shown, requests_of
from telework.views.strips import CoverageStrip, coverage_of

from .day import RequestDay
from .page import RequestPage
from .results import told
from .rows import grouped_rows

MOST_ANSWERS = 1000
MOST_SHOWN = 200


@login_required
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """The inbox, with the most pressing request open beside it where there is room."""
    actor, today = _answerer(request)
    inbox = checked(_waiting(actor, today), today=today)
    opened = inbox.asks[0].days[0].booking if inbox.asks else None
    return _render(request, actor, today, inbox, opened=opened)


@login_required
@require_safe
def request_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request open; for htmx only its part of the page."""
    actor, today = _answerer(request)
    booking = _booking(actor, uid)
    if request.htmx:
        return render(request, "telework/_request.html", _detail(actor, today, booking))
    inbox = checked(_waiting(actor, today), today=today)
    return _render(request, actor, today, inbox, opened=booking, alone=True)


@login_required
@require_POST
def answer_requests(request: HttpRequest) -> HttpResponse:
    """Approve or refuse the chosen requests; what could not be done is told and left as it was."""
    actor, today = _answerer(request)
    action = request.POST.get("action", "")
    bookings: list[Booking] = []
    try:
        bookings, versions = _chosen(actor, request.POST.getlist("booking"))
        common = {"bookings": bookings, "versions": versions, "actor": actor, "now": clock.now(), "today": today}
        if action == "approve":
            answers = services.approve_bookings(**common, override=_override(request, actor, bookings))
        elif action == "refuse":
            answers = services.refuse_bookings(**common, **_why(request))
        else:
            raise BadWish("action", action, _("“%s” is not an answer. Approve or refuse.") % action[:40])
    except TeleworkError as error:
        messages.error(request, error.sentence())
        return redirect("request", uid=bookings[0].uid) if bookings else redirect("requests")
    sentence, all_done = told(answers, approved=action == "approve")
    (messages.success if all_done else messages.error)(request, sentence)
    return redirect("requests")


@login_required
@require_POST
def ask_question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a sentence to the exchange about a request; the person is told."""
    actor, today = _answerer(request)
    booking = _booking(actor, uid)
    try:
        services.add_note(booking=booking, text=request.POST.get("text", ""), actor=actor, now=clock.now(), today=today)
        messages.success(request, _("%(name)s receives your message.") % {"name": booking.person.first_name})
    except TeleworkError as error:
        messages.error(request, error.sentence())
    return redirect("request", uid=uid)


@login_required
@require_POST
def validate_one(request: HttpRequest) -> HttpResponse:
    """Validate the autonomy of somebody of one's teams."""
    actor, today = _answerer(request)
    person = access.person_for(actor, request.POST.get("person", ""), "validate_autonomy")
    try:
        validate_autonomy(person, by=actor, on=today, now=clock.now())
        messages.success(request, _("Autonomy validated from today: %(name)s.") % {"name": person.name})
    except BadFact as fault:
        messages.error(request, fault.sentence)
    return redirect("requests")


def _answerer(request: HttpRequest) -> tuple[Person, date]:
    """The signed-in person and today's date where they work; not found for those who answer no requests."""
    actor = access.actor(request)
    today = clock.today(actor.site.zone)
    if not access.is_manager(actor, today) and Role.HR not in access.roles_of(actor):
        raise Http404
    return actor, today


def _waiting(actor: Person, today: date) -> list[Booking]:
    """What waits for the actor: of their teams what awaits a manager, and for HR the later steps of a chain.

    HR, who lead no team, step in where the answer is overdue as well."""
    of_managers, of_hr = Q(awaits__in=OF_MANAGERS), ~Q(awaits__in=OF_MANAGERS)
    found: list[Booking] = []
    if Role.HR in access.roles_of(actor):
        overdue = Q() if access.is_manager(actor, today) else Q(answer_by__lt=today)
        meant = of_hr | (of_managers & overdue) if overdue else of_hr
        found += requests_of(access.people_for(actor, "answer_later_step")).filter(meant)[:MOST_SHOWN]
    if access.is_manager(actor, today):
        found += requests_of(access.people_managed_by(actor, today)).filter(of_managers)
    return found


def _booking(actor: Person, uid: UUID) -> Booking:
    booking = bookings_shown().filter(uid=uid, person__in=access.people_for(actor, "answer_request")).first()
    if booking is None:
        raise Http404
    return booking


def _render(request, actor: Person, today: date, inbox: Inbox, *, opened: Booking | None, alone: bool = False):
    ask = inbox.holding(opened.uid) if opened else None
    return render(
        request,
        "telework/requests.html",
        {
            "inbox": inbox,
            "groups": grouped_rows(inbox, ask),
            "autonomy": not_yet_autonomous(access.people_managed_by(actor, today)),
            "alone": alone,
            **(_detail(actor, today, opened, inbox) if opened else {"reasons": _grounds(inbox)}),
        },
    )


def _detail(actor: Person, today: date, booking: Booking, inbox: Inbox | None = None) -> dict:
    """Everything about the request that holds ``booking``; only the booking when it no longer waits."""
    context = {"booking": booking, "settled": booking.state != State.REQUESTED}
    context["notes"] = list(booking.notes.select_related("author"))
    if context["settled"]:
        return context
    ask = inbox.holding(booking.uid) if inbox else None
    if ask is None:
        batch = requests_of([booking.person_id]).filter(requested_at=booking.requested_at)
        inbox = checked(list(batch), today=today)
        ask = inbox.holding(booking.uid)
    asked = ask.holding(booking.uid)
    context["reasons"] = _grounds(inbox)
    if booking.awaits:
        context["steps"] = list(booking.step_answers.all())
        context["agreement"] = asked.judgement.agreement
    facts = inbox.facts[booking.person_id]
    team = team_shared(actor, booking.person_id, booking.day)
    effect = effect_of(asked, team) if team else None
    context["page"] = RequestPage(
        ask, asked, effect, standing_of(asked, facts), facts,
        where=_where(actor, asked.booking),
        strips=_strips(asked, effect),
        may_override=access.may(actor, "override_coverage", booking.person),
    )  # fmt: skip
    context["day"] = RequestDay(effect, booking.person_id) if effect else None
    return context


def _grounds(inbox: Inbox) -> Grounds:
    """The grounds on which the requests shown may be refused."""
    days = (asked for ask in inbox.asks for asked in ask.days)
    return grounds_of_all((one.judgement.agreement, one.booking.day, one.booking.form) for one in days)


def _where(actor: Person, booking: Booking) -> str:
    """The place; its commune only for who may see the person's places."""
    if booking.place is None:
        return ""
    return str(booking.place) if access.may(actor, "view_places", booking.person) else booking.place.label


def _strips(asked: Asked, effect: Effect | None) -> list[CoverageStrip]:
    booking = asked.booking
    if effect is None or asked.is_past:
        return []
    start, end = effect.start_end
    return coverage_of(booking.person, booking.day, Part(booking.part).halves, start=start, end=end)


def _override(request: HttpRequest, actor: Person, bookings: list[Booking]) -> str:
    """The reason for granting what coverage refuses; only those who may give one are heard."""
    reason = request.POST.get("override", "")
    if reason and not all(access.may(actor, "override_coverage", booking.person) for booking in bookings):
        raise Http404
    return reason


def _why(request: HttpRequest) -> dict[str, str]:
    return {"reason": request.POST.get("reason", ""), "text": request.POST.get("text", "")}


def _chosen(actor: Person, values: list[str]) -> tuple[list[Booking], dict[UUID, int]]:
    """Bookings named as ``uid.version`` (several with commas): all of them within the actor's reach, or not found."""
    versions: dict[UUID, int] = {}
    for value in (part for joined in values for part in joined.split(",") if part):
        uid, _dot, version = value.partition(".")
        try:
            versions[UUID(uid)] = int(version)
        except ValueError:
            sentence = _("“%s” does not name a request. Reload the page.") % value[:60]
            raise BadWish("booking", value, sentence) from None
    if not versions:
        raise BadWish("booking", "", _("No request was chosen. Choose at least one."))
    if len(versions) > MOST_ANSWERS:
        sentence = _("These are more than %s days at once. Choose fewer.") % MOST_ANSWERS
        raise BadWish("booking", len(versions), sentence)
    bookings = bookings_called(versions.keys())
    missing = len(bookings) < len(versions)
    people = [booking.person for booking in bookings] + [access.NOBODY] * missing  # costs what a stranger does
    if not access.may_each(actor, "answer_request", people) or missing:
        raise Http404
    return bookings, versions
