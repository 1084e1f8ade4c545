"""What each letter says: subject (verdict and day), headline, sentence, lines, and where its buttons lead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person
from policies.selectors import agreement_for
from telework.lines import (
    Line,
    coverage_line,
    first_name,
    lines_of_answer,
    lines_of_request,
    note_line,
    when_line,
    where_line,
)
from telework.models import Booking, BookingNote
from telework.refusals import aftermath, reason_words
from telework.wording import days_words, language
from ui import words


@dataclass(frozen=True, slots=True)
class Facts:
    """Whom the letter is for, the days it tells of (of one person), who acted, the words that came with it."""

    recipient: Person
    bookings: Sequence[Booking]
    actor: Person | None
    note: BookingNote | None
    on: date

    @property
    def person(self) -> Person:
        return self.bookings[0].person

    @property
    def days(self) -> list[date]:
        return sorted(booking.day for booking in self.bookings)

    @property
    def count(self) -> int:
        return len(self.bookings)


@dataclass(frozen=True, slots=True)
class Button:
    """A link to a page; nothing is ever decided by following it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in words, before its layout."""

    subject: str
    headline: str
    sentence: str
    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]
    notes: tuple[str, ...] = ()


Writer = Callable[[Facts], Letter]


def requested(facts: Facts) -> Letter:
    """To those who answer."""
    day, name = _days(facts), facts.person.name
    sentence = ngettext(
        "%(name)s asks to telework %(day)s.", "%(name)s asks to telework on %(count)s days: %(day)s.", facts.count
    )
    deadline = min((booking.answer_by for booking in facts.bookings if booking.answer_by), default=None)
    by = _("An answer is expected by %(day)s.") % {"day": words.long_day(deadline, language())} if deadline else ""
    return Letter(
        subject=_("To answer: %(name)s, %(day)s") % {"name": name, "day": day},
        headline=_("%(name)s, %(day)s") % {"name": name, "day": day},
        sentence=_hello(facts) + sentence % {"name": name, "day": day, "count": facts.count} + f" {by}".rstrip(),
        lines=lines_of_request(facts),
        buttons=(Button(_("See the request"), _request_page(facts)),),
        notes=(_("You receive this message because you answer requests for this team."),),
    )


def approved(facts: Facts) -> Letter:
    """To the person, with the invitation."""
    if facts.actor and facts.actor.pk != facts.person.pk:
        did = ngettext("%(name)s has just approved this day.", "%(name)s has just approved these days.", facts.count)
        sentence = did % {"name": facts.actor.name}
    else:
        sentence = _("The agreement allows it without another answer.")
    return Letter(
        subject=_subject(_("Granted: telework %(day)s"), facts),
        headline=ngettext("Your %(day)s is granted.", "Your %(count)s telework days are granted.", facts.count)
        % _named(facts),
        sentence=_hello(facts) + sentence + " " + _("You have nothing else to do."),
        lines=lines_of_answer(facts),
        buttons=(_see(facts), *_give_back(facts)),
        notes=(*_articles(facts), _into_calendar(facts), _why()),
    )


def refused(facts: Facts) -> Letter:
    """To the person: the reason, the words, and that an answer is possible."""
    name = facts.actor.name if facts.actor else _("Your manager")
    booking = facts.bookings[0]
    agreement = agreement_for(booking.person, booking.day)
    reason = reason_words(booking.reason, agreement) if booking.reason and booking.reason != "other" else ""
    said = ": ".join(part for part in (reason, booking.reason_text) if part)
    return Letter(
        subject=_subject(_("Refused: telework %(day)s"), facts),
        headline=ngettext("Your %(day)s is refused.", "Your %(count)s telework days are refused.", facts.count)
        % _named(facts),
        sentence=_hello(facts) + _refusal_words(name, said.rstrip(".")),
        lines=(when_line(facts),),
        buttons=(_see(facts), Button(_("Choose another day"), _page("year"))),
        notes=(*aftermath(booking, agreement).sentences(), _why()),
    )


def _refusal_words(name: str, reason: str) -> str:
    if not reason:
        return _("%(name)s could not agree. You can answer here.") % {"name": name}
    return _("%(name)s could not agree: %(reason)s. You can answer here.") % {"name": name, "reason": reason}


def cancelled(facts: Facts) -> Letter:
    """To the person: the days are free again, and leave the calendar."""
    own = facts.actor and facts.actor.pk == facts.person.pk
    gave = ngettext("You gave it back.", "You gave them back.", facts.count)
    took = ngettext("%(name)s cancelled it.", "%(name)s cancelled them.", facts.count) % {"name": _actor(facts)}
    free = ngettext(
        "It no longer counts; the attached message clears your calendar.",
        "They no longer count; the attached messages clear your calendar.",
        facts.count,
    )
    return Letter(
        subject=_subject(_("Cancelled: telework %(day)s"), facts),
        headline=ngettext("Your %(day)s is cancelled.", "Your %(count)s telework days are cancelled.", facts.count)
        % _named(facts),
        sentence=f"{_hello(facts)}{gave if own else took} {free}",
        lines=lines_of_answer(facts),
        buttons=(_see(facts),),
        notes=(_why(),),
    )


def recalled(facts: Facts) -> Letter:
    """To the person: back on site, by whom and why."""
    sentence = _("%(name)s asks you to come on site: %(reason)s.")
    values = {"name": _actor(facts), "reason": facts.bookings[0].reason_text.rstrip(".")}
    return Letter(
        subject=_subject(_("On site: %(day)s"), facts),
        headline=ngettext("Your %(day)s is on site.", "Your %(count)s days are on site.", facts.count) % _named(facts),
        sentence=_hello(facts) + sentence % values + " " + _("You can answer here."),
        lines=(when_line(facts),),
        buttons=(_see(facts), Button(_("Choose another day"), _page("year"))),
        notes=(_why(),),
    )


def moved(facts: Facts) -> Letter:
    """To the person: an approved day has moved and is still approved."""
    return Letter(
        subject=_subject(_("Moved: telework %(day)s"), facts),
        headline=ngettext("Your telework is now %(day)s.", "Your %(count)s telework days have moved.", facts.count)
        % _named(facts),
        sentence=_hello(facts) + _("%(name)s moved it.") % {"name": _actor(facts)},
        lines=lines_of_answer(facts),
        buttons=(_see(facts),),
        notes=(_("The attached invitation moves the day in your calendar."), _why()),
    )


def corrected(facts: Facts) -> Letter:
    """To the person: somebody else recorded a past day."""
    return Letter(
        subject=_subject(_("Recorded: telework %(day)s"), facts),
        headline=ngettext("Your %(day)s is recorded.", "Your %(count)s telework days are recorded.", facts.count)
        % _named(facts),
        sentence=_hello(facts) + _("%(name)s recorded it after the fact.") % {"name": _actor(facts)},
        lines=lines_of_answer(facts),
        buttons=(_see(facts),),
        notes=(_("If this is not right, answer on the day’s page."), _why()),
    )


def removed(facts: Facts) -> Letter:
    """To the person: somebody removed a past day."""
    sentence = _("%(name)s removed it after the fact: %(reason)s.")
    values = {"name": _actor(facts), "reason": facts.bookings[0].reason_text.rstrip(".")}
    return Letter(
        subject=_subject(_("Removed: telework %(day)s"), facts),
        headline=ngettext("Your %(day)s is removed.", "Your %(count)s telework days are removed.", facts.count)
        % _named(facts),
        sentence=_hello(facts) + sentence % values,
        lines=lines_of_answer(facts),
        buttons=(_see(facts),),
        notes=(_("If this is not right, answer on the day’s page."), _why()),
    )


def noted(facts: Facts) -> Letter:
    """To the other side: somebody wrote about a day."""
    own = facts.recipient.pk == facts.person.pk
    return Letter(
        subject=_subject(_("Message: telework %(day)s"), facts),
        headline=_("%(name)s wrote to you about %(day)s.") % {"name": _actor(facts), "day": _days(facts)},
        sentence=_hello(facts).strip(),
        lines=tuple(line for line in (when_line(facts), where_line(facts), note_line(facts)) if line),
        buttons=(_see(facts) if own else Button(_("See the request"), _request_page(facts)),),
        notes=(_why() if own else _("You receive this message because you answer requests for this team."),),
    )


def exception_granted(facts: Facts) -> Letter:
    """To the coverage planners: a day was granted although coverage stood against it, and why."""
    named = {"name": facts.person.name, "day": _days(facts)}
    values = {"actor": _actor(facts), "reason": facts.bookings[0].reason_text.rstrip(".")}
    return Letter(
        subject=_("Exception granted: %(name)s, %(day)s") % named,
        headline=_("%(name)s, %(day)s: granted as an exception") % named,
        sentence=_hello(facts) + _("%(actor)s granted it: %(reason)s.") % values,
        lines=tuple(line for line in (when_line(facts), coverage_line(facts)) if line),
        buttons=(),
        notes=(_("You receive this message because you plan coverage for this entity."),),
    )


def local_date(moment: datetime, zone: str) -> date:
    """The date of an instant where the clock of ``zone`` is read."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _days(facts: Facts) -> str:
    return words.long_day(facts.days[0], language()) if facts.count == 1 else days_words(facts.days)


