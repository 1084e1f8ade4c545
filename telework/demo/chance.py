"""Chance that comes out the same for the same seed, one stream a subject so that no subject disturbs another."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID


class Chance:
    """``stream("people")`` is a random generator of its own; ``uid`` draws a row's public name from one."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, *subject: object) -> Random:
        return Random(":".join(map(str, (self.seed, *subject))))


def uid(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def weighted(rng: Random, choices: Sequence[tuple]) -> object:
    """One of ``(value, weight)`` pairs."""
    values, weights = zip(*choices, strict=True)
    return rng.choices(values, weights)[0]


def office_hour(rng: Random, day: date) -> datetime:
    """An instant between 06:00 and 18:00 UTC of ``day``."""
    return datetime.combine(day, time(6), UTC) + timedelta(minutes=rng.randrange(720))


def days_between(rng: Random, first: date, last: date) -> date:
    """A date from ``first`` to ``last``, both included."""
    return first + timedelta(days=rng.randint(0, max((last - first).days, 0)))
