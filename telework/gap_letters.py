"""The letter after a change of roster, absence or requirement: what no longer holds, and whose telework it meets."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.kinds import Mail
from notifications.models import Message
from telework.letters import Button, Letter
from telework.lines import Line, first_name
from telework.models import ACTIVE, Booking
from telework.selectors import bookings_shown
from telework.services.rechecking import KIND, MOST_TOLD
from telework.wording import days_words, language
from ui import words

__all__ = ["KIND", "render"]


def render(message: Message) -> Mail | None:
    """The letter in words; None when the telework it tells the person of stands no longer."""
    bookings = list(bookings_shown().filter(uid__in=message.data["bookings"], state__in=ACTIVE).order_by("day", "pk"))
    if message.data["own"]:
        if not bookings:
            return None
        letter = _to_the_person(message, bookings)
    else:
        letter = _to_a_planner(message, bookings)
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )


def _to_the_person(message: Message, bookings: list[Booking]) -> Letter:
    days = [booking.day for booking in bookings]
    named = {"day": words.long_day(days[0], language()) if len(days) == 1 else days_words(days), "count": len(days)}
    gaps, lines = message.data["gaps"], []
    if gaps:
        lines.append(Line(_("Coverage"), tuple(_said(gap) for gap in gaps)))
        why = _("The roster or a requirement has changed, and the telework meets a shortage now.")
    else:
        why = _("The roster has changed, and no work is planned then any more.")
    page = settings.BASE_URL + reverse("year_of", args=[days[0].year]) + f"?day={days[0].isoformat()}"
    return Letter(
        subject=_("Planning changed: telework %(day)s") % named,
        headline=_("Your telework %(day)s stands; the planning around it has changed.") % named,
        sentence=f"{_hello(message)}{why} " + _("Nothing was cancelled. Whoever plans your team may call on you."),
        lines=tuple(lines),
        buttons=(Button(_("See this day"), page),),
        notes=(_("You receive this message because it is about your own days."),),
    )


def _to_a_planner(message: Message, bookings: list[Booking]) -> Letter:
    count, gaps, lines = message.data["count"], message.data["gaps"], []
    if gaps:
        values = [f"{_day(gap)} · {_said(gap)}" for gap in gaps]
        if count > MOST_TOLD:
            left = count - MOST_TOLD
            values.append(ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left})
        lines.append(Line(_("Does not hold any more"), tuple(values)))
    if bookings:
        lang = language()
        values = [f"{words.long_day(booking.day, lang)} · {booking.person.name}" for booking in bookings]
        lines.append(Line(_("Telework concerned"), tuple(values)))
    subject = ngettext("Coverage: %(count)s new gap", "Coverage: %(count)s new gaps", count) % {"count": count}
    return Letter(
        subject=subject if count else _("Coverage: telework on days off"),
        headline=subject if count else _("Telework stands on days that are no longer worked"),
        sentence=_hello(message) + _("A roster, an absence or a requirement has changed. No telework was cancelled."),
        lines=tuple(lines),
        buttons=(_where_it_lacks(gaps),),
        notes=(_("You receive this message because you plan coverage for this entity."),),
    )


def _where_it_lacks(gaps: list[dict]) -> Button:
    """The coverage of the first gap's month, that day open; the rosters where no gap is the reason."""
    if not gaps:
        return Button(_("See the rosters"), settings.BASE_URL + reverse("rosters"))
    day = _date(gaps[0])
    page = reverse("coverage_period", args=[f"{day:%Y-%m}"]) + f"?day={day.isoformat()}"
    return Button(_("See the coverage"), settings.BASE_URL + page)


def _hello(message: Message) -> str:
    return _("Hello %(name)s,") % {"name": first_name(message.recipient)} + "\n"


def _said(gap: dict) -> str:
    return gap[f"said_{language()}"]


def _day(gap: dict) -> str:
    return words.long_day(_date(gap), language())


def _date(gap: dict) -> date:
    return date.fromisoformat((gap["start"] or gap["day"])[:10])
