"""The table of figures: what it says of an aim, and where it is written."""

import pytest

from bench.report import BEGIN, END, Measure, table, write
from bench.server import spread


@pytest.mark.parametrize(
    ("measure", "verdict"),
    [
        (Measure("page", 25.0, aim=25), "met"),
        (Measure("page", 25.1, aim=25), "**missed**"),
        (Measure("decisions", 20_000, "/s", aim=20_000, higher=True), "met"),
        (Measure("decisions", 19_999, "/s", aim=20_000, higher=True), "**missed**"),
        (Measure("no aim", 1.0), ""),
    ],
)
def test_an_aim_is_met_or_missed_by_its_own_direction(measure, verdict):
    assert measure.cells()[3] == verdict
    assert measure.met == (verdict != "**missed**")


def test_a_ratio_stands_beside_the_baseline_it_names():
    cells = Measure("page", 12.0, baseline=4.0, against="one line").cells()
    assert "3.00 ×" in cells and "4.00 ms, one line" in cells


def test_all_columns_of_the_table_are_aligned():
    lines = table([Measure("short", 1.0), Measure("a longer name", 123_456.0, cpu=2.0)]).splitlines()
    assert len({len(line) for line in lines}) == 1 and len(lines) == 4


def test_figures_replace_those_of_before_and_nothing_else(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Title\n\n{BEGIN}\nold\n{END}\n\nafter\n", encoding="utf-8")
    write(page, "new")
    assert page.read_text(encoding="utf-8") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\nafter\n"


def test_the_median_and_the_slow_end_of_a_hundred_calls():
    assert spread(range(1, 101)) == (50.5, 96)
    assert spread([7.0]) == (7.0, 7.0)
