"""The demo's requirements: three supervisors at any time, officers day and night, and how much of an office is away.

Numbers are chosen from the rosters so that these hold them on nearly every day; telework then uses up the margin, since
every booking of the demo is held against them like a real one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time

import numpy as np

from people.models import PersonSkill, Skill
from policies.coverage import Stretches
from policies.coverage.check import Moves
from policies.coverage.rows import State
from policies.facts import needs_of
from policies.models import Requirement, RequirementKind, Slot
from telework.coverage.counting import Count, count_of

from .chance import Chance, uid
from .organisation import Crew
from .staff import Hand

DAY, NIGHT = (time(7), time(21)), (time(21), time(7))
AROUND_THE_CLOCK = (time(0), time(0))
MOST = {"supervisor": 3, "assistance_officer": 5}
OFFICE_SHARE = 60  # percent of an office team's people remote on one day
RARELY = 0.05  # the share of days on which a roster itself may fall short
NOUNS = {
    "supervisor": ("superviseur", "superviseurs", "supervisor", "supervisors"),
    "assistance_officer": (
        "chargé d’assistance", "chargés d’assistance", "assistance officer", "assistance officers",
    ),
}  # fmt: skip
NAMES = {
    "supervisor": ("Superviseurs à toute heure", "Supervisors at any time"),
    "assistance_officer": ("Chargés d’assistance, jour et nuit", "Assistance officers, day and night"),
}


def create_skills(hands: Iterable[Hand], skills: dict[str, Skill]) -> None:
    """Who holds posts around the clock has the skill of the post."""
    PersonSkill.objects.bulk_create(
        [
            PersonSkill(person=hand.person, skill=skills[_code(hand)], first_day=hand.person.hired_on)
            for hand in hands
            if hand.rostered
        ],
        batch_size=1000,
    )


def create_requirements(
    hands: Sequence[Hand], crews: Sequence[Crew], skills: dict[str, Skill], chance: Chance, *, first: date, last: date
) -> None:
    """Write what must hold at each site that works around the clock, and in each office team."""
    rng = chance.stream("requirements")
    held = Counter((hand.crew.team.site, hand.crew.team.entity, _code(hand)) for hand in hands if hand.rostered)
    for (site, entity, code), _people in sorted(held.items(), key=lambda item: (-item[1], item[0][0].pk, item[0][2])):
        one_fr, many_fr, one_en, many_en = NOUNS[code]
        requirement = Requirement.objects.create(
            uid=uid(rng), entity=entity, site=site, skill=skills[code], first_day=first, article="",
            name_fr=NAMES[code][0], name_en=NAMES[code][1],
            one_fr=one_fr, many_fr=many_fr, one_en=one_en, many_en=many_en,
        )  # fmt: skip
        if not _write_numbers(requirement, (AROUND_THE_CLOCK,) if code == "supervisor" else (DAY, NIGHT), first, last):
            requirement.delete()
    for crew in crews:
        if not crew.roster:
            _office(crew, rng, first)


def _code(hand: Hand) -> str:
    return "supervisor" if hand.role == "supervisor" else "assistance_officer"


def _write_numbers(requirement: Requirement, windows, first: date, last: date) -> int:
    """One slot a window in which the roster has people; how many were written."""
    slots = [Slot.objects.create(requirement=requirement, start=a, end=b, number=0) for a, b in windows]
    count = count_of(needs_of([requirement], first, last), first, last)
    written = 0
    for slot, counted in zip(slots, count.map.counts, strict=True):
        lows = [int(counted.value[a:b].min()) for a, b in zip(*_bounds(counted), strict=True)]
        slot.number = min(MOST[requirement.skill.code], int(np.quantile(lows, RARELY)))
        if slot.number:
            slot.save()
            written += 1
        else:
            slot.delete()
    return written


def _bounds(counted) -> tuple[list[int], list[int]]:
    return (counted.opens - counted.origin).tolist(), (counted.closes - counted.origin).tolist()


def _office(crew: Crew, rng, first: date) -> None:
    requirement = Requirement.objects.create(
        uid=uid(rng), entity=crew.team.entity, team=crew.team, kind=RequirementKind.SHARE_OF_PEOPLE, first_day=first,
        name_fr="Part de l’équipe à distance", name_en="Share of the team remote",
    )  # fmt: skip
    Slot.objects.create(requirement=requirement, days=[0, 1, 2, 3, 4], number=OFFICE_SHARE)


class Coverage:
    """The demo's bookings held against its requirements while they come about, in the order in which they do."""

    def __init__(self, *, first: date, last: date) -> None:
        self.days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
        needs = needs_of(Requirement.objects.select_related("site", "team__site").order_by("pk"), first, last)
        self.counts = [count_of([need], first, last) for need in needs]
        self.known: dict[tuple[int, int], list[tuple[Count, dict[date, Moves]]]] = {}

    def forget(self) -> None:
        """The people of the last chunk will not ask again."""
        self.known.clear()

    def refuses(self, person: int, day: date, halves: int) -> bool:
        """Whether telework of a person (primary key) would break a requirement, or break it further."""
        return any(next(count.map.broken_by(moved.rows), None) for count, moved in self._moves(person, day, halves))

    def take(self, person: int, day: date, halves: int) -> None:
        """Count it as granted from now on."""
        for count, moved in self._moves(person, day, halves):
            rows = Stretches.of(moved.rows)
            count.map.change(_in_state(rows, State.ON_SITE), _in_state(rows, State.REMOTE))

    def _moves(self, person: int, day: date, halves: int) -> list[tuple[Count, Moves]]:
        if (person, halves) not in self.known:
            counted = [count for count in self.counts if person in count.ground.numbers]
            self.known[person, halves] = [(count, count.moves(person, self.days, halves)) for count in counted]
        found = ((count, moves.get(day)) for count, moves in self.known[person, halves])
        return [(count, moved) for count, moved in found if moved is not None and moved.rows]


def _in_state(rows: Stretches, state: State) -> Stretches:
    return Stretches(rows.person, rows.site, rows.day, rows.start, rows.end, np.full(len(rows), state))
