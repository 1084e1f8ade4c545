"""What a write about people may answer instead of doing it."""

from django.utils.translation import gettext as _


class BadFact(ValueError):
    """A value that cannot be recorded: the field, the value, and a sentence that ends with the remedy."""

    def __init__(self, field: str, value: object, sentence: str) -> None:
        self.field, self.value, self.sentence = field, value, str(sentence)
        super().__init__(self.sentence)


class Stale(ValueError):
    """What is to be changed is no longer what was read; ``version`` is that of what is there now."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.sentence = str(_("Somebody has changed this meanwhile. Nothing was written; look at it again."))
        super().__init__(self.sentence)
