"""The colours of the token file hold the contrasts that look.md promises, light and dark."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "ui/static/ui"
PAIR = re.compile(r"--(\w+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);")
TOKENS = {name: colours for name, *colours in PAIR.findall((STATIC / "tokens.css").read_text())}
TEXT = {
    "ink": "canvas surface sunken tealsoft ambersoft bricksoft",
    "ink2": "canvas surface sunken tealsoft ambersoft bricksoft",
    "ink3": "canvas surface sunken band",
    "onteal": "teal",
    "tealtext": "surface canvas tealsoft",
    "ambertext": "surface canvas ambersoft",
    "bricktext": "surface canvas bricksoft",
    "plumtext": "surface plumsoft",
    "onink": "ink",
    "onbrick": "brickmark",
    "canvas": "focus ink",
}
SHAPES = {
    "edge": "canvas surface",
    "teal": "surface canvas",
    "ambermark": "surface ambersoft",
    "brickmark": "surface bricksoft",
    "plummark": "surface plumsoft",
    "focus": "canvas surface",
}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs.split()]


def test_the_measure_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("front", "back"), pairs(TEXT))
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_by_four_and_a_half(front, back, theme):
    assert contrast(TOKENS[front][theme], TOKENS[back][theme]) >= 4.5


@pytest.mark.parametrize(("front", "back"), pairs(SHAPES))
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_shapes_stand_out_by_three(front, back, theme):
    assert contrast(TOKENS[front][theme], TOKENS[back][theme]) >= 3


def test_every_colour_in_use_is_a_token():
    """A literal colour outside the token file would miss the dark theme and this test."""
    sheets = [sheet for sheet in STATIC.glob("*.css") if sheet.name != "tokens.css"]
    used = {name for sheet in sheets for name in re.findall(r"var\(--(\w+)\)", sheet.read_text())}
    sizes = set(re.findall(r"--(\w+):", (STATIC / "tokens.css").read_text()))
    local = {name for sheet in sheets for name in re.findall(r"--(\w+):", sheet.read_text())}
    assert used <= sizes | local
