"""Words inside a drawing as wide as its page: which have room on a desktop, and which of these on a phone, too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NARROW, WIDE = 340, 700  # pixels: what a phone and a desktop give a drawing at least
LETTER, SMALL_LETTER, LINE = 7.4, 6.2, 13  # pixels: width of a letter at 13 and at 11, height of both
AIR = 8  # pixels beside a text in its own room
ROOMY = "roomy"  # the class of what a phone leaves out
SMALL = ("limit-words",)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place: ``x`` and the ``room`` that is its own in units of the drawing, ``y`` of its foot in pixels.

    ``anchor`` is start, middle or end; those of the lowest ``rank`` find their place first.
    """

    css: str
    text: str
    x: float
    y: float
    room: float
    rank: int
    anchor: str = "middle"

    def box(self, scale: float) -> Box:
        """(left, top, right, bottom) in pixels, ``scale`` being pixels a unit."""
        width = len(self.text) * (SMALL_LETTER if self.css in SMALL else LETTER)
        left = self.x * scale - width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return left, self.y - LINE, left + width, self.y


def placed(labels: Iterable[Label], length: float) -> Iterator[tuple[Label, bool]]:
    """Those that cover no other on a wide page, each with whether a narrow one has no room for it."""
    wide = _apart(sorted(labels, key=lambda one: one.rank), WIDE / length)
    narrow = _apart(wide, NARROW / length)
    return ((one, one not in narrow) for one in wide)


def _apart(labels: Iterable[Label], scale: float) -> list[Label]:
    kept: dict[Label, Box] = {}
    for one in labels:
        box = one.box(scale)
        fits = box[2] - box[0] + AIR <= one.room * scale
        if fits and not any(_cover(box, other) for other in kept.values()):
            kept[one] = box
    return list(kept)


def _cover(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
