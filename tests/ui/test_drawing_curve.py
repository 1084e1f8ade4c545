"""Curves of a day: steps, the line of what is required, hatch for what is missing, and no number over another."""

import re

import pytest

from ui.drawing.curve import BASE, Stretch, Words, curve, hours
from ui.drawing.labels import NARROW, WIDE, Label, placed

WORDS = Words(title="Sat 22:00–06:00: 2 of 3 supervisors on site", limit="need {0}", gap="{0} of {1}")
NIGHT = [Stretch(0, 1320, 4, 3), Stretch(1320, 1800, 2, 3), Stretch(1800, 1920, 4, 3)]
LENGTH = 1920


def texts(page: str, css: str = "") -> list[str]:
    return re.findall(rf'<text class="{css}[^"]*"[^>]*>(.*?)</text>', page)


def test_a_gap_is_hatched_shaded_and_written():
    page = curve(NIGHT, words=WORDS)
    assert page.count('class="missing"') == 1 and page.count('class="shade"') == 1
    assert texts(page, "wrong") == ["2 of 3"]
    assert f"<title>{WORDS.title}</title>" in page and 'role="img"' in page


def test_what_holds_has_no_hatch_and_names_its_requirement_once():
    page = curve([Stretch(0, LENGTH, 3, 3)], words=WORDS)
    assert 'class="missing"' not in page and texts(page, "limit-words") == ["need 3"]
    assert texts(page, "level") == ["3"]


def test_at_most_is_broken_from_above():
    held = [Stretch(0, 900, 2, 2), Stretch(900, LENGTH, 3, 2)]
    page = curve(held, words=Words("t", "at most {0}", "{0}, at most {1}"), at_most=True)
    assert page.count('class="missing"') == 1 and texts(page, "wrong") == ["3, at most 2"]
    assert 'class="missing"' not in curve(held[:1], words=WORDS, at_most=True)


def test_the_plan_is_dotted_under_a_what_if_and_the_midnight_is_drawn():
    page = curve(NIGHT, words=WORDS, before=[Stretch(0, LENGTH, 4, 3)], midnights=[1440])
    assert 'class="before"' in page and 'class="midnight" x1="75.00%"' in page


def boxes(page: str, width: int, css: str) -> list[tuple[float, float, float, float]]:
    """Where the texts lie on a page of a width; ``css`` hides those that a phone leaves out."""
    found = []
    for classes, x, y, text in re.findall(r'<text class="([^"]*)" x="([\d.]+)%" y="([\d.]+)">(.*?)</text>', page):
        if css and css in classes.split():
            continue
        size = len(text) * (6.2 if "limit-words" in classes else 7.4)
        shift = {"start": 0, "middle": 0.5, "end": 1}[
            next(a for a in ("start", "middle", "end") if a in classes.split())
        ]
        left = float(x) * width / 100 - size * shift
        found.append((left, float(y) - 13, left + size, float(y)))
    return found


SAW = [Stretch(n * 60, n * 60 + 60, n % 4, 2 + n % 2) for n in range(32)]


@pytest.mark.parametrize(("width", "hidden"), [(NARROW, "roomy"), (WIDE, "")])
@pytest.mark.parametrize("held", [NIGHT, SAW, [Stretch(0, 30, 0, 1), Stretch(30, 60, 1, 2), Stretch(60, 1920, 9, 2)]])
@pytest.mark.parametrize("at_most", [False, True])
def test_no_text_covers_another_on_a_phone_or_a_desktop(width, hidden, held, at_most):
    found = boxes(curve(held, words=WORDS, at_most=at_most), width, hidden)
    for number, one in enumerate(found):
        for two in found[number + 1 :]:
            assert not (one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3])


def test_the_number_of_a_gap_down_to_nobody_stands_clear_of_the_hatch():
    page = curve([Stretch(0, 900, 3, 3), Stretch(900, LENGTH, 0, 3)], words=WORDS)
    hatch = re.search(r'class="missing" x="[^"]*" y="([\d.]+)"', page)[1]
    written = re.search(r'class="wrong[^"]*" x="[^"]*" y="([\d.]+)"', page)[1]
    assert float(written) < float(hatch) < BASE


def test_gaps_of_the_same_people_and_another_requirement_are_two_numbers():
    page = curve([Stretch(0, 960, 1, 2), Stretch(960, LENGTH, 1, 3)], words=WORDS)
    assert texts(page, "wrong") == ["1 of 2", "1 of 3"]


def test_what_is_wanted_of_nobody_is_drawn_as_nothing():
    page = curve([Stretch(0, LENGTH, 0, None)], words=WORDS)
    assert 'class="limit"' not in page and 'class="area"' not in page and texts(page, "level") == ["0"]
    assert "<svg" in curve([], words=WORDS)


def test_words_are_escaped():
    page = curve(NIGHT, words=Words("<b>", "<i>{0}", "<u>{0} {1}")) + hours([(0, "<s>")], 10)
    assert not re.search(r"<(b|i|u|s)>", page)


def test_a_phone_sees_every_second_hour_and_always_the_end():
    marks = [(n * 240, f"{n * 4 % 24:02}:00") for n in range(8)] + [(1920, "08:00")]
    page = hours(marks, 1920)
    assert re.findall(r'hour \w+ roomy"[^>]*>(.*?)<', page) == ["04:00", "12:00", "20:00", "04:00"]
    assert 'class="hour last"' in page and 'class="hour first"' in page


def test_a_label_without_room_is_left_out_and_one_with_little_is_for_wide_pages():
    wide, narrow = (Label("level", "12345", 500, 20, room, 2) for room in (100, 20))
    assert [(one.room, roomy) for one, roomy in placed([wide, narrow], 1000)] == [(100, True)]
