"""One date of the coverage page: curves against requirements, who is where, who could be asked, and what if."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access
from people.models import Person
from policies.coverage.requirements import Gap
from policies.facts import needs_of
from policies.models import Requirement
from telework.coverage.asking import VIEW, Candidate, Crew, breaks_of, crew_of
from telework.coverage.counting import Count
from telework.coverage.heats import worst_on
from telework.coverage.onday import ONE_DAY, OnDay, Place, Span
from telework.coverage.shortages import counted_around
from telework.coverage.whatif import Change, moved
from telework.views.coverage.curves import Curve, curves_of, headline_of, hours_text, posts_text, said_of
from telework.views.coverage.letter import mail_link
from telework.wording import language

MOST_CURVES, MOST_CHANGES = 4, 60
MOST_COUNTED = 6  # of many requirements, those with the lowest margins
WHAT_IF = (Place.SITE, Place.REMOTE, Place.ABSENT)
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


def read_changes(request: HttpRequest, actor: Person) -> dict[int, Place]:
    """?if=<person>.<site|remote|absent>, several; not found for people one may not see."""
    given = [value for value in request.GET.getlist("if") if value]
    if not given:
        return {}
    wanted: dict[str, str] = dict(value.rpartition(".")[::2] for value in given[:MOST_CHANGES])
    try:
        places = {access.read_uid(uid): Place(place) for uid, place in wanted.items()}
    except ValueError as unknown:
        raise Http404 from unknown
    people = access.people_for(actor, VIEW).filter(uid__in=places).values_list("pk", "uid")
    found = {pk: places[uid] for pk, uid in people}
    if len(found) != len(places) or not set(found.values()) <= set(WHAT_IF):
        raise Http404
    return found


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
    needs = needs_of(worst_on(requirements, day, MOST_COUNTED, at=at), day - ONE_DAY, day + ONE_DAY)
    breaks = breaks_of(list(changes), day - ONE_DAY, day + ONE_DAY) if changes else {}
    what_if = [Change(person, place, breaks.get(person, ())) for person, place in changes.items()]
    counted = counted_around([need.requirement for need in needs], day, day)
    planned = _worst_first([OnDay(need, counted, day) for need in needs], at)[:MOST_CURVES]
    shown, post = _changed(planned, counted, what_if)
    main = shown[0]
    gap = next(iter(planned[0].gaps), None) or next(iter(main.gaps), None)
    span = post or planned[0].span
    headline = headline_of(main)
    return DayPanel(
        day=day,
        until=day + ONE_DAY if main.end > main.midnight else None,
        curves=curves_of(shown, planned, headline),
        more=len(requirements) - len(shown),
        gap=gap,
        headline=headline,
        hours=hours_text(*span, main.need.requirement.clock),
        crew=crew_of(main, *span, actor=actor, today=today, lang=language()),
        days=main,
        planned=[said_of(one, planned[0].need) for one in planned[0].gaps] if what_if else [],
        changes=changes,
        actor=actor,
    )


def _changed(planned: Sequence[OnDay], count: Count, changes: Sequence[Change]) -> tuple[list[OnDay], Span | None]:
    """The dates with people moved, and the post that somebody off could hold: the first gap, as planned or moved."""
    main = planned[0]
    about, post = main.span, next(((gap.start, gap.end) for gap in main.gaps if gap.start is not None), None)
    if not changes:
        return list(planned), post

    def again(one: OnDay, post: Span | None) -> OnDay:
        return OnDay(one.need, count, one.day, moved(one, changes, about, post))

    if post is None:
        post = next(((gap.start, gap.end) for gap in again(main, None).gaps if gap.start is not None), None)
    return [again(one, post) for one in planned], post


def _worst_first(shown: list[OnDay], at: Requirement | None) -> list[OnDay]:
    """The requirement asked about, then those with gaps, then the others by what is left."""
    return sorted(shown, key=lambda one: (one.need.requirement != at, not one.gaps, one.low))


def days_until(day: date, today: date) -> str:
    """How far a day to come is."""
    left = (day - today).days
    return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left} if left else _("today")
