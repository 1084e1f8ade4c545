"""Random cases around clock changes, with all that a case may hold, for any source of chance."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

AROUND = (
    ("2026-03-28", ("Europe/Paris", "Europe/Lisbon")),
    ("2026-10-24", ("Europe/Paris", "Asia/Kolkata")),
    ("2026-10-03", ("Australia/Lord_Howe", "Asia/Kolkata")),
    ("2026-04-04", ("Australia/Lord_Howe", "Europe/Paris")),
    ("2026-02-14", ("Africa/Casablanca", "Europe/Paris")),
    ("2026-03-21", ("Africa/Casablanca", "America/Montreal")),
    ("2011-12-29", ("Pacific/Apia", "Europe/Paris")),
    ("2026-06-10", ("Europe/Paris", "America/Montreal")),
)
CLOCKS = ("00:00", "01:30", "02:00", "02:30", "03:00", "06:00", "08:30", "14:00", "20:00", "22:00")
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def iso(at, zone):
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def span(chance, origin, zone, *, longest=40):
    start = origin + timedelta(minutes=5 * chance.randint(-200, 800))
    return {"start": iso(start, zone), "end": iso(start + timedelta(minutes=5 * chance.randint(1, 12 * longest)), zone)}


def series_of_spans(chance, origin, zone, longest):
    """Spans one after the other, some touching."""
    at = origin + timedelta(minutes=15 * chance.randint(-120, 60))
    while at < origin + timedelta(hours=60):
        end = at + timedelta(minutes=15 * chance.randint(1, longest) + chance.choice((0, 0, 1, 7)))
        yield {"start": iso(at, zone), "end": iso(end, zone)}
        at = end + timedelta(minutes=15 * chance.choice((0, 2, 40, 60)))


def booking(chance, people, days, origin, zone):
    found = {"person": chance.choice(people)["id"], "date": chance.choice(days)}
    found["part"] = chance.choice(("full", "full", "first_half", "second_half", "hours"))
    return {**found, **span(chance, origin, zone, longest=10)} if found["part"] == "hours" else found


def candidate(chance, shifts, found):
    """Mostly a booking of a shift that there is."""
    shift = chance.choice(shifts)
    there = {"person": shift["person"], "date": shift["start"][:10]} if chance.random() < 0.8 else {}
    return {**found, **there}


def rule(chance, number, zones, days):
    found = {
        "id": f"r{number}",
        "tz": chance.choice(zones),
        "skill": chance.choice((None, None, "call", "medical")),
        "team": chance.choice((None, None, "A")),
        "site": chance.choice((None, None, "PAR", "LYO")),
        "days": chance.sample(WEEK, chance.choice((7, 7, 5))),
    }
    kind = chance.choice(("min", "min", "min", "instant", "day_people", "day_minutes", "max_remote"))
    if kind in ("min", "instant"):
        found |= {"start": chance.choice(CLOCKS), "end": chance.choice(CLOCKS)}
    if kind == "min":
        found |= {
            "type": "min",
            "counts": chance.choice(("onsite", "onsite", "anyone")),
            "required": chance.randint(0, 3),
        }
        found |= chance.choice(({}, {"on_call": True}))
    elif kind == "max_remote":
        found |= {"type": "max_remote", "limit": chance.randint(0, 2)}
    else:
        found |= {"type": "max_remote_percent", "basis": kind, "percent": chance.choice((0, 20, 33, 50, 100))}
    if chance.random() < 0.4:
        found |= {"requirement": "shared", "layer": chance.choice(("weekly", "holiday", "dated"))}
        found |= {"dates": [chance.choice(days)]} if found["layer"] == "dated" else {}
    return found


def random_case(chance):
    first, zones = chance.choice(AROUND)
    origin = datetime.fromisoformat(first).replace(tzinfo=UTC)
    days = [(origin + timedelta(days=n)).date().isoformat() for n in range(-1, 4)]
    people = [
        {
            "id": f"p{n}",
            "team": chance.choice(("A", "B", None)),
            "site": "PAR",
            "skills": chance.sample(["call", "medical"], chance.randint(0, 2)),
        }
        for n in range(chance.randint(1, 4))
    ]
    shifts, calls = [], []
    for one in people:
        zone = chance.choice(zones)
        for row in series_of_spans(chance, origin, zone, 48):
            site = chance.choice(("PAR", "PAR", "LYO"))
            shift = {"id": f"s{len(shifts)}", "person": one["id"], "site": site, "tz": zone, **row}
            start = datetime.fromisoformat(row["start"]).astimezone(UTC)
            if chance.random() < 0.3 and datetime.fromisoformat(row["end"]) - start > timedelta(minutes=20):
                rest = {
                    "start": iso(start + timedelta(minutes=5), zone),
                    "end": iso(start + timedelta(minutes=15), zone),
                }
                shift["breaks"] = [rest]
            shifts.append(shift)
        if chance.random() < 0.3:
            calls += [
                {"person": one["id"], "site": "PAR", **row} for row in series_of_spans(chance, origin, zones[0], 60)
            ]
    return {
        "id": "random",
        "from": days[1],
        "to": chance.choice(days[1:3]),
        "people": people,
        "shifts": shifts,
        "oncall": calls,
        "absences": [
            {"person": chance.choice(people)["id"], **span(chance, origin, zones[0])}
            for _ in range(chance.randint(0, 3))
        ],
        "bookings": [booking(chance, people, days, origin, zones[0]) for _ in range(chance.randint(0, 4))],
        "holidays": [chance.choice(days)],
        "rules": [rule(chance, number, zones, days) for number in range(chance.randint(1, 4))],
        "candidate": candidate(chance, shifts, booking(chance, people, days, origin, zones[0])),
    }
