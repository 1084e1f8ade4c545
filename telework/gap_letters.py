"""The letter after a change of roster, absence, contract or requirement: what no longer holds, and whose telework."""

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
from telework.services.rechecking import ANSWERS, KIND, MOST_TOLD, OWN, PLANS
from telework.wording import days_words, language
from ui import words

__all__ = ["KIND", "render"]


def topic(message: Message) -> str | None:
    """What one plans or answers for is told to whoever wants it; what touches one's own days, always."""
    return None if message.data["role"] == OWN else "coverage"


def render(message: Message) -> Mail | None:
    """The letter in words; None when the telework it tells the person of stands no longer."""
    bookings = list(bookings_shown().filter(uid__in=message.data["bookings"], state__in=ACTIVE).order_by("day", "pk"))
    role = message.data["role"]
    if role != PLANS and not bookings:
        return None
    letter = _to_the_person(message, bookings) if role == OWN else _to_those_who_lead(message, bookings)
    context = {"letter": letter, "base_url": settings.BASE_URL}
    return Mail(
        subject=letter.subject,
        text=render_to_string("telework/mail/letter.txt", context),
        html=render_to_string("telework/mail/letter.html", context),
    )


def _to_the_person(message: Message, bookings: list[Booking]) -> Letter:
    days = [booking.day for booking in bookings]
    named = {"day": words.long_day(days[0], language()) if len(days) == 1 else days_words(days), "count": len(days)}
    gaps, ruled, lines = message.data["gaps"], _standing(message, bookings), []
    if gaps:
        lines.append(Line(_("Coverage"), tuple(_said(gap) for gap in gaps)))
        why = _("The roster or a requirement has changed, and the telework meets a shortage now.")
    elif all(one["rule"] == "day_worked" for _booking, one in ruled):
        why = _("The roster has changed, and no work is planned then any more.")
    else:
        why = _("The planning or your contract has changed, and a rule of the agreement stands against it now.")
    if ruled:
        lines.append(Line(_("The agreement"), tuple(_with_article(one) for _booking, one in ruled)))
    page = settings.BASE_URL + reverse("year_of", args=[days[0].year]) + f"?day={days[0].isoformat()}"
    return Letter(
        subject=_("Planning changed: telework %(day)s") % named,
        headline=_("Your telework %(day)s stands; the planning around it has changed.") % named,
        sentence=f"{_hello(message)}{why} " + _("Nothing was cancelled. Whoever plans your team may call on you."),
        lines=tuple(lines),
        buttons=(Button(_("See this day"), page),),
        notes=(_("You receive this message because it is about your own days."),),
    )


def _to_those_who_lead(message: Message, bookings: list[Booking]) -> Letter:
    count, gaps, ruled = message.data["count"], message.data["gaps"], _standing(message, bookings)
    lines = [Line(_("Does not hold any more"), _told_gaps(gaps, count))] if gaps else []
    if ruled:
        told = (f"{_whose(booking)} · {_with_article(one)}" for booking, one in ruled)
        lines.append(Line(_("The agreement"), tuple(told)))
    known = {booking.pk for booking, _one in ruled}
    if others := [_whose(booking) for booking in bookings if booking.pk not in known]:
        lines.append(Line(_("Telework concerned"), tuple(others)))
    subject = ngettext("Coverage: %(count)s new gap", "Coverage: %(count)s new gaps", count) % {"count": count}
    idle = bool(ruled) and all(one["rule"] == "day_worked" for _booking, one in ruled)
    why = _("You receive this message because you plan coverage for this entity.")
    if message.data["role"] == ANSWERS:
        why = _("You receive this message because you answer requests for this team.")
    return Letter(
        subject=subject if count else _("Telework on days off") if idle else _("Telework against a rule"),
        headline=subject if count else _headline(idle=idle),
        sentence=_hello(message) + _("A roster, an absence or a requirement has changed. No telework was cancelled."),
        lines=tuple(lines),
        buttons=(_where(message, gaps, bookings),),
        notes=(why,),
    )


def _headline(*, idle: bool) -> str:
    if idle:
        return _("Telework stands on days that are no longer worked")
    return _("A rule of the agreement now stands against telework that was asked for")


def _told_gaps(gaps: list[dict], count: int) -> tuple[str, ...]:
    values = [f"{_day(gap)} · {_said(gap)}" for gap in gaps]
    if count > MOST_TOLD:
        left = count - MOST_TOLD
        values.append(ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left})
    return tuple(values)


def _standing(message: Message, bookings: list[Booking]) -> list[tuple[Booking, dict]]:
    """What rules have against telework that still stands."""
    by_uid = {str(booking.uid): booking for booking in bookings}
    return [(by_uid[one["booking"]], one) for one in message.data["ruled"] if one["booking"] in by_uid]


def _with_article(one: dict) -> str:
    article = one["article"].strip("-")
    if not article:
        return _said(one)
    return _("%(sentence)s (article %(article)s)") % {"sentence": _said(one), "article": article}


def _whose(booking: Booking) -> str:
    return f"{words.long_day(booking.day, language())} · {booking.person.name}"


def _where(message: Message, gaps: list[dict], bookings: list[Booking]) -> Button:
    """The coverage where it lacks; the person's day for those who answer; else the rosters."""
    if gaps or message.data["role"] == PLANS or not bookings:
        return _where_it_lacks(gaps)
    booking = bookings[0]
    page = reverse("person_year", args=[booking.person.uid, booking.day.year]) + f"?day={booking.day.isoformat()}"
    return Button(_("See this day"), settings.BASE_URL + page)


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
