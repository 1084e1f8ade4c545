"""Shifts of the round-the-clock teams, from published rosters."""

from collections import Counter
from datetime import date, datetime
from random import Random

from people.models import Shift, Skill

from .chance import Chance, uid
from .organisation import Hand
from .rosters import Line, Post, lines_of, shifts_of
from .writing import write

ZONE = "Europe/Paris"
TOGETHER = 20_000
MORNING, AFTERNOON, NIGHT = (Post(hour * 60, (hour + 8) * 60, True) for hour in (6, 14, 22))
# Two of each and four days off: the ten people who take it in turn are two in each post at any time.
THREE_BY_EIGHT = Line(0, (MORNING, MORNING, AFTERNOON, AFTERNOON, NIGHT, NIGHT, None, None, None, None))
ENOUGH = 0.5  # a full-time rotation works at least every second day


def create_shifts(hands: list[Hand], skills: dict[str, Skill], chance: Chance, *, first: date, last: date) -> None:
    """Write everybody's shifts from ``first`` to ``last``, within their contracts."""
    waiting: list[Shift] = []
    turns: Counter = Counter()
    for number, hand in enumerate(hands):
        if hand.rostered:
            turn = number
            if hand.role == "supervisor":
                turn = turns[hand.crew.town]
                turns[hand.crew.town] += 1
            waiting += _shifts(hand, skills, chance.stream("shifts", number), turn, first, last)
        if len(waiting) > TOGETHER:
            write(waiting)
            waiting = []
    write(waiting)


def _shifts(hand: Hand, skills: dict[str, Skill], rng: Random, number: int, first: date, last: date) -> list[Shift]:
    begin = max(first, hand.person.hired_on)
    end = min(last, hand.last_day or last)
    line = _line(hand, rng, number)
    rows = shifts_of(line, rate=hand.rate, first=begin, last=end, zone=ZONE, shift_by=number, rng=rng)
    return [_shift(hand, skills, rng, day, start, end, supervises) for day, start, end, supervises in rows]


def _line(hand: Hand, rng: Random, number: int) -> Line:
    """Supervisors turn by three times eight hours; else a line busy enough, or one that comes near the rate."""
    if hand.role == "supervisor":
        return THREE_BY_EIGHT
    lines = lines_of(hand.crew.roster)
    busy = [line for line in lines if line.worked >= ENOUGH * len(line.posts)] or list(lines[:4])
    return busy[number % len(busy)] if hand.rate == 100 else rng.choice(busy)


def _shift(hand: Hand, skills, rng: Random, day: date, start: datetime, end: datetime, supervises: bool) -> Shift:
    skill = skills["supervisor" if supervises or hand.role == "supervisor" else "assistance_officer"]
    return Shift(
        uid=uid(rng),
        person_id=hand.person.pk,
        day=day,
        start=start,
        end=end,
        zone=ZONE,
        site_id=hand.crew.team.site_id,
        skill_id=skill.pk,
    )
