"""Whom a clause is for: contracts, jobs, traits, units and rates; and when two populations cannot meet."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .facts import ContractFacts, Facts

_NONE: frozenset[str] = frozenset()
_WEEKS_AROUND = 2


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a rule is for; what is left out restricts nothing.

    A list means "one of these", its ``except_`` "none of these", ``all_traits`` "every one of these". Bounds include
    their ends, but for ``rate_above`` and ``rate_below``. ``unit_*`` counts heads of the person's unit, ``rate_*`` is
    the percentage of full time, ``days_*`` the days of the weekly pattern, ``months_*`` whole months since hiring.
    """

    statuses: frozenset[str] = _NONE
    except_statuses: frozenset[str] = _NONE
    jobs: frozenset[str] = _NONE
    except_jobs: frozenset[str] = _NONE
    full_time: bool | None = None
    traits: frozenset[str] = _NONE
    all_traits: frozenset[str] = _NONE
    except_traits: frozenset[str] = _NONE
    units: frozenset[str] = _NONE
    except_units: frozenset[str] = _NONE
    unit_least: int | None = None
    unit_most: int | None = None
    rate_from: Decimal | None = None
    rate_to: Decimal | None = None
    rate_above: Decimal | None = None
    rate_below: Decimal | None = None
    days_least: Decimal | None = None
    days_most: Decimal | None = None
    months_least: int | None = None
    months_below: int | None = None
    formula: str = ""
    # Does it ask for more than the contract and the job, so that the facts of a day must be looked at?
    is_personal: bool = field(default=False, init=False, compare=False, repr=False)
    # Does it look at the very day, so that the days around it tell nothing?
    is_of_the_day: bool = field(default=False, init=False, compare=False, repr=False)
    _rated: bool = field(default=False, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Looked at for every rule of every day: so found out once."""
        # While EVERYBODY itself is being made there is nothing to compare with, and nothing asked.
        everybody = globals().get("EVERYBODY")
        personal = everybody and any(getattr(self, name) != getattr(everybody, name) for name in _OF_THE_DAY)
        object.__setattr__(self, "is_personal", bool(personal))
        measured = self.days_least, self.days_most, self.months_least, self.months_below
        object.__setattr__(self, "is_of_the_day", any(bound is not None for bound in measured))
        object.__setattr__(self, "_rated", any(bound is not None for bound in self._rates()[::2]))

    def holds(self, contract: ContractFacts | None, job: str) -> bool:
        """Is somebody with this contract and job meant? Nobody without a contract is."""
        if contract is None:
            return False
        if (self.statuses and contract.status not in self.statuses) or contract.status in self.except_statuses:
            return False
        if (self.jobs and job not in self.jobs) or job in self.except_jobs:
            return False
        if self.full_time is not None and self.full_time != (contract.rate >= 100):
            return False
        return not self._rated or _within(contract.rate, self._rates())

    def includes(self, facts: Facts, contract: ContractFacts | None, day: date) -> bool:
        """Is the person of these facts meant on that day?"""
        return self.holds(contract, facts.job) and (not self.is_personal or self._is_met(facts, contract, day))

    def is_apart_from(self, other: "Population") -> bool:
        """Can nobody belong to both?"""
        return (
            _apart(self.statuses, self.except_statuses, other.statuses, other.except_statuses)
            or _apart(self.jobs, self.except_jobs, other.jobs, other.except_jobs)
            or {self.full_time, other.full_time} == {True, False}
            or _traits_apart(self, other)
            or _traits_apart(other, self)
            or _apart(_NONE, self.except_units, other.units, _NONE)
            or _apart(_NONE, other.except_units, self.units, _NONE)
            or bool(self.formula and other.formula and self.formula != other.formula)
            or any(_beyond(ours, theirs) or _beyond(theirs, ours) for ours, theirs in _bounds(self, other))
        )

    def _is_met(self, facts: Facts, contract: ContractFacts, day: date) -> bool:
        if self.traits and not any(facts.has(code, day) for code in self.traits):
            return False
        if any(facts.has(code, day) for code in self.except_traits):
            return False
        if not all(facts.has(code, day) for code in self.all_traits):
            return False
        if (self.units and self.units.isdisjoint(facts.units)) or not self.except_units.isdisjoint(facts.units):
            return False
        if self.formula and facts.formula(day) != self.formula:
            return False
        return all(_within(measured, bounds) for measured, bounds in self._measures(facts, contract, day))

    def _measures(self, facts: Facts, contract: ContractFacts, day: date):
        if self.unit_least is not None or self.unit_most is not None:
            yield facts.unit_size(day), self._unit()
        if self.days_least is not None or self.days_most is not None:
            yield days_a_week(facts, contract, day), self._days()
        if self.months_least is not None or self.months_below is not None:
            yield months_since(facts.hired or contract.start, day), self._months()

    # Bounds as (least, is it excluded, most, is it excluded).
    def _rates(self):
        least, most = self.rate_from, self.rate_to
        if self.rate_above is not None and (least is None or self.rate_above >= least):
            return self.rate_above, True, *self._rate_end(most)
        return least, False, *self._rate_end(most)

    def _rate_end(self, most: Decimal | None):
        if self.rate_below is not None and (most is None or self.rate_below <= most):
            return self.rate_below, True
        return most, False

    def _unit(self):
        return self.unit_least, False, self.unit_most, False

    def _days(self):
        return self.days_least, False, self.days_most, False

    def _months(self):
        return self.months_least, False, self.months_below, True


EVERYBODY = Population()
_OF_THE_DAY = (
    "traits", "all_traits", "except_traits", "units", "except_units", "unit_least", "unit_most", "days_least",
    "days_most", "months_least", "months_below", "formula",
)  # fmt: skip


def days_a_week(facts: Facts, contract: ContractFacts, day: date) -> Decimal:
    """Days of the weekly pattern: as the contract says, else the fullest of the weeks around, holidays being off."""
    if contract.days_a_week is not None:
        return contract.days_a_week
    key = ("days a week", day.toordinal() // 7)
    if key not in facts._counts:
        monday = day - timedelta(days=day.weekday())
        weeks = (monday + timedelta(weeks=n) for n in range(-_WEEKS_AROUND, _WEEKS_AROUND + 1))
        facts._counts[key] = max(_days_due(facts, week) for week in weeks)
    return Decimal(facts._counts[key])


def _days_due(facts: Facts, monday: date) -> int:
    week = (facts.workdays.get(monday + timedelta(days=offset)) for offset in range(7))
    return sum(1 for workday in week if workday is not None and workday.due)


def months_since(first: date, day: date) -> int:
    """Whole calendar months from one day to another."""
    return (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)


def _within(measured, bounds) -> bool:
    least, above, most, below = bounds
    if measured is None:
        return least is None and most is None
    if least is not None and (measured <= least if above else measured < least):
        return False
    return most is None or (measured < most if below else measured <= most)


def _bounds(one: Population, two: Population):
    for name in ("_rates", "_unit", "_days", "_months"):
        yield getattr(one, name)(), getattr(two, name)()


def _beyond(low, high) -> bool:
    """Does the first range end before the second begins?"""
    most, below, least, above = low[2], low[3], high[0], high[1]
    return most is not None and least is not None and (most < least or (most == least and (below or above)))


def _traits_apart(one: Population, two: Population) -> bool:
    needed = one.all_traits | (one.traits if len(one.traits) == 1 else _NONE)
    return bool(needed & two.except_traits) or bool(one.traits and one.traits <= two.except_traits)


def _apart(ours: frozenset, not_ours: frozenset, theirs: frozenset, not_theirs: frozenset) -> bool:
    if ours and theirs:
        return not ((ours - not_ours) & (theirs - not_theirs))
    return bool((ours and ours <= not_theirs) or (theirs and theirs <= not_ours))
