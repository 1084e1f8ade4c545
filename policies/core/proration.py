"""Days due over the agreement's year: one line for each stretch of contract, then the rounding.

Exact fractions inside; a line shows hundredths of a day, and the lines always add up to the total.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from .answers import Entitlement, Line
from .document import FAR, Agreement, Clause, Reading
from .facts import ContractFacts, Facts

CENT = Decimal("0.01")
_REMEMBERED = 4096
_ONE_DAY = timedelta(days=1)
_STEPS = {"half_day": Fraction(1, 2), "day": Fraction(1)}


@dataclass(frozen=True, slots=True)
class Due:
    """An entitlement and the numbers that rules need of it. ``period``: "2026", or both ends of another year."""

    entitlement: Entitlement
    first: date
    last: date
    next: date
    period: str
    halves: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of the year under one contract rate and one value; ``base`` is that value in days at full time."""

    first: date
    last: date
    rate: Decimal
    base: Decimal
    article: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def entitlement_at(facts: Facts, agreement: Agreement, day: date) -> Due | None:
    """Days due over the year that holds ``day``; None when the agreement sets no yearly cap for the person.

    Raises NoValueInForce when the agreement is not in force that day, a value is missing or a reading open."""
    key = ("due", agreement, year_start(agreement, day))
    memory = facts._counts
    if key not in memory:
        memory[key] = _shared(facts, agreement, key[-1], day)
    return memory[key]


def year_start(agreement: Agreement, day: date) -> date:
    """First day of the agreement's year around ``day``: civil, or from another date."""
    starts = agreement.cache.get("year_starts")
    if starts is None:
        reading = agreement.reading("year_start")
        starts = (reading.params.get("month", 1), reading.params.get("day", 1))
        agreement.cache["year_starts"] = starts
    start = date(day.year, *starts)
    return start if start <= day else date(day.year - 1, *starts)


def _shared(facts: Facts, agreement: Agreement, start: date, day: date) -> Due | None:
    """People with the same contracts in the year are due the same days: computed once an agreement."""
    end = date(start.year + 1, start.month, start.day) - _ONE_DAY
    held = (c for c in facts.contracts if c.start <= end and (c.end is None or c.end >= start))
    contracts = tuple(sorted(held, key=lambda contract: contract.start))
    clipped = tuple((max(c.start, start), min(c.end or end, end), c.rate, c.status) for c in contracts)
    key = (start, clipped, facts.job)
    shared = agreement.cache.setdefault("dues", {})
    if key not in shared:
        if len(shared) >= _REMEMBERED:
            shared.clear()
        shared[key] = _compute(agreement, contracts, facts.job, (start, end), day)
    return shared[key]


def _compute(agreement: Agreement, contracts, job: str, year: tuple[date, date], day: date) -> Due | None:
    clause = agreement.clause("yearly_cap", contract=_latest(contracts, day), job=job)
    mentioned = clause or next((rule for rule in agreement.rules if rule.kind == "yearly_cap"), None)
    if mentioned is None:
        return None
    if not agreement.is_in_force(day):
        raise agreement.silent("yearly_cap", day, mentioned.article)
    if clause is not None and not agreement.dated(clause, day).applies:
        return None
    first, last = max(year[0], agreement.in_force), min(year[1], agreement.ends)
    stretches = list(_merged(_stretches(agreement, contracts, job, year)))
    if not stretches and contracts and clause is None:
        return None
    lines, halves = _sum(agreement, _whole_year(agreement, stretches), _length(year))
    entitlement = Entitlement(first, last, Decimal(halves) / 2, mentioned.article, lines)
    return Due(entitlement, first, last, year[1] + _ONE_DAY, _period(year), halves)


def _length(year: tuple[date, date]) -> int:
    return (year[1] - year[0]).days + 1


def _period(year: tuple[date, date]) -> str:
    is_civil = (year[0].month, year[0].day) == (1, 1)
    return str(year[0].year) if is_civil else f"{year[0].isoformat()}/{year[1].isoformat()}"


def _latest(contracts, day: date) -> ContractFacts | None:
    """The contract on ``day``, else one of the year: it names the population for a day before or after it."""
    holding = [c for c in contracts if c.start <= day and (c.end is None or day <= c.end)]
    return max(holding or contracts, key=lambda contract: contract.start, default=None)


def _stretches(agreement: Agreement, contracts, job: str, year: tuple[date, date]) -> Iterator[_Stretch]:
    """The year cut wherever a contract or a value starts or ends; days without contract or cap are left out."""
    changes = _cap_changes(agreement)
    by_days = _cut_by_values(agreement, changes, year)
    first, last = (max(year[0], agreement.in_force), min(year[1], agreement.ends)) if by_days else year
    for start, end in _cuts(contracts, changes if by_days else (), first, last):
        contract = _latest([c for c in contracts if c.start <= start and (c.end is None or start <= c.end)], start)
        clause = agreement.clause("yearly_cap", contract=contract, job=job) if contract else None
        if clause is None:
            continue
        value = agreement.dated(clause, start if by_days else max(year[0], agreement.in_force))
        if value.applies:
            yield _Stretch(start, end, contract.rate, Decimal(value.params["halves"]) / 2, clause.article)


def _cap_changes(agreement: Agreement) -> tuple[date, ...]:
    """The days on which the cap of somebody starts, changes or ends."""
    if "cap changes" not in agreement.cache:
        values = [value for rule in agreement.rules if rule.kind == "yearly_cap" for value in rule.values]
        days = {value.first for value in values} | {value.last + _ONE_DAY for value in values if value.last < FAR}
        agreement.cache["cap changes"] = tuple(
            sorted(day for day in days | {agreement.in_force} if agreement.is_in_force(day))
        )
    return agreement.cache["cap changes"]


