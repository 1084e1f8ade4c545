"""The places from where one teleworks."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access, clock, services
from people.errors import BadFact
from people.models import Person, Place, PlaceKind, What
from people.reads import record_read
from people.views.fields import date_field


@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    return _places_page(request, _self(request))


@login_required
@require_POST
def declare_place(request: HttpRequest) -> HttpResponse:
    """Declare a place; what cannot be kept comes back with what was typed and a sentence above its field."""
    actor = _self(request)
    form = request.POST
    try:
        services.declare_place(
            actor,
            label=form.get("label", ""),
            commune=form.get("commune", ""),
            declared_on=date_field(form, "declared_on") or clock.today(actor.site.zone),
            secure_internet=bool(form.get("secure_internet")),
            insured_until=date_field(form, "insured_until"),
            kind=form.get("kind") or PlaceKind.HOME,
            country=form.get("country", "").strip(),
            by=actor,
            now=clock.now(),
        )
    except BadFact as bad:
        return _places_page(request, actor, error=bad, status=422)
    messages.success(request, _("The place is declared."))
    return redirect("places")


@login_required
@require_POST
def end_place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give one of one's own places its last day, today unless another is given."""
    actor = _self(request)
    place = actor.places.filter(uid=uid).first()
    if place is None:
        raise Http404
    today = clock.today(actor.site.zone)
    try:
        last_day = date_field(request.POST, "last_day") or max(today, place.declared_on)
        services.end_place(place, last_day=last_day, by=actor, now=clock.now())
    except BadFact as bad:
        return _places_page(request, actor, ending=place, error=bad, status=422)
    messages.success(request, _("The place has its last day."))
    return redirect("places")


@login_required
@require_safe
def person_places(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The places that somebody has declared, for whoever may agree to one; the commune for whoever may see it."""
    actor = access.actor(request)
    person = access.person_for(actor, uid, "agree_place")
    sees = access.may(actor, "view_places", person)
    record_read(actor, [person], What.PLACES, clock.now())
    context = {
        "person": person,
        "places": person.places.all() if sees else person.places.defer("commune"),
        "sees": sees,
        "today": clock.today(actor.site.zone),
    }
    return render(request, "people/person_places.html", context)


@login_required
@require_POST
def agree_place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a place is agreed; with ``agreed`` empty, that it no longer is."""
    actor = access.actor(request)
    place = Place.objects.select_related("person__site", "person__entity").defer("commune").filter(uid=uid).first()
    if not access.may(actor, "agree_place", place.person if place else access.NOBODY) or place is None:
        raise Http404
    agreed = bool(request.POST.get("agreed"))
    services.agree_place(place, agreed=agreed, by=actor, now=clock.now())
    said = _("%(place)s is agreed.") if agreed else _("%(place)s is no longer agreed.")
    messages.success(request, said % {"place": place.label})
    return redirect("person_places", uid=place.person.uid)


def _self(request: HttpRequest) -> Person:
    actor = access.actor(request)
    if not access.may(actor, "declare_place", actor):
        raise Http404
    return actor


def _places_page(
    request: HttpRequest, actor: Person, *, error: BadFact | None = None, ending: Place | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today(actor.site.zone)
    rows = sorted(actor.places.all(), key=lambda place: (place.until is not None, place.declared_on))
    context = {
        "places": [(place, place.until is None or place.until >= today, _doubt(place, today)) for place in rows],
        "error": error,
        "ending": ending,
        "form": request.POST if request.method == "POST" and ending is None else {},
        "today": today,
        "kinds": PlaceKind.choices,
    }
    return render(request, "people/places.html", context, status=status)


def _doubt(place: Place, today: date) -> str:
    """What keeps a place from counting, or will soon."""
    if not place.secure_internet:
        return _("Secure internet is not confirmed.")
    if place.insured_until is None:
        return _("No insurance is declared.")
    if place.insured_until < today:
        return _("The insurance has ended: declare the place again with its new last day.")
    if place.insured_until - today < timedelta(days=30):
        return _("The insurance ends soon.")
    return ""
