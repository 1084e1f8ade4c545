"""What a cap allows over a window, by contract: one line for each stretch of it, then the rounding.

Exact fractions inside; a line shows hundredths of a day, and the lines always add up to the total. The cap may be the
yearly one or any other: a family is the clauses of one kind and name, of which one at most holds for somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from .answers import Entitlement, Line
from .document import EVERYBODY, FAR, Agreement, Clause
from .facts import ContractFacts, Facts
from .population import days_a_week
from .rates import at_rate, base_of, reader_of, rounded
from .windows import Window, is_held, months_in

CENT = Decimal("0.01")
_REMEMBERED = 4096
_ONE_DAY = timedelta(days=1)


class Family(NamedTuple):
    """Clauses of one kind and name, each for its own people."""

    kind: str = "yearly_cap"
    name: str = ""


YEARLY = Family()


@dataclass(frozen=True, slots=True)
class Due:
    """An entitlement and the numbers that rules need of it. ``period``: "2026", or both ends of another year."""

    entitlement: Entitlement
    first: date
    last: date
    next: date
    period: str
    amount: Fraction

    @property
    def halves(self) -> int:
        return int(self.amount * 2)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of the window under one contract rate and one value; ``base`` is that value at full time.

    ``pattern``: days a week, where the reading asks for them; ``months``: twelfths of the window, where it counts so.
    """

    first: date
    last: date
    rate: Decimal
    base: Decimal
    article: str
    pattern: Decimal | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def until(self, last: date) -> "_Stretch":
        return _Stretch(self.first, last, self.rate, self.base, self.article, self.pattern)

    @property
    def worth(self) -> tuple:
        return self.rate, self.base, self.pattern


def clauses_of(agreement: Agreement, family: Family) -> tuple[Clause, ...]:
    """The applied clauses of a family, the binding ones first."""
    found = agreement.clauses(family.kind)
    return found if family.kind == YEARLY.kind else tuple(clause for clause in found if clause.name == family.name)


def entitlement_at(facts: Facts, agreement: Agreement, day: date) -> Due | None:
    """Days due over the year that holds ``day``; None when the agreement sets no yearly cap for the person.

    Raises NoValueInForce when the agreement is not in force that day, a value is missing or a reading open."""
    if not agreement.clauses(YEARLY.kind):
        return None
    key = ("due", agreement, year_start(agreement, day))
    memory = facts._counts
    if key not in memory:
        start = key[-1]
        year = Window(start, date(start.year + 1, start.month, start.day) - _ONE_DAY)
        memory[key] = due_over(facts, agreement, YEARLY, year, day)
    return memory[key]


def year_start(agreement: Agreement, day: date) -> date:
    """First day of the agreement's year around ``day``: civil, or from another date."""
    starts = agreement.cache.get("year_starts")
    if starts is None:
        main = next((clause for clause in _yearly_clauses(agreement)), None)
        reading = reader_of(agreement, main)("year_start")
        starts = (reading.params.get("month", 1), reading.params.get("day", 1))
        agreement.cache["year_starts"] = starts
    start = date(day.year, *starts)
    return start if start <= day else date(day.year - 1, *starts)


def _yearly_clauses(agreement: Agreement) -> Iterator[Clause]:
    """Those whose year is that of the agreement: the yearly cap, else a cap a year."""
    yield from agreement.clauses(YEARLY.kind)
    for clause in agreement.clauses("cap"):
        if any(value.params.get("follows_year") for value in clause.values):
            yield clause


def due_over(facts: Facts, agreement: Agreement, family: Family, window: Window, day: date) -> Due | None:
    """What a family of caps allows somebody over a window; None where none of its clauses is for them.

    People with the same contracts in the window are due the same: computed once an agreement, unless a clause looks
    at more of a person than contract and job."""
    held = (c for c in facts.contracts if c.start <= window.last and (c.end is None or c.end >= window.first))
    contracts = tuple(sorted(held, key=lambda contract: contract.start))
    if _is_personal(agreement, family):
        return _Sum(agreement, family, facts, contracts, window).due(day)
    clipped = tuple(
        (max(c.start, window.first), min(c.end or window.last, window.last), c.rate, c.status) for c in contracts
    )
    key = (family, window, clipped, facts.job)
    shared = agreement.cache.setdefault("dues", {})
    if key not in shared:
        if len(shared) >= _REMEMBERED:
            shared.clear()
        shared[key] = _Sum(agreement, family, facts, contracts, window).due(day)
    return shared[key]


def _is_personal(agreement: Agreement, family: Family) -> bool:
    """Does the sum depend on more than contracts and the job: traits, units, bands, the weekly pattern?"""
    key = ("personal", family)
    if key not in agreement.cache:
        clauses = clauses_of(agreement, family)
        agreement.cache[key] = any(
            clause.population.is_personal
            or any(value.params.get("bands") for value in clause.values)
            or _by_pattern(agreement, clause)
            for clause in clauses
        )
    return agreement.cache[key]


