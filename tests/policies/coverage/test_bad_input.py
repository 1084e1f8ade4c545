"""Whatever the file holds: an answer, or one sentence with case, field, value and remedy, and exit 1."""

import copy
import json
import subprocess
import sys

import pytest

from policies.coverage.__main__ import main
from policies.coverage.cases import answer, load
from policies.coverage.reading import Fault

SHIFT = {
    "id": "s0",
    "person": "p0",
    "site": "PAR",
    "tz": "Europe/Paris",
    "start": "2026-03-28T22:00+01:00",
    "end": "2026-03-29T06:00+02:00",
}
ANY = {"tz": "Europe/Paris", "skill": None, "team": None, "site": None, "days": ["sat", "sun"]}
GOOD = {
    "id": "c1",
    "from": "2026-03-28",
    "to": "2026-03-29",
    "people": [{"id": "p0", "team": "A", "site": "PAR", "skills": ["call"]}],
    "shifts": [{**SHIFT, "breaks": [{"start": "2026-03-29T01:00+01:00", "end": "2026-03-29T01:30+01:00"}]}],
    "absences": [{"person": "p0", "start": "2026-03-29T04:00+02:00", "end": "2026-03-29T05:00+02:00"}],
    "oncall": [{"person": "p0", "site": "PAR", "start": "2026-03-30T04:00+02:00", "end": "2026-03-30T05:00+02:00"}],
    "bookings": [
        {
            "person": "p0",
            "date": "2026-03-28",
            "part": "hours",
            "start": "2026-03-28T22:00+01:00",
            "end": "2026-03-28T23:00+01:00",
        }
    ],
    "holidays": ["2026-04-06"],
    "rules": [
        {
            "id": "r0",
            "type": "min",
            "counts": "onsite",
            "start": "22:00",
            "end": "06:00",
            "required": 1,
            "on_call": True,
            "requirement": "nights",
            "layer": "dated",
            "dates": ["2026-03-28"],
            **ANY,
        },
        {
            "id": "r1",
            "type": "max_remote_percent",
            "basis": "instant",
            "start": "22:00",
            "end": "06:00",
            "percent": 50,
            **ANY,
        },
        {"id": "r2", "type": "max_remote_percent", "basis": "day_people", "percent": 50, **ANY},
        {"id": "r3", "type": "max_remote", "limit": 1, **ANY},
    ],
    "candidate": {"person": "p0", "date": "2026-03-28", "part": "full"},
}
JUNK = [
    None,
    True,
    -1,
    10**40,
    1.5,
    "",
    "\0",
    "x" * 5000,
    "🦀",
    "\ud800",
    "2026-02-31",
    "2026-03-28T22:00",
    "25:00",
    [],
    [[]],
    {},
    [None],
]


def changed(path, value):
    """The good case with one field set (or taken out, for the Ellipsis)."""
    case = copy.deepcopy(GOOD)
    *parents, last = path
    target = case
    for step in parents:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return case


