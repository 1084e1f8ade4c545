"""A rotation as strips of day cells: what each person would hold in the first four weeks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from people.imports import Line

LONGEST = 28
MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: ``number`` on top, the hour of the start below, the hours in full for those who listen."""

    number: int
    day: date | None
    sign: str = ""
    hours: str = ""
    weekend: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    name: str
    cells: list[Cell]


def strips_of(lines: Sequence[Line], first: date, last: date, *, names: Mapping[int, str]) -> list[Strip]:
    """A strip for each of the first people, in the order they were named; ``names`` by the number of their lines."""
    shown = min((last - first).days + 1, LONGEST)
    days = [first + timedelta(days=number) for number in range(shown)]
    found = []
    for place, held in groupby(lines, key=lambda line: line.number):
        if len(found) == MOST_PEOPLE:
            break
        held = list(held)
        found.append(_strip(names.get(place) or held[0].get("person"), held, days))
    return found


def _strip(name: str, held: Iterable[Line], days: Iterable[date]) -> Strip:
    posts = {line.get("date"): (line.get("start"), line.get("end")) for line in held}
    return Strip(name, [_cell(day.day, posts.get(day.isoformat()), day) for day in days])


def cycle_strip(name: str, posts: Iterable[tuple[str, str] | None]) -> Strip:
    """One turn of a cycle, its days numbered from 1."""
    return Strip(name, [_cell(number, post) for number, post in enumerate(posts, start=1)])


def posts_in(strips: Iterable[Strip]) -> Iterator[tuple[str, str]]:
    """Each post once, as (sign, hours): the key below the strips."""
    yield from sorted({(cell.sign, cell.hours) for strip in strips for cell in strip.cells if cell.sign})


def _cell(number: int, post: tuple[str, str] | None, day: date | None = None) -> Cell:
    weekend = day is not None and day.weekday() >= 5
    if not post:
        return Cell(number, day, weekend=weekend)
    start, end = post
    return Cell(number, day, _sign(start), f"{start}–{end}", weekend)


def _sign(start: str) -> str:
    """The hour alone where it is a whole one: 06:00 → 06, 6h → 06, 07:30 → 07."""
    return start.replace("h", ":").replace("H", ":").partition(":")[0].zfill(2)
