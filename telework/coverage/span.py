"""The stretch of time a coverage page shows, as its address names it: 2026, 2026-06, 2026-W24, 2026-06-19."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404
from django.utils.translation import gettext as _

from telework.periods import FIRST_YEAR, LAST_YEAR, month_of, read_period, week_of
from telework.wording import language
from ui import words

KINDS = ("year", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Span:
    """Dates from ``first`` to ``last``, both included; ``kind`` is one of ``KINDS``."""

    kind: str
    first: date
    last: date

    @property
    def slug(self) -> str:
        if self.kind == "year":
            return f"{self.first.year}"
        if self.kind == "day":
            return self.first.isoformat()
        return (month_of if self.kind == "month" else week_of)(self.first).slug

    @property
    def title(self) -> str:
        if self.kind == "year":
            return f"{self.first.year}"
        if self.kind == "day":
            text = words.long_day(self.first, language(), year=True)
            return text[:1].upper() + text[1:]
        return (month_of if self.kind == "month" else week_of)(self.first).title

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def previous(self) -> "Span | None":
        return span_of(self.kind, self.first - timedelta(days=1))

    @property
    def next(self) -> "Span | None":
        return span_of(self.kind, self.last + timedelta(days=1))

    def holding(self, day: date) -> date:
        """``day`` when it is within, else the first one."""
        return day if self.first <= day <= self.last else self.first


def span_of(kind: str, day: date) -> Span | None:
    """The stretch of a kind that holds a day; None beyond the years that are kept."""
    if not FIRST_YEAR < day.year < LAST_YEAR:
        return None
    if kind == "year":
        return Span(kind, date(day.year, 1, 1), date(day.year, 12, 31))
    if kind == "day":
        return Span(kind, day, day)
    period = month_of(day) if kind == "month" else week_of(day)
    return Span(kind, period.first, period.last)


def read_span(text: str) -> Span:
    """From an address; not found for what is no time of ours."""
    try:
        if len(text) == 4 and text.isascii() and text.isdigit():
            found = span_of("year", date(int(text), 1, 1))
        elif len(text) == 10 and text.isascii():
            found = span_of("day", date.fromisoformat(text))
        else:
            period = read_period(text)
            found = Span("week" if period.is_week else "month", period.first, period.last)
    except ValueError as unreadable:
        raise Http404(str(unreadable)) from unreadable
    if found is None:
        raise Http404
    return found


def kind_names() -> dict[str, str]:
    return {"year": _("Year"), "month": _("Month"), "week": _("Week"), "day": _("Day")}
