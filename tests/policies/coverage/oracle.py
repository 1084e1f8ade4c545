"""The slow program: the README of the cases read minute by minute, with sets and no intervals, windows or NumPy."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAYERS = ("weekly", "holiday", "dated")


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def minutes(start, end):
    return [start + MINUTE * n for n in range(int((end - start) / MINUTE))]


@cache
def first_showing(naive, zone):
    """Walk the clock: the first minute at which it shows ``naive`` or later."""
    at = (naive - timedelta(hours=36)).replace(tzinfo=UTC)
    while at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < naive:
        at += MINUTE
    return at


def window(rule, day):
    start, end = time.fromisoformat(rule["start"]), time.fromisoformat(rule["end"])
    last = day + DAY if end <= start else day
    first = first_showing(datetime.combine(day, start), rule["tz"])
    return minutes(first, first_showing(datetime.combine(last, end), rule["tz"]))


def shift_day(shift):
    return instant(shift["start"]).astimezone(ZoneInfo(shift["tz"])).date()


def taken(booking, shift):
    """Minutes of a shift that a booking makes remote."""
    if booking["person"] != shift["person"] or date.fromisoformat(booking["date"]) != shift_day(shift):
        return set()
    every = minutes(instant(shift["start"]), instant(shift["end"]))
    half = len(every) // 2
    if booking["part"] == "hours":
        return {at for at in every if instant(booking["start"]) <= at < instant(booking["end"])}
    return set({"full": every, "first_half": every[:half], "second_half": every[half:]}[booking["part"]])


def away(case, shift):
    spans = [one for one in case["absences"] if one["person"] == shift["person"]] + shift.get("breaks", [])
    return {at for one in spans for at in minutes(instant(one["start"]), instant(one["end"]))}


def presence(case, bookings):
    """{(person, minute): (state, site, date of the shift)}."""
    found = {}
    busy = set()
    for shift in case["shifts"]:
        remote = set().union(*(taken(one, shift) for one in bookings))
        gone = away(case, shift)
        for at in minutes(instant(shift["start"]), instant(shift["end"])):
            busy.add((shift["person"], at))
            if at not in gone:
                state = "remote" if at in remote else "onsite"
                found[shift["person"], at] = (state, shift["site"], shift_day(shift))
    for call in case.get("oncall", []):
        gone = away(case, call)
        for at in minutes(instant(call["start"]), instant(call["end"])):
            if at not in gone and (call["person"], at) not in busy:
                found[call["person"], at] = ("oncall", call["site"], None)
    return found


def falls_on(case, rule, day):
    dates = rule.get("dates", case.get("holidays", []) if rule.get("layer") == "holiday" else None)
    return NAMES[day.weekday()] in rule["days"] and (dates is None or day.isoformat() in dates)


def stands(case, rule, day):
    if not falls_on(case, rule, day):
        return False
    group = [
        one for one in case["rules"] if one.get("requirement") and one.get("requirement") == rule.get("requirement")
    ]
    layers = [LAYERS.index(one.get("layer", "weekly")) for one in group if falls_on(case, one, day)]
    return not layers or LAYERS.index(rule.get("layer", "weekly")) == max(layers)


def in_scope(case, rule, name, site):
    one = next(person for person in case["people"] if person["id"] == name)
    return (
        rule["skill"] in (None, *one["skills"]) and rule["team"] in (None, one["team"]) and rule["site"] in (None, site)
    )


def numbers(case, rule, index, key):
    """(value, limit, holds) of a rule at a minute or on a date."""
    rows = [(name, state) for name, state, site in index.get(key, ()) if in_scope(case, rule, name, site)]
    remote, working = [row for row in rows if row[1] == "remote"], [row for row in rows if row[1] != "oncall"]
    if rule["type"] == "min":
        states = {
            "onsite",
            *(["remote"] if rule["counts"] == "anyone" else []),
            *(["oncall"] if rule.get("on_call") else []),
        }
        value = sum(state in states for _, state in rows)
        return value, rule["required"], value >= rule["required"]
    if rule["type"] == "max_remote":
        return len(set(remote)), rule["limit"], len(set(remote)) <= rule["limit"]
    if rule["basis"] == "day_people":
        remote, working = set(remote), {name for name, _ in working}
    return len(remote), len(working), len(remote) * 100 <= rule["percent"] * len(working)


def entries(case, rule, before, after, keep):
    """Runs of equal numbers that break the rule after, where ``keep(before, after)``."""
    first, last = date.fromisoformat(case["from"]), date.fromisoformat(case["to"])
    days = [first + DAY * n for n in range((last - first).days + 1)]
    for day in (day for day in days if stands(case, rule, day)):
        if "start" not in rule:
            was, (value, limit, holds) = numbers(case, rule, before, day)[0], numbers(case, rule, after, day)
            if not holds and keep(was, value):
                yield {"rule": rule["id"], "date": day.isoformat(), "before": was, "value": value, "limit": limit}
            continue
        line = [(at, numbers(case, rule, before, at)[0], *numbers(case, rule, after, at)) for at in window(rule, day)]
        for (was, value, limit, holds), run in groupby(line, lambda one: one[1:]):
            run = list(run)
            if not holds and keep(was, value):
                start, end = (at.astimezone(ZoneInfo(rule["tz"])) for at in (run[0][0], run[-1][0] + MINUTE))
                yield {
                    "rule": rule["id"],
                    "window": day.isoformat(),
                    "before": was,
                    "value": value,
                    "limit": limit,
                    "start": start.isoformat(timespec="minutes"),
                    "end": end.isoformat(timespec="minutes"),
                }


def indexed(found):
    """The same presence by minute and by date of the shift: {minute or date: [(person, state, site)]}."""
    index = {}
    for (name, at), (state, site, day) in found.items():
        index.setdefault(at, []).append((name, state, site))
        index.setdefault(day, []).append((name, state, site))
    return index


def answer(case):
    """The four fields of the README, slowly."""
    asked = case["candidate"]
    before, after = presence(case, case["bookings"]), presence(case, [*case["bookings"], asked])
    moved = sum(before[key] != after[key] for key in before)
    mine = [one for one in case["shifts"] if one["person"] == asked["person"]]
    on_shift = any(shift_day(one) == date.fromisoformat(asked["date"]) for one in mine)
    was, now = indexed(before), indexed(after)
    failing = [one for rule in case["rules"] for one in entries(case, rule, was, now, int.__ne__)]
    gaps = [one for rule in case["rules"] for one in entries(case, rule, was, was, int.__eq__)]
    outcome = "refused" if failing else "allowed"
    if not moved:
        outcome = "no_effect" if on_shift else "no_shift"
    return {"id": case["id"], "outcome": outcome, "moved_minutes": moved, "failing": failing, "gaps_before": gaps}
