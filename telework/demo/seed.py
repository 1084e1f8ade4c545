"""The whole demo, from an empty database to a year of bookings."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from people.models import Entity, Person
from policies.services import install_shipped
from telework.services.heat import keep_heat

from .bookings import create_bookings
from .chance import Chance
from .leave import create_absences
from .on_call import create_on_calls
from .organisation import create_organisation
from .patterns import create_patterns
from .planning import create_shifts
from .requirements import create_requirements, create_skills
from .staff import create_staff
from .writing import much_memory

AGREEMENTS = (("ima-gie-2021", date(2022, 1, 1)), ("exemple-deux-jours", date(2024, 1, 1)))
PUBLISHED_AHEAD = timedelta(days=213)  # rosters are out seven months ahead
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Seeded:
    people: int
    bookings: int


def is_empty() -> bool:
    """Whether nobody's data is in the way."""
    return not Person.objects.exists() and not Entity.objects.exists()


def first_day(today: date) -> date:
    """The demo begins with the year, or with the one before while the year is young."""
    return date(today.year - (today.month <= 3), 1, 1)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Hundreds of thousands of rows live at once, none of them garbage: looking for it costs an eighth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_collecting_seldom()
@much_memory()
@transaction.atomic
def seed(*, people: int, seed: int, today: date, password: str, tell: Callable[[str], None]) -> Seeded:
    """Write a company of ``people``; the same arguments write the same rows. ``tell`` hears of each step."""
    chance = Chance(seed)
    first, last = first_day(today), today + PUBLISHED_AHEAD
    organisation = create_organisation(people, chance)
    now = datetime.combine(first, time(), UTC)
    for (slug, effective_from), entity in zip(AGREEMENTS, organisation.entities, strict=True):
        install_shipped(slug, entity, effective_from, now=now)
    tell(f"{len(organisation.crews)} teams")
    hands = create_staff(organisation, chance, today=today, patterns=create_patterns(), password=password)
    tell(f"{len(hands)} people")
    create_skills(hands, organisation.skills)
    create_shifts(hands, organisation.skills, chance, first=first, last=last)
    create_absences(hands, chance, first=first, last=last)
    create_on_calls(hands, chance, first=first, last=last)
    tell("shifts and absences")
    create_requirements(hands, organisation.crews, organisation.skills, chance, first=first, last=last)
    bookings = create_bookings(hands, chance, first=first, last=last, today=today)
    keep_heat(today, years=1)
    return Seeded(len(hands), bookings)
