"""What one does on My year: book, move, give back, note, correct. Every form works without a script, by redirect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people import clock
from people.models import Place
from policies.core.facts import Part
from telework import services
from telework.access import booking_for
from telework.errors import BadWish, TeleworkError
from telework.models import Booking, State
from telework.selectors import managers_named
from telework.wording import language
from telework.year import FIRST_YEAR, LAST_YEAR, year_of
from ui import words as speech

from .year import Frame, balance_context, grid_context, own_frame, panel_context, read_day, read_part


@dataclass(frozen=True, slots=True)
class Undo:
    """One tap that takes an action back."""

    url: str
    fields: Mapping[str, object] = field(default_factory=dict)
    htmx: bool = True
    target: str = "#panel"

    @property
    def label(self) -> str:
        return _("Undo")


@dataclass(frozen=True, slots=True)
class Said:
    """What is told after an action: a sentence, and how to take it back."""

    text: str
    undo: Undo | None = None


def acting(action: Callable[[HttpRequest, Frame], tuple[date, Said]]):
    """A page action: POST only; what went wrong is told in a sentence beside the unchanged day."""

    @login_required
    @require_POST
    def view(request: HttpRequest, **names) -> HttpResponse:
        frame = own_frame(request)
        return performed(request, frame, lambda: action(request, frame, **names))

    view.__name__ = action.__name__
    return view


def performed(
    request: HttpRequest, frame: Frame, action: Callable[[], tuple[date, Said]], *, day: date | None = None
) -> HttpResponse:
    """What came of an action on somebody's year; ``day`` is shown when it fails and nothing else names one."""
    try:
        done, said = action()
    except TeleworkError as error:
        named = read_day(request.POST.get("day")) or getattr(getattr(error, "booking", None), "day", None)
        return answer(request, frame, named or day, Said(error.sentence()), status=error.status)
    return answer(request, frame, done, said)


def answer(request: HttpRequest, frame: Frame, day: date | None, said: Said, *, status: int = 200) -> HttpResponse:
    """The panel with the year and the balance beside it (htmx), or the page again with its message."""
    failed = status >= 400
    day = day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None
    part = read_part(request.POST.get("part_shown") or request.POST.get("part"))
    if not request.htmx:
        messages.add_message(request, messages.ERROR if failed else messages.SUCCESS, said.text)
        query = {"part": part.value} | ({"day": day.isoformat()} if day else {})
        return redirect(frame.url((day or frame.today).year, **query))
    number = _shown_year(request, day or frame.today)
    year = year_of(frame.person, number, part=part, today=frame.today)
    other = year if day is None or day.year == number else year_of(
        frame.person, day.year, part=part, today=frame.today
    )  # fmt: skip
    context = panel_context(frame, other, day) | {"said": said, "failed": failed, "oob": True}
    if not failed:
        context |= grid_context(year, [day] if day else ()) | balance_context(year, day if other is year else None)
    return render(request, "telework/_after.html", context, status=status)


def _shown_year(request: HttpRequest, day: date) -> int:
    shown = request.POST.get("shown", "")
    is_year = shown.isascii() and shown.isdecimal() and FIRST_YEAR <= int(shown[:5]) <= LAST_YEAR
    return int(shown[:5]) if is_year else day.year


def moments(frame: Frame) -> dict:
    """Who acts, and when: what every service wants to know."""
    return {"actor": frame.actor, "now": clock.now(), "today": frame.today}


