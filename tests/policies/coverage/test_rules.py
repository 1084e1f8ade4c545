"""What the shared cases leave out: layers, on-call, breaks, and the edges of a window."""

import json

import pytest

from policies.coverage.cases import answer, load

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NIGHT = {"start": "2026-04-30T22:00+02:00", "end": "2026-05-01T06:00+02:00"}
RULE = {
    "id": "r",
    "type": "min",
    "tz": "Europe/Paris",
    "skill": None,
    "team": None,
    "site": None,
    "days": EVERY_DAY,
    "counts": "onsite",
    "start": "22:00",
    "end": "06:00",
    "required": 2,
}


def case(**changes):
    """Two people on the night of 30 April to 1 May; p0 asks for the whole of it."""
    people = [{"id": f"p{n}", "team": "A", "site": "PAR", "skills": []} for n in range(3)]
    shifts = [{"id": f"s{n}", "person": f"p{n}", "site": "PAR", "tz": "Europe/Paris", **NIGHT} for n in range(2)]
    found = {
        "id": "c",
        "from": "2026-04-30",
        "to": "2026-05-01",
        "people": people,
        "shifts": shifts,
        "absences": [],
        "bookings": [],
        "rules": [RULE],
        "candidate": {"person": "p0", "date": "2026-04-30", "part": "full"},
    }
    return {**found, **changes}


def asked(**changes):
    return answer(load(json.dumps([case(**changes)]))[0])


def fails(found):
    return [
        (gap["rule"], gap["before"], gap["value"], gap["limit"], gap["start"][11:16], gap["end"][11:16])
        for gap in found["failing"]
    ]


def test_two_required_and_one_left_is_refused():
    assert fails(asked()) == [("r", 2, 1, 2, "22:00", "06:00")]


@pytest.mark.parametrize(
    ("layers", "failing"),
    [
        ([("weekly", 2, None)], ["weekly"]),
        ([("weekly", 2, None), ("holiday", 1, None)], ["weekly"]),
        ([("weekly", 2, None), ("holiday", 1, ["2026-04-30"])], []),
        ([("weekly", 1, None), ("holiday", 2, ["2026-04-30"])], ["holiday"]),
        ([("dated", 1, ["2026-04-30"]), ("weekly", 2, None), ("holiday", 2, ["2026-04-30"])], []),
        ([("weekly", 1, None), ("dated", 2, ["2026-04-30"]), ("holiday", 1, ["2026-04-30"])], ["dated"]),
        ([("weekly", 2, None), ("dated", 1, ["2026-05-01"])], ["weekly"]),
    ],
)
def test_of_the_layers_of_a_requirement_the_last_wins_on_its_dates(layers, failing):
    rules = [
        {
            **RULE,
            "id": layer,
            "requirement": "nights",
            "layer": layer,
            "required": required,
            **({"dates": dates} if dates else {}),
        }
        for layer, required, dates in layers
    ]
    found = asked(rules=rules, holidays=["2026-05-01"])
    assert [gap["rule"] for gap in found["failing"]] == failing


def test_layers_of_another_requirement_silence_nothing():
    other = {**RULE, "id": "other", "requirement": "other", "layer": "dated", "dates": ["2026-04-30"], "required": 0}
    assert [gap["rule"] for gap in asked(rules=[{**RULE, "requirement": "nights"}, other])["failing"]] == ["r"]


def test_on_call_counts_only_where_the_rule_says_so():
    call = [{"person": "p2", "site": "PAR", **NIGHT}]
    assert asked(oncall=call)["outcome"] == "refused"
    assert asked(oncall=call, rules=[{**RULE, "on_call": True}])["outcome"] == "allowed"


