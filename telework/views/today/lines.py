"""The lines of a date: a drawing for each person, and the same in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from telework.month import ABSENT, ON_SITE, REMOTE
from telework.today import ON_CALL, Bar, Row, Today
from telework.wording import clock, language
from ui import words
from ui.drawing import daybars

MOST_ROWS, MOST_NAMED = 200, 3
HOURS = range(0, 24, 4)
CSS = {ON_SITE: "site", REMOTE: "remote", ABSENT: "absent", ON_CALL: "call"}
LETTERS = {ON_SITE: "S", REMOTE: "T", ABSENT: "A", ON_CALL: "@"}


@dataclass(frozen=True, slots=True)
class Line:
    """A person's date: the drawing, and the same in words (state, hours)."""

    row: Row
    drawing: str
    said: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who stands in one state, with what is said beside its name."""

    icon: str
    name: str
    note: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines from number ``first`` on, at the site named ``place``; ``now`` is None for another date than today."""

    today: Today
    now: datetime | None
    place: str
    first: int

    @property
    def rows(self) -> list[Row]:
        return list(self.today.rows[self.first : self.first + MOST_ROWS])

    @property
    def earlier(self) -> int | None:
        return max(self.first - MOST_ROWS, 0) if self.first else None

    @property
    def later(self) -> int | None:
        following = self.first + MOST_ROWS
        return following if following < len(self.today.rows) else None

    @property
    def groups(self) -> list[Group]:
        at = self.place
        names = {
            ON_SITE: (
                "building-2",
                _("On site, %(site)s") % {"site": at} if at else _("On site"),
                self._note_on_site(),
            ),
            REMOTE: ("house", _("Remote"), self._note_remote()),
            ON_CALL: ("clock", _("On call"), str(len(self.today.of(ON_CALL)))),
            ABSENT: ("x", pgettext("people", "Absent"), str(len(self.today.of(ABSENT)))),
        }
        shown = self.rows
        return [
            Group(*names[state], [self._line(row) for row in shown if row.state == state])
            for state in names
            if any(row.state == state for row in shown)
        ]

    def _note_on_site(self) -> str:
        count = len(self.today.of(ON_SITE))
        return ngettext("%(count)s in the course of the day", "%(count)s in the course of the day", count) % {
            "count": count
        }

    def _note_remote(self) -> str:
        """How many, and who else is for a part of the date: "5, and Élodie Masson 13:00–17:00"."""
        partly = [row for row in self.today.of(ON_SITE) if any(bar.state == REMOTE for bar in row.bars)]
        note = str(len(self.today.of(REMOTE)))
        named = [f"{row.name} {self._hours(next(bar for bar in row.bars if bar.state == REMOTE))}" for row in partly]
        if len(named) > MOST_NAMED:
            more = ngettext(
                "%(count)s other for a part of the day", "%(count)s others for a part of the day", len(named)
            )
            return _("%(note)s, and %(more)s") % {"note": note, "more": more % {"count": len(named)}}
        return _("%(note)s, and %(more)s") % {"note": note, "more": ", ".join(named)} if named else note

    @property
    def off_words(self) -> str:
        off = self.today.off
        if not off:
            return ""
        return ngettext("%(count)s person has the day off.", "%(count)s people have the day off.", off) % {"count": off}

    def _line(self, row: Row) -> Line:
        drawn = [
            daybars.DayBar(self._part(bar.start), self._part(bar.end), CSS[bar.state], *self._labels(row, bar))
            for bar in row.bars
        ]
        said = [(CSS[bar.state], self._word(row, bar), self._hours(bar)) for bar in row.bars]
        return Line(row, daybars.bars(drawn), said)

    def _labels(self, row: Row, bar: Bar) -> tuple[str, str]:
        """The letter of a bar, and the words that stand instead where there is room."""
        letter = LETTERS[bar.state]
        if bar.state == ABSENT:
            return letter, f"{letter} · {self._word(row, bar)}"
        if bar.hours and bar.end > self.today.end:
            return "→", f"{letter} → {clock(bar.end, self.today.zone)}"
        return letter, letter

    def _word(self, row: Row, bar: Bar) -> str:
        if bar.state != ABSENT:
            return {ON_SITE: _("on site"), REMOTE: _("remote"), ON_CALL: _("on call")}[bar.state]
        if row.back is None:
            return pgettext("one person", "absent")
        lang = language()
        day = f"{words.WEEKDAYS[lang][row.back.weekday()]} {words.day_number(row.back, lang)}"
        if (row.back.year, row.back.month) != (self.today.day.year, self.today.day.month):
            day = f"{day} {words.MONTHS[lang][row.back.month - 1]}"
        return _("absent, back on %(day)s") % {"day": day}

    def _hours(self, bar: Bar) -> str:
        if not bar.hours:
            return ""
        end = clock(bar.end, self.today.zone)
        if bar.start < self.today.start:
            return _("until %(time)s") % {"time": end}
        return f"{clock(bar.start, self.today.zone)}–{end}"

    def _part(self, instant: datetime) -> float:
        return (instant - self.today.start) / (self.today.end - self.today.start)

    @property
    def _now_mark(self) -> tuple[float, str] | None:
        return (self._part(self.now), clock(self.now, self.today.zone)) if self.now else None

    @property
    def hours(self) -> str:
        """A label every four hours of the local clock, on days of 23 and 25 hours as well."""
        marks = [(self._part(instant), clock(instant, self.today.zone)) for instant in self._every_hour()]
        return daybars.hours([*marks, (1.0, "24:00")], self._now_mark)

    def _every_hour(self) -> list[datetime]:
        steps = int((self.today.end - self.today.start) / timedelta(hours=1))
        instants = (self.today.start + timedelta(hours=step) for step in range(steps))
        found: dict[str, datetime] = {}
        for instant in instants:
            told = clock(instant, self.today.zone)
            if int(told[:2]) in HOURS and told not in found:
                found[told] = instant
        return list(found.values())

    @property
    def now_line(self) -> str:
        return daybars.now_line(self._now_mark) if self.now else ""
