"""What must hold: the requirements, their scope, and the layers of which the last one wins on a date."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from fractions import Fraction

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a requirement counts; None is any. ``site`` is the shift's, not the person's home site."""

    skill: str | None = None
    team: str | None = None
    site: str | None = None


class Layer(IntEnum):
    """On a date, the highest layer of a requirement that has a rule for it stands alone."""

    WEEKLY = 0
    HOLIDAY = 1
    DATED = 2


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One clause. ``group`` names the requirement whose layers it belongs to ("" = it stands for itself).

    ``days`` are local weekdays (0 = Monday); ``dates`` restricts it to some dates (public holidays, dated layers).
    """

    name: str
    zone: str
    scope: Scope = Scope()
    days: frozenset[int] = EVERY_DAY
    layer: Layer = Layer.WEEKLY
    dates: frozenset[date] | None = None
    group: str = ""

    def falls_on(self, day: date) -> bool:
        """True if the rule has something to say on ``day``, other layers apart."""
        return day.weekday() in self.days and (self.dates is None or day in self.dates)


@dataclass(frozen=True, kw_only=True)
class MinuteRule(Rule):
    """A rule that must hold at every minute of its local window; equal times are a full local day."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True)
class Minimum(MinuteRule):
    """At least ``required`` people: on site, or also remote (``anyone``), or also on call (``on_call``)."""

    required: int
    anyone: bool = False
    on_call: bool = False

    def broken(self, value, limit):
        """Value: people counted; limit: people required. Numbers or arrays."""
        return value < limit


@dataclass(frozen=True, kw_only=True)
class RemoteShareAtOnce(MinuteRule):
    """At most ``percent`` of those working may be remote at the same minute."""

    percent: Fraction

    def broken(self, value, limit):
        """Value: people remote; limit: people working. Numbers or arrays."""
        return _over(value, limit, self.percent)


@dataclass(frozen=True, kw_only=True)
class RemoteShareOfDay(Rule):
    """At most ``percent`` of a date's people (or of its minutes) may be remote, over the shifts of that date."""

    percent: Fraction
    minutes: bool = False

    def broken(self, value, limit):
        """Value: people (minutes) remote; limit: people (minutes) worked. Numbers or arrays."""
        return _over(value, limit, self.percent)


@dataclass(frozen=True, kw_only=True)
class RemotePeopleOfDay(Rule):
    """At most ``limit`` people of a date may be remote at any minute of its shifts."""

    limit: int

    def broken(self, value, limit):
        """Value: people remote; limit: people allowed. Numbers or arrays."""
        return value > limit


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a rule does not hold: minutes ``start`` to ``end`` of the window of ``day``, or the date as a whole (None).

    ``before`` and ``value`` are the numbers without and with the booking; ``limit`` is what they are held against.
    """

    rule: Rule
    day: date
    before: int
    value: int
    limit: int
    start: int | None = None
    end: int | None = None


def _over(value, limit, percent: Fraction):
    """value / limit > percent / 100, in whole numbers."""
    return value * 100 * percent.denominator > percent.numerator * limit


def standing_days(rules: Sequence[Rule], days: Sequence[date]) -> list[list[date]]:
    """For each rule the dates on which it stands: weekly < public holiday < dated, the last wins in its group."""
    asked = [[day for day in days if rule.falls_on(day)] for rule in rules]
    top: dict[tuple[str, date], Layer] = defaultdict(lambda: Layer.WEEKLY)
    for rule, dates in zip(rules, asked, strict=True):
        if rule.group and rule.layer:
            for day in dates:
                top[rule.group, day] = max(top[rule.group, day], rule.layer)
    return [
        [day for day in dates if not rule.group or rule.layer >= top.get((rule.group, day), Layer.WEEKLY)]
        for rule, dates in zip(rules, asked, strict=True)
    ]
