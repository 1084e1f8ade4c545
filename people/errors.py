"""What a write about people may answer instead of doing it."""


class BadFact(ValueError):
    """A value that cannot be recorded: the field, the value, and a sentence that ends with the remedy."""

    def __init__(self, field: str, value: object, sentence: str) -> None:
        self.field, self.value, self.sentence = field, value, str(sentence)
        super().__init__(self.sentence)