def paths(node, at=()):
    """Every place in a document."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*at, key))


def said(tmp_path, capsys, text):
    """What the command says of a file; nothing may be on stdout."""
    file = tmp_path / "cases.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main([str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err.removeprefix(f"{file}: ").rstrip("\n")


def test_the_good_case_is_good():
    assert answer(load(json.dumps([GOOD]))[0])["outcome"] == "refused"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("to",), "2026-03-27", 'to "2026-03-27" is before from 2026-03-28; write the same or a later date.'),
        (("to",), "2027-12-31", 'to "2027-12-31" is more than 400 days from 2026-03-28; cut the period into pieces.'),
        (("from",), "2026-02-31", 'from "2026-02-31" is not a date; write one that exists, like 2026-03-29.'),
        (("from",), "0001-01-01", 'from "0001-01-01" is outside the years 1971 to 2198; choose a date in them.'),
        (("candidate",), ..., "candidate: nothing is not an object; write {...} with its fields."),
        (("candidate", "person"), "p9", 'candidate: person "p9" is not in people; add the person or correct the name.'),
        (
            ("candidate", "part"),
            "morning",
            'candidate: part "morning" is not known; write one of full, first_half, second_half, hours.',
        ),
        (("candidate", "part"), "hours", "candidate: start is missing; give an instant like 2026-03-29T06:00+02:00."),
        (
            ("shifts", 0, "tz"),
            "Europe/Niort",
            'shifts[0] (s0): tz "Europe/Niort" is not a known time zone; write one like Europe/Paris.',
        ),
        (
            ("shifts", 0, "end"),
            "2026-03-28T21:00+01:00",
            'shifts[0] (s0): end "2026-03-28T21:00+01:00" is not after start "2026-03-28T22:00+01:00"; '
            "write a later end.",
        ),
        (
            ("shifts", 0, "start"),
            "2026-03-28T22:00",
            'shifts[0] (s0): start "2026-03-28T22:00" has no offset; add it, like 2026-03-29T06:00+02:00.',
        ),
        (
            ("shifts", 0, "start"),
            "2026-03-28T22:00:30+01:00",
            'shifts[0] (s0): start "2026-03-28T22:00:30+01:00" is not on a whole minute; leave out the seconds.',
        ),
        (
            ("shifts", 0, "breaks", 0, "end"),
            "2026-03-29T09:00+02:00",
            'shifts[0] (s0): breaks[0]: start "2026-03-29T01:00+01:00" begins a break that leaves its shift; '
            "keep the break inside the shift.",
        ),
        (
            ("candidate", "person"),
            "Zoé 🦀",
            'candidate: person "Zoé 🦀" is not in people; add the person or correct the name.',
        ),
        (("shifts", 0, "person"), "p\0", 'shifts[0] (s0): person "p\\u0000" holds a control character; remove it.'),
        (
            ("rules", 0, "required"),
            10**30,
            f"rules[0] (r0): required {10**30} is not a whole number from 0 to 1000000; write one.",
        ),
        (("rules", 0, "start"), "24:00", 'rules[0] (r0): start "24:00" is not a clock time; write 00:00 to 23:59.'),
        (
            ("rules", 1, "percent"),
            101,
            "rules[1] (r1): percent 101 is not a number from 0 to 100 with at most three decimals; write one.",
        ),
        (
            ("rules", 2, "basis"),
            "week",
            'rules[2] (r2): basis "week" is not known; write one of instant, day_people, day_minutes.',
        ),
        (
            ("rules", 3, "type"),
            "max",
            'rules[3] (r3): type "max" is not known; write one of min, max_remote_percent, max_remote.',
        ),
        (("rules", 0, "dates"), ..., "rules[0] (r0): dates is missing; give a list."),
        (("rules", 3, "id"), "r0", 'rules[3] (r0): id "r0" is there twice; give each its own.'),
        (
            ("rules", 3, "days"),
            ["Monday"],
            'rules[3] (r3): days "Monday" is not known; write one of mon, tue, wed, thu, fri, sat, sun.',
        ),
    ],
)
def test_a_fault_names_case_field_value_and_remedy(tmp_path, capsys, path, value, sentence):
    assert said(tmp_path, capsys, json.dumps([changed(path, value)])) == f"case c1: {sentence}"


def test_overlapping_shifts_of_a_person_are_named(tmp_path, capsys):
    case = changed(
        ("shifts",), [SHIFT, {**SHIFT, "id": "s1", "start": "2026-03-29T05:30+02:00", "end": "2026-03-29T09:00+02:00"}]
    )
    assert said(tmp_path, capsys, json.dumps([case])) == (
        'case c1: shifts[1] (s1): start "2026-03-29T05:30+02:00" is before the end 2026-03-29T06:00+02:00'
        " of shifts[0] (s0) of the same person; let them not overlap."
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not JSON"),
        ("[{]", "line 1, column 3"),
        ("{}", "not a list of cases"),
        ("[{}]", "case 1 of the list: id is missing; give a text."),
        ("[1]", "case 1 of the list: 1 is not an object"),
        ("[" * 100_000, "nested too deep"),
        ("[" + "9" * 5000 + "]", "too long"),
        ("[1e999]", "1e999 is written too long"),
        ("[NaN]", "NaN is not a number"),
        (b"\xff\xfe[]", "byte 0 is not UTF-8"),
        ("[]\0", "not JSON"),
    ],
)
def test_a_document_that_cannot_be_read_is_named(tmp_path, capsys, text, part):
    assert part in said(tmp_path, capsys, text)


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, capsys, name):
    assert main([f"{tmp_path}/{name}"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_an_empty_list_has_no_answers(tmp_path, capsys):
    file = tmp_path / "none.json"
    file.write_text("[]")
    assert main([str(file)]) == 0 and json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("path", list(paths(GOOD)), ids=lambda path: ".".join(map(str, path)))
def test_any_field_missing_or_spoilt_gives_an_answer_or_a_sentence(path):
    for value in (..., *JUNK):
        try:
            [case] = load(json.dumps([changed(path, value)]))
            json.dumps(answer(case))
        except Fault as fault:
            assert str(fault).endswith(".") and "\n" not in str(fault) and len(str(fault)) < 400


def test_the_command_exits_with_1_and_no_traceback(tmp_path):
    command = [sys.executable, "-m", "policies.coverage", str(tmp_path / "missing.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
