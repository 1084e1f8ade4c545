"""Sizes and words that keep the house readable by strangers."""

import re
import subprocess

from tests.house.tree import ROOT, python_files, templates

MOST_LINES = 400
# Put together from halves, so that this file does not name what it forbids.
UNFINISHED = re.compile(
    "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", r"raise NotImpl" + "emented", r"mark\.x" + "fail"))
)
MACHINE = re.compile(
    r"(?<![\w./-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "fa" + "rm", "home/\\w+")) + r")(?:/|\b(?![\w-]))"
)


def tracked_texts():
    """Every text file that a clone would hold, with its content."""
    names = subprocess.run(
        ("git", "ls-files", "-co", "--exclude-standard"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in names.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes())[:4096]:
            yield name, content.decode("utf-8")


def lines_with(pattern: re.Pattern, *, suffixes: tuple[str, ...] = ()):
    return [
        f"{name}:{number} {line.strip()[:100]}"
        for name, text in tracked_texts()
        if not suffixes or name.endswith(suffixes)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_is_longer_than_a_head_can_hold():
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_template_is_longer_than_a_head_can_hold():
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in templates()}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_nothing_is_left_unfinished():
    assert lines_with(UNFINISHED, suffixes=(".py", ".html", ".css", ".js", ".toml", ".md", "Makefile")) == []


def test_no_path_of_one_machine_is_written_down():
    assert (
        lines_with(MACHINE, suffixes=(".py", ".html", ".css", ".js", ".toml", ".md", ".txt", "Makefile", "run")) == []
    )


def test_no_test_sleeps():
    asleep = re.compile(r"\b(?:time\.)?sleep\(|wait_for_timeout\(")
    assert [
        line for line in lines_with(asleep, suffixes=(".py",)) if line.startswith("tests/") and "tidiness" not in line
    ] == []
