"""What people wish for: how often they telework, on which days, and how far ahead they plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from policies.core.facts import FIRST_HALF, SECOND_HALF, WHOLE_DAY, Facts, Part

from .chance import weighted

WEEKLY = ((0, 4), (1, 20), (1.5, 18), (2, 38), (2.5, 12), (3, 8))
NEVER_BEFORE = 25  # days: nobody plans a month earlier than this before it begins


@dataclass(frozen=True, slots=True)
class Habit:
    """Days a week wished for, the weekdays liked most, and the share of half-days."""

    weekly: float
    weekdays: tuple[int, ...]
    half_share: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A part of a day, asked for on ``asked_on``."""

    day: date
    part: Part
    asked_on: date


def draw_habit(rng: Random, *, at_least: float = 0) -> Habit:
    liked = tuple(rng.sample(range(5), 3))
    return Habit(max(weighted(rng, WEEKLY), at_least), liked, rng.choice((0, 0, 0, 0.1, 0.3)))


def yearly_wishes(rng: Random, habit: Habit, facts: Facts, *, first: date, today: date) -> Iterator[Wish]:
    """Wishes month by month, each month planned on one day shortly before or within it; later months more thinly."""
    month = first
    while month <= max(facts.workdays):
        following = (month + timedelta(days=31)).replace(day=1)
        asked_on = min(month + timedelta(days=rng.randint(-NEVER_BEFORE, -4)), today - timedelta(days=4))
        ahead = (month.year - today.year) * 12 + month.month - today.month
        density = {0: 1.0, 1: 0.8, 2: 0.4}.get(max(ahead, 0), 0.15)
        yield from _month_wishes(rng, habit, facts, month, following, asked_on, density)
        month = following


def _month_wishes(
    rng: Random, habit: Habit, facts: Facts, first: date, end: date, asked_on: date, density: float
) -> Iterator[Wish]:
    day = first
    while day < end and day in facts.workdays:
        available = facts.workdays[day].available
        if available and day > asked_on and rng.random() < _likelihood(habit, facts, day) * density:
            yield Wish(day, part_for(rng, available, habit.half_share), asked_on)
        day += timedelta(days=1)


def _likelihood(habit: Habit, facts: Facts, day: date) -> float:
    """Two thirds of the wishes fall on the days liked most."""
    return min(1.0, habit.weekly / 5 * (1.4 if day.weekday() in habit.weekdays else 0.6))


def part_for(rng: Random, available: int, half_share: float) -> Part:
    """A half where only a half is worked, sometimes a half by choice, else the whole day."""
    if available == WHOLE_DAY and rng.random() >= half_share:
        return Part.FULL
    if available == WHOLE_DAY:
        return rng.choice((Part.MORNING, Part.AFTERNOON))
    return {FIRST_HALF: Part.MORNING, SECOND_HALF: Part.AFTERNOON}[available]


def fresh_wishes(rng: Random, facts: Facts, *, today: date) -> list[Wish]:
    """Days of the coming weeks in any order, asked for in the four days before today: they still await their answer."""
    asked_on = today - timedelta(days=rng.randint(1, 4))
    days = [today + timedelta(days=ahead) for ahead in range(4, 61)]
    free = [day for day in days if day in facts.workdays and facts.workdays[day].available and day not in facts.booked]
    rng.shuffle(free)
    return [Wish(day, part_for(rng, facts.workdays[day].available, 0.1), asked_on) for day in free]


def weekly_wishes(facts: Facts, *, today: date, count: int) -> list[Wish]:
    """The same weekday for ``count`` weeks, the weekday on which most of them are worked and free."""
    first = today + timedelta(days=7 - today.weekday())
    series = [[first + timedelta(days=weekday + 7 * week) for week in range(count)] for weekday in range(7)]
    possible = [
        [
            day
            for day in days
            if day in facts.workdays and facts.workdays[day].available == WHOLE_DAY and not facts.booked.get(day)
        ]
        for days in series
    ]
    return [Wish(day, Part.FULL, today - timedelta(days=1)) for day in max(possible, key=len)]
