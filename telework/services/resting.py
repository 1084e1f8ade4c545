"""Rest that a change of roster takes from somebody: compared with the rest there was before, as coverage is.

A rest that was too short before and stays as it is, is no reason against a change.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from people.models import Person
from people.rest import DAILY, Lack, Post, lacks_of, law_of
from telework.facts import workdays_of_many

AROUND = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Short:
    """Somebody's rest that has become too short."""

    person: Person
    lack: Lack


@contextmanager
def rests_kept(people: Collection[Person], first: date, last: date) -> Iterator[list[Short]]:
    """Change the posts of some people from ``first`` to ``last`` inside; the list is filled when the block ends.

    Constant queries; none for nobody.
    """
    found: list[Short] = []
    before = _lacks(people, first, last) if people else {}
    yield found
    if not people:
        return
    for person, lacks in _lacks(people, first, last).items():
        known = before[person]
        found += [Short(person, lack) for lack in lacks if not _was_there(lack, known)]


def _was_there(lack: Lack, known: Sequence[Lack]) -> bool:
    if lack.rule == DAILY:
        return any((one.rule, one.start, one.end) == (lack.rule, lack.start, lack.end) for one in known)
    return any((one.rule, one.day) == (lack.rule, lack.day) and one.rest <= lack.rest for one in known)


def _lacks(people: Collection[Person], first: date, last: date) -> dict[Person, list[Lack]]:
    begin, end = first - AROUND, last + AROUND
    posts: dict[int, dict[date, Post]] = {person.pk: {} for person in people}
    workdays = workdays_of_many(people, begin, end)
    for pk, days in workdays.items():
        for day, work in days.items():
            if work.available and work.start:
                posts[pk][day] = Post(day, work.start, work.end)
    found = {}
    for person in people:
        law = law_of(person.site.holiday_region)
        held = posts[person.pk].values()
        found[person] = lacks_of(held, law, zone=person.site.zone, first=first, last=last) if law else []
    return found
