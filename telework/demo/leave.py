"""Leave, training and other absences of a year: about 25 days of leave, most of them in summer and at Christmas."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from people.models import Absence, AbsenceKind

from .chance import Chance, uid
from .organisation import Hand
from .writing import write

WEEK = timedelta(days=7)


def create_absences(hands: list[Hand], chance: Chance, *, first: date, last: date) -> None:
    """Write the absences of everybody between two dates, year by year."""
    rows = []
    for number, hand in enumerate(hands):
        rng = chance.stream("leave", number)
        taken: set[date] = set()
        for year in range(first.year, last.year + 1):
            for absence in _year_of(hand, year, rng, taken):
                if absence.last_day >= first and absence.first_day <= last:
                    rows.append(absence)
    write(rows)


def _year_of(hand: Hand, year: int, rng: Random, taken: set[date]) -> list[Absence]:
    summer = _monday(date(year, 7, 1) + timedelta(days=rng.randrange(45)))
    winter = _monday(date(year, 2, 5) + timedelta(days=rng.randrange(30)))
    christmas = _monday(date(year, 12, 21))
    spans = [(summer, summer + rng.choice((2, 3, 3)) * WEEK - timedelta(days=1), AbsenceKind.LEAVE, 3)]
    if rng.random() < 0.55:
        spans.append((winter, winter + WEEK - timedelta(days=1), AbsenceKind.LEAVE, 3))
    if rng.random() < 0.6:
        spans.append((christmas, christmas + timedelta(days=6), AbsenceKind.LEAVE, 3))
    spans += [_single(year, rng, AbsenceKind.LEAVE) for _ in range(rng.randint(2, 5))]
    spans += [_single(year, rng, AbsenceKind.TRAINING, longest=2) for _ in range(rng.randint(0, 2))]
    spans += [_single(year, rng, AbsenceKind.OTHER, longest=4) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    if hand.role in ("manager", "deputy"):
        spans.append(_single(year, rng, AbsenceKind.MISSION))
    absences = [_absence(hand, span, rng) for span in spans if _claim(span, taken)]
    if rng.random() < 0.15:
        absences += _hours(hand, year, rng, taken)
    return absences


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _single(year: int, rng: Random, kind: AbsenceKind, longest: int = 1) -> tuple:
    day = date(year, 1, 5) + timedelta(days=rng.randrange(345))
    day = day - timedelta(days=max(day.weekday() - 4, 0))
    half = rng.choice((1, 2)) if kind == AbsenceKind.LEAVE and rng.random() < 0.25 else 3
    return day, day + timedelta(days=rng.randrange(longest)), kind, half


def _claim(span: tuple, taken: set[date]) -> bool:
    """Whether the days are still free; they are taken then, so that no two absences overlap."""
    days = {span[0] + timedelta(days=number) for number in range((span[1] - span[0]).days + 1)}
    if days & taken:
        return False
    taken |= days
    return True


def _absence(hand: Hand, span: tuple, rng: Random) -> Absence:
    first, last, kind, halves = span
    return Absence(uid=uid(rng), person_id=hand.person.pk, kind=kind, first_day=first, last_day=last, halves=halves)


def _hours(hand: Hand, year: int, rng: Random, taken: set[date]) -> list[Absence]:
    span = _single(year, rng, AbsenceKind.OTHER)
    if not _claim((span[0], span[0]), taken):
        return []
    start = datetime.combine(span[0], time(rng.randint(7, 13)), UTC)
    absence = _absence(hand, (span[0], span[0], AbsenceKind.OTHER, 3), rng)
    absence.start, absence.end = start, start + timedelta(hours=rng.randint(2, 5))
    return [absence]
