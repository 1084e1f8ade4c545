"""Extra envelopes: days on top of a cap, used only when it is exhausted, and which of them each day is counted on."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from .carrying import with_carried
from .document import Agreement, Clause
from .facts import ORDINARY, Facts
from .limits import Row, holding, limit_over, standing_on, tally_for, windows_for


class Spread(NamedTuple):
    """Where one day goes: what each extra takes of it, in points of its own unit, by the name of its clause."""

    extras: Mapping[str, int]

    @property
    def counted_on(self) -> str:
        return ", ".join(name for name, points in self.extras.items() if points)


class Ledger:
    """The days held, in the order of the calendar, each laid on its cap and what overflows on the extras."""

    def __init__(self, facts: Facts, agreement: Agreement) -> None:
        self.facts, self.agreement = facts, agreement
        self.days: dict[str, list[tuple[date, int]]] = {}
        self._used: dict[tuple[str, date], int] = {}
        self._asked: dict[tuple[date, int, str], Spread] = {}
        for day, halves in sorted(facts.counted.items()):
            if halves:
                form = facts.forms.get(day, ORDINARY)
                for name, points in self._lay(day, halves, form).extras.items():
                    self.days.setdefault(name, []).append((day, points))

    def over(self, name: str, first: date, last: date) -> int:
        """Points counted on an extra from one day to another."""
        return sum(points for day, points in self.days.get(name, ()) if first <= day <= last)

    def ask(self, day: date, halves: int, form: str) -> Spread:
        """Where one more day would go, once all that are held have their place."""
        key = (day, halves, form)
        if key not in self._asked:
            kept = dict(self._used)
            self._asked[key] = self._lay(day, halves & ~self.facts.booked.get(day, 0), form)
            self._used = kept
        return self._asked[key]

    def _lay(self, day: date, halves: int, form: str) -> Spread:
        over = {}
        for clause in bases_of(self.agreement):
            share = self._on_base(clause, day, halves, form)
            if share is not None:
                over[clause.name] = share
        taken: dict[str, int] = {}
        covered = Fraction(0)
        extras = [(e, p) for e in extras_of(self.agreement) if (p := holding(*self._where(e), day, form)) is not None]
        for index, (clause, p) in enumerate(extras):
            beyond = [over[name] for name in p["on_top_of"] if name in over]
            share = max(beyond, default=Fraction(1)) - covered
            if share > 0:
                points, part = self._on_extra(clause, p, (day, halves), share, index == len(extras) - 1)
                taken[clause.name] = points
                covered += part
        return Spread(taken)

    def _where(self, clause: Clause) -> tuple[Facts, Agreement, Clause]:
        return self.facts, self.agreement, clause

    def _on_base(self, clause: Clause, day: date, halves: int, form: str) -> Fraction | None:
        """The part of a day that its cap has no room for; None where the cap is not for it."""
        p = holding(*self._where(clause), day, form)
        if p is None:
            return None
        s = standing_on(self.facts, self.agreement, clause, day)
        tally = tally_for(s, p)
        windows, points = windows_for(s, p, tally), tally.points(day, halves)
        if not windows or not points:
            return Fraction(0)
        window = windows[0]
        allowed = with_carried(s, p, Row(window, limit_over(s, p, window) * p["scale"], 0)).limit
        key = (clause.name, window.first)
        used = self._used.get(key, 0)
        fits = min(points, max(0, int(allowed) - used))
        self._used[key] = used + fits
        return Fraction(points - fits, points)

    def _on_extra(self, clause: Clause, p, held: tuple[date, int], share: Fraction, is_last: bool):
        """The points that an extra takes, and the part of the day they cover; the last takes what is left."""
        s = standing_on(self.facts, self.agreement, clause, held[0])
        tally = tally_for(s, p)
        asked = ceil(tally.points(*held) * share)
        windows = windows_for(s, p, tally)
        if not windows or not asked:
            return 0, Fraction(0)
        key = (clause.name, windows[0].first)
        room = max(0, int(limit_over(s, p, windows[0]) * p["scale"]) - self._used.get(key, 0))
        points = asked if is_last else min(asked, room)
        self._used[key] = self._used.get(key, 0) + points
        return points, share * points / asked


def extras_of(agreement: Agreement) -> tuple[Clause, ...]:
    """The caps that are on top of others."""
    return _split(agreement)[0]


def bases_of(agreement: Agreement) -> tuple[Clause, ...]:
    """The caps that others are on top of."""
    return _split(agreement)[1]


def _split(agreement: Agreement) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    if "envelopes" not in agreement.cache:
        caps = agreement.clauses("cap")
        extras = tuple(c for c in caps if any(value.params.get("on_top_of") for value in c.values))
        names = {name for c in extras for value in c.values for name in value.params.get("on_top_of", ())}
        agreement.cache["envelopes"] = extras, tuple(c for c in caps if c.name in names and c not in extras)
    return agreement.cache["envelopes"]


def extras_above(agreement: Agreement, name: str) -> tuple[Clause, ...]:
    """The extras on top of the cap of that name."""
    key = ("extras above", name)
    if key not in agreement.cache:
        agreement.cache[key] = tuple(
            c for c in extras_of(agreement) if any(name in value.params.get("on_top_of", ()) for value in c.values)
        )
    return agreement.cache[key]


def ledger_of(facts: Facts, agreement: Agreement) -> Ledger:
    """The ledger of a person's bookings; kept with the facts, which never change."""
    key = ("ledger", agreement)
    if key not in facts._counts:
        facts._counts[key] = Ledger(facts, agreement)
    return facts._counts[key]
