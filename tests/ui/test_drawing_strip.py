"""The strip of a day: what is required keeps out of the way of the numbers."""

import re

import pytest

from ui.drawing.strip import Step, strip

HIGH, LOW = Step(0, 960, 9), Step(960, 1440, 3)


@pytest.mark.parametrize(
    ("required", "end"),
    [
        ([Step(0, 1440, 2)], "66.67%"),  # near the foot, its words stand above: below the nine, not upon the three
        ([Step(720, 1440, 2)], "66.67%"),
        ([Step(900, 1440, 2)], "100.00%"),  # an hour below the nine is too short for them
        ([Step(0, 1440, 6)], "100.00%"),  # with room below the line they stand at its end
    ],
)
def test_the_words_of_what_is_required_do_not_cover_a_number(required, end):
    drawn = strip(
        title="", length=1440, after=[HIGH, LOW], before=[], asked=[], hours=[], required=required, need="need {0}"
    )
    assert re.findall(r'class="need" x="([^"]+)" y="[^"]+">need', drawn) == [end]
