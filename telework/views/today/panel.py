"""What stands beside the lines: how many there are, what is required, who comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access
from people.models import Person, Team
from policies.coverage.windows import EPOCH
from policies.models import RequirementKind
from telework.coverage.choice import VIEW, visible
from telework.coverage.daylook import look_at
from telework.coverage.onday import Level, OnDay
from telework.month import ON_SITE, REMOTE
from telework.today import ON_CALL, Today
from telework.views.coverage.curves import headline_of
from telework.views.coverage.heat import name_of
from telework.wording import clock

MOST_HANDOVERS = 6


@dataclass(frozen=True, slots=True)
class Measure:
    """A requirement at the instant looked at, or over the date: its name, numbers, and what to know."""

    name: str
    value: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Panel:
    """At ``now``, or over the date where it is None; ``team``: whose requirements ``actor`` may ask for."""

    today: Today
    now: datetime | None
    team: Team | None
    actor: Person

    @property
    def title(self) -> str:
        if self.now:
            return _("At %(time)s") % {"time": clock(self.now, self.today.zone)}
        return _("In the course of the day")

    @property
    def counts(self) -> list[tuple[str, int]]:
        names = [(ON_SITE, _("On site")), (REMOTE, _("Remote"))]
        if any(row.state == ON_CALL for row in self.today.rows):
            names.append((ON_CALL, _("On call")))
        return [(name, self.today.count(state, self.now)) for state, name in names]

    @property
    def handovers(self) -> list[tuple[str, str]]:
        """ "14:00", "3 arrive on site, 1 remote"."""
        found = self.today.handovers(self.now or self.today.start - timedelta(minutes=1))[:MOST_HANDOVERS]
        return [(clock(instant, self.today.zone), self._arrivals(site, remote)) for instant, site, remote in found]

    @staticmethod
    def _arrivals(site: int, remote: int) -> str:
        told = []
        if site:
            told.append(ngettext("%(count)s arrives on site", "%(count)s arrive on site", site) % {"count": site})
        if remote:
            beside = ngettext("%(count)s begins remote", "%(count)s begin remote", remote)
            told.append((_("%(count)s remote") if site else beside) % {"count": remote})
        return ", ".join(told)

    @property
    def measures(self) -> list[Measure]:
        """What the team's requirements say, for whoever may look at its coverage."""
        if self.team is None or not access.may(self.actor, VIEW, self.team):
            return []
        needs = visible(self.actor, [self.team], set(), self.today.day, self.today.day)
        if not needs:
            return []
        return [self._measure(one) for one in look_at(needs, self.today.day, at=None, changes={}).planned]

    def _measure(self, one: OnDay) -> Measure:
        """Now, or at the tightest hours of the date."""
        name, level = name_of(one.need.requirement), self._level(one)
        if level is None:
            return Measure(name, "–", "brick" if one.gaps else "", headline_of(one) if one.gaps else "")
        minimum = one.need.requirement.kind == RequirementKind.MINIMUM
        template = _("%(count)s of %(limit)s") if minimum else _("%(count)s, at most %(limit)s")
        value, margin = template % {"count": level.count, "limit": level.limit}, _margin(level, minimum)
        if margin > 0:
            return Measure(name, value, "", "")
        when = self._when(one, level)
        if margin < 0:
            return Measure(name, value, "brick", _("Short %(when)s.") % {"when": when})
        tight, full = _("Tight %(when)s: nobody can be missing."), _("Nobody else can be remote %(when)s.")
        return Measure(name, value, "amber", (tight if minimum else full) % {"when": when})

    def _level(self, one: OnDay) -> Level | None:
        asked = [level for level in one.levels if level.limit is not None]
        if self.now is None:
            minimum = one.need.requirement.kind == RequirementKind.MINIMUM
            return min(asked, key=lambda level: _margin(level, minimum), default=None)
        minute = int((self.now - EPOCH) / timedelta(minutes=1))
        return next((level for level in asked if level.start <= minute < level.end), None)

    def _when(self, one: OnDay, level: Level) -> str:
        """Until the minute at which the numbers change, or from which to which."""
        start, end = (
            clock(EPOCH + timedelta(minutes=minute), one.need.requirement.clock) for minute in (level.start, level.end)
        )
        return _("until %(time)s") % {"time": end} if self.now else f"{start}–{end}"


def _margin(level: Level, minimum: bool) -> int:
    return level.count - level.limit if minimum else level.limit - level.count
