"""How long what is kept on people stays, and what goes today. The times stand in ``people/retention.toml``."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils.translation import ngettext

from people.models import Entity

from .registry import Words, classes

TABLE = Path(__file__).parent.parent / "retention.toml"
UNITS = {"days", "months"}
LONGEST = 1200  # a hundred years of months; what is kept longer is kept for ever


@dataclass(frozen=True, slots=True)
class Kept:
    """A class of rows that go after a time.

    ``events``: the columns (days or instants) from which the time counts; the first that is set and old enough lets the
    row go. ``which`` narrows the rows to those that may go before a day. ``person``: the way from a row to its person,
    "" where it is nobody's. ``go`` does something else than deleting. ``planned``: others' calendars and counts of
    coverage are told, for they were made from it.
    """

    code: str
    title: Words
    after: Words
    model: str
    events: tuple[str, ...] = ()
    which: Callable[[date], Q] | None = None
    person: str = "person"
    go: Callable[[Collection, datetime], None] | None = None
    planned: bool = False

    @property
    def rows(self) -> type[Model]:
        return apps.get_model(self.model)

    def before(self, day: date) -> QuerySet:
        """The rows whose event lies before ``day``."""
        found = reduce(or_, (Q(**{f"{name}__lt": self._limit(name, day)}) for name in self.events), Q())
        return self.rows.objects.filter(found & self.which(day) if self.which else found)

    def _limit(self, name: str, day: date) -> date | datetime:
        model = self.rows
        for step in name.split("__")[:-1]:
            model = model._meta.get_field(step).related_model
        if isinstance(model._meta.get_field(name.split("__")[-1]), DateTimeField):
            return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))
        return day


@dataclass(frozen=True, slots=True)
class Period:
    """A time after which a class goes."""

    number: int
    unit: str
    whole_years: bool = False

    def limit(self, today: date) -> date:
        """The first day that stays: rows of the days before it go on ``today``."""
        found = today - relativedelta(**{self.unit: self.number})
        return found.replace(month=1, day=1) if self.whole_years else found

    @property
    def words(self) -> str:
        if self.unit == "days":
            return ngettext("%(count)d day", "%(count)d days", self.number) % {"count": self.number}
        if self.number % 12 == 0:
            years = self.number // 12
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        return ngettext("%(count)d month", "%(count)d months", self.number) % {"count": self.number}


@dataclass(frozen=True, slots=True)
class Due:
    """A class on the page: how many rows go today, and within 30 days; None where they belong to nobody's company."""

    kept: Kept
    period: Period
    today: int | None
    soon: int | None


def periods() -> Mapping[str, Period]:
    """Class → its time: ours, and your own where ``RETENTION_FILE`` gives them."""
    return _read(getattr(settings, "RETENTION_FILE", ""))


@lru_cache(maxsize=4)
def _read(own: str) -> dict[str, Period]:
    rows = tomllib.loads(TABLE.read_text("utf-8"))
    if own:
        rows |= _own_rows(Path(own), set(rows))
    return {code: _period(code, row) for code, row in rows.items()}


def _own_rows(path: Path, known: set[str]) -> dict[str, dict]:
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ImproperlyConfigured(f"RETENTION_FILE {str(path)!r} cannot be read: {fault}.") from fault
    if unknown := sorted(set(rows) - known):
        raise ImproperlyConfigured(
            f"RETENTION_FILE names the class {unknown[0]!r}; known are {', '.join(sorted(known))}."
        )
    return rows


def _period(code: str, row: object) -> Period:
    row = dict(row) if isinstance(row, dict) else {}
    whole_years = row.pop("whole_years", False)
    unit, number = next(iter(row.items()), ("", 0))
    whole = isinstance(number, int) and not isinstance(number, bool)
    if (
        len(row) != 1
        or unit not in UNITS
        or not whole
        or not 1 <= number <= LONGEST
        or whole_years not in (True, False)
    ):
        raise ImproperlyConfigured(
            f"The time of the class {code!r} is {row}; write months or days from 1 to {LONGEST}, such as months = 12."
        )
    return Period(number, unit, whole_years)


def due_on(kept: Kept, today: date) -> QuerySet:
    """The rows of a class that go on ``today``."""
    return kept.before(periods()[kept.code].limit(today))


def dry_run(entities: QuerySet[Entity], today: date) -> list[Due]:
    """What would go today and within 30 days in these companies, by class. Two queries a class; nothing is written."""
    soon = today + timedelta(days=30)

    def count(kept: Kept, day: date) -> int | None:
        way = f"{kept.person}__" if kept.person != "pk" else ""
        return due_on(kept, day).filter(**{f"{way}entity__in": entities}).count() if kept.person else None

    return [Due(kept, periods()[kept.code], count(kept, today), count(kept, soon)) for kept in classes()]
