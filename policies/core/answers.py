"""What the engine answers besides decisions: greying, entitlement with its sum, balance, gauges, allowance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .decision import Verdict


@dataclass(frozen=True, slots=True)
class Glance:
    """The short answer for a day: its verdict, and the first rule that refuses (or "") with its sentence code."""

    verdict: Verdict
    rule: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sum: ``days`` is its part of the total, ``data`` the numbers behind it (JSON-safe)."""

    code: str
    data: Mapping[str, object]
    days: Decimal


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Days due from ``first`` to ``last``, both included; the lines' days add up to ``total`` exactly.

    ``unit`` is day, or the unit in which the agreement counts (half_day, slot, hour …); ``name`` its clause."""

    first: date
    last: date
    total: Decimal
    article: str
    lines: tuple[Line, ...] = ()
    unit: str = "day"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Days of an entitlement: done before today, booked (granted, today or later), pending an answer, left."""

    entitlement: Entitlement
    done: Decimal
    booked: Decimal
    pending: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class Gauge:
    """Days held in a week, a month or another window, and the cap there; ``limit`` is None where there is none.

    ``per``: week, month, year …; ``unit``: what is counted; ``name``: the clause, where several caps hold."""

    rule: str
    article: str
    first: date
    last: date
    used: Decimal
    limit: Decimal | None = None
    per: str = "week"
    unit: str = "day"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the granted days from one date to another are paid: days, rate on the last of them, amount, article."""

    days: Decimal
    rate: Decimal
    amount: Decimal
    article: str
    currency: str = "EUR"
    lines: tuple[Line, ...] = field(default=())