def test_on_call_stops_where_the_person_is_absent_or_on_a_shift():
    call = [{"person": "p2", "site": "PAR", **NIGHT}, {"person": "p1", "site": "PAR", **NIGHT}]
    away = [{"person": "p2", "start": "2026-05-01T02:00+02:00", "end": "2026-05-01T04:00+02:00"}]
    found = asked(oncall=call, absences=away, rules=[{**RULE, "on_call": True}])
    assert fails(found) == [("r", 2, 1, 2, "02:00", "04:00")]


def test_on_call_is_neither_working_nor_remote_in_a_share():
    share = {**RULE, "type": "max_remote_percent", "basis": "instant", "percent": 40}
    found = asked(oncall=[{"person": "p2", "site": "PAR", **NIGHT}], rules=[share])
    assert fails(found) == [("r", 0, 1, 2, "22:00", "06:00")]


def test_a_break_is_not_worked_and_does_not_move_the_middle():
    shifts = case()["shifts"]
    shifts[0]["breaks"] = [{"start": "2026-05-01T01:00+02:00", "end": "2026-05-01T01:30+02:00"}]
    found = asked(shifts=shifts, candidate={"person": "p0", "date": "2026-04-30", "part": "first_half"})
    assert found["moved_minutes"] == 210
    assert fails(found) == [("r", 2, 1, 2, "22:00", "01:00"), ("r", 2, 1, 2, "01:30", "02:00")]
    assert [gap["start"][11:16] for gap in found["gaps_before"] if gap["window"] == "2026-04-30"] == ["01:00"]


def test_the_odd_minute_belongs_to_the_second_half():
    shifts = case()["shifts"]
    shifts[0]["end"] = "2026-05-01T05:59+02:00"
    halves = [{"person": "p0", "date": "2026-04-30", "part": part} for part in ("first_half", "second_half")]
    assert [asked(shifts=shifts, candidate=half)["moved_minutes"] for half in halves] == [239, 240]


def test_touching_posts_of_a_date_make_one_run():
    shifts = case()["shifts"]
    shifts[0]["end"] = "2026-04-30T23:15+02:00"
    shifts.append({**shifts[1], "id": "s2", "person": "p0", "start": "2026-04-30T23:15+02:00"})
    assert fails(asked(shifts=shifts)) == [("r", 2, 1, 2, "22:00", "06:00")]


def test_a_run_is_cut_where_one_window_ends_and_the_next_begins():
    gaps = asked(rules=[{**RULE, "start": "02:00", "end": "02:00"}])["failing"]
    cuts = [(gap["window"], gap["start"][11:16], gap["end"][11:16]) for gap in gaps]
    assert cuts == [("2026-04-30", "22:00", "02:00"), ("2026-05-01", "02:00", "06:00")]


def test_a_percent_is_exact_to_its_decimals():
    shifts = [{**case()["shifts"][0], "id": f"s{n}", "person": f"p{n}"} for n in range(3)]
    share = {**RULE, "type": "max_remote_percent", "basis": "day_people"}
    assert asked(shifts=shifts, rules=[{**share, "percent": 33.333}])["outcome"] == "refused"
    assert asked(shifts=shifts, rules=[{**share, "percent": 33.334}])["outcome"] == "allowed"


def test_a_person_with_two_posts_on_a_date_is_one_person():
    shifts = [
        {**case()["shifts"][0], "end": "2026-04-30T23:00+02:00"},
        {**case()["shifts"][0], "id": "s9", "start": "2026-04-30T23:30+02:00"},
    ]
    hours = {
        "person": "p0",
        "date": "2026-04-30",
        "part": "hours",
        "start": "2026-04-30T22:00+02:00",
        "end": "2026-04-30T22:30+02:00",
    }
    heads = {**RULE, "type": "max_remote", "limit": 0}
    assert asked(shifts=shifts, rules=[heads])["failing"] == [
        {"rule": "r", "date": "2026-04-30", "before": 0, "value": 1, "limit": 0}
    ]
    assert asked(shifts=shifts, rules=[heads], bookings=[hours])["outcome"] == "allowed"
