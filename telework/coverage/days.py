"""The days of a person's year by coverage: safe, tight or closed, from the counts that the process keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.models import Person
from policies import core
from policies.core.decision import Verdict
from policies.core.document import Agreement
from policies.core.facts import Facts, Part
from policies.coverage.explain import sentence
from policies.coverage.findings import joined, worst_of
from policies.coverage.requirements import Gap
from telework.coverage import keeping
from telework.coverage.counting import Answer, Count

NEARBY, WINDOW = 60, 10


class Sight(StrEnum):
    """What coverage says of a day before it is asked for."""

    SAFE = "safe"
    TIGHT = "tight"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DaySight:
    """``gap`` is the worst one that telework would open, for a closed day; ``count`` holds its requirement."""

    sight: Sight
    gap: Gap | None = None
    count: Count | None = None

    def sentence(self, lang: str) -> str:
        """Why the day is closed: "Sat 22:00–06:00: 2 of 3 supervisors would remain on site."; else ""."""
        if self.gap is None:
            return ""
        return sentence(self.gap, lang, self.count.need_of[self.gap.rule.name].whom(lang))


SAFE = DaySight(Sight.SAFE)
TIGHT = DaySight(Sight.TIGHT)


def sights_of(person: Person, days: Iterable[date], part: Part) -> Mapping[date, DaySight]:
    """What each of some days would be for one person's telework; a day that no requirement concerns is left out."""
    days = sorted(days)
    if not days:
        return {}
    with keeping.LOCK:
        found: dict[date, DaySight] = {}
        for count in keeping.kept_counts([person], days[0], days[-1]):
            within = [day for day in days if count.first <= day <= count.last]
            for day, answer in count.remembered(person.pk, within, part.halves).items():
                if answer.concerned:
                    found[day] = _worse(found.get(day, SAFE), answer, count)
        return found


def _worse(held: DaySight, answer: Answer, count: Count) -> DaySight:
    """The worst of what several requirements say stands."""
    if held.sight is Sight.CLOSED:
        return held
    if answer.check.failing:
        return DaySight(Sight.CLOSED, worst_of(joined(answer.check.failing)), count)
    return TIGHT if answer.tight else held


def free_days_near(
    person: Person, facts: Facts, agreement: Agreement, day: date, part: Part, count: int = 3
) -> tuple[date, ...]:
    """Up to ``count`` days that neither the agreement nor coverage would refuse, nearest first, in calendar order."""
    found: list[date] = []
    for distance in range(1, NEARBY + 1, WINDOW):
        near = [other for other in _around(day, distance) if other >= facts.today]
        possible = _possible(facts, agreement, near, part)
        open_days = [other for other in near if other in possible]
        sights = sights_of(person, open_days, part)
        found += [other for other in open_days if sights.get(other, SAFE).sight is not Sight.CLOSED]
        if len(found) >= count:
            break
    return tuple(sorted(found[:count]))


def _around(day: date, distance: int) -> list[date]:
    """Days at a distance of so many and the next few, nearest first; at equal distance the later first."""
    return [
        date.fromordinal(day.toordinal() + step)
        for away in range(distance, distance + WINDOW)
        for step in (away, -away)
        if date.min.toordinal() <= day.toordinal() + step <= date.max.toordinal()
    ]


def _possible(facts: Facts, agreement: Agreement, days: Sequence[date], part: Part) -> set[date]:
    glances = core.glance(facts, agreement, days, part)
    return {day for day, glanced in glances.items() if glanced.verdict is not Verdict.REFUSED}
