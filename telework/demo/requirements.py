"""The demo's requirements: supervisors at any time, officers day and night, and how much of an office is away.

Numbers are chosen from the rosters so that these hold them on nearly every day; telework then uses up the margin, since
every booking of the demo is held against them like a real one. At the smaller sites somebody on call counts at night.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time

import numpy as np

from people.holidays import public_holidays
from people.models import PersonSkill, Skill
from policies.coverage.minutecount import MinuteCount
from policies.facts import needs_of
from policies.models import Layer, Requirement, RequirementKind, Slot
from telework.coverage.counting import count_of

from .chance import Chance, uid
from .organisation import Crew
from .staff import Hand

DAY, NIGHT = (time(7), time(21)), (time(21), time(7))
ON_CALL_DAY, ON_CALL_NIGHT = (time(8), time(20)), (time(20), time(8))
AROUND_THE_CLOCK = (time(0), time(0))
MOST = {"supervisor": 3, "assistance_officer": 5}
OFFICE_SHARE = 60  # percent of an office team's people remote on one day
PEAKS = (([4, 5, 6], time(14), time(22)), ([0], time(6), time(14)))  # departures at the weekend, calls on Mondays
PEAK_SHARE = 0.1  # the share of peaks on which a roster itself may fall short: telework is often impossible then
RARELY = 0.05  # the share of days on which a roster itself may fall short
BUSY = ((7, 4), (7, 31), (8, 1), (12, 24), (12, 31))  # France leaves for its holidays, and for the feasts of the year
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
WITH_ON_CALL = ("Supervision, astreinte comprise", "Supervision, on-call included")
Windows = Sequence[tuple[time, time]]


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
    main, written = crews[0].team.site, {}
    for (site, entity, code), _people in sorted(held.items(), key=lambda item: (-item[1], item[0][0].pk, item[0][2])):
        on_call = code == "supervisor" and site != main
        names, nouns = WITH_ON_CALL if on_call else NAMES[code], NOUNS[code]
        requirement = Requirement.objects.create(
            uid=uid(rng), entity=entity, site=site, skill=skills[code], first_day=first, article="",
            counts_on_call=on_call, name_fr=names[0], name_en=names[1],
            one_fr=nouns[0], many_fr=nouns[1], one_en=nouns[2], many_en=nouns[3],
        )  # fmt: skip
        written[requirement] = [
            Slot.objects.create(requirement=requirement, start=start, end=end, number=0)
            for start, end in _windows(code, on_call)
        ]
    lows = _lows(written, first, last)
    for requirement, slots in written.items():
        if not _write_numbers(requirement, slots, lows[requirement], first, last):
            requirement.delete()
    for crew in crews:
        if not crew.roster:
            _office(crew, rng, first)


def _windows(code: str, on_call: bool) -> Windows:
    if on_call:
        return ON_CALL_DAY, ON_CALL_NIGHT
    return (AROUND_THE_CLOCK,) if code == "supervisor" else (DAY, NIGHT)


def _code(hand: Hand) -> str:
    return "supervisor" if hand.role == "supervisor" else "assistance_officer"


def _write_numbers(requirement: Requirement, slots: Sequence[Slot], lows: list, first: date, last: date) -> int:
    """The numbers of slots in which the roster has people, and layers where it can hold other numbers; how many."""
    written, windows = 0, [(slot.start, slot.end) for slot in slots]
    for slot, counted in zip(slots, lows, strict=True):
        slot.number = min(MOST[requirement.skill.code], int(np.quantile(counted, RARELY)))
        if slot.number:
            slot.save()
            written += 1
        else:
            slot.delete()
    if windows == [AROUND_THE_CLOCK] and written and slots[0].number == MOST["supervisor"]:
        _peaks(requirement, first, last)
    officers = requirement.skill.code == "assistance_officer"
    if officers and written == len(windows) and slots[0].number == MOST["assistance_officer"]:
        _layers(requirement, slots, first, last)
    return written


def _lows(requirements: Iterable[Requirement], first: date, last: date) -> dict[Requirement, list[list[int]]]:
    """For each slot of requirements the fewest counted in each of its windows."""
    needs = needs_of(requirements, first, last)
    counts = iter(count_of(needs, first, last).map.counts)
    return {need.requirement: [_fewest(next(counts)) for _rule in need.rules] for need in needs}


def _fewest(counted: MinuteCount) -> list[int]:
    return [int(counted.value[one.start - counted.origin : one.end - counted.origin].min()) for one in counted.windows]


def _peaks(requirement: Requirement, first: date, last: date) -> None:
    """More at the hours of most calls: as many as the roster has on most of these days."""
    for days, start, end in PEAKS:
        Slot.objects.create(requirement=requirement, days=days, start=start, end=end, number=0)
    usual, *peaks = requirement.slots.order_by("pk")
    for slot, lows in zip(peaks, _lows([requirement], first, last)[requirement][1:], strict=True):
        slot.number = max(int(np.quantile(lows, PEAK_SHARE)), int(usual.number))
        slot.save()


def _layers(requirement: Requirement, slots: Sequence[Slot], first: date, last: date) -> None:
    """On public holidays one officer fewer by day; one more on the days on which everybody is on the road."""
    busy = [date(year, *day) for year in range(first.year, last.year + 1) for day in BUSY]
    dates = [day.isoformat() for day in busy if first <= day <= last and not _is_holiday(requirement, day)]
    for layer, step, when in ((Layer.HOLIDAY, -1, []), (Layer.DATED, 1, dates)):
        for number, slot in enumerate(slots):
            Slot.objects.create(
                requirement=requirement, layer=layer, dates=when, start=slot.start, end=slot.end,
                number=slot.number + (0 if number else step),
            )  # fmt: skip


def _is_holiday(requirement: Requirement, day: date) -> bool:
    return day in public_holidays(requirement.site.holiday_region, day.year, day.year, "fr")


def _office(crew: Crew, rng, first: date) -> None:
    requirement = Requirement.objects.create(
        uid=uid(rng), entity=crew.team.entity, team=crew.team, kind=RequirementKind.SHARE_OF_PEOPLE, first_day=first,
        name_fr="Part de l’équipe à distance", name_en="Share of the team remote",
    )  # fmt: skip
    Slot.objects.create(requirement=requirement, days=[0, 1, 2, 3, 4], number=OFFICE_SHARE)
