"""Typography of our sentences: the faults that a reader would see, each in a few words."""

import re
from collections.abc import Iterator

# What is filled in later stands for a word: %(name)s, {day:date}, {{ name }}.
_FILLED = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{.*?\}\}|\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}")
_STRAIGHT = re.compile(r"(?<=\w)'(?=[\w«“])")
_ORDINARY_SPACE = re.compile(r"[ \u00a0][;:!?»%€]|«[ \u00a0]")
_NO_SPACE = re.compile(r"[^\s;!?:.…(«][;!?](?=\s|$)|[^\s(](?::(?=\s|$)|[%€])|«(?!\u202f)|(?<!\u202f)»")


def faults_anywhere(words: str) -> Iterator[str]:
    """Faults in any language: an apostrophe is ’."""
    if _STRAIGHT.search(_FILLED.sub("x", words)):
        yield f"needs a typographic apostrophe (’): {words!r}."


def faults_in_french(words: str) -> Iterator[str]:
    """Faults in French: apostrophes, and a narrow no-break space before ; : ! ? % € and inside « »."""
    yield from faults_anywhere(words)
    plain = _FILLED.sub("x", words).replace("%%", "%")
    if _ORDINARY_SPACE.search(plain) or any(match[0][0] != "\u202f" for match in _NO_SPACE.finditer(plain)):
        yield f"needs a narrow no-break space (U+202F) before ; : ! ? % € and inside « »: {words!r}."
