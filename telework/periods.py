"""Months and weeks as addresses name them: 2026-06, 2026-W24."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui import words

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row from ``first``: a month or an ISO week."""

    first: date
    length: int
    is_week: bool = False

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.length - 1)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=number) for number in range(self.length))

    @property
    def slug(self) -> str:
        if self.is_week:
            year, week, _weekday = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        lang = words.language(get_language())
        if self.is_week:
            return _("Week %(number)s, %(first)s to %(last)s") % {
                "number": self.first.isocalendar().week,
                "first": self._first_words(lang),
                "last": words.plain_day(self.last, lang),
            }
        title = words.month_name(self.first, lang)
        return title[:1].upper() + title[1:]

    def _first_words(self, lang: str) -> str:
        """The first day of a week, with as much of its month and year as differs from the last."""
        if self.first.year != self.last.year:
            return words.plain_day(self.first, lang)
        number = words.day_number(self.first, lang)
        return number if self.first.month == self.last.month else f"{number} {words.MONTHS[lang][self.first.month - 1]}"

    @property
    def previous(self) -> "Period | None":
        return _around(self.first - timedelta(days=1), self.is_week)

    @property
    def next(self) -> "Period | None":
        return _around(self.last + timedelta(days=1), self.is_week)

    def holding(self, today: date) -> date:
        """Today when it is within, else the first day: what another view of the same time should show."""
        return today if self.first <= today <= self.last else self.first


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), calendar.monthrange(day.year, day.month)[1])


def week_of(day: date) -> Period:
    return Period(day - timedelta(days=day.weekday()), 7, is_week=True)


def _around(day: date, is_week: bool) -> Period | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return week_of(day) if is_week else month_of(day)


def read_period(text: str) -> Period:
    """A month or a week from its address; ValueError with a sentence naming the value and the remedy."""
    month = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    week = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)
    try:
        if month and FIRST_YEAR <= int(month[1]) <= LAST_YEAR:
            return month_of(date(int(month[1]), int(month[2]), 1))
        if week and FIRST_YEAR < int(week[1]) < LAST_YEAR:
            return week_of(date.fromisocalendar(int(week[1]), int(week[2]), 1))
    except ValueError:
        pass
    raise ValueError(
        _("“%(value)s” is neither a month nor a week between %(first)s and %(last)s: write 2026-06 or 2026-W24.")
        % {"value": text[:40], "first": FIRST_YEAR, "last": LAST_YEAR}
    )