def _subject(template: str, facts: Facts) -> str:
    hours = when_line(facts).hours if facts.count == 1 else ""
    return template % {"day": ", ".join(part for part in (_days(facts), hours) if part)}


def _named(facts: Facts) -> dict[str, object]:
    return {"day": _days(facts), "count": facts.count}


def _hello(facts: Facts) -> str:
    return _("Hello %(name)s,") % {"name": first_name(facts.recipient)} + "\n"


def _actor(facts: Facts) -> str:
    return facts.actor.name if facts.actor else _("Your manager")


def _articles(facts: Facts) -> tuple[str, ...]:
    from telework.recorded import unpack

    decision = unpack(facts.bookings[0].decision)
    named = (
        sorted({article for found in decision.findings if (article := found.article.strip("-"))}) if decision else []
    )
    if not named:
        return ()
    sentence = ngettext("Granted under article %(articles)s.", "Granted under articles %(articles)s.", len(named))
    return (sentence % {"articles": ", ".join(named)},)


def _why() -> str:
    return _("You receive this message because it is about your own days.")


def _see(facts: Facts) -> Button:
    return Button(_("See this day") if facts.count == 1 else _("See these days"), _day_page(facts))


def _give_back(facts: Facts) -> tuple[Button, ...]:
    """Where one day is given back; several have a page each, to which the year leads."""
    return (Button(_("Give this day back"), _day_page(facts)),) if facts.count == 1 else ()


def _into_calendar(facts: Facts) -> str:
    return ngettext(
        "The attached invitation puts the day into your calendar.",
        "The attached invitations put the days into your calendar.",
        facts.count,
    )


def _day_page(facts: Facts) -> str:
    day = facts.days[0]
    return f"{_page('year_of', day.year)}?{urlencode({'day': day.isoformat()})}"


def _request_page(facts: Facts) -> str:
    return _page("request", facts.bookings[0].uid)


def _page(name: str, *parts: object) -> str:
    return settings.BASE_URL + reverse(name, args=parts)
