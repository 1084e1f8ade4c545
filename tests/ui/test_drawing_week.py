"""The week grid as SVG: blocks where their hours lie, cells that say what stands there, the morning after midnight."""

import re

import pytest

from ui.drawing.weekgrid import WIDTHS, Block, Line, Words, week_grid

WORDS = Words(title="Every week", nothing="nothing asked", after="the day after")
LINES = [Line("Sat", "Saturday", band=True), Line("Sun", "Sunday", band=True)]


def drawn(*blocks: Block, step: int = 60) -> str:
    return str(week_grid(name="w", lines=LINES, blocks=blocks, step=step, words=WORDS))


@pytest.mark.parametrize("step", WIDTHS)
def test_every_cell_of_every_step_can_be_reached_and_names_itself(step):
    page = drawn(step=step)
    assert page.count('role="gridcell"') == 2 * 36 * 60 // step
    assert page.count('role="row"') == 2
    assert f'aria-label="Saturday, 00:{step % 60:02}' in page or step == 60
    assert len(set(re.findall(r'id="(cell-[^"]+)"', page))) == page.count('role="gridcell"')


def test_a_night_is_drawn_past_midnight_and_cut_where_the_grid_ends():
    page = drawn(Block(0, 1320, 1800, "3"), Block(1, 1200, 2640, "2"))
    assert '<rect x="550.5" y="22.5" width="198.0"' in page
    assert '<rect x="500.5" y="57.5" width="398.0"' in page
    assert 'aria-label="Saturday, the day after, 05:00, 3"' in page
    assert 'aria-label="Saturday, the day after, 06:00, nothing asked"' in page


def test_a_block_of_the_day_before_is_drawn_apart():
    page = drawn(Block(1, 0, 360, "3", before=True), Block(0, 0, 360, "5", tint=4))
    assert '<g class="ghost"' in page and '<g class="own n4"' in page


def test_words_are_escaped():
    page = str(week_grid(name="w", lines=[Line("<b>", "<i>")], blocks=[Block(0, 0, 60, "<u>")], step=60, words=WORDS))
    assert not {"<b>", "<i>", "<u>"} & set(re.findall(r"<\w+>", page))