def wanted_day(request: HttpRequest, name: str = "day") -> date:
    """The date of a form; a sentence names what cannot be read."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    day = read_day(text)
    if day is None:
        remedy = _("“%(value)s” is not a date. Write it as 2026-06-19.") if text else _("No day was given. Choose one.")
        raise BadWish(name, text, remedy % {"value": text[:40]})
    return day


def wanted_part(request: HttpRequest) -> Part:
    text = request.POST.get("part") or request.GET.get("part") or Part.FULL.value
    try:
        return Part(text)
    except ValueError as unknown:
        remedy = _("“%(value)s” is no part of a day. Choose full, morning or afternoon.")
        raise BadWish("part", text, remedy % {"value": text[:40]}) from unknown


def wanted_place(request: HttpRequest, frame: Frame) -> Place | None:
    """The declared place chosen, None for the usual one."""
    text = request.POST.get("place", "")
    if not text:
        return None
    try:
        return frame.person.places.get(uid=UUID(text))
    except (ValueError, Place.DoesNotExist) as unknown:
        raise BadWish("place", text, _("This place is not among yours. Choose one of them.")) from unknown


def wanted_form(request: HttpRequest) -> str:
    """The code of the form of telework asked under, "" for the ordinary one; the agreement says which there are."""
    return (request.POST.get("form") or request.GET.get("form") or "")[:60]


def wanted_reason(request: HttpRequest) -> str:
    """The code of the reason stated for the request, "" for none."""
    return request.POST.get("reason", "")[:60]


def wants_exception(request: HttpRequest) -> bool:
    """Whether days that only coverage refuses are asked for all the same."""
    return request.POST.get("exception") == "yes"


def version_of(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text[:18]) if text.isascii() and text.isdecimal() else None


def own_booking(request: HttpRequest, frame: Frame, uid: UUID) -> Booking:
    """A booking of the person who asks; foreign and unknown ones answer alike."""
    booking = booking_for(frame.actor, uid, "book")
    if booking.person_id != frame.person.pk:
        raise Http404
    return booking


@acting
def book(request: HttpRequest, frame: Frame) -> tuple[date, Said]:
    booking = services.book_day(
        person=frame.person,
        day=wanted_day(request),
        part=wanted_part(request),
        form=wanted_form(request),
        reason=wanted_reason(request),
        place=wanted_place(request, frame),
        note=request.POST.get("note", ""),
        exception=wants_exception(request),
        **moments(frame),
    )
    return booking.day, Said(asked_words(frame, booking), undo_of(booking))


def asked_words(frame: Frame, booking: Booking) -> str:
    """Like "Friday 19 June is requested. Nadia Benali will answer by Thursday." or that it is granted at once."""
    lang = language()
    day = speech.long_day(booking.day, lang)
    words = {"day": day[:1].upper() + day[1:]}
    if booking.state == State.APPROVED:
        return _("%(day)s is granted.") % words
    manager = next(iter(managers_named(frame.person, frame.today)), None)
    if manager is None or booking.answer_by is None:
        return _("%(day)s is requested.") % words
    words |= {"manager": manager.name, "by": _by_words(booking.answer_by, frame.today, lang)}
    return _("%(day)s is requested. %(manager)s will answer by %(by)s.") % words


def _by_words(day: date, today: date, lang: str) -> str:
    near = 0 < (day - today).days < 7
    return speech.WEEKDAYS[lang][day.weekday()] if near else speech.long_day(day, lang)


def undo_of(booking: Booking) -> Undo:
    """Take a fresh booking back: withdrawn while requested, given back once granted."""
    name = "booking_withdraw" if booking.state == State.REQUESTED else "booking_cancel"
    return Undo(reverse(name, args=[booking.uid]), {"version": booking.version})


@acting
def withdraw(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    services.withdraw_booking(booking=booking, version=version_of(request), **moments(frame))
    return booking.day, Said(_("Your request for %s is taken back.") % _long(booking.day), _again(booking))


@acting
def cancel(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    given = services.cancel_booking(booking=booking, version=version_of(request), **moments(frame))
    said = _("%s is given back: you are on site.") % _long(booking.day, first=True)
    return booking.day, Said(f"{said} {given.notice}".rstrip(), _again(booking))


@acting
def cancel_rest_of_series(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    if booking.series is None:
        raise Http404
    given = services.cancel_series(series=booking.series, **moments(frame))
    text = ngettext(
        "%(count)s day of the series is given back.", "%(count)s days of the series are given back.", len(given)
    )
    return booking.day, Said(text % {"count": len(given)})


@acting
def cancel_together(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    given = services.cancel_together(booking=booking, **moments(frame))
    text = ngettext("%(count)s day is given back.", "%(count)s days are given back.", len(given))
    return booking.day, Said(text % {"count": len(given)})


def _again(booking: Booking) -> Undo:
    stated = {"form": booking.form, "reason": booking.stated_reason}
    return Undo(reverse("book"), {"day": booking.day.isoformat(), "part": booking.part, **stated})


def _long(day: date, *, first: bool = False) -> str:
    words = speech.long_day(day, language())
    return words[:1].upper() + words[1:] if first else words


@acting
def move(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    before = booking.day
    changes = {"place": wanted_place(request, frame)} if request.POST.get("place") else {}
    changed = services.edit_booking(
        booking=booking,
        version=version_of(request),
        day=wanted_day(request),
        part=wanted_part(request),
        form=request.POST.get("form", booking.form)[:60],
        exception=wants_exception(request),
        note=request.POST.get("note", ""),
        **changes,
        **moments(frame),
    )
    if changed.day == before:
        return changed.day, Said(_("%s is changed.") % _long(changed.day, first=True))
    text = _("Moved from %(before)s to %(after)s.")
    if changed.exception:
        text = _("Moved from %(before)s to %(after)s, asked for as an exception.")
    return changed.day, Said(text % {"before": _long(before), "after": _long(changed.day)})


@acting
def note(request: HttpRequest, frame: Frame, uid: UUID) -> tuple[date, Said]:
    booking = own_booking(request, frame, uid)
    services.add_note(booking=booking, text=request.POST.get("text", ""), **moments(frame))
    return booking.day, Said(_("Your message has left."))


@acting
def correct(request: HttpRequest, frame: Frame) -> tuple[date, Said]:
    booking = services.correct_day(
        person=frame.person,
        day=wanted_day(request),
        part=wanted_part(request),
        form=wanted_form(request),
        reason=wanted_reason(request),
        place=wanted_place(request, frame),
        note=request.POST.get("note", ""),
        **moments(frame),
    )
    if booking.state == State.APPROVED:
        return booking.day, Said(_("%s is recorded as telework.") % _long(booking.day, first=True))
    text = _("The correction for %s is sent: it counts once it is confirmed.") % _long(booking.day)
    return booking.day, Said(text, undo_of(booking))
