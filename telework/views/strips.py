"""Coverage around a day, drawn: one strip a requirement, with what is required as a line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person
from policies.core.decision import Finding
from policies.coverage.windows import local_time, minute_of
from telework.coverage.days import Sight
from telework.coverage.proposal import Level, Proposal, proposals_of
from telework.wording import language
from telework.year import Year
from ui import words
from ui.drawing.strip import Step, strip

HOURS_APART = 240
AROUND = timedelta(minutes=HOURS_APART)
ICONS = {Sight.SAFE: ("ring", "teal"), Sight.TIGHT: ("half", "amber"), Sight.CLOSED: ("ban", "brick")}


@dataclass(frozen=True, slots=True)
class CoverageStrip:
    """A requirement as the template prints it."""

    proposal: Proposal
    start: int
    end: int
    zone: str
    shows_before: bool = True

    @property
    def name(self) -> str:
        return self.proposal.need.name(language())

    @property
    def people(self) -> str:
        """The noun of those counted, in the plural."""
        return self.proposal.need.whom(language()).many

    @property
    def change(self) -> str:
        """ "4 → 3 supervisors", "1 → 2 people remote": nearest to failing in the hours asked for, without and with."""
        before, after = (self.shown(number) for number in self.proposal.lows)
        if self.proposal.minutes:
            return _("%(before)s → %(after)s remote") % {"before": before, "after": after}
        noun = self.proposal.need.whom(language()).counted(self.proposal.lows[1], language())
        named = {"before": before, "after": after, "people": noun}
        text = (
            _("%(before)s → %(after)s %(people)s remote")
            if self.proposal.ceiling
            else "%(before)s → %(after)s %(people)s"
        )
        return text % named

    @property
    def low_before(self) -> str:
        """The number without the day, where it is nearest to failing."""
        return self.shown(self.proposal.lows[0])

    @property
    def held_against(self) -> str:
        """The heading of the numbers it is held against."""
        return _("At most") if self.proposal.ceiling else _("Required")

    def shown(self, number: int) -> str:
        """A number of people, or minutes as hours."""
        return _hours(number) if self.proposal.minutes else str(number)

    @property
    def where(self) -> str:
        """ "supervisors on site", on duty where others count too, or remote where no more are admitted."""
        held = self.proposal.need.requirement
        if self.proposal.minutes:
            return _("Work done remotely")
        place = _("on duty") if held.counts_remote or held.counts_on_call else _("on site")
        place = _("remote") if self.proposal.ceiling else place
        people = f"{self.people} {place}"
        return people[:1].upper() + people[1:]

    @property
    def icon(self) -> tuple[str, str]:
        return ICONS[self.proposal.sight]

    @property
    def word(self) -> str:
        return {Sight.SAFE: _("free"), Sight.TIGHT: _("tight"), Sight.CLOSED: _("closed")}[self.proposal.sight]

    @property
    def margin(self) -> str:
        """What is left over in the hours asked for."""
        after, most, left = self.proposal.lows[1], self.proposal.most, abs(self.proposal.lows[1] - self.proposal.most)
        if self.proposal.margin > 0:
            return ngettext("a margin of %(left)s", "a margin of %(left)s", left) % {"left": self.shown(left)}
        text = _("%(after)s, at most %(most)s") if self.proposal.ceiling else _("%(after)s for %(most)s")
        return text % {"after": self.shown(after), "most": self.shown(most)}

    @property
    def sentence(self) -> str:
        text = (
            _("%(name)s: %(change)s, at most %(most)s")
            if self.proposal.ceiling
            else _("%(name)s: %(change)s, %(most)s required")
        )
        return text % {"name": self.name, "change": self.change, "most": self.shown(self.proposal.most)}

    @property
    def drawing(self) -> str:
        proposal = self.proposal
        return strip(
            title=self.sentence,
            length=self.end - self.start,
            after=self._steps(proposal.after),
            before=self._steps(proposal.before) if self.shows_before else (),
            required=self._steps(proposal.required),
            need=(_("at most %(number)s") if proposal.ceiling else _("need %(number)s")) % {"number": "{0}"},
            ceiling=proposal.ceiling,
            shown=self.shown,
            asked=[(start - self.start, end - self.start) for start, end in proposal.asked],
            hours=self._hours(),
            midnights=[minute for minute in self._midnights() if 0 < minute < self.end - self.start],
        )

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """The same as a table: hours (or the date), without the day, with it, required or admitted."""
        if self.proposal.whole_day:
            numbers = (*self.proposal.lows, self.proposal.most)
            return [(words.short_day(self.proposal.day, language()), *map(self.shown, numbers))]
        levels = (self.proposal.before, self.proposal.after, self.proposal.required)
        edges = sorted({edge for level in levels for one in level for edge in (one.start, one.end)})
        return [
            (
                f"{self._clock(low)}–{self._clock(high)}",
                *(self.shown(_at(level, low)) for level in levels[:2]),
                self.shown(_at(levels[2], low)) if _holds(levels[2], low) else "–",
            )
            for low, high in pairwise(edges)
        ]

    def _steps(self, levels: tuple[Level, ...]) -> list[Step]:
        return [Step(level.start - self.start, level.end - self.start, level.count) for level in levels]

    def _hours(self) -> list[tuple[int, str]]:
        length = self.end - self.start
        marks = [
            minute for minute in range(0, length, HOURS_APART) if length - minute >= HOURS_APART // 2 or not minute
        ]
        return [(minute, self._clock(self.start + minute)) for minute in (*marks, length)]

    def _midnights(self) -> list[int]:
        first = local_time(self.start, self.zone).date()
        days = (first + timedelta(days=ahead) for ahead in (1, 2))
        return [
            minute_of(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))) - self.start for day in days
        ]

    def _clock(self, minute: int) -> str:
        return f"{local_time(minute, self.zone):%H:%M}"


def _hours(minutes: int) -> str:
    """ "16 h", "7 h 30"."""
    hours, rest = divmod(minutes, 60)
    gap = "\u202f" if language() == "fr" else " "
    return f"{hours}{gap}h" + (f"{gap}{rest:02}" if rest else "")


def _at(levels: tuple[Level, ...], minute: int) -> int:
    return next((level.count for level in levels if level.start <= minute < level.end), 0)


def _holds(levels: tuple[Level, ...], minute: int) -> bool:
    return any(level.start <= minute < level.end for level in levels)


def coverage_of(person: Person, day: date, halves: int, *, start: datetime, end: datetime) -> list[CoverageStrip]:
    """The strips of the requirements that a telework day concerns, the one with the least margin first."""
    first, last = minute_of(start), minute_of(end)
    found = proposals_of(person, day, halves, start=first, end=last)
    found.sort(key=lambda one: one.margin)
    return [CoverageStrip(one, first, last, person.site.zone) for one in found]


def strips_of(year: Year, day: date, findings: Iterable[Finding]) -> dict[str, CoverageStrip]:
    """The strips of the requirements (uid) that findings say would not hold, around the hours that would be remote."""
    wanted = {found.data["requirement"] for found in findings if "requirement" in found.data}
    work = year.span(day)
    if not wanted or work is None:
        return {}
    start, end = work[0] - AROUND, work[1] + AROUND
    found = coverage_of(year.person, day, year.part.halves, start=start, end=end)
    named = {str(one.proposal.need.requirement.uid): replace(one, shows_before=False) for one in found}
    return {uid: one for uid, one in named.items() if uid in wanted}