def _by_pattern(agreement: Agreement, clause: Clause) -> bool:
    reading = clause.readings.get("part_time") or agreement.readings.get("part_time")
    return reading is not None and reading.choice in ("by_pattern", "presence_first")


class _Sum:
    """The sum of one person's window."""

    def __init__(self, agreement: Agreement, family: Family, facts: Facts, contracts, window: Window) -> None:
        self.agreement, self.family, self.facts, self.contracts, self.window = (
            agreement, family, facts, contracts, window,
        )  # fmt: skip
        self.clauses = clauses_of(agreement, family)
        self.read = reader_of(agreement, next(iter(self.clauses), None))

    def due(self, day: date) -> Due | None:
        agreement = self.agreement
        clause = self._clause_for(_latest(self.contracts, day), day)
        mentioned = clause or next(iter(self.clauses), None)
        if mentioned is None:
            return None
        if not agreement.is_in_force(day):
            raise agreement.silent(self.family.kind, day, mentioned.article)
        if clause is not None and not agreement.dated(clause, day).applies:
            return None
        window = self.window
        first, last = max(window.first, agreement.in_force), min(window.last, agreement.ends)
        # The day tells whose sum it is; what it is made of is the same for every day of the window.
        key = "sum", agreement, self.family, window, id(mentioned)
        memory = self.facts._counts
        if key not in memory:
            stretches = list(_merged(self._stretches()))
            memory[key] = bool(stretches), *self._sum(stretches)
        has_stretches, lines, amount = memory[key]
        if not has_stretches and self.contracts and clause is None:
            return None
        entitlement = Entitlement(first, last, shown_amount(amount), mentioned.article, lines)
        return Due(entitlement, first, last, window.last + _ONE_DAY, period_of(window), amount)

    def _clause_for(self, contract: ContractFacts | None, day: date) -> Clause | None:
        return next((c for c in self.clauses if self._is_for(c, contract, day)), None)

    def _is_for(self, clause: Clause, contract: ContractFacts | None, day: date) -> bool:
        return clause.population is EVERYBODY or clause.population.includes(self.facts, contract, day)

    def _stretches(self) -> Iterator[_Stretch]:
        """The window cut wherever a contract or a value starts or ends; days without contract or cap are left out."""
        agreement, window = self.agreement, self.window
        changes = _cap_changes(agreement, self.family)
        by_days = self._cut_by_values(changes)
        first, last = (max(window.first, agreement.in_force), min(window.last, agreement.ends)) if by_days else window
        for start, end in self._cuts(changes if by_days else (), first, last):
            contract = _latest([c for c in self.contracts if c.start <= start and (c.end or FAR) >= start], start)
            clause = self._clause_for(contract, start) if contract else None
            if clause is None:
                continue
            value = agreement.dated(clause, start if by_days else max(window.first, agreement.in_force))
            if value.applies:
                base = base_of(value.params, self.facts, contract, start)
                if base is None:
                    raise agreement.silent(f"{clause.kind} {clause.name}".strip(), start, clause.article)
                pattern = days_a_week(self.facts, contract, start) if _by_pattern(agreement, clause) else None
                yield _Stretch(start, end, contract.rate, base, clause.article, pattern)

    def _cut_by_values(self, changes: tuple[date, ...]) -> bool:
        """Is a value that changes within the window counted by days? The reading is needed only where one does."""
        window = self.window
        inside = any(window.first < change <= window.last for change in changes) or self.agreement.ends < window.last
        return not inside or self.read("change_of_value").choice == "by_days"

    def _cuts(self, changes, first: date, last: date) -> Iterator[tuple[date, date]]:
        starts = {first, *changes}
        for contract in self.contracts:
            starts.add(contract.start)
            if contract.end is not None and contract.end < last:
                starts.add(contract.end + _ONE_DAY)
        if _is_personal(self.agreement, self.family):
            starts |= _personal_changes(self.facts)
        cuts = sorted(start for start in starts if first <= start <= last)
        for index, start in enumerate(cuts):
            yield start, cuts[index + 1] - _ONE_DAY if index + 1 < len(cuts) else last

    def _sum(self, stretches: list[_Stretch]) -> tuple[tuple[Line, ...], Fraction]:
        """The lines and their total."""
        if not stretches:
            return (Line("no_contract", {}, Decimal(0)),), Fraction(0)
        rounding = self.read("rounding")
        each = rounding.params.get("of") == "each_part"
        exact, shown, lines = Fraction(0), Decimal(0), []
        for code, part, data in self._parts(stretches):
            exact += rounded(part, rounding) if each else part
            until = _hundredths(exact)
            lines.append(Line(code, data, until - shown))
            shown = until
        total = exact if each else rounded(exact, rounding)
        if total != exact or (_hundredths(total) != shown):
            how = {"step": rounding.params["step"], "direction": rounding.choice}
            lines.append(Line("rounding", how, _hundredths(total) - shown))
        return tuple(lines), total

    def _parts(self, stretches: list[_Stretch]):
        """Each stretch with the code of its line, its exact part of the total, and the numbers behind it.

        By ``whole_year`` arrival and departure cut nothing: the first stretch stands for the window."""
        reading = self.read("within_year")
        if reading.choice == "whole_year":
            stretch = stretches[0]
            yield "whole_year", *self._part(stretch, Fraction(1))
        elif reading.choice == "by_months":
            yield from self._twelfths(stretches, reading.params["months"])
        else:
            for stretch in stretches:
                yield "stretch", *self._part(stretch, Fraction(stretch.days, self.window.days))

    def _twelfths(self, stretches: list[_Stretch], counted: str):
        """Each month belongs to the stretch that holds its first day held, so that no month counts twice."""
        months, held = list(months_in(self.window)), [0] * len(stretches)
        spans = [Window(stretch.first, stretch.last) for stretch in stretches]
        for month in months:
            shared = [month.shared(span) for span in spans]
            if is_held(month, sum(shared), counted=counted):
                held[next(index for index, days in enumerate(shared) if days)] += 1
        for stretch, count in zip(stretches, held, strict=True):
            part, data = self._part(stretch, Fraction(count, len(months)))
            yield "twelfths", part, {**data, "months": count, "of_months": len(months)}

    def _part(self, stretch: _Stretch, share: Fraction) -> tuple[Fraction, dict]:
        whole = at_rate(self.read, stretch.base, stretch.rate, stretch.pattern)
        if whole is None:
            reading = self.read("part_time")
            raise self.agreement.silent(
                f"readings.part_time.{reading.choice}, {stretch.rate} %",
                stretch.first,
                reading.article or stretch.article,
            )
        data = {
            "first": stretch.first.isoformat(),
            "last": stretch.last.isoformat(),
            "base": str(stretch.base),
            "rate": str(stretch.rate),
            "at_rate": str(_hundredths(whole)),
            "method": self.read("part_time").choice,
            "calendar_days": stretch.days,
            "year_days": self.window.days,
        }
        return whole * share, data


