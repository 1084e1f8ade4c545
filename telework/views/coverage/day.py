"""One date of the coverage page: curves against requirements, who is where, who could be asked, and what if."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person
from policies.coverage.requirements import Gap
from policies.models import Requirement
from telework.coverage.asking import Candidate, Crew, crew_of
from telework.coverage.daylook import look_at
from telework.coverage.onday import ONE_DAY, OnDay, Place, Span
from telework.views.coverage.curves import Curve, curves_of, headline_of, hours_text, posts_text, said_of
from telework.views.coverage.letter import mail_link
from telework.wording import language

Toggle = tuple[Person, str, Place, Place | None]


@dataclass(frozen=True, slots=True)
class DayPanel:
    """A date made ready for the template. ``gap`` is what somebody could be asked to mend, as planned or what if."""

    day: date
    until: date | None
    curves: list[Curve]
    more: int
    gap: Gap | None
    headline: str
    hours: str
    crew: Crew
    days: OnDay
    planned: list[str]
    changes: dict[int, Place]
    actor: Person

    @property
    def zone(self) -> str:
        return self.days.need.requirement.clock

    def who(self) -> list[tuple[Place, str, list[tuple[Person, str]], int, int]]:
        """(place, heading, people with their hours, how many, how many more) on site, remote, on call, absent."""
        names = {
            Place.SITE: _("On site"),
            Place.REMOTE: _("Remote"),
            Place.ON_CALL: _("On call"),
            Place.ABSENT: _("Absent"),
        }
        return [
            (
                place,
                name,
                [(one.person, self._posts(one.hours)) for one in self.crew.named[place]],
                self.crew.counts[place],
                self.crew.more(place),
            )
            for place, name in names.items()
        ]

    def _posts(self, posts: Sequence[Span]) -> str:
        return posts_text(posts, self.days.start, self.zone)

    def toggles(self) -> list[Toggle]:
        """(person, hours, place as it would be, place chosen) for each person who can be moved in thought.

        Somebody who is off can come only where there is a post to hold.
        """
        asked = {one.person.pk for one in self.crew.candidates} if self.gap and self.gap.start is not None else set()
        places = (Place.SITE, Place.REMOTE, Place.ABSENT, Place.ON_CALL, Place.OFF)
        return [
            (one.person, self._posts(one.hours), place, self.changes.get(one.person.pk))
            for place in places
            for one in self.crew.named[place]
            if place not in (Place.OFF, Place.ON_CALL) or one.person.pk in asked or one.person.pk in self.changes
        ]

    def candidates(self) -> list[tuple[Candidate, str]]:
        """Each who could come, with the address of a letter made ready, where there is a gap to write of."""
        gap, need = self.gap, self.days.need
        return [(one, mail_link(one, gap, need, self.actor) if gap else "") for one in self.crew.candidates]


def day_panel(
    requirements: Sequence[Requirement],
    day: date,
    *,
    at: Requirement | None,
    actor: Person,
    today: date,
    changes: dict[int, Place],
) -> DayPanel | None:
    """The date for the worst of some requirements, the one asked about first. None where there is no requirement."""
    if not requirements:
        return None
    look = look_at(requirements, day, at=at, changes=changes)
    main, planned = look.main, look.planned
    headline = headline_of(main)
    return DayPanel(
        day=day,
        until=day + ONE_DAY if main.end > main.midnight else None,
        curves=curves_of(look.shown, planned, headline),
        more=len(requirements) - len(look.shown),
        gap=look.gap,
        headline=headline,
        hours=hours_text(*look.span, main.need.requirement.clock),
        crew=crew_of(main, *look.span, actor=actor, today=today, lang=language()),
        days=main,
        planned=[said_of(one, planned[0].need) for one in planned[0].gaps] if changes else [],
        changes=changes,
        actor=actor,
    )


def days_until(day: date, today: date) -> str:
    """How far a day to come is."""
    left = (day - today).days
    return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left} if left else _("today")
