"""One date of some requirements, as planned and with people moved in thought: what a page draws, and a script reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from people import access
from people.models import Person
from policies.coverage.requirements import Gap
from policies.facts import needs_of
from policies.models import Requirement
from telework.coverage.asking import VIEW, breaks_of
from telework.coverage.counting import Count
from telework.coverage.heats import worst_on
from telework.coverage.onday import ONE_DAY, OnDay, Place, Span
from telework.coverage.shortages import counted_around
from telework.coverage.whatif import Change, moved

MOST_CURVES, MOST_CHANGES = 4, 60
MOST_COUNTED = 6  # of many requirements, those with the lowest margins
WHAT_IF = (Place.SITE, Place.REMOTE, Place.ABSENT)


@dataclass(frozen=True, slots=True)
class DayLook:
    """Some requirements on a date, the worst first: ``planned``, and ``shown`` with the changes.

    ``gap``: what somebody could be asked to mend; ``span``: the minutes that it is about.
    """

    planned: list[OnDay]
    shown: list[OnDay]
    gap: Gap | None
    span: Span

    @property
    def main(self) -> OnDay:
        return self.shown[0]


def look_at(
    requirements: Sequence[Requirement], day: date, *, at: Requirement | None, changes: dict[int, Place]
) -> DayLook:
    """At the worst of some requirements (one at least), ``at`` first; ``changes``: people (primary keys) elsewhere."""
    needs = needs_of(worst_on(requirements, day, MOST_COUNTED, at=at), day - ONE_DAY, day + ONE_DAY)
    breaks = breaks_of(list(changes), day - ONE_DAY, day + ONE_DAY) if changes else {}
    what_if = [Change(person, place, breaks.get(person, ())) for person, place in changes.items()]
    counted = counted_around([need.requirement for need in needs], day, day)
    planned = _worst_first([OnDay(need, counted, day) for need in needs], at)[:MOST_CURVES]
    shown, post = _changed(planned, counted, what_if)
    gap = next(iter(planned[0].gaps), None) or next(iter(shown[0].gaps), None)
    return DayLook(planned, shown, gap, post or planned[0].span)


def read_changes(given: Iterable[str], actor: Person) -> dict[int, Place]:
    """?if=<person>.<site|remote|absent>, several; not found for people one may not see."""
    given = [value for value in given if value]
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
