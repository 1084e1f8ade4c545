"""The curves of one date: each requirement with its name, its sentences, the drawing and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from policies.coverage.daycount import DayCount
from policies.coverage.explain import sentence, when
from policies.coverage.requirements import Gap, Minimum
from policies.coverage.windows import first_minute, local_time
from policies.facts import Need
from policies.models import RequirementKind
from telework.coverage.onday import ONE_DAY, Level, OnDay, Span
from telework.views.coverage.heat import name_of, whom_of
from telework.wording import language
from ui import words
from ui.drawing.curve import Stretch, Words, curve, hours

LABELLED = range(0, 24, 4)  # the hours that the axis names
NEAR_THE_END = 90  # minutes before the last label in which no other has room


@dataclass(frozen=True, slots=True)
class Curve:
    """A requirement on the date. ``axis`` is empty where the next curve has the same one."""

    need: Need
    name: str
    where: str
    said: list[str]
    holds: str
    drawing: SafeString
    rows: list[tuple[str, int, str]]
    axis: SafeString


def curves_of(shown: Sequence[OnDay], planned: Sequence[OnDay], headline: str) -> list[Curve]:
    """One for each requirement; ``planned`` is before any *what if*. A clock is drawn once for all that share it."""
    drawn = [one for one in shown if one.levels]
    last = {id(one) for one, following in pairwise([*drawn, None]) if not following or _clock(one) != _clock(following)}
    zones = len({_clock(one) for one in drawn}) > 1
    return [
        _curve(one, before, headline, zone=zones, axis=id(one) in last)
        for one, before in zip(shown, planned, strict=True)
    ]


def _clock(day: OnDay) -> tuple[int, int]:
    return day.start, day.end


def _curve(day: OnDay, before: OnDay, headline: str, *, zone: bool, axis: bool) -> Curve:
    requirement = day.need.requirement
    levels = day.levels
    minimum = requirement.kind == RequirementKind.MINIMUM
    said = [said_of(gap, day.need) for gap in day.gaps]
    drawing = curve(
        _stretches(levels, day.start),
        words=Words(
            title=". ".join(said) or headline,
            limit=_("need {0}") if minimum else _("at most {0}"),
            gap=_("{0} of {1}") if minimum else _("{0}, at most {1}"),
        ),
        before=_stretches(before.levels, day.start) if before is not day else (),
        at_most=not minimum,
        midnights=[day.midnight - day.start] if day.end > day.midnight else [],
    )
    rows = [(hours_text(level.start, level.end, requirement.clock), level.count, _limit(level)) for level in levels]
    where = [_what(day.need), whom_of(requirement), *([_zone_words(requirement.clock)] if zone else [])]
    return Curve(
        need=day.need,
        name=name_of(requirement),
        where=" · ".join(where),
        said=said,
        holds="" if said else _holds(day),
        drawing=drawing if levels else SafeString(""),
        rows=rows,
        axis=_axis(day) if axis else SafeString(""),
    )


def headline_of(day: OnDay) -> str:
    """The first gap in words, or that everything holds."""
    if day.gaps:
        return said_of(day.gaps[0], day.need)
    return _("%(name)s: everything holds") % {"name": name_of(day.need.requirement)}


def said_of(gap: Gap, need: Need) -> str:
    """A gap as a sentence without its full stop."""
    return sentence(gap, language(), need.whom(language())).rstrip(".")


def gap_lines(gap: Gap, need: Need) -> tuple[str, str]:
    """A gap as two lines: "Sat 14 Nov 22:00–06:00", "2 of 3 supervisors on site"."""
    lang = language()
    clock = when(gap, lang).partition(" ")[2] if gap.start is not None else ""
    text = said_of(gap, need).partition(": ")[2]
    day = local_time(gap.start, gap.rule.zone).date() if gap.start is not None else gap.day
    return f"{words.short_day(day, lang)} {clock}".strip(), text[:1].upper() + text[1:]


def hours_text(start: int, end: int, zone: str) -> str:
    """Two minutes as local hours, midnight at the end as 24:00."""
    begin, finish = (f"{local_time(minute, zone):%H:%M}" for minute in (start, end))
    return f"{begin}–{'24:00' if finish == '00:00' else finish}"


def posts_text(posts: Sequence[Span], start: int, zone: str) -> str:
    """Posts as hours; of one that began before ``start`` only its end is told: "until 06:30, 22:30–06:30"."""
    return ", ".join(
        _("until %(time)s") % {"time": f"{local_time(end, zone):%H:%M}"}
        if begin < start
        else "–".join(f"{local_time(minute, zone):%H:%M}" for minute in (begin, end))
        for begin, end in posts
    )


def _holds(day: OnDay) -> str:
    """The numbers of a requirement of whole dates that holds."""
    for held in day.map.counts:
        if isinstance(held, DayCount) and (column := held.column.get(day.day.toordinal())) is not None:
            value, limit = int(held.value[column]), int(held.limit[column])
            if limit:
                return said_of(Gap(held.rule, day.day, value, value, limit), day.need)
    return ""


def _what(need: Need) -> str:
    """Who is counted: on site, on duty, remote."""
    rule = next(iter(need.rules), None)
    if isinstance(rule, Minimum):
        return _("on duty") if rule.anyone or rule.on_call else _("on site")
    return _("remote")


def _zone_words(zone: str) -> str:
    return _("%(place)s time") % {"place": zone.rpartition("/")[2].replace("_", " ")}


def _limit(level: Level) -> str:
    return "–" if level.limit is None else str(level.limit)


def _stretches(levels: Sequence[Level], origin: int) -> list[Stretch]:
    return [Stretch(level.start - origin, level.end - origin, level.count, level.limit) for level in levels]


def _axis(day: OnDay) -> SafeString:
    """A label every four hours of the local clock, on days of 23 and 25 hours as well, and the end."""
    length, zone = day.end - day.start, day.need.requirement.clock
    minutes = [_minute(each, hour, zone) - day.start for each in (day.day, day.day + ONE_DAY) for hour in LABELLED]
    marks = [(one, f"{local_time(day.start + one, zone):%H:%M}") for one in minutes if one < length - NEAR_THE_END]
    return hours([*marks, (length, f"{local_time(day.end, zone):%H:%M}")], length)


def _minute(day: date, hour: int, zone: str) -> int:
    return first_minute(day, time(hour), zone)
