"""The heat map as SVG and as a table: the number carries the meaning, names cannot break out."""

import re

import pytest

from ui.drawing.heat import Head, HeatCell, HeatRow, heat_map, heat_table, signed

HEADS = [Head("S", "Saturday", band=True), Head("S", "Sunday", band=True), Head("M", "Monday")]


def row(*lows: int, label: str = "June", **cell) -> HeatRow:
    return HeatRow(label, "", [HeatCell(n, low, f"day {n}: {low}", f"/{n}/", **cell) for n, low in enumerate(lows)])


def drawn(*rows: HeatRow, **options) -> str:
    return heat_map(title="Lowest margin", heads=HEADS, rows=rows, **options)


@pytest.mark.parametrize(
    ("low", "text"), [(-12, "−12"), (-1, "−1"), (0, "0"), (1, "+1"), (99, "+99"), (100, "99+"), (5000, "99+")]
)
def test_a_margin_is_written_with_its_sign(low, text):
    assert signed(low) == text


@pytest.mark.parametrize(("low", "tint"), [(-3, "gap"), (0, "tight"), (1, "t1"), (3, "t3"), (4, "t4"), (40, "t4")])
def test_every_tint_stands_beside_its_number(low, tint):
    cell = re.search(r"<a .*?</a>", drawn(row(low)))[0]
    assert f'class="{tint}"' in cell and f">{signed(low)}</text>" in cell


def test_no_margin_has_a_foot_and_a_gap_has_stripes():
    assert 'class="foot"' in drawn(row(0)) and 'class="foot"' not in drawn(row(1, -1))
    assert '<pattern id="heat-gap"' in drawn(row(-1))


def test_each_cell_is_a_link_that_says_all_of_it_at_its_place():
    page = drawn(row(1, -1), row(0))
    assert page.count("data-stop") == 3
    assert 'href="/1/" data-stop data-x="1" data-y="0" aria-label="day 1: -1"' in page
    assert 'data-x="0" data-y="1"' in page


def test_the_chosen_day_is_current_and_today_is_marked():
    page = drawn(row(2, chosen=True, today=True))
    assert 'class="t2 today chosen"' in page and 'aria-current="date"' in page
    assert "aria-current" not in drawn(row(2))


def test_names_stand_beside_the_cells_unseen_by_readers_who_hear_the_cells():
    page = drawn(HeatRow("Supervisors at any time of the day and of the night", "Niort", []), row(1, label="Second"))
    names = re.search(r'<div class="heat-names" aria-hidden="true">(.*?)</div>', page)[1]
    assert "<b>Supervisors at any time of the day and of the night</b><span>Niort</span>" in names
    assert "<b>Second</b>" in names


def test_a_tall_map_has_taller_rows_of_the_same_width():
    low, tall = drawn(row(1), row(1)), drawn(row(1), row(1), size="tall")
    size = re.compile(r'class="heat-cells".*?width="(\d+)" height="(\d+)"')
    assert size.search(low).groups() == ("75", "84") and size.search(tall).groups() == ("75", "108")


@pytest.mark.parametrize("field", ["label", "note", "words", "href", "head", "title"])
def test_no_name_breaks_out_of_the_drawing_or_the_table(field):
    bad = '"><script>alert(1)</script>'
    given = {"label": "June", "note": "", "words": "w", "href": "/x/", "head": "S", "title": "T"} | {field: bad}
    rows = [HeatRow(given["label"], given["note"], [HeatCell(0, 1, given["words"], given["href"])])]
    heads = [Head(given["head"], given["head"])]
    page = heat_map(title=given["title"], heads=heads, rows=rows)
    page += heat_table(caption=given["title"], corner=given["head"], heads=heads, rows=rows)
    assert "<script" not in page and "&lt;script&gt;" in page


def test_the_table_has_the_same_numbers_under_full_names():
    table = heat_table(caption="June", corner="Month", heads=HEADS, rows=[row(1, -1)])
    assert [text for text in re.findall(r'<th scope="col">(.*?)</th>', table)] == [
        "Month", "Saturday", "Sunday", "Monday"
    ]  # fmt: skip
    assert '<th scope="row">June</th><td>+1<td>−1<td>' in table


def test_an_empty_map_still_draws_its_weekend_bands():
    page = drawn()
    assert page.count('class="band"') == 2 and "data-stop" not in page