def period_of(window: Window) -> str:
    """ "2026" for a civil year, else both ends."""
    is_civil = (window.first.month, window.first.day) == (1, 1) and (window.last.month, window.last.day) == (12, 31)
    return str(window.first.year) if is_civil else f"{window.first.isoformat()}/{window.last.isoformat()}"


def _latest(contracts, day: date) -> ContractFacts | None:
    """The contract on ``day``, else one of the window: it names the population for a day before or after it."""
    holding = [c for c in contracts if c.start <= day and (c.end is None or day <= c.end)]
    return max(holding or contracts, key=lambda contract: contract.start, default=None)


def _cap_changes(agreement: Agreement, family: Family) -> tuple[date, ...]:
    """The days on which the cap of somebody starts, changes or ends."""
    key = ("cap changes", family)
    if key not in agreement.cache:
        values = [value for clause in clauses_of(agreement, family) for value in clause.values]
        days = {value.first for value in values} | {value.last + _ONE_DAY for value in values if value.last < FAR}
        agreement.cache[key] = tuple(sorted(day for day in days | {agreement.in_force} if agreement.is_in_force(day)))
    return agreement.cache[key]


def _personal_changes(facts: Facts) -> set[date]:
    """The days on which something recorded of a person begins or ends."""
    days = {trait.first for trait in facts.traits} | {since for since, _ in facts.unit_sizes}
    return days | {trait.last + _ONE_DAY for trait in facts.traits if trait.last < FAR}


def _merged(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Neighbours of the same rate and value are one: renewing a contract changes nothing."""
    current = None
    for stretch in stretches:
        if current and current.worth == stretch.worth and current.last + _ONE_DAY == stretch.first:
            current = current.until(stretch.last)
            continue
        if current:
            yield current
        current = stretch
    if current:
        yield current


def shown_amount(amount: Fraction) -> Decimal:
    """Halves as they are, anything else in hundredths."""
    return Decimal(int(amount * 2)) / 2 if (amount * 2).denominator == 1 else _hundredths(amount)


def _hundredths(amount: Fraction) -> Decimal:
    return (Decimal(floor(amount * 100 + Fraction(1, 2))) / 100).quantize(CENT)


def clause_for(agreement: Agreement, kind: str, contract: ContractFacts | None, job: str, day: date) -> Clause | None:
    """The clause of that kind that holds for somebody on a day, None where there is none or it is repealed."""
    clause = agreement.clause(kind, contract=contract, job=job)
    if clause is None or not agreement.is_in_force(day):
        return None
    value = clause.on(day)
    return clause if value is not None and value.applies else None
