"""The day a request asks for, drawn: who is where, and how many are on site from hour to hour. No reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from policies.core.facts import FIRST_HALF, SECOND_HALF, WHOLE_DAY
from telework.effect import Effect
from telework.month import ABSENT, ON_SITE, PENDING, REMOTE
from telework.presence import Level, minutes_between, span_of
from telework.wording import clock, hours_words
from ui.drawing.strip import Step, strip


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody on the day asked for: name, hours or half; ``asks`` for the person whose request this is."""

    name: str
    when: str
    asks: bool


def who_is_where(effect: Effect, person: int) -> list[tuple[str, str, list[Here]]]:
    """(state, heading, people) on site, remote and absent; somebody with two states stands in both."""
    headings = ((ON_SITE, _("On site")), (REMOTE, _("Remote")), (ABSENT, _("Absent")))
    return [
        (state, name, [_here(effect, line, state, person) for line in _those(effect, state)])
        for state, name in headings
    ]


def _those(effect: Effect, state: str) -> list:
    wanted = {state, PENDING} if state == ON_SITE else {state}
    return [line for line in effect.lines if wanted & set(line.codes[1])]


def _here(effect: Effect, line, state: str, person: int) -> Here:
    wanted = {state, PENDING} if state == ON_SITE else {state}
    first, second = (letter in wanted for letter in line.codes[1][:2])
    halves = first * FIRST_HALF + second * SECOND_HALF
    workday = effect.month.workdays.get(line.member.person, {}).get(effect.month.days[1])
    span = span_of(workday, workday.due & halves) if workday and state != ABSENT else None
    when = hours_words(span, effect.zone)
    if halves != WHOLE_DAY and not when:
        when = _("first half") if halves == FIRST_HALF else _("second half")
    return Here(line.member.name, when, line.member.person == person)


def drawing(effect: Effect) -> str:
    """The strip of people on site across the day."""
    start, end = effect.start_end
    length = minutes_between(start, end)
    asked = effect.asked_span
    return strip(
        title=strip_sentence(effect),
        length=length,
        after=_steps(effect.levels_after, start),
        before=_steps(effect.levels_before, start),
        asked=[(minutes_between(start, asked[0]), min(length, minutes_between(start, asked[1])))] if asked else [],
        hours=_hours(effect, length),
        midnights=_midnights(effect, length),
    )


def strip_sentence(effect: Effect) -> str:
    """The lowest number on site during the hours asked for, after and before."""
    if effect.asked_span is None:
        return _("No working hours are known for that day.")
    low = {}
    for name, levels in (("after", effect.levels_after), ("before", effect.levels_before)):
        low[name] = min((level.count for level in levels if _meets(level, effect.asked_span)), default=0)
    return _("%(hours)s: at least %(after)s on site if you approve, %(before)s without the request") % {
        "hours": hours_words(effect.asked_span, effect.zone),
        "after": low["after"],
        "before": low["before"],
    }


def _meets(level: Level, span) -> bool:
    return level.start < span[1] and span[0] < level.end


def _steps(levels: Sequence[Level], start) -> list[Step]:
    return [
        Step(minutes_between(start, level.start), minutes_between(start, level.end), level.count) for level in levels
    ]


def _midnights(effect: Effect, length: int) -> list[int]:
    """Local midnights within the strip, in minutes of elapsed time."""
    start, zone = effect.start_end[0], ZoneInfo(effect.zone)
    day = start.astimezone(zone).date()
    instants = (datetime.combine(day + timedelta(days=ahead), time(), zone) for ahead in (1, 2))
    return [minute for instant in instants if 0 < (minute := minutes_between(start, instant)) < length]


def _hours(effect: Effect, length: int) -> list[tuple[int, str]]:
    """A label every four hours of elapsed time, and the end."""
    start, end = effect.start_end
    marks = [minute for minute in range(0, length, 240) if length - minute >= 120 or not minute]
    labels = [(minute, clock(start + timedelta(minutes=minute), effect.zone)) for minute in marks]
    closing = clock(end, effect.zone)
    return [*labels, (length, "24:00" if closing == "00:00" else closing)]


def strip_table(effect: Effect) -> list[tuple[str, int, int]]:
    """The same as a table: (hours, on site without the request, on site if approved)."""
    edges = sorted({level.start for level in (*effect.levels_after, *effect.levels_before)} | {effect.start_end[1]})
    rows = []
    for begin, until in pairwise(edges):
        before, after = (_count(levels, begin) for levels in (effect.levels_before, effect.levels_after))
        rows.append((hours_words((begin, until), effect.zone), before, after))
    return rows


def _count(levels: Sequence[Level], instant) -> int:
    return next((level.count for level in levels if level.start <= instant < level.end), 0)


@dataclass(frozen=True, slots=True)
class RequestDay:
    """The team on the day asked for, as the template prints it."""

    effect: Effect
    person: int

    @property
    def where(self) -> list[tuple[str, str, list[Here]]]:
        return who_is_where(self.effect, self.person)

    @property
    def drawing(self) -> str:
        return drawing(self.effect)

    @property
    def sentence(self) -> str:
        return strip_sentence(self.effect)

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        return strip_table(self.effect)
