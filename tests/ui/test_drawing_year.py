import re
from datetime import date
from decimal import Decimal

import pytest

from ui.drawing.year import Cell, Month, balance_cells, meter, year_grid


def shapes(svg: str) -> dict[str, int]:
    found = re.findall(r'class="(done|dot|pending|left)"', svg)
    return {name: found.count(name) for name in set(found)}


def drawn(total, done=0, booked=0, pending=0) -> dict[str, int]:
    numbers = {"total": total, "done": done, "booked": booked, "pending": pending}
    return shapes(balance_cells(label="", **{name: Decimal(str(value)) for name, value in numbers.items()}))


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ({"total": 100}, {"left": 100}),
        ({"total": 80, "done": 30, "booked": 5, "pending": 3}, {"done": 35, "dot": 5, "pending": 3, "left": 42}),
        ({"total": 100, "done": 100}, {"done": 100}),
        ({"total": 0}, {}),
    ],
)
def test_the_balance_has_a_cell_for_each_day_due(figures, cells):
    assert drawn(**figures) == cells


def test_half_a_day_is_half_a_cell():
    assert drawn(10, done=1.5) == {"done": 2, "left": 9}


def test_half_a_day_due_still_has_its_cell():
    assert drawn(40.5)["left"] == 41


def test_more_days_than_due_are_all_drawn():
    assert drawn(2, done=3) == {"done": 3}


def test_rows_follow_the_days_due():
    assert 'viewBox="0 0 110 88"' in balance_cells(
        total=Decimal(80), done=Decimal(0), booked=Decimal(0), pending=Decimal(0), label=""
    )


def test_a_short_cap_is_drawn_and_a_long_one_only_written():
    bars = meter(used=Decimal("2"), pending=Decimal("1"), limit=Decimal(3), label="2 of 3")
    assert re.findall(r'<span class="(\w*)">', bars) == ["used", "pending", ""]
    assert meter(used=Decimal(2), pending=Decimal(0), limit=Decimal(20), label="") == ""


def test_a_cell_says_all_of_it_in_words_and_escapes_them():
    cell = Cell(date(2026, 6, 1), "free", 'Monday 1 June, <b>"free"</b>', today=True)
    html = year_grid([Month(date(2026, 6, 1), [cell], "–")], lang="en", sprite="/icons.svg")
    assert 'aria-label="Monday 1 June, &lt;b&gt;&quot;free&quot;&lt;/b&gt;"' in html
    assert 'aria-current="date"' in html
    assert "/icons.svg#ring" in html


@pytest.mark.parametrize(("month", "css"), [(6, "s0"), (1, "s3"), (2, "s6")])
def test_a_month_begins_in_the_column_of_its_weekday(month, css):
    assert f'class="month {css}"' in year_grid([Month(date(2026, month, 1), [], "")], lang="fr", sprite="")