def _cut_by_values(agreement: Agreement, changes: tuple[date, ...], year: tuple[date, date]) -> bool:
    """Is a value that changes within the year counted by days? The reading is needed only where one does."""
    inside = any(year[0] < change <= year[1] for change in changes) or agreement.ends < year[1]
    return not inside or agreement.reading("change_of_value").choice == "by_days"


def _cuts(contracts, changes, first: date, last: date) -> Iterator[tuple[date, date]]:
    starts = {first}
    for contract in contracts:
        starts.add(contract.start)
        if contract.end is not None and contract.end < last:
            starts.add(contract.end + _ONE_DAY)
    starts.update(changes)
    cuts = sorted(start for start in starts if first <= start <= last)
    for index, start in enumerate(cuts):
        yield start, cuts[index + 1] - _ONE_DAY if index + 1 < len(cuts) else last


def _merged(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Neighbours of the same rate and value are one: renewing a contract changes nothing."""
    current = None
    for stretch in stretches:
        same = current and (current.rate, current.base) == (stretch.rate, stretch.base)
        if same and current.last + _ONE_DAY == stretch.first:
            current = _Stretch(current.first, stretch.last, current.rate, current.base, current.article)
            continue
        if current:
            yield current
        current = stretch
    if current:
        yield current


def _whole_year(agreement: Agreement, stretches: list[_Stretch]) -> list[tuple[_Stretch, bool]]:
    """With the reading ``whole_year``, arrival and departure cut nothing: the first stretch stands for the year."""
    if agreement.reading("within_year").choice == "whole_year":
        return [(stretch, True) for stretch in stretches[:1]]
    return [(stretch, False) for stretch in stretches]


def _sum(agreement: Agreement, stretches: list[tuple[_Stretch, bool]], year_days: int) -> tuple[tuple[Line, ...], int]:
    """The lines and their total in half-days."""
    if not stretches:
        return (Line("no_contract", {}, Decimal(0)),), 0
    rounding = agreement.reading("rounding")
    each = rounding.params["of"] == "each_part"
    exact = Fraction(0)
    shown = Decimal(0)
    lines = []
    for stretch, whole in stretches:
        part, data = _part(agreement, stretch, 1 if whole else Fraction(stretch.days, year_days), year_days)
        exact += _rounded(part, rounding) if each else part
        until = _hundredths(exact)
        lines.append(Line("whole_year" if whole else "stretch", data, until - shown))
        shown = until
    total = exact if each else _rounded(exact, rounding)
    if total != exact or _hundredths(total) != shown:
        lines.append(
            Line(
                "rounding", {"step": rounding.params["step"], "direction": rounding.choice}, _hundredths(total) - shown
            )
        )
    return tuple(lines), int(total * 2)


def _part(agreement: Agreement, stretch: _Stretch, share: Fraction | int, year_days: int) -> tuple[Fraction, dict]:
    yearly = _at_rate(agreement, stretch)
    data = {
        "first": stretch.first.isoformat(),
        "last": stretch.last.isoformat(),
        "base": str(stretch.base),
        "rate": str(stretch.rate),
        "at_rate": str(_hundredths(yearly)),
        "method": agreement.reading("part_time").choice,
        "calendar_days": stretch.days,
        "year_days": year_days,
    }
    return yearly * share, data


def _at_rate(agreement: Agreement, stretch: _Stretch) -> Fraction:
    """Days of a whole year at the contract's rate, by the reading ``part_time``."""
    reading = agreement.reading("part_time")
    if reading.choice == "none" or stretch.rate >= 100:
        return Fraction(stretch.base)
    if reading.choice == "linear":
        return Fraction(stretch.base) * Fraction(stretch.rate) / 100
    return _from_scale(agreement, reading, stretch)


def _from_scale(agreement: Agreement, reading: Reading, stretch: _Stretch) -> Fraction:
    """The days entered for a rate; between two rates as the scale's ``between`` says, or an error naming the rate."""
    scale = {**dict(reading.params["scale"]), Decimal(100): stretch.base}
    if stretch.rate in scale:
        return Fraction(scale[stretch.rate])
    below = max((rate for rate in scale if rate < stretch.rate), default=None)
    above = min(rate for rate in scale if rate > stretch.rate)
    if reading.params["between"] == "row_below" and below is not None:
        return Fraction(scale[below])
    if reading.params["between"] == "linear" and below is not None:
        way = Fraction(stretch.rate - below) / Fraction(above - below)
        return Fraction(scale[below]) + way * Fraction(scale[above] - scale[below])
    raise agreement.silent(
        f"readings.part_time.scale, {stretch.rate} %", stretch.first, reading.article or stretch.article
    )


def _rounded(amount: Fraction, rounding: Reading) -> Fraction:
    """To the step, up, down or to the nearest (a tie goes up)."""
    step = _STEPS[rounding.params["step"]]
    steps = amount / step
    direction = rounding.choice
    whole = ceil(steps) if direction == "up" else floor(steps) if direction == "down" else floor(steps + Fraction(1, 2))
    return whole * step


def _hundredths(amount: Fraction) -> Decimal:
    return (Decimal(floor(amount * 100 + Fraction(1, 2))) / 100).quantize(CENT)


def clause_for(agreement: Agreement, kind: str, contract: ContractFacts | None, job: str, day: date) -> Clause | None:
    """The clause of that kind that holds for somebody on a day, None where there is none or it is repealed."""
    clause = agreement.clause(kind, contract=contract, job=job)
    if clause is None or not agreement.is_in_force(day):
        return None
    value = clause.on(day)
    return clause if value is not None and value.applies else None
