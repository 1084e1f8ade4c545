"""What those who lead somebody do on their day: call back on site, remove a past day that was not teleworked."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import access, clock
from telework import services
from telework.access import booking_for
from telework.models import Booking
from telework.wording import language
from ui import words

from .booking import Said, moments, performed, version_of
from .year import Frame


def leading(operation: str):
    """A page action on a booking of somebody on whom the actor may do ``operation``; else not found. POST only."""

    def decorate(action: Callable[[HttpRequest, Frame, Booking], Said]):
        @login_required
        @require_POST
        def view(request: HttpRequest, uid: UUID) -> HttpResponse:
            actor = access.actor(request)
            booking = booking_for(actor, uid, operation)
            frame = Frame(booking.person, actor, clock.today(booking.person.site.zone))
            day = booking.day
            return performed(request, frame, lambda: (day, action(request, frame, booking)), day=day)

        view.__name__ = action.__name__
        return view

    return decorate


@leading("recall")
def recall(request: HttpRequest, frame: Frame, booking: Booking) -> Said:
    """Call the person back on site, on a ground of the agreement."""
    services.recall_on_site(
        booking=booking,
        ground=request.POST.get("ground", "")[:40],
        text=request.POST.get("text", ""),
        version=version_of(request),
        **moments(frame),
    )
    words_of = {"name": frame.person.name, "day": _long(booking.day)}
    return Said(_("%(name)s works on site on %(day)s and receives your message.") % words_of)


@leading("answer_request")
def remove(request: HttpRequest, frame: Frame, booking: Booking) -> Said:
    """Remove an approved day that was not teleworked after all."""
    services.remove_day(
        booking=booking, text=request.POST.get("text", ""), version=version_of(request), **moments(frame)
    )
    day = _long(booking.day)
    named = {"name": frame.person.name, "day": day[:1].upper() + day[1:]}
    return Said(_("%(day)s is removed and returns to the balance of %(name)s.") % named)


def _long(day: date) -> str:
    return words.long_day(day, language())
