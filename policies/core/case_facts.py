"""The facts that a case describes: a calendar of plain weeks, what is out of the plain, and the days already held."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from .case_values import PERIODS, Held
from .facts import Facts, Workday
from .schema import Wrong
from .windows import Period, window_of

_MARGIN = timedelta(days=400)
# How many points make one unit of ``used``: a day two half-days, an hour sixty minutes.
_WEIGHTS = {"day": 2, "half_day": 1, "hour": 60}


def asked_days(given: Mapping[str, object]) -> tuple[date, ...]:
    """The days a case asks about: those of its request, else of its question, else today."""
    asked = given["request"] or {}
    ask = given["ask"] or {}
    of_question = tuple(value for value in (ask.get("on"), ask.get("day")) if isinstance(value, date))
    return asked.get("days") or tuple(day for day in (asked.get("day"),) if day) or of_question or (given["today"],)


def facts_of(given: Mapping[str, object]) -> Facts:
    """The facts of a case. Raises Wrong where days already used find no room in the calendar."""
    today: date = given["today"]
    days = (today, *asked_days(given), *(span[0] for span in given["booked"] + given["pending"]))
    calendar = _calendar(given, min(days), max(days))
    asked_for = _held_days(given["pending"], calendar)
    pending = {day: halves for day, halves, *_ in asked_for}
    booked = _taken(given, calendar)
    held = _held_days(given["booked"], calendar) + asked_for
    for day, halves, *_ in held:
        booked[day] = booked.get(day, 0) | halves
    forms = {day: form for day, _, form, *_ in held if form}
    minutes = {span.day: span.minutes for span in held if span.minutes is not None}
    _lay_used(given, calendar, booked, forms, minutes)
    return Facts(
        today,
        contracts=_contracts(given),
        hired=given["hired"],
        job=given["job"],
        autonomy=given["autonomy"] or None,
        places=given["places"],
        workdays=calendar,
        booked=booked,
        pending=pending,
        forms=forms,
        traits=given["traits"] + given["formula"],
        in_post_since=given["in_post_since"],
        units=given["units"],
        unit_sizes=given["unit_size"],
        collective=given["collective"],
        regimes=given["regimes"],
        settings=given["settings"],
        elsewhere={span.day: span.country for span in held if span.country},
        team_days=given["team_days"],
        absence_codes={day: code for day, _, _, code, *_ in given["absences"] if code},
        away={day: code or "elsewhere" for day, _, _, code, *_ in given["away"]},
        held_minutes=minutes,
    )


def _held_days(spans: tuple[Held, ...], calendar: Mapping[date, Workday]) -> tuple[Held, ...]:
    """The days held: one that is written stands, a span leaves out the days on which nothing is due."""
    return tuple(held for held in spans if not held.is_of_span or held.day not in calendar or calendar[held.day].due)


def _contracts(given: Mapping[str, object]):
    changed = {key: given[key] for key in ("rate", "status") if given[key] is not None}
    return tuple(replace(contract, **changed) for contract in given["contracts"]) if changed else given["contracts"]


def _calendar(given: Mapping[str, object], first: date, last: date) -> Mapping[date, Workday]:
    """Whole years around the days of the case, so that most cases share one plain calendar."""
    day_minutes = int(given["hours_a_day"] * 60)
    plain = _plain_calendar(given["works"], (first - _MARGIN).year, (last + _MARGIN).year, day_minutes)
    special = {day: Workday(day) for day, *_ in given["off"]}
    for day, halves, *_ in given["worked"]:
        special[day] = Workday(day, due=halves, minutes=day_minutes * halves.bit_count() // 2)
    for day, name in given["holidays"]:
        special[day] = Workday(day, holiday=name)
    for day, halves, *_ in given["absences"]:
        known = special.get(day) or plain.get(day) or Workday(day)
        due = known.due
        special[day] = Workday(day, due=due, absent=halves & due, holiday=known.holiday, minutes=known.minutes)
    for day, *_ in given["unplanned"]:
        special[day] = Workday(day, planned=False)
    return {**plain, **special} if special else plain


@lru_cache(maxsize=64)
def _plain_calendar(works: tuple[int, ...], first: int, last: int, minutes: int) -> Mapping[date, Workday]:
    """The same working week over and over, from one year to another; cases share it."""
    start = date(first, 1, 1)
    days = (start + timedelta(days=offset) for offset in range((date(last, 12, 31) - start).days + 1))
    return {
        day: Workday(day, due=due, minutes=minutes * due.bit_count() // 2)
        for day in days
        for due in (works[day.weekday()],)
    }


def _taken(given: Mapping[str, object], calendar: Mapping[date, Workday]) -> dict[date, int]:
    """``taken`` days laid on the first days worked of the year asked about (from ``taken_from`` if given)."""
    left = int((given["taken"] or Decimal(0)) * 2)
    asked = given["request"] or {}
    day = given["taken_from"] or (asked.get("day") or given["today"]).replace(month=1, day=1)
    held: dict[date, int] = {}
    while left > 0 and day in calendar:
        available = calendar[day].available
        halves = available if available.bit_count() <= left else available & -available
        if halves:
            held[day] = halves
            left -= halves.bit_count()
        day += timedelta(days=1)
    return held


def _lay_used(
    given, calendar: Mapping[date, Workday], booked, forms: dict[date, str], minutes: dict[date, int]
) -> None:
    """Days that make the totals of ``used``, laid around the day asked: the shortest period first."""
    asked = set(asked_days(given))
    kept: set[date] = set()  # periods whose totals an earlier table has fixed: left alone as long as there is room
    for used in given["used"]:
        laid: dict[date, tuple[int, int]] = {}  # halves, and what they weigh in the unit
        inner: set[date] = set()
        for period, days in _periods(used, min(asked)):
            left = int(used[period] * _WEIGHTS[used["unit"]]) - sum(laid[day][1] for day in days if day in laid)
            free = [day for day in days if day not in inner and day not in asked and day not in booked]
            for day in sorted(free, key=lambda day: (day in kept, day > min(asked), day)):
                if left <= 0:
                    break
                halves, weight = _part_of(calendar.get(day), left, used["unit"])
                if halves:
                    laid[day] = halves, weight
                    left -= weight
            if left > 0:
                raise _no_room(period, used[period])
            inner.update(days)
        kept |= inner
        booked |= {day: halves for day, (halves, _) in laid.items()}
        if used["unit"] == "hour":
            minutes |= {day: weight for day, (_, weight) in laid.items()}
        if used["form"]:
            forms |= dict.fromkeys(laid, used["form"])


def _part_of(workday: Workday | None, left: int, unit: str) -> tuple[int, int]:
    """The halves of a day to lay for what is left, and their weight: half-days, or minutes."""
    available = workday.available if workday is not None else 0
    if not available:
        return 0, 0
    if unit == "hour":
        return available, min(left, workday.minutes * available.bit_count() // workday.due.bit_count())
    halves = available & -available if unit == "half_day" or available.bit_count() > left else available
    return halves, halves.bit_count()


def _periods(used: Mapping[str, object], day: date) -> Iterator[tuple[str, list[date]]]:
    """The periods named, shortest first, each with its days."""
    for period in PERIODS:
        if used[period] is not None:
            first, last = window_of(Period(period), day)
            yield period, [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _no_room(period: str, amount: Decimal) -> Wrong:
    return Wrong(
        fr=f"used.{period} : {amount} ne trouvent pas place dans les jours travaillés de cette période.",
        en=f"used.{period}: {amount} find no room in the days worked of that period.",
    )
