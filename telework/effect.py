"""What approving a request would change that day: the team on site, hour by hour, and the person's week and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from people.models import Team
from policies import core
from policies.core.facts import Facts, Part
from telework.forms import ordinary_balance
from telework.inbox import Asked
from telework.month import Counts
from telework.presence import Interval, Level, levels, on_site_spans, span_of, window
from telework.team_month import Line, TeamMonth, team_month


@dataclass(frozen=True, slots=True)
class Effect:
    """Counts in half-days before and after, who is where that day, and the levels on site around it."""

    team: Team
    zone: str
    before: Counts
    after: Counts
    lines: tuple[Line, ...]
    month: TeamMonth
    start_end: Interval
    levels_before: tuple[Level, ...]
    levels_after: tuple[Level, ...]
    asked_span: Interval | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person stands: the week's days and cap, and the year's balance; None where no rule says."""

    week_used: Decimal
    week_limit: Decimal | None
    week_article: str
    balance: core.Balance | None


def effect_of(asked: Asked, team: Team) -> Effect:
    """The day asked for in the team, with the nights before and after it. Seven queries."""
    booking, zone = asked.booking, asked.booking.person.site.zone
    day, halves = booking.day, Part(booking.part).halves
    around = tuple(day + timedelta(days=shift) for shift in (-1, 0, 1))
    month = team_month(team, around)
    before = month.by_day[1]
    moved = (asked.workday.available & halves).bit_count()
    after = Counts(before.on_site - moved, before.remote + moved, before.absent, before.pending - moved)
    span = span_of(asked.workday, asked.workday.available & halves)
    start, end = window(day, zone, span)
    others = _spans(month, around)
    without = _spans(month, around, person=booking.person_id, halves={day: halves})
    return Effect(
        team=team,
        zone=zone,
        before=before,
        after=after,
        lines=tuple(month.lines),
        month=month,
        start_end=(start, end),
        levels_before=tuple(levels(others, start=start, end=end)),
        levels_after=tuple(levels(without, start=start, end=end)),
        asked_span=span,
    )


def _spans(month: TeamMonth, days: Sequence[date], *, person: int = 0, halves: dict[date, int] | None = None) -> list:
    """Everybody's time on site: requests still count as on site, but the halves given for ``person``."""
    spans: list[Interval] = []
    for line in month.lines:
        member = line.member
        held = month.bookings.get(member.person)
        remote = {day: mask & ~held.pending.get(day, 0) for day, mask in held.booked.items()} if held else {}
        if member.person == person:
            remote = {**remote, **{day: remote.get(day, 0) | mask for day, mask in (halves or {}).items()}}
        present = [day for day, code in zip(month.days, line.codes, strict=True) if code.strip(".-H*")]
        here = [day for day in days if day in present]
        spans += on_site_spans(month.workdays.get(member.person, {}), remote, here)
    return spans


def standing_of(asked: Asked, facts: Facts) -> Standing:
    """The person's week and year with this request counted."""
    agreement, day = asked.judgement.agreement, asked.booking.day
    if agreement is None:
        return Standing(_week_days(facts, day), None, "", None)
    try:
        gauges = core.gauges(facts, agreement, day)
        balance = ordinary_balance(facts, agreement, day)
    except core.NoValueInForce:
        return Standing(_week_days(facts, day), None, "", None)
    week = next((gauge for gauge in gauges if gauge.per == "week"), None)
    if week is None:
        return Standing(_week_days(facts, day), None, "", balance)
    return Standing(week.used, week.limit, week.article.strip("-"), balance)


def _week_days(facts: Facts, day: date) -> Decimal:
    monday = day - timedelta(days=day.weekday())
    halves = sum(facts.booked.get(monday + timedelta(days=number), 0).bit_count() for number in range(7))
    return Decimal(halves) / 2
