"""Where requirements do not hold, and what of it is new between two readings of the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from policies.coverage.findings import joined
from policies.coverage.requirements import Gap, Minimum, RemotePeopleOfDay
from policies.coverage.rows import State
from policies.facts import Need, needs_of
from policies.models import Requirement
from telework.coverage.counting import Count, count_of

AROUND = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Shortages:
    """All gaps of some requirements in a period, by requirement (uid), and the count they come from."""

    count: Count | None
    gaps: dict[str, list[Gap]]

    def need(self, uid: str) -> Need:
        return next(need for need in self.count.needs if str(need.requirement.uid) == uid)


def shortages_of(
    requirements: Iterable[Requirement], first: date, last: date, *, without: Collection[int] = ()
) -> Shortages:
    """The gaps whose windows start from ``first`` to ``last``, or a night before.

    ``without``: people (primary keys) to be thought away.
    """
    requirements = list(requirements)
    if not requirements:
        return Shortages(None, {})
    count = counted_around(requirements, first, last)
    for person in without:
        count.forget(person)
    gaps = defaultdict(list)
    for gap in count.map.gaps():
        gaps[str(count.need_of[gap.rule.name].requirement.uid)].append(gap)
    return Shortages(count, {uid: joined(held) for uid, held in gaps.items()})


def counted_around(requirements: Iterable[Requirement], first: date, last: date) -> Count:
    """The numbers of some requirements over some dates and two more on either side, read afresh."""
    begin, end = first - AROUND, last + AROUND
    return count_of(needs_of(requirements, begin, end), begin, end)


def new_gaps(before: Shortages, after: Shortages) -> list[tuple[Need, Gap]]:
    """What does not hold now and held before, or held better, the soonest first.

    The same minutes with the same lack are not new.
    """
    found = [
        (after.need(uid), gap)
        for uid, gaps in after.gaps.items()
        for gap in joined(piece for gap in gaps for piece in _worse(gap, before.gaps.get(uid, ())))
    ]
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].start or 0))


def remote_in(count: Count, need: Need, gap: Gap) -> set[tuple[int, date]]:
    """(person's primary key, date) of the telework that the requirement counts within a gap."""
    rows = count.ground.stretches()
    rows = rows.take(rows.state == State.REMOTE)
    near = rows.day == gap.day.toordinal() if gap.start is None else (rows.start < gap.end) & (rows.end > gap.start)
    people = {number: pk for pk, periods in count.ground.numbers.items() for _f, _l, number in periods}
    chosen = count.map.counted(rows.take(near).rows(), need.scope)
    return {(people[row[0]], date.fromordinal(row[2])) for row in chosen}


def _worse(gap: Gap, old: Sequence[Gap]) -> Iterator[Gap]:
    if gap.start is None:
        if _lack(gap) > max((_lack(other) for other in old if other.day == gap.day), default=0):
            yield gap
        return
    meeting = [other for other in old if other.start is not None and other.start < gap.end and other.end > gap.start]
    inside = {edge for other in meeting for edge in (other.start, other.end) if gap.start < edge < gap.end}
    for start, end in pairwise(sorted({gap.start, gap.end} | inside)):
        known = max((_lack(other) for other in meeting if other.start <= start and end <= other.end), default=0)
        if _lack(gap) > known:
            yield replace(gap, start=start, end=end)


def _lack(gap: Gap) -> Fraction:
    """How far a gap is from holding: people missing, or too many away."""
    if isinstance(gap.rule, Minimum):
        return Fraction(gap.limit - gap.value)
    if isinstance(gap.rule, RemotePeopleOfDay):
        return Fraction(gap.value - gap.limit)
    return gap.value - gap.limit * gap.rule.percent / 100
