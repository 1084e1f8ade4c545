"""Which days may not go together: both ends of a week, too many days in a row."""

from datetime import date, timedelta

from ..counts import week_of
from ..schema import Param
from ..text import both
from .base import ALLOWED, REFUSED, Answer, Rule, say

_SEARCHED_DAYS = 60
_SEARCHED_WEEKS = 60


def _prepare_days(params: dict) -> dict:
    return {**params, "words": ",".join(map(str, sorted(params["weekdays"])))}


def _not_both_days(s, p) -> Answer:
    """Of the weekdays named, one at least stays on site each week; half a day remote is enough to count."""
    weekdays = p["weekdays"]
    if s.day.isoweekday() not in weekdays:
        return None
    monday, booked = week_of(s.day), s.facts.booked
    others = [date.fromordinal(monday + number - 1) for number in weekdays if number != s.day.isoweekday()]
    data = {"weekdays": p["words"], "week": s.day.isocalendar()[1]}
    if all(booked.get(day) for day in others):
        return REFUSED, "all", data, ""
    return ALLOWED, "ok", data, ""


NOT_BOTH_DAYS = Rule(
    kind="not_both_days",
    title=both(fr="Jours exclusifs", en="Days apart"),
    question=both(
        fr="Quels jours d’une même semaine ne se télétravaillent pas tous ?",
        en="Which days of one week may not all be teleworked?",
    ),
    judge=_not_both_days,
    params={"weekdays": Param("weekdays", both(fr="les jours, deux au moins", en="the days, two at least"), least=2)},
    prepare=_prepare_days,
    sentences={
        "all": say(
            "Semaine {week} : {weekdays:weekdays} ne se télétravaillent pas tous.",
            "Week {week}: {weekdays:weekdays} may not all be teleworked.",
        ),
        "ok": say(
            "Semaine {week} : un jour au moins sur site parmi {weekdays:weekdays}",
            "Week {week}: at least one day on site among {weekdays:weekdays}",
        ),
    },
    example=(
        'kind = "not_both_days"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nweekdays = ["monday", "friday"]'
    ),
)


def _consecutive_days(s, p) -> Answer:
    """Days worked that follow one another; a day not worked between two of them does not part them."""
    beside = _weeks_beside if p["unit"] == "week" else _away_beside if p["absences"] == "counted" else _held_beside
    if p["unit"] == "week" and not _is_remote_week(s, week_of(s.day), s.halves):
        return None
    run = 1 + beside(s, 1, p["limit"]) + beside(s, -1, p["limit"])
    data = {"run": run, "limit": p["limit"], "unit": p["unit"]}
    return (ALLOWED, "ok", data, "") if run <= p["limit"] else (REFUSED, "too_many", data, "")


def _held_beside(s, step: int, enough: int) -> int:
    """Days teleworked without a day on site between, before or after the day asked; no need to count many."""
    workdays, booked, found = s.facts.workdays, s.facts.booked, 0
    for distance in range(1, _SEARCHED_DAYS + 1):
        day = s.day + timedelta(days=step * distance)
        if booked.get(day):
            found += 1
            if found >= enough:
                break
        elif (workday := workdays.get(day)) is None or workday.available:
            break
    return found


def _away_beside(s, step: int, enough: int) -> int:
    """Working days without presence, teleworked or absent, before or after the day asked."""
    workdays, booked, found = s.facts.workdays, s.facts.booked, 0
    for distance in range(1, _SEARCHED_DAYS * 2):
        day = s.day + timedelta(days=step * distance)
        workday = workdays.get(day)
        if workday is None or workday.available & ~booked.get(day, 0) or found >= enough:
            break
        found += bool(workday.due)
    return found


def _weeks_beside(s, step: int, enough: int) -> int:
    """Weeks without a day on site, before or after that of the day asked; a week wholly off parts nothing."""
    found, monday = 0, week_of(s.day)
    for _ in range(_SEARCHED_WEEKS):
        monday += 7 * step
        if _is_off_week(s, monday):
            continue
        if found >= enough or not _is_remote_week(s, monday, 0):
            break
        found += 1
    return found


def _is_off_week(s, monday: int) -> bool:
    known = [s.facts.workdays.get(date.fromordinal(monday + number)) for number in range(7)]
    return all(workday is not None and not workday.available for workday in known)


def _is_remote_week(s, monday: int, halves: int) -> bool:
    """Is every half-day worked of that week remote, those asked included?"""
    for number in range(7):
        day = date.fromordinal(monday + number)
        workday = s.facts.workdays.get(day)
        if workday is None:
            return False
        held = s.facts.booked.get(day, 0) | (halves if day == s.day else 0)
        if workday.available & ~held:
            return False
    return True


CONSECUTIVE_DAYS = Rule(
    kind="consecutive_days",
    title=both(fr="Jours à la suite", en="Days in a row"),
    question=both(
        fr="Combien de jours, ou de semaines entières, à la suite au plus ?",
        en="How many days, or whole weeks, in a row at most?",
    ),
    judge=_consecutive_days,
    params={
        "limit": Param("whole", both(fr="tant à la suite", en="so many in a row"), least=1, most=60),
        "unit": Param(
            "choice",
            both(
                fr="jours travaillés, ou semaines sans un jour sur site",
                en="days worked, or weeks without a day on site",
            ),
            required=False,
            default="day",
            choices=("day", "week"),
        ),
        "absences": Param(
            "choice",
            both(
                fr="les absences entre deux jours : passées, ou comptées comme jours loin du site",
                en="absences between two days: passed over, or counted as days away from the site",
            ),
            required=False,
            default="passed_over",
            choices=("passed_over", "counted"),
        ),
    },
    several=True,
    sentences={
        "too_many": say(
            "Cela ferait {run:{unit}} à la suite, {limit:number} au plus.",
            "That would make {run:{unit}} in a row, {limit:number} at most.",
        ),
        "ok": say("{limit:{unit}} à la suite au plus", "At most {limit:{unit}} in a row"),
    },
    example='kind = "consecutive_days"\narticle = "4"\n[[rules.values]]\nfrom = 2024-01-01\nlimit = 2',
)
