"""The lines of a letter, label and value: when, where, the words that came with it, the week and the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person
from policies import core
from policies.core import explain
from policies.core.facts import Part
from policies.core.wording import count
from policies.coverage.findings import RULE
from policies.selectors import timeline_for
from telework.facts import asked_between, facts_about, workdays_of_many
from telework.forms import ordinary_balance
from telework.presence import span_of
from telework.recorded import unpack
from telework.wording import clock, language, part_words
from ui import words

if TYPE_CHECKING:
    from telework.letters import Facts

MOST_DAYS_NAMED = 31


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``values`` are several where several days are told. ``hours``: of a single day, or "".

    ``quoted``: the words of a person, set lighter than facts.
    """

    label: str
    values: tuple[str, ...]
    hours: str = ""
    quoted: bool = False


def first_name(person: Person) -> str:
    return person.first_name or person.name


def lines_of_request(facts: "Facts") -> tuple[Line, ...]:
    """When, where, what coverage has against it, and the note."""
    lines = when_line(facts), where_line(facts), coverage_line(facts), note_line(facts)
    return tuple(line for line in lines if line)


def lines_of_answer(facts: "Facts") -> tuple[Line, ...]:
    """When, where, the note, the week and the year as they now are."""
    return (*lines_of_request(facts), *standing_lines(facts))


def when_line(facts: "Facts") -> Line:
    """The days with their hours; a long series names its first days and counts the rest."""
    days, zone, lang = facts.days, facts.person.site.zone, language()
    workdays = workdays_of_many([facts.person], days[0], days[-1])[facts.person.pk]
    if facts.count == 1:
        booking = facts.bookings[0]
        span = span_of(workdays[booking.day], Part(booking.part).halves)
        hours = " – ".join(clock(instant, zone) for instant in span) if span else ""
        part = "" if hours else part_words(booking.part, workdays[booking.day], zone)
        value = ", ".join(p for p in (words.long_day(booking.day, lang, year=True), hours, part) if p)
        return Line(_("When"), (value,), hours or (part if booking.part != Part.FULL else ""))
    told = [
        f"{words.long_day(booking.day, lang, year=True)} · {part_words(booking.part, workdays[booking.day], zone)}"
        for booking in facts.bookings[:MOST_DAYS_NAMED]
    ]
    if left := facts.count - len(told):
        told.append(ngettext("and %(count)s more day", "and %(count)s more days", left) % {"count": left})
    return Line(_("When"), tuple(told))


def where_line(facts: "Facts") -> Line | None:
    places = list(dict.fromkeys(str(booking.place) for booking in facts.bookings if booking.place))
    return Line(_("Where"), tuple(places)) if places else None


def coverage_line(facts: "Facts") -> Line | None:
    """What stands against the days that are exceptions, in the words of the page."""
    told = []
    for booking in facts.bookings:
        decision = unpack(booking.decision) if booking.exception else None
        found = [one for one in decision.findings if one.rule == RULE] if decision else ()
        told += [explain.sentence(finding, language()) for finding in found]
    return Line(_("Coverage"), tuple(told)) if told else None


def note_line(facts: "Facts") -> Line | None:
    """The words of whoever wrote last, quoted."""
    if not facts.note:
        return None
    author = first_name(facts.note.author) if facts.note.author else ""
    label = _("A word from %(name)s") % {"name": author} if author else _("A word")
    return Line(label, (_("“%(text)s”") % {"text": facts.note.text},), quoted=True)


def standing_lines(facts: "Facts") -> tuple[Line, ...]:
    """The person's week (where the agreement caps it) and year; nothing where no agreement says."""
    person, day = facts.person, facts.days[0]
    timeline = timeline_for(person)
    agreement = timeline.on(day)
    if agreement is None:
        return ()
    first, last = min(day, facts.on), max(day, facts.on)
    asked = asked_between([timeline], first, last)
    known = facts_about(person, today=facts.on, first=first, last=last, **asked)
    try:
        week = _week_line(core.gauges(known, agreement, day)) if facts.count == 1 else ()
        return (*week, *_year_line(ordinary_balance(known, agreement, day)))
    except core.NoValueInForce:
        return ()


def _week_line(gauges: Iterable[core.Gauge]) -> tuple[Line, ...]:
    """The week's days and their cap, where the agreement caps them."""
    lang = language()
    for gauge in gauges:
        if gauge.limit is not None and (gauge.per, gauge.unit) == ("week", "day"):
            value = ngettext("%(used)s day of %(limit)s", "%(used)s days of %(limit)s", _plural(gauge.used))
            numbers = {"used": words.number(gauge.used, lang), "limit": words.number(gauge.limit, lang)}
            return (Line(_("Your week"), (value % numbers,)),)
    return ()


def _year_line(balance: core.Balance | None) -> tuple[Line, ...]:
    """What is left of the days due, or of what else the agreement counts; nothing where none are due."""
    if balance is None:
        return ()
    lang, due = language(), balance.entitlement
    if due.unit != "day":
        value = _("%(left)s left of %(total)s")
        numbers = {"left": words.number(balance.left, lang), "total": count(due.total, due.unit, lang)}
        return (Line(_("Your balance"), (value % numbers,)),)
    value = ngettext("%(left)s day left of %(total)s", "%(left)s days left of %(total)s", _plural(balance.left))
    numbers = {"left": words.number(balance.left, lang), "total": words.number(due.total, lang)}
    return (Line(_("Your year"), (value % numbers,)),)


def _plural(days: Decimal) -> int:
    """What gettext counts with: half a day is one in French and many in English."""
    return 1 if days == 1 or (language() == "fr" and 0 <= days < 2) else 2
