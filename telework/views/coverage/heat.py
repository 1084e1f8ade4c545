"""The heat maps of a year, a month and a week, made ready for drawing."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from policies.coverage.windows import local_time
from policies.models import Requirement
from telework.coverage import heat
from telework.coverage.spread import Heat, Shortage
from telework.wording import language
from ui import words
from ui.drawing.heat import Head, HeatCell, HeatRow

COLUMNS = 37
Href = Callable[[date, Requirement | None], str]


def margin_words(low: int) -> str:
    """A margin in words."""
    if low < 0:
        return ngettext("gap: %(count)s person is missing", "gap: %(count)s people are missing", -low) % {"count": -low}
    if low == 0:
        return _("tight, no margin")
    return ngettext("margin of %(count)s person", "margin of %(count)s people", low) % {"count": low}


def year_rows(found: Heat, *, today: date, chosen: date | None, href: Href) -> tuple[list[Head], list[HeatRow]]:
    """Twelve lines of 37 columns with their weekdays aligned."""
    lang, year = language(), found.span.first.year
    rows = []
    for month in range(1, 13):
        days = [day for day in found.span.days if day.month == month]
        offset = days[0].weekday() - 1
        cells = [_cell(found, day, day.day + offset, today, chosen, href) for day in days if day in found.lows]
        gaps = sum(cell.low < 0 for cell in cells)
        note = ngettext("%(count)s gap", "%(count)s gaps", gaps) % {"count": gaps} if gaps else ""
        rows.append(HeatRow(words.SHORT_MONTHS[lang][date(year, month, 1).month - 1], note, cells))
    return _weekday_heads(COLUMNS), rows


def year_table(found: Heat) -> tuple[list[Head], list[HeatRow]]:
    """The same by the number of the day."""
    lang = language()
    heads = [Head(str(number), str(number)) for number in range(1, 32)]
    rows = [
        HeatRow(words.MONTHS[lang][month - 1], "", [
            HeatCell(day.day - 1, low, "") for day, low in sorted(found.lows.items()) if day.month == month
        ])
        for month in range(1, 13)
    ]  # fmt: skip
    return heads, rows


def month_rows(
    found: Heat, *, today: date, chosen: date | None, href: Href, at: Requirement | None = None
) -> tuple[list[Head], list[HeatRow]]:
    """A line for each requirement and a column for each date; ``at`` is the one of which the page shows more."""
    lang = language()
    heads = [Head(str(day.day), words.short_day(day, lang), day.weekday() > 4) for day in found.span.days]
    several = len({whom_of(requirement) for requirement in found.by_need}) > 1
    rows = []
    for requirement, lows in found.by_need.items():
        shown = chosen if at in (None, requirement) else None
        cells = [
            _cell(found, day, number, today, shown, href, low=lows[day], need=requirement)
            for number, day in enumerate(found.span.days)
            if day in lows
        ]
        rows.append(HeatRow(name_of(requirement), whom_of(requirement) if several else "", cells))
    return heads, rows


def week_rows(found: Heat, *, today: date, chosen: date | None, href: Href) -> tuple[list[Head], list[HeatRow]]:
    """A line for each date and a column for each hour; the last column is about the date as a whole."""
    lang = language()
    heads = [Head(f"{hour:02}", f"{hour:02}:00") for hour in range(24)]
    if any(low < heat.NONE for low in found.whole.values()):
        heads.append(Head(pgettext("head of a narrow column", "day"), _("the whole day")))
    rows = []
    for day in found.span.days:
        lows = [*found.hours.get(day, ()), *([found.whole.get(day, heat.NONE)] if len(heads) > 24 else [])]
        cells = [
            HeatCell(
                hour,
                low,
                f"{words.short_day(day, lang)}, {heads[hour].words}{_colon()} {margin_words(low)}",
                href(*_about(found, day, hour, low)),
                today=day == today,
            )
            for hour, low in enumerate(lows)
            if low < heat.NONE
        ]
        rows.append(HeatRow(words.short_day(day, lang), "", cells, chosen=day == chosen))
    return heads, rows


def _about(found: Heat, day: date, hour: int, low: int) -> tuple[date, Requirement | None]:
    """What the cell of an hour opens: a gap on the date on which its window starts, which may be the day before."""
    if low >= 0 or hour > 23:
        return day, None
    begin = datetime.combine(day, time(hour))
    for one in found.gaps:
        if one.gap.start is not None:
            start, end = (_wall(minute, one.gap.rule.zone) for minute in (one.gap.start, one.gap.end))
            if start < begin + timedelta(hours=1) and end > begin:
                return one.gap.day, one.need.requirement
    return day - timedelta(days=1), None


def _wall(minute: int, zone: str) -> datetime:
    return local_time(minute, zone).replace(tzinfo=None)


def name_of(requirement: Requirement) -> str:
    return requirement.name_fr if language() == "fr" else requirement.name_en


def whom_of(requirement: Requirement) -> str:
    """Where and whom it counts: team, site."""
    parts = (requirement.team, requirement.site if not requirement.team else None)
    return ", ".join(str(part) for part in parts if part) or str(requirement.entity)


def _cell(
    found: Heat,
    day: date,
    column: int,
    today: date,
    chosen: date | None,
    href: Href,
    *,
    low: int | None = None,
    need: Requirement | None = None,
) -> HeatCell:
    low = found.lows[day] if low is None else low
    named = f"{name_of(need)}, " if need else ""
    said = f"{named}{words.long_day(day, language())}{_colon()} {margin_words(low)}"
    return HeatCell(column, low, said, href(day, need), today=day == today, chosen=day == chosen)


def _weekday_heads(columns: int) -> list[Head]:
    lang = language()
    return [
        Head(words.INITIALS[lang][column % 7], words.WEEKDAYS[lang][column % 7], column % 7 > 4)
        for column in range(columns)
    ]


def _colon() -> str:
    return "\u202f:" if language() == "fr" else ":"


def count_of_gaps(gaps: Iterable[Shortage]) -> str:
    count = len(list(gaps))
    return ngettext("%(count)s gap to come", "%(count)s gaps to come", count) % {"count": count}
