"""What a button of the form does before anything is saved: a stroke of the brush, a line more or less, other cells."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from people.imports import Wrong, read_day
from telework.views.coverage.requirements.dates import read_dates, write_dates
from telework.views.coverage.requirements.grids import lines_of
from telework.views.coverage.requirements.helper import Helper, take_heads
from telework.views.coverage.requirements.rows import DAY, WEEK, Row, Stroke, clock, minute_of, painted
from telework.views.coverage.requirements.sheet import (
    MOST_ROWS,
    MOST_SECTIONS,
    WEEKLY,
    Section,
    Sheet,
)
from telework.views.coverage.requirements.words import week_words
from ui.drawing.weekgrid import STEPS


class Acted:
    """The outcome: what is told of it, and faults by field where the button could not do its work."""

    def __init__(self) -> None:
        self.said = ""
        self.faults: dict[str, str] = {}


def act_on(sheet: Sheet, helper: Helper, post: QueryDict) -> Acted:
    """Do what the button ``act`` of the form asks; unknown buttons do nothing."""
    verb, _dot, rest = post.get("act", "").partition(".")
    key, _dot, number = rest.partition(".")
    done, section = Acted(), sheet.section(key)
    match verb:
        case "paint" | "clear" if section and sheet.by_the_minute:
            _paint(section, post, done, clears=verb == "clear")
        case "add" if section and len(section.rows) < MOST_ROWS:
            section.rows.append(Row(start="", end=""))
        case "drop" if section:
            _drop(sheet, section, number, done)
        case "dates" if section:
            _add_dates(section, post, done)
        case "dated" if len(sheet.sections) < MOST_SECTIONS:
            _add_section(sheet, post, done)
        case "step" if key in map(str, STEPS):
            sheet.step = int(key)
        case "take" if helper.heads and sheet.by_the_minute:
            take_heads(sheet, helper)
            done.said = _("The computed numbers stand in the week. Nothing is saved yet.")
    return done


def stroke_fields(post: Mapping | QueryDict | None, section: Section) -> dict[str, object]:
    """The brush of a section as it was left: days, from, to, number."""
    key = section.key
    if post is None or f"stroke.number.{key}" not in post:
        return {"days": WEEK, "start": "", "end": "", "number": ""}
    days = frozenset(
        int(day) for day in post.getlist(f"stroke.days.{key}") if day in ("0", "1", "2", "3", "4", "5", "6")
    )
    return {"days": days, **{name: post.get(f"stroke.{name}.{key}", "")[:20] for name in ("start", "end", "number")}}


def _paint(section: Section, post: QueryDict, done: Acted, *, clears: bool) -> None:
    brush = stroke_fields(post, section)
    span = _span(brush, post.get(f"stroke.from.{section.key}", ""), done, section.key)
    days = brush["days"] if section.by_weekday else WEEK
    if not days:
        done.faults[f"stroke.days.{section.key}"] = _("No weekday is chosen. Choose one.")
    number = "" if clears else str(brush["number"]).strip()
    if not clears and Row(number=number).value is None:
        sentence = (
            _("“%(value)s” is not a number. Write one, such as 3.") if number else _("Write the number to put there.")
        )
        done.faults[f"stroke.number.{section.key}"] = sentence % {"value": number} if number else sentence
    if done.faults or span is None:
        return
    repeats = section.key == WEEKLY
    rows = painted(section.written, Stroke(days, *span, number), repeats=repeats)
    if len(rows) > MOST_ROWS:
        done.faults[f"stroke.number.{section.key}"] = _("That makes too many lines. Join some first.")
        return
    section.rows = rows
    where = week_words(days) if section.by_weekday else lines_of(section)[0].words
    hours = f"{clock(span[0])}–{clock(span[1], end=True)}"
    sentence = _("%(where)s, %(hours)s: cleared") if clears else _("%(where)s, %(hours)s: %(number)s")
    done.said = sentence % {"where": where, "hours": hours, "number": number}


def _span(brush: Mapping, after: str, done: Acted, key: str) -> tuple[int, int] | None:
    """The minutes of the brush; ``after`` is "1" where the painting lies past midnight as a whole."""
    found = []
    for name in ("start", "end"):
        minute = minute_of(str(brush[name]))
        if minute is None or (name == "start" and minute == DAY):
            done.faults[f"stroke.{name}.{key}"] = (
                _("“%(value)s” is not a time. Write it as 07:30.") % {"value": brush[name]}
                if brush[name]
                else _("The time is missing. Write from when to when, such as 22:00 and 06:00.")
            )
        found.append(minute)
    if done.faults:
        return None
    start, end = found
    end = end if end > start else end + DAY
    return (start + DAY, end + DAY) if after == "1" else (start, end)


def _drop(sheet: Sheet, section: Section, number: str, done: Acted) -> None:
    if number.isascii() and number.isdigit() and int(number) < len(section.rows):
        del section.rows[int(number)]
        done.said = _("The line is taken away. Nothing is saved yet.")
    elif not number and section.key.startswith("d"):
        sheet.sections.remove(section)
        done.said = _("The dates are taken away. Nothing is saved yet.")


def _range(post: QueryDict, key: str, done: Acted) -> str:
    """First and last day of a range that is added; a day alone is a range of one."""
    try:
        first = read_day(f"first.{key}", post.get(f"first.{key}", "").strip())
        last = post.get(f"last.{key}", "").strip()
        end = read_day(f"last.{key}", last) if last else first
        return write_dates(read_dates(f"last.{key}", f"{first} – {end}"))
    except Wrong as wrong:
        done.faults[wrong.field] = wrong.sentence
        return ""


def _add_dates(section: Section, post: QueryDict, done: Acted) -> None:
    if added := _range(post, section.key, done):
        text = f"{section.dates}, {added}".strip(", ")
        try:
            section.dates = write_dates(read_dates(f"dates.{section.key}", text))
        except Wrong:
            section.dates = text


def _add_section(sheet: Sheet, post: QueryDict, done: Acted) -> None:
    if added := _range(post, "new", done):
        sheet.add_dated(added)
        done.said = _("Dates added: write their numbers.")
