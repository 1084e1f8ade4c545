"""What is wrong with a file, or with one of its lines."""

from dataclasses import dataclass

MOST_FAULTS = 200  # beyond that the same mistake is repeated; nobody reads more


@dataclass(frozen=True, slots=True)
class Fault:
    """One line that cannot be used: its number in the file (0: the file as a whole), field, value, sentence."""

    line: int
    field: str
    value: str
    sentence: str


class Unreadable(ValueError):
    """A file of which nothing can be used; the sentence names the value and the remedy."""

    def __init__(self, sentence: str, *, field: str = "file", value: object = "") -> None:
        self.field, self.value, self.sentence = field, str(value)[:80], str(sentence)
        super().__init__(self.sentence)
